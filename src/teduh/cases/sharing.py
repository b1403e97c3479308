"""The shared assessment as one member meets it: which parts they write, read, and give to others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.cases import queries, rules
from teduh.cases.models import Case, Part, PartGrant
from teduh.cases.parts import ALL, sections
from teduh.lib.timing import local_day
from teduh.vault.queries import compartment, compartments_standing
from teduh.vault.rules import PARTS


@dataclass(frozen=True, slots=True)
class Parts:
    """Codes of parts by what one member may do with them now."""

    writes: frozenset[str]
    reads: frozenset[str]
    answers: frozenset[str]  # to requests of others


def parts_for(member: Member, case: Case, at: datetime) -> Parts:
    """What a member may do with each part of a case at `at`.

    A place in its team writes and reads by the table of parts; who wrote a part last, and whom it was
    given to, reads it; its writer and whoever supervises answers requests. Supervision alone, or an
    opening in need, reads only what everybody in the team reads. A manager who stands in for a place
    that nobody has writes what is not written yet, and goes on with what they read: never where
    another room has sealed something into the part already.
    """
    places = list(queries.places_in(case, at).values_list("member", "role", "since"))
    mine = {role: since for pk, role, since in places if pk == member.pk}
    crew = {role for _pk, role, _since in places}
    belongs = queries.belongs(member, case, at)
    written = dict(Part.objects.filter(case=case).values_list("part", "member_id"))
    own = {part for part, writer in written.items() if writer == member.pk}
    # What was given before somebody left the team does not come back with them.
    joined = min(mine.values(), default=case.opened_day)
    held = PartGrant.objects.holding(at).filter(case=case, member=member)
    given = own | {one.part for one in held if one.since and local_day(one.since) >= joined}
    given = given if belongs else set()
    opens = belongs or queries.glass_of(member, case, at) is not None
    reads = given | {one.code for one in sections() if (ALL in one.reads and opens)}
    reads |= opened_by(mine)
    able = {one.code for one in sections() if rules.writes_part(one.writes, mine, crew)}
    standing_in = able - reads - set(written)
    writes = (able & reads) | (standing_in - _sealed(case) if standing_in else set())
    answers = own if belongs else set()
    if member.may(Right.SUPERVISE_CASES):
        answers = {one.code for one in sections()}
    return Parts(frozenset(writes), frozenset(reads | writes), frozenset(answers))


def _sealed(case: Case) -> set[str]:
    """Parts whose own compartment stands, written here or by another room."""
    return {comp.removeprefix("part-") for comp in compartments_standing(case.code, PARTS)}


def stands_in(member: Member, case: Case, code: str, at: datetime) -> bool:
    """Whether a member writes this part because nobody in the team has its place."""
    places = list(queries.places_in(case, at).values_list("member", "role"))
    mine, crew = {role for pk, role in places if pk == member.pk}, {role for _pk, role in places}
    writers = next((one.writes for one in sections() if one.code == code), ())
    return not mine & set(writers) and rules.writes_part(writers, mine, crew)


def opened_by(places: Iterable[str]) -> set[str]:
    """The parts that these places read or write by the table, beyond what everybody reads."""
    mine = set(places)
    return {one.code for one in sections() if mine & {*one.reads, *one.writes}}


def lets_in(member: Member, case: Case, role: str, at: datetime) -> bool:
    """Whether a place would open to this member a part that was written and that they do not read."""
    closed = set(parts_of(case)) - parts_for(member, case, at).reads
    return bool(closed & opened_by([role]))


def parts_of(case: Case) -> dict[str, Part]:
    """The parts that were written, by code."""
    return {one.part: one for one in Part.objects.filter(case=case).select_related("member")}


def grants_of(case: Case, at: datetime) -> list[PartGrant]:
    """Requests that wait and grants that hold, the oldest first."""
    rows = PartGrant.objects.filter(case=case)
    alive = rows.waiting() | rows.holding(at)
    return list(alive.select_related("member", "by").order_by("id"))


def grant_of(case: Case, number: int) -> PartGrant | None:
    """One request or grant of this case."""
    return PartGrant.objects.filter(case=case, pk=number).select_related("case", "member").first()


def waiting_for(member: Member) -> QuerySet[PartGrant]:
    """Requests of others that this member may answer, in cases they may know of.

    None of a merged case: there the places in the team that stays read.
    """
    rows = PartGrant.objects.waiting().filter(
        queries.known_to(member), case__merged_into__isnull=True
    )
    if not member.may(Right.SUPERVISE_CASES):
        rows = rows.filter(
            Exists(Part.objects.filter(member=member, case=OuterRef("case"), part=OuterRef("part")))
        )
    return rows.exclude(member=member).select_related("case", "member").order_by("asked")


def is_sealed(case: Case, comp: str) -> bool:
    """Whether a part's own compartment stands."""
    return compartment(case.code, comp) is not None
