"""Reading reports; everything starts at visible_to(member)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from teduh.access.models import Agency, Member
from teduh.access.queries import barred, intake_teams, readers_of
from teduh.access.words import Right
from teduh.chat.models import Conversation
from teduh.directory import queries as directory
from teduh.intake.models import AddedFact, Addition, FieldNote, Reissue, Report
from teduh.intake.rules import TicketTaken, way_of
from teduh.intake.words import Channel, Danger, Door, State
from teduh.lib.counting import counts
from teduh.lib.outages import OUT_OF_ORDER
from teduh.lib.timing import local_day
from teduh.tickets.models import Ticket
from teduh.tickets.queries import named, opens
from teduh.vault import queries as vault
from teduh.vault.bundles import Bundle
from teduh.vault.packages import SealedPackage

COUNTED = 999  # reports of one state; more are "999+", so that a long list costs no more
PAGE = 25  # rows of a work list on one page
AT_ONCE = 100  # reports of a flood on one page, and at most so many in one step


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the work list asks for; empty text asks for all."""

    state: str = ""
    danger: str = ""
    kind: str = ""
    team: str = ""
    flood: str = ""  # "1": only what came in a flood, "0": all but that
    mine: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """Reports with messages nobody opened, new ones, those of them that are unsafe, and own ones
    that wait for an answer.
    """

    unread: int
    unsafe: int
    new: int
    asked: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Reports in each state, and those with messages nobody opened, each to one beyond `COUNTED`."""

    states: dict[str, int]
    unread: int


UNREAD = Filters(unread=True)
UNSAFE = Filters(state=State.NEW, danger=Danger.UNSAFE)
NEW = Filters(state=State.NEW)
ASKED = Filters(state=State.ASKED, mine=True)


def visible_to(member: Member) -> QuerySet[Report]:
    """Reports of the member's own teams, and those passed to the member's agency.

    None that a conflict of interest keeps the member from.
    """
    seen = Q(pk__in=())
    if member.may(Right.READ_REPORTS):
        seen |= Q(team_code__in=member.team_codes())
    if member.may(Right.ANSWER_PARTNER):
        seen |= Q(passed_to=member.agency.code)
    rows = Report.objects.filter(seen).select_related("ticket", "handler")
    kept = barred(member)
    return rows.exclude(ticket__number__in=kept) if kept else rows


def kept_before(package: SealedPackage) -> Report | None:
    """The report that came under this ticket with this code; raises TicketTaken for another code."""
    ticket = named(package.ticket)
    if ticket is None:
        return None
    if not opens(ticket, package.auth):
        raise TicketTaken(package.ticket)
    return Report.objects.select_related("ticket").get(ticket=ticket)


def worklist(member: Member, filters: Filters) -> QuerySet[Report]:
    """The rows of the work list: danger first, then the newest."""
    rows = visible_to(member)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.danger:
        unsafe = filters.danger == Danger.UNSAFE  # as the report said, or an addition later
        rows = rows.filter(urgency=0) if unsafe else rows.filter(danger=filters.danger)
    if filters.kind:
        rows = rows.filter(coded__question="kinds", coded__code=filters.kind)
    if filters.team:
        rows = rows.filter(team_code=filters.team)
    if filters.flood:
        rows = rows.filter(flood=filters.flood == "1")
    if filters.unread:
        rows = rows.filter(unread__gt=0)
    if filters.mine:
        rows = rows.filter(handler=member)
    return rows.order_by("urgency", "-id")


def standing(member: Member) -> Standing:
    """How many visible reports stand where."""
    rows = visible_to(member)
    states = (rows.filter(state=state) for state in State.values)
    *found, unread = counts(COUNTED, *states, rows.filter(unread__gt=0))
    return Standing(dict(zip(State.values, found, strict=True)), unread)


def together(report: Report) -> list[str]:
    """What stands and falls with a report: its case, its ticket, those told in the case, those
    that tell of the same event.
    """
    near = Q(same_as=report.pk) | Q(pk=report.same_as_id)
    if report.case_code:
        near |= Q(case_code=report.case_code)
    others = Report.objects.filter(near).exclude(pk=report.pk).order_by("pk")
    numbers = [report.ticket.number, *others.values_list("ticket__number", flat=True)]
    return [report.case_code, *numbers] if report.case_code else numbers


def today(member: Member) -> Today:
    """The numbers of one's morning, each of a list the work list shows with the same filters, to
    one beyond what is told.
    """
    lists = (worklist(member, filters) for filters in (UNREAD, UNSAFE, NEW, ASKED))
    return Today(*counts(COUNTED, *lists))


def of_ticket(ticket: Ticket) -> Report:
    """The report whose holder has shown ticket and code."""
    return Report.objects.select_related("ticket").get(ticket=ticket)


def next_addition(report: Report) -> int:
    """The number of the next addition: the generation of its compartments; the report's is 1."""
    return (report.additions.aggregate(n=Max("number"))["n"] or 1) + 1


