"""What every agency may see of all cases: names of this meeting alone, codes, and no small number."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from teduh.access.models import Member
from teduh.cases.models import Case, Incident, JusticeStep, VisumStep
from teduh.cases.words import JusticeStage, State, VisumStatus
from teduh.conferences import rules
from teduh.conferences.models import Conference, Decision, Veil
from teduh.conferences.words import TOO_FEW, Blocker, Progress, Span
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


def screens_of(veils: Sequence[Veil], day: date) -> list[Screen]:
    """How each of these cases stands, in their order.

    What so few of them share that the counts hide it is told of none: stage, span and progress
    become "lainnya", a blocker is left out.
    """
    told, least = _Standing(veils, day), settings.TEDUH_MEETING_LEAST
    stages = [veil.case.state for veil in veils]
    spans = [rules.span_of(veil.case.opened_day, day) for veil in veils]
    blockers = [told.blockers(veil.case) for veil in veils]
    stands = [rules.progress(told.decided[veil.case_id], day) for veil in veils]
    often = rules.often(blockers, least)
    return [
        Screen(
            name, stage, span, tuple(str(Blocker(one).label) for one in held if one in often), last
        )
        for name, stage, span, held, last in zip(
            [veil.name for veil in veils],
            _told(stages, lambda code: str(State(code).label)),
            _told(spans, lambda code: str(Span(code).label)),
            blockers,
            _told(stands, lambda code: str(Progress(code).label)),
            strict=True,
        )
    ]


def _told(found: Sequence[str], label: Callable[[str], str]) -> list[str]:
    """Each of these codes in words, or "lainnya" where too few share it."""
    visible = rules.shown(Counter(found), settings.TEDUH_MEETING_LEAST)
    return [label(code) if code in visible else str(TOO_FEW) for code in found]


class _Standing:
    """What the rows of these cases say, read once for all of them."""

    def __init__(self, veils: Sequence[Veil], day: date) -> None:
        cases = Case.objects.filter(pk__in=[veil.case_id for veil in veils]).order_by()
        pks, self._day = cases.values("pk"), day
        self.decided: dict[int, list[tuple[str, date]]] = defaultdict(list)
        decisions = Decision.objects.filter(item__case__in=pks)
        for case, state, due in decisions.values_list("item__case", "state", "due"):
            self.decided[case].append((state, due))
        law = JusticeStep.objects.filter(case__in=pks).order_by("day", "id")
        self._law = dict(law.values_list("case", "stage"))
        visum = VisumStep.objects.filter(case__in=pks).order_by("id")
        self._visum = dict(visum.values_list("case", "to"))
        missed = Promise.objects.running().filter(missed_at__isnull=False)
        missed = missed.filter(subject__in=cases.values("code"))
        self._missed = set(missed.values_list("subject", flat=True))
        self._quiet = set(cases.quiet_on(day).values_list("pk", flat=True))

    def blockers(self, case: Case) -> list[str]:
        """What holds one of them up, as codes of `words.Blocker`."""
        found = {
            Blocker.PROMISE: case.code in self._missed,
            Blocker.LAW: self._law.get(case.pk) == JusticeStage.WAITS,
            Blocker.VISUM: self._visum.get(case.pk) == VisumStatus.DELAYED,
            Blocker.DECISION: any(
                rules.is_late(state, due, self._day) for state, due in self.decided[case.pk]
            ),
            Blocker.QUIET: case.pk in self._quiet,
            Blocker.ALONE: case.manager_id is None,
        }
        return [str(code) for code, stands in found.items() if stands]


def totals_of(veils: Sequence[Veil]) -> Totals:
    """The counts over these cases: those that whoever looks may see, and no other."""
    cases = Case.objects.filter(pk__in=[veil.case_id for veil in veils])
    first = Incident.objects.filter(case__in=cases, number=1)
    stages = cases.order_by().values_list("state", flat=True)
    return Totals(
        len(veils),
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
