"""Reading what agencies filed and asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from teduh.access.models import Conflict, Member
from teduh.access.queries import barred
from teduh.access.words import Right
from teduh.intake import codes, papers
from teduh.intake.channels.referral import rules
from teduh.intake.channels.referral.models import Filing, NetworkQuery
from teduh.intake.models import Report
from teduh.intake.queries import visible_to
from teduh.intake.words import State
from teduh.lib.timing import local_day
from teduh.sop.models import Promise
from teduh.tickets.rules import Reached, way_of_others
from teduh.tickets.words import Stage
from teduh.vault.models import OwnWrap, PublicKey
from teduh.vault.rules import BOX_KEY

SHOWN = 50  # rows of a page
ANSWER = "network_answer"  # the step by which the procedure promises an answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What the network asked, until when it is answered, and whether that time is over."""

    row: NetworkQuery
    due_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """What an agency sees of a report it filed: its own words by code, and the public stage."""

    ticket: str
    paper: str
    day: date
    reference: str
    told: list[tuple[str, str]]
    stage: str
    stage_day: date


def filed_by(member: Member) -> list[Filed]:
    """What the member's agency filed, the newest first."""
    return [_filed(row) for row in _filings(member)[:SHOWN]]


def filing_of(member: Member, number: str) -> Filed | None:
    """What the member's agency filed under this ticket."""
    row = _filings(member).filter(report__ticket__number=number).first()
    return _filed(row) if row else None


def _filings(member: Member) -> QuerySet[Filing]:
    rows = Filing.objects.filter(agency=member.agency).select_related("report__ticket")
    rows = rows.exclude(report__ticket__number__in=barred(member)).order_by("-id")
    if member.may(Right.READ_REPORTS):  # of the office: what their own teams have
        rows = rows.filter(report__in=visible_to(member))
    return rows.prefetch_related("report__ticket__reached")


def words_over(at: datetime) -> list[OwnWrap]:
    """What nobody may read again any more, and that is still wrapped to whoever filed it."""
    filing = Member.objects.active().holding(Right.REFER_SURVIVORS, at)
    kept = Conflict.objects.standing().filter(
        subject=OuterRef("compartment__subject"), member__code=OuterRef("member_code")
    )
    in_use = PublicKey.objects.filter(kind=BOX_KEY, kid=OuterRef("kid"), gone=None)
    stands = Q(member_code__in=filing.values("code")) & Q(until__gte=local_day(at))
    stands &= Exists(in_use) & ~Exists(kept)
    return list(OwnWrap.objects.filter(~stands))


def _filed(row: Filing) -> Filed:
    ticket = row.report.ticket
    reached = sorted(ticket.reached.all(), key=lambda one: one.pk)
    seen = way_of_others([Reached(one.stage, one.day) for one in reached])[-1]
    return Filed(
        ticket.number,
        str(row.get_paper_display()),
        row.report.day,
        row.reference,
        papers.lines(row.paper, row.answers),
        str(Stage(seen.stage).label),
        seen.day,
    )


def unanswered(member: Member) -> QuerySet[Report]:
    """Reports nobody has taken yet, for an agency of the network; of each only ticket, day, channel."""
    if not (member.may(Right.ANSWER_PARTNER) and rules.in_network(member.agency.kind)):
        return Report.objects.none()
    rows = Report.objects.filter(state=State.NEW, flood=False).select_related("ticket")
    return rows.exclude(ticket__number__in=barred(member)).order_by("day", "id")


def by_channel(member: Member) -> list[tuple[str, int]]:
    """How many wait on each channel."""
    rows = unanswered(member).order_by().values("channel").annotate(n=Count("id"))
    return [
        (codes.label("channel", one["channel"]), one["n"]) for one in rows.order_by("-n", "channel")
    ]


def timed(rows: Iterable[NetworkQuery]) -> list[Asked]:
    """The same with their times, as promised; where no procedure promised it, within a day."""
    shown = list(rows)
    of = {"step": ANSWER, "subject__in": {row.report.ticket.number for row in shown}}
    found = {(one.subject, one.about, one.began_at): one for one in Promise.objects.filter(**of)}
    told = []
    for row in shown:
        one = found.get((row.report.ticket.number, row.agency.code, row.asked_at))
        due = one.due_at if one else rules.answer_due(row.asked_at)
        told.append(Asked(row, due, one.missed_at is not None if one else row.late))
    return told


def unpromised(at: datetime) -> QuerySet[NetworkQuery]:
    """What waited a day for an answer that no procedure promised, and is not noted as late yet."""
    promised = Promise.objects.filter(
        step=ANSWER,
        subject=OuterRef("report__ticket__number"),
        about=OuterRef("agency__code"),
        began_at=OuterRef("asked_at"),
    )
    rows = NetworkQuery.objects.filter(answered_at__isnull=True, late=False)
    rows = rows.filter(~Exists(promised), asked_at__lte=at - rules.ANSWER_TIME)
    return rows.select_related("report__ticket")


def asked_by(member: Member) -> QuerySet[NetworkQuery]:
    """What the member's agency asked, the newest first."""
    rows = NetworkQuery.objects.filter(agency=member.agency)
    rows = rows.select_related("report__ticket", "agency")
    return rows.exclude(report__ticket__number__in=barred(member)).order_by("-id")


def to_answer(member: Member) -> QuerySet[NetworkQuery]:
    """What the network asks about reports this member triages, the longest waiting first."""
    if not member.may(Right.TRIAGE_REPORTS):
        return NetworkQuery.objects.none()
    mine = visible_to(member).filter(team_code__in=member.team_codes())
    rows = NetworkQuery.objects.filter(report__in=mine, answered_at__isnull=True)
    return rows.select_related("report__ticket", "agency").order_by("asked_at")
