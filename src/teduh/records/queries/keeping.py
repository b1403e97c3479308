"""What is due for erasure, what stops it, what was asked and answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Max, Model, OuterRef, Q, QuerySet

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.words import Right
from teduh.cases.models import Case, CaseQuery, JusticeStep, Person, Protection
from teduh.cases.words import PersonRole
from teduh.intake.models import Report
from teduh.intake.words import State
from teduh.records import rules
from teduh.records.models import (
    DataRequest,
    Erasure,
    ErasureQuery,
    Retained,
    RetainedQuery,
)
from teduh.records.rules import Standing
from teduh.records.schedule import Kind, kinds
from teduh.sop.models import Promise

ENDED = (State.PASSED, State.GUIDED)  # a report that became no case and goes nowhere else
AT_REST = frozenset({*ENDED, State.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Kept:
    """A case or report: of which kind, since when and until when it is kept, and what stops the end."""

    subject: str
    team_code: str
    kind: Kind
    since: date
    until: date
    stops: list[str]


def kept_cases(member: Member) -> CaseQuery:
    """Ended cases whose end this member may decide about; merged ones go with the one that stays."""
    rows = Case.objects.filter(
        closed_day__isnull=False, erased_day__isnull=True, merged_into__isnull=True
    )
    return _of(member, rows, "code")


def kept_reports(member: Member) -> QuerySet[Report]:
    """Reports that became no case and whose end this member may decide about."""
    gone = Erasure.objects.done().filter(subject=OuterRef("ticket__number"))
    rows = Report.objects.filter(state__in=ENDED, case_code="").exclude(Exists(gone))
    return _of(member, rows, "ticket__number")


def due_cases(member: Member, day: date) -> CaseQuery:
    """Those whose term of keeping is over on `day`, the longest over first."""
    adult, by_age = kinds()["case"].years, kinds()["child"].years_by_age
    rows = kept_cases(member).filter(closed_day__lte=rules.years_before(day, adult))
    within = Q(case=OuterRef("pk")) | Q(case__merged_into=OuterRef("pk"))
    young = Person.objects.filter(within, role__in=(PersonRole.SURVIVOR, PersonRole.CHILD))
    unknown = ~Exists(young.filter(age_band__in=list(by_age)))
    for band, years in by_age.items():
        late = Q(opened_day__gt=rules.years_before(day, years))
        rows = rows.exclude(late & Q(child=True) & Exists(young.filter(age_band=band)))
    late = Q(opened_day__gt=rules.years_before(day, max(by_age.values())))
    return rows.exclude(late & Q(child=True) & unknown).order_by("closed_day", "id")


def due_reports(member: Member, day: date) -> QuerySet[Report]:
    """Those whose term of keeping is over on `day`, the longest over first."""
    limit = rules.years_before(day, kinds()["report"].years)
    rows = kept_reports(member).filter(day__lte=limit).annotate(last=Max("steps__day"))
    rows = rows.filter(Q(last__isnull=True) | Q(last__lte=limit))
    return rows.select_related("ticket").order_by("day", "id")


def one(member: Member, subject: str, day: date) -> Kept | None:
    """A case or report by its code or ticket, whether due or not; None: nothing this member decides."""
    cases = list(kept_cases(member).filter(code=subject))
    if cases:
        return lines_of_cases(cases, day)[0]
    found = kept_reports(member).filter(ticket__number=subject).annotate(last=Max("steps__day"))
    reports = list(found.select_related("ticket"))
    return lines_of_reports(reports)[0] if reports else None


def lines_of_cases(cases: Sequence[Case], day: date) -> list[Kept]:
    """These cases with their terms and what stops their end, in as many queries for one as for many.

    Of one that goes on the term is counted as if it ended on `day`.
    """
    told = _standings_of_cases(cases, day)
    bands: dict[int, list[str]] = defaultdict(list)
    people = Person.objects.filter(Q(case__in=cases) | Q(case__merged_into__in=cases))
    people = people.filter(role__in=(PersonRole.SURVIVOR, PersonRole.CHILD))
    for pk, stays, band in people.values_list("case_id", "case__merged_into_id", "age_band"):
        bands[stays or pk].append(band)
    return [
        _line_of_case(case, case.closed_day or day, bands[case.pk], told[case.code])
        for case in cases
    ]


def _line_of_case(case: Case, ended: date, bands: Iterable[str], told: Standing) -> Kept:
    kind = kinds()["child" if case.child else "case"]
    years = rules.years_of_child(list(bands), kind.years_by_age) if case.child else 0
    until = rules.case_until(ended, case.opened_day, kinds()["case"].years, years)
    since = case.opened_day if case.child else ended
    return Kept(case.code, case.team_code, kind, since, until, rules.stops(told))


def lines_of_reports(reports: Sequence[Report]) -> list[Kept]:
    """The same for reports; each with those that tell of the same event."""
    by_root: dict[int, list[str]] = defaultdict(list)
    unread: Counter[int] = Counter()
    going: set[int] = set()
    pks = [one.pk for one in reports]
    near = Report.objects.filter(Q(pk__in=pks) | Q(same_as__in=pks))
    fields = ("pk", "same_as_id", "ticket__number", "unread", "state")
    for pk, same_as, ticket, new, state in near.values_list(*fields):
        root = pk if pk in pks else same_as
        by_root[root].append(ticket)
        unread[root] += new
        if state not in AT_REST:
            going.add(root)
    running, held = _running(by_root), _held(by_root)
    kind = kinds()["report"]
    lines = []
    for one in reports:
        since = getattr(one, "last", None) or one.day
        told = Standing(
            going=one.pk in going,
            promises=running[one.pk],
            unread=unread[one.pk],
            held=one.pk in held,
        )
        until = rules.years_after(since, kind.years)
        lines.append(Kept(one.ticket.number, one.team_code, kind, since, until, rules.stops(told)))
    return lines


def _standings_of_cases(cases: Sequence[Case], day: date) -> dict[str, Standing]:
    """By code; what was merged into a case stands and falls with it."""
    subjects = {case.code: [case.code] for case in cases}
    merged = Case.objects.filter(merged_into__in=cases)
    for code, stays in merged.values_list("code", "merged_into__code"):
        subjects[stays].append(code)
    root = {code: stays for stays, codes in subjects.items() for code in codes}
    unread: Counter[str] = Counter()
    near = Report.objects.filter(Q(case_code__in=root) | Q(same_as__case_code__in=root))
    fields = ("case_code", "same_as__case_code", "ticket__number", "unread")
    for code, of_same, ticket, new in near.values_list(*fields):
        stays = root.get(code) or root[of_same]
        subjects[stays].append(ticket)
        unread[stays] += new
    stages = _last_stages(root)
    protections = Protection.objects.filter(case__in=cases, over__isnull=True, until__gte=day)
    protected = set(protections.values_list("case__code", flat=True))
    running, held = _running(subjects), _held(subjects)
    waiting = DataRequest.objects.waiting().filter(case__code__in=root).order_by()
    asked = Counter(root[code] for code in waiting.values_list("case__code", flat=True))
    return {
        case.code: Standing(
            going=not case.ended,
            justice=tuple(stages[case.code]),
            protected=case.code in protected,
            promises=running[case.code],
            unread=unread[case.code],
            asked=asked[case.code],
            held=case.code in held,
        )
        for case in cases
    }


def _last_stages(root: Mapping[str, str]) -> dict[str, list[str]]:
    """How far the law had come in each of these cases, under the code of the one that stays."""
    steps = JusticeStep.objects.filter(case__code__in=root).order_by("day", "id")
    found: dict[str, list[str]] = defaultdict(list)
    for code, stage in dict(steps.values_list("case__code", "stage")).items():
        found[root[code]].append(stage)
    return found


Key = TypeVar("Key", int, str)


def _running(subjects: Mapping[Key, Sequence[str]]) -> Counter[Key]:
    """How many promises run for each, by any of its subjects."""
    whose = {subject: key for key, several in subjects.items() for subject in several}
    rows = Promise.objects.running().filter(subject__in=whose)
    return Counter(whose[one] for one in rows.order_by().values_list("subject", flat=True))


def _held(subjects: Mapping[Key, Sequence[str]]) -> set[Key]:
    """Which of these are held back, by any of their subjects."""
    whose = {subject: key for key, several in subjects.items() for subject in several}
    rows = Retained.objects.standing().filter(subject__in=whose)
    return {whose[one] for one in rows.order_by().values_list("subject", flat=True)}


def team_of(member: Member, subject: str) -> str:
    """The team of a case or report that is not erased; empty where the member decides nothing."""
    cases = _of(member, Case.objects.filter(code=subject, erased_day__isnull=True), "code")
    reports = _of(member, Report.objects.filter(ticket__number=subject), "ticket__number")
    found = [
        *cases.values_list("team_code", flat=True)[:1],
        *reports.values_list("team_code", flat=True)[:1],
    ]
    return found[0] if found else ""


def erasures(member: Member) -> ErasureQuery:
    """What was asked to be erased, of what this member may know of, the newest first."""
    return _of(member, Erasure.objects.select_related("asker", "answerer"), "subject")


def retained(member: Member) -> RetainedQuery:
    """What is held back, of what this member may know of, the newest first."""
    return _of(member, Retained.objects.select_related("member", "let_go_by"), "subject")


Rows = TypeVar("Rows", bound="QuerySet[Model]")


def _of(member: Member, rows: "Rows", subject: str) -> "Rows":
    """Those of one's own teams, of all teams for whoever answers for the whole office.

    Never what a conflict of interest keeps the member from.
    """
    if not member.may(Right.KEEP_RECORDS):
        return rows.none()
    if not member.oversees_all:
        rows = rows.filter(team_code__in=member.team_codes())
    kept = barred(member)
    return rows.exclude(**{f"{subject}__in": kept}) if kept else rows
