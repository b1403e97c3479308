"""Cases on an agenda, and what was decided: who may know of it, and what each agency reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from teduh.access.models import Agency, Member, RoleHeld
from teduh.access.words import AgencyKind, Right
from teduh.cases.models import Case
from teduh.cases.queries import known_to
from teduh.conferences import rules
from teduh.conferences.models import AgendaItem, Conference, Contribution, Decision, TableSeat
from teduh.conferences.words import Done, Presence
from teduh.records.models import Consent
from teduh.records.words import Purpose

PAGE = 50
HEAD = "head"  # the role


def _agreed(agency: Agency, day: date) -> Exists:
    """That she agreed, or a duty stands in for it, that this agency talks about the case of an item."""
    yes = Consent.objects.holding(day).filter(purpose=Purpose.CONFERENCE, agency=agency)
    return Exists(yes.filter(case=OuterRef("case")))


def items_of(member: Member, conference: Conference, day: date) -> list[AgendaItem]:
    """What of the agenda this member may know of: cases of their team; for a partner those about
    which their agency may talk. None that a conflict of interest keeps them from.
    """
    rows = AgendaItem.objects.filter(conference=conference).select_related("case__manager")
    if member.may(Right.WORK_CASES):
        return list(rows.filter(known_to(member)))
    if not member.may(Right.ANSWER_PARTNER):
        return []
    return list(rows.filter(_agreed(member.agency, day)).exclude(case__code__in=member.barred()))


def item_in(case: Case, meeting: str) -> AgendaItem | None:
    """What stands of a case on the agenda of the meeting of this code."""
    rows = AgendaItem.objects.filter(case=case, conference__code=meeting)
    return rows.select_related("conference__chair", "case__manager", "feedback_by").first()


def item_for(member: Member, conference: Conference, case: str, day: date) -> AgendaItem | None:
    """What stands of the case of this code, for a partner who may know of it, or None (a 404)."""
    found = [one for one in items_of(member, conference, day) if one.case.code == case]
    return found[0] if found else None


def item_known(member: Member, conference: Conference, case: str) -> AgendaItem | None:
    """What stands of the case of this code, if this member may know of it, or None (a 404)."""
    rows = AgendaItem.objects.filter(conference=conference, case__code=case)
    rows = rows.filter(known_to(member))
    return rows.select_related("case").first()


def items_about(case: Case) -> list[AgendaItem]:
    """Every conference about a case, the newest first, with what it decided."""
    rows = AgendaItem.objects.filter(case=case).select_related("conference", "feedback_by")
    return list(
        rows.prefetch_related("decisions__agency", "dangers").order_by("-conference__day", "-id")
    )


def untold_of(member: Member, day: date) -> list[AgendaItem]:
    """Who has not heard by the day agreed what a table said about her; for whoever works on the case."""
    if not member.may(Right.WORK_CASES):
        return []
    rows = AgendaItem.objects.filter(known_to(member), feedback_until__lt=day)
    rows = rows.filter(feedback_day__isnull=True, case__erased_day__isnull=True)
    return list(rows.select_related("case", "feedback_by").order_by("feedback_until", "id")[:PAGE])


@dataclass(frozen=True, slots=True)
class AtTable:
    """An agency at the table of one item: whether it may talk about it, whether it is there, what it
    says and is to do. `part`: where its words lie.
    """

    agency: Agency
    part: str
    consent: Consent | None
    there: bool
    contributions: tuple[Contribution, ...]
    decisions: tuple[Decision, ...]

    @property
    def ours(self) -> bool:
        """Whether it is the office itself, which needs no consent to its own cases."""
        return self.agency.kind == AgencyKind.OFFICE

    @property
    def may(self) -> bool:
        """Whether it may talk about it."""
        return self.ours or self.consent is not None

    @property
    def lost(self) -> bool:
        """Whether it has something to do of which it may not know any more."""
        return not self.may and any(one.state == Done.OPEN for one in self.decisions)


def table_of(item: AgendaItem, day: date) -> list[AtTable]:
    """Every agency at the table, the office first."""
    seats = TableSeat.objects.filter(conference=item.conference).select_related("member__agency")
    agencies: dict[int, Agency] = {}
    there: set[int] = set()
    for seat in seats:
        agencies[seat.member.agency_id] = seat.member.agency
        if seat.presence == Presence.PRESENT:
            there.add(seat.member.agency_id)
    yes = Consent.objects.holding(day).filter(case=item.case, purpose=Purpose.CONFERENCE)
    agreed = {one.agency_id: one for one in yes.select_related("member")}
    said = list(item.contributions.select_related("member"))
    decided = list(item.decisions.select_related("member", "agency"))
    for one in decided:
        agencies.setdefault(one.agency_id, one.agency)
    rows = [
        AtTable(
            agency,
            rules.part_of(agency.kind),
            agreed.get(pk),
            pk in there,
            tuple(one for one in said if one.agency_id == pk),
            tuple(one for one in decided if one.agency_id == pk),
        )
        for pk, agency in agencies.items()
    ]
    return sorted(rows, key=lambda row: (not row.ours, row.agency.name))


def standing(item: AgendaItem, table: list[AtTable]) -> rules.Standing:
    """What stands of an item, for the rule that says whether it may be discussed."""
    others = [row for row in table if row.consent is not None]
    return rules.Standing(
        open=item.conference.runs,
        waiting=item.waits,
        wishes=item.has_wishes,
        allowed=bool(others),
        there=any(row.there for row in others),
    )


def _let(day: date) -> Exists:
    """That she agreed, or a duty stands in for it, that the agency of a decision talks about its case,
    or about the one in which that goes on.
    """
    yes = Consent.objects.holding(day).filter(
        Q(case=OuterRef("item__case")) | Q(case=OuterRef("item__case__merged_into")),
        purpose=Purpose.CONFERENCE,
        agency=OuterRef("agency"),
    )
    return Exists(yes)


def _given_to(member: Member, day: date) -> Q:
    """That a decision was given to the agency of this partner, which may still talk about the case,
    at a table at which they sit and accepted the declaration.
    """
    seat = TableSeat.objects.filter(member=member, accepted_at__isnull=False)
    there = Exists(seat.filter(conference=OuterRef("item__conference")))
    return Q(_let(day), there, agency=member.agency)


def decisions_of(member: Member, day: date) -> QuerySet[Decision]:
    """What the member's own agency is to do, for a partner as far as it may still know of it; never
    of a case that a conflict keeps them from.
    """
    rows = Decision.objects.filter(agency=member.agency)
    if member.may(Right.WORK_CASES):
        rows = rows.filter(known_to(member, "item__case"))
    elif member.may(Right.ANSWER_PARTNER):
        rows = rows.filter(_given_to(member, day)).exclude(item__case__code__in=member.barred())
    else:
        rows = rows.none()
    return rows.select_related("item__conference", "item__case", "member", "agency")


def to_do(member: Member, day: date) -> QuerySet[Decision]:
    """Those still open, the most urgent first, then those that ended."""
    return decisions_of(member, day).order_by(F("ended_day").asc(nulls_first=True), "due", "id")


def decision(member: Member, code: str, day: date) -> Decision | None:
    """A decision given to this partner, or of a case they work on; else None (a 404)."""
    rows = Decision.objects.filter(code=code).exclude(item__case__code__in=member.barred())
    known = Q(pk__in=())
    if member.may(Right.ANSWER_PARTNER):
        known |= _given_to(member, day)
    if member.may(Right.WORK_CASES):
        known |= Q(known_to(member, "item__case"))
    found = rows.filter(known).select_related("item__case__merged_into", "agency", "member")
    return found.first()


def late_of(member: Member, day: date) -> list[Decision]:
    """What is late, of every agency, for whoever answers for the office or works on the case; never
    of one that a conflict keeps them from.
    """
    rows = Decision.objects.open().filter(due__lt=day)
    rows = rows.exclude(item__case__code__in=member.barred())
    if not member.oversees_all or member.may(Right.WORK_CASES):
        rows = rows.filter(known_to(member, "item__case"))
    return list(rows.select_related("agency", "item__conference")[:PAGE])


def late_untold(day: date) -> list[Decision]:
    """What is late and of which its agency has not heard, though it may still know of it."""
    rows = Decision.objects.open().filter(due__lt=day, told_day__isnull=True)
    rows = rows.filter(Q(_let(day)) | Q(agency__kind=AgencyKind.OFFICE))
    return list(rows.select_related("agency", "member", "item__case")[:PAGE])


def answering(decision: Decision, at: datetime) -> list[str]:
    """Where to write to an agency about something late: its head, and whoever answers there.

    Nobody whom a conflict of interest keeps from the case.
    """
    able = Member.objects.active().filter(agency=decision.agency)
    able = able.free_for(decision.item.case.code)
    held = RoleHeld.objects.running(at).filter(role=HEAD).values("member")
    wanted = Q(pk__in=held)
    for one in (Right.ANSWER_PARTNER, Right.SUPERVISE_CASES):
        wanted |= Q(pk__in=able.holding(one, at).values("pk"))
    return list(able.filter(wanted).order_by("email").values_list("email", flat=True))


def own_part(member: Member, conference: Conference, day: date) -> list[Decision]:
    """What a meeting decided for the member's own agency, in the order of the agenda."""
    rows = decisions_of(member, day).filter(item__conference=conference)
    return list(rows.order_by("item__number", "number"))
