"""What every agency may see of all cases: names of this meeting alone, codes, and no small number."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from teduh.access.models import Member
from teduh.cases.models import Case, Incident, JusticeStep, VisumStep, quiet_on
from teduh.cases.words import JusticeStage, State, VisumStatus
from teduh.conferences import rules
from teduh.conferences.models import Conference, Decision, Veil
from teduh.conferences.words import Blocker, Progress, Span
from teduh.intake import codes
from teduh.intake.queries import area_name
from teduh.sop.models import Promise

MOST = (
    200  # cases in one meeting, the gravest: no table talks about more, and every name is another
)


@dataclass(frozen=True, slots=True)
class Screen:
    """One case as the meeting sees it. Nothing here is a code, a name, a place or a day."""

    name: str
    stage: str
    span: str
    blockers: tuple[str, ...]
    progress: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of a meeting, each list without what is too small: label and number."""

    cases: int
    by_stage: list[tuple[str, int]]
    by_kind: list[tuple[str, int]]
    by_area: list[tuple[str, int]]


def to_show(team_code: str) -> list[int]:
    """The cases of a team that a meeting of the city looks at, the gravest first."""
    rows = Case.objects.going_on().filter(team_code=team_code).order_by("urgency", "-id")
    return list(rows.values_list("pk", flat=True)[:MOST])


def veils_for(member: Member, conference: Conference) -> list[Veil]:
    """The cases of a meeting in its order, but those that a conflict keeps this member from."""
    rows = Veil.objects.filter(conference=conference).exclude(case__code__in=member.barred())
    return list(rows.select_related("case__merged_into"))


def screen_of(veil: Veil, day: date) -> Screen:
    """How one case stands."""
    case = veil.case
    decided = Decision.objects.filter(item__case=case).values_list("state", "due")
    stands = rules.progress(list(decided), day)
    late = any(rules.is_late(state, due, day) for state, due in decided)
    return Screen(
        veil.name,
        str(State(case.state).label),
        str(Span(rules.span_of(case.opened_day, day)).label),
        tuple(str(Blocker(code).label) for code in _blockers(case, day, late=late)),
        str(Progress(stands).label),
    )


def _blockers(case: Case, day: date, *, late: bool) -> list[str]:
    law = JusticeStep.objects.filter(case=case).order_by("day", "id").last()
    visum = VisumStep.objects.filter(case=case).last()
    missed = Promise.objects.running().filter(subject=case.code, missed_at__isnull=False)
    found = {
        Blocker.PROMISE: missed.exists(),
        Blocker.LAW: law is not None and law.stage == JusticeStage.WAITS,
        Blocker.VISUM: visum is not None and visum.to == VisumStatus.DELAYED,
        Blocker.DECISION: late,
        Blocker.QUIET: Case.objects.filter(quiet_on(day), pk=case.pk).exists(),
        Blocker.ALONE: case.manager_id is None,
    }
    return [str(code) for code, stands in found.items() if stands]


def totals_of(conference: Conference) -> Totals:
    """The counts over every case of the meeting."""
    cases = Case.objects.filter(pk__in=Veil.objects.filter(conference=conference).values("case"))
    first = Incident.objects.filter(case__in=cases, number=1)
    stages = cases.order_by().values_list("state", flat=True)
    return Totals(
        cases.count(),
        _counted(stages, lambda code: str(State(code).label)),
        _counted(
            first.values_list("main_kind", flat=True),
            lambda code: codes.label("violence_type", code),
        ),
        _counted(first.filter(~Q(area_code="")).values_list("area_code", flat=True), area_name),
    )


def _counted(found: Iterable[str], label: Callable[[str], str]) -> list[tuple[str, int]]:
    visible = rules.shown(Counter(found), settings.TEDUH_MEETING_LEAST)
    return [(label(code), n) for code, n in visible.items()]