def addressed(ticket: Ticket) -> tuple[int, str]:
    """The number of what is added next under a ticket, and the team it is sealed to."""
    report = of_ticket(ticket)
    return next_addition(report), report.team_code


def attached(report: Report) -> dict[int, int]:
    """The files of a conversation: by the number of her message, that of their compartment."""
    rows = report.additions.filter(with_message__isnull=False)
    return {row.with_message or 0: row.number for row in rows}


def additions(report: Report) -> list[Addition]:
    """What was added to a report, with its coded answers, in the order it came."""
    return list(report.additions.prefetch_related("facts"))


def way_to(report: Report) -> str:
    """By which way its reporter agreed to hear of news: her newest word; empty where by none."""
    later = AddedFact.objects.filter(addition__report=report, question="contact_via")
    newest = later.order_by("-addition__number").values_list("code", flat=True).first()
    return way_of(newest or report.contact_via, quiet=report.ticket.quiet_since is not None)


def one(member: Member, number: str) -> Report | None:
    """The report with this ticket if the member may see it, else None (a 404)."""
    rows = visible_to(member).select_related("ticket", "handler", "filing__agency")
    found = rows.prefetch_related("coded")
    return found.filter(ticket__number=number).first()


def reissues(member: Member) -> QuerySet[Reissue]:
    """New codes for lost ones that others gave, and at which no supervisor has looked yet."""
    if not member.may(Right.SUPERVISE_CASES):
        return Reissue.objects.none()
    rows = Reissue.objects.filter(report__in=visible_to(member), looked_by__isnull=True)
    return rows.exclude(by=member).select_related("report__ticket", "by").order_by("at")


def several(member: Member, numbers: Collection[str]) -> list[Report]:
    """Those of these tickets the member may see, in the order of the work list."""
    found = visible_to(member).filter(ticket__number__in=numbers)
    return list(found.order_by("urgency", "-id"))


def areas(chosen: str = "") -> list[tuple[str, str]]:
    """Code and name of each kelurahan; where no database answers, what was chosen stays chosen."""
    try:
        return directory.kelurahan_names(settings.TEDUH_AREA)
    except OUT_OF_ORDER:
        return [(chosen, chosen)] if chosen else []


def field_note(report: Report) -> FieldNote | None:
    """What was tapped in the field, where the report came from there."""
    if report.channel != Channel.RESPONDER:
        return None
    return FieldNote.objects.filter(report=report).first()


def areas_around() -> list[tuple[str, list[tuple[str, str]]]]:
    """As areas, under the name of each kecamatan; none where no database answers."""
    try:
        return directory.kelurahan_around(settings.TEDUH_AREA)
    except OUT_OF_ORDER:
        return []


def team_for(*, avoid: bool) -> str:
    """The code of the team that receives a new report, or of the other one if she avoids it.

    Empty where there is no office yet: no key is found for it.
    """
    first, *others = intake_teams() or [""]
    return others[0] if avoid and others else first


def only_talked(until: date) -> QuerySet[Report]:
    """Questions that stayed questions, and whose conversation has ended by this day.

    Not what became a report, got an addition or goes on in a case: its hello proves the rest of it.
    Files that came with a message belong to the conversation.
    """
    ended = Conversation.objects.filter(ended_day__lte=until, erased_day__isnull=True)
    asked = Report.objects.filter(channel=Channel.CHAT, door=Door.ASK, case_code="")
    told = Addition.objects.filter(report=OuterRef("pk"), with_message__isnull=True)
    found = asked.filter(ticket__number__in=ended.values("subject")).exclude(Exists(told))
    return found.exclude(state=State.CASE).order_by("pk")


def answerers(report: Report, at: datetime) -> QuerySet[Member]:
    """Members of a report's team who may answer its sender, by name."""
    readers = readers_of(report.team_code, at, report.ticket.number)
    return readers.holding(Right.MESSAGE_REPORTERS, at).order_by("name")


def partners(member: Member) -> list[Agency]:
    """Agencies a report may be passed to: every active one but the member's own."""
    return list(Agency.objects.filter(active=True).exclude(pk=member.agency_id))


def area_name(code: str) -> str:
    """The name of a kelurahan by its official code, or a dash."""
    return directory.area_name(code) if code else "–"


def list_without_card(member: Member, report: Report, at: datetime) -> Bundle | None:
    """The list of the report's team that lacks this report, for a member who may add its card."""
    if report.team_code not in member.team_codes():
        return None
    if vault.cards([report.ticket.number], [report.team_code]):
        return None
    return vault.list_to_write(report.team_code, local_day(at))
