"""Which cases call for a conference, from their rows, in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import Coalesce

from teduh.cases.models import Assessment, Case, CaseQuery, Incident, JusticeStep, Retaliation
from teduh.conferences import rules
from teduh.conferences.models import AgendaItem, Conference
from teduh.conferences.words import ItemState
from teduh.sop.models import Promise
from teduh.sop.queries import step as step_of

HEAD = "head"


@dataclass(frozen=True, slots=True)
class Called:
    """A case that belongs on an agenda, why, and when its risk was last assessed."""

    case: Case
    triggers: tuple[str, ...]
    assessed: date | None


def called_for(conference: Conference, day: date) -> list[Called]:
    """The cases of a team that a trigger puts on this agenda and that do not stand there, the
    gravest first.
    """
    going = Case.objects.going_on().filter(team_code=conference.team_code)
    there = AgendaItem.objects.filter(conference=conference).values("case")
    rows = list(going.exclude(pk__in=there).select_related("manager").order_by("urgency", "pk"))
    told = facts_of(going, day)
    found = []
    for case in rows:
        facts = told(case)
        if why := rules.triggers(facts, day):
            found.append(Called(case, tuple(why), facts.assessed))
    return found


class facts_of:  # noqa: N801  called as a function is, for each case
    """What the rows of these cases say, read once for all of them."""

    def __init__(self, cases: CaseQuery, day: date) -> None:
        pks, since = cases.order_by().values("pk"), day - rules.YEAR
        newest = Assessment.objects.filter(case__in=pks).order_by().values_list("case")
        self._assessed = dict(newest.annotate(last=Max("day")))
        harm = Incident.objects.filter(case__in=pks, day__gt=since)
        revenge = Retaliation.objects.filter(case__in=pks, day__gt=since)
        self._harm = _days([*harm.values_list("case", "day"), *revenge.values_list("case", "day")])
        law = JusticeStep.objects.filter(case__in=pks, day__gte=day - rules.LAW_DAYS)
        self._law = _days(law.values_list("case", "day"))
        held = AgendaItem.objects.filter(state=ItemState.DISCUSSED, conference__day__lte=day)
        went = Coalesce("case__merged_into", "case")
        self._held = _days(
            held.annotate(went=went).filter(went__in=pks).values_list("went", "conference__day")
        )
        self._stuck = _stuck(cases)

    def __call__(self, case: Case) -> rules.Facts:
        """The facts of one of them."""
        return rules.Facts(
            band=case.band,
            assessed=self._assessed.get(case.pk),
            incidents=tuple(self._harm.get(case.pk, ())),
            held=tuple(self._held.get(case.pk, ())),
            stuck=case.code in self._stuck,
            law=tuple(self._law.get(case.pk, ())),
        )


def _days(rows: Iterable[tuple[int, date | None]]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for case, day in rows:
        if day is not None:
            found[case].append(day)
    return found


def _stuck(cases: CaseQuery) -> set[str]:
    """Codes of those of which a promise was missed and told to the head, the end of its ladder."""
    rows = Promise.objects.running().filter(
        subject__in=cases.order_by().values("code"),
        missed_at__isnull=False,
        paused_at__isnull=True,
        next_at__isnull=True,
    )
    return {
        row.subject
        for row in rows
        if step_of(row.book, row.version, row.step).rungs[-1].role == HEAD
    }


def when_assessed(case: Case) -> date | None:
    """The day of the newest assessment of one case."""
    found: date | None = Assessment.objects.filter(case=case).aggregate(last=Max("day"))["last"]
    return found
