"""Reading links between reports and cases: who stands for each, and which of them one may know of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.cases import queries, rules
from teduh.cases.models import Case, Crew, Link
from teduh.cases.words import LinkAnswer, LinkKind
from teduh.intake.queries import visible_to as reports_visible_to
from teduh.lib.codes import is_case, read_case, read_ticket
from teduh.lib.timing import local_day

WAITING = 100  # links that are looked through for those that wait, the oldest first


@dataclass(frozen=True, slots=True)
class Side:
    """A report, or the case that tells it. `hands`: keys of the members who have it in hand."""

    code: str
    team_code: str
    hands: frozenset[int]
    case: Case | None = None

    @property
    def belongs(self) -> list[str]:
        """Its code, and those of the reports and cases that are one with it."""
        if self.case is None:
            return [self.code]
        merged = self.case.merged.values_list("code", flat=True)
        tickets = self.case.told.values_list("report__ticket__number", flat=True)
        return [self.code, *merged, *tickets]


@dataclass(frozen=True, slots=True)
class Row:
    """A link as a page of one of its sides shows it; `may_answer`: whether the viewer's word is awaited."""

    link: Link
    there: str
    may_answer: bool = False

    @property
    def to_case(self) -> bool:
        """Whether the other side is a case."""
        return is_case(self.there)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Again the same survivor, or accused. `there`: empty where the viewer may not know of the other."""

    kind: str
    there: str
    day: date

    @property
    def to_case(self) -> bool:
        """Whether the other side is a case."""
        return is_case(self.there)


def side(member: Member, subject: str, at: datetime) -> Side | None:
    """What somebody typed, if the member may know of it: a case, or a report no case tells yet."""
    code = read_case(subject) or read_ticket(subject) or ""
    return sides(member, [code], at).get(code)


def sides(member: Member, codes: Iterable[str], at: datetime) -> dict[str, Side]:
    """What each of these tickets and cases stands for now, as far as the member may know of it.

    As many statements for a hundred as for one.
    """
    wanted = set(codes)
    own = reports_visible_to(member).filter(team_code__in=member.team_codes())
    reports = {row.ticket.number: row for row in own.filter(ticket__number__in=wanted)}
    told = {number: row.case_code for number, row in reports.items() if row.case_code}
    cases = _cases(member, {*wanted, *told.values()})
    places = Crew.objects.on(local_day(at)).filter(case__in=[case.pk for case in cases.values()])
    hands: dict[int, set[int]] = {}
    for case_id, held_by in places.values_list("case", "member"):
        hands.setdefault(case_id, set()).add(held_by)
    stand_for = {
        code: Side(case.code, case.team_code, frozenset(hands.get(case.pk, ())), case=case)
        for code, case in cases.items()
    }
    for number, row in reports.items():
        if number not in told:
            held = frozenset([row.handler_id] if row.handler_id else [])
            stand_for[number] = Side(number, row.team_code, held)
        elif told[number] in stand_for:
            stand_for[number] = stand_for[told[number]]
    return {code: found for code, found in stand_for.items() if code in wanted}


def _cases(member: Member, codes: Collection[str]) -> dict[str, Case]:
    """The cases that go on under these codes: for a merged one the case that stays."""
    seen = queries.visible_to(member).select_related("merged_into")
    found = {case.code: case for case in seen.filter(code__in=codes)}
    into = {case.merged_into.code for case in found.values() if case.merged_into}
    stay = {case.code: case for case in seen.filter(code__in=into)} if into else {}
    ways = {
        code: case.merged_into.code if case.merged_into else code for code, case in found.items()
    }
    return {code: {**found, **stay}[way] for code, way in ways.items() if way in {**found, **stay}}


def of(member: Member, here: Side, at: datetime) -> list[Row]:
    """The links of one side whose other side the member may know of, too."""
    belongs = here.belongs
    found = list(_touching(belongs).select_related("asker", "answerer"))
    stand_for = sides(member, (code for link in found for code in (link.one, link.other)), at)
    rows = []
    for link in found:
        one, other = stand_for.get(link.one), stand_for.get(link.other)
        there = _other(link, belongs)
        if one and other and there not in belongs:
            rows.append(Row(link, there, awaits(member, link, one, other)))
    return rows


def repeats(member: Member, case: Case, at: datetime) -> list[Repeat]:
    """The agreed links of a case that raise its risk; of what is hidden from the member only that it is."""
    belongs = Side(case.code, case.team_code, frozenset(), case=case).belongs
    found = _touching(belongs).filter(answer=LinkAnswer.AGREED, kind__in=rules.REPEATS)
    pairs = [(link, _other(link, belongs)) for link in found]
    seen = sides(member, (there for _link, there in pairs), at) if pairs else {}
    return [
        Repeat(str(LinkKind(link.kind).label), there if there in seen else "", link.answered_day)
        for link, there in pairs
        if there not in belongs and link.answered_day
    ]


def waiting(member: Member, at: datetime) -> list[tuple[Link, Side, Side]]:
    """Links that wait for this member's word, the oldest first."""
    asked = Link.objects.filter(answer="").exclude(asker=member).select_related("asker")[:WAITING]
    if not asked:
        return []
    stand_for = sides(member, (code for link in asked for code in (link.one, link.other)), at)
    both = ((link, stand_for.get(link.one), stand_for.get(link.other)) for link in asked)
    return [
        (link, one, other)
        for link, one, other in both
        if one and other and awaits(member, link, one, other)
    ]


def awaits(member: Member, link: Link, one: Side, other: Side) -> bool:
    """Whether a link waits for the word of this member."""
    supervises = member.may(Right.SUPERVISE_CASES)
    return not link.answer and rules.may_answer_link(
        member.pk, link.asker_id, one.hands, other.hands, supervises=supervises
    )


def one_of(member: Member, number: int, at: datetime) -> Link | None:
    """A link whose both sides the member may know of, or None (a 404)."""
    link = Link.objects.select_related("asker").filter(pk=number).first()
    if link is None or len(sides(member, (link.one, link.other), at)) < 2:
        return None
    return link


def _touching(codes: Collection[str]) -> QuerySet[Link]:
    return Link.objects.filter(Q(one__in=codes) | Q(other__in=codes))


def _other(link: Link, belongs: Collection[str]) -> str:
    return link.other if link.one in belongs else link.one
