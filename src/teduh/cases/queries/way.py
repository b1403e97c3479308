"""What happened to a case, and what few cases have: each asked in one statement."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from teduh.cases.models import Arrival, Case, Merge, Transfer
from teduh.cases.words import TransferState

STEP, ASSESSMENT, RETALIATION = range(3)  # in the order of one day


@dataclass(frozen=True, slots=True)
class Turn:
    """A step (`first`: where to), an assessment (its bands computed and final, and what became of
    a lower one), or a retaliation (`first`: its kind).
    """

    day: date
    what: int
    pk: int
    who: str
    first: str
    second: str
    third: str


class Seldom(StrEnum):
    """What few cases have."""

    MERGED = "merged"
    MERGING = "merging"
    ARRIVED = "arrived"
    SENT = "sent"


def turns_of(case: Case) -> list[Turn]:
    """Steps, assessments and retaliations, in the order of their days."""
    steps = _turns(case.steps.all(), STEP, F("to"))
    assessed = _turns(case.assessments.all(), ASSESSMENT, F("computed"), F("final"), F("lowering"))
    retaliations = _turns(case.retaliations.all(), RETALIATION, F("kind"))
    found = [Turn(*row) for row in steps.union(assessed, retaliations, all=True)]
    return sorted(found, key=lambda one: (one.day, one.what, one.pk))


def _turns(rows: QuerySet[Any], what: int, *codes: F) -> QuerySet[Any, tuple[Any, ...]]:
    told: list[Combinable] = [*codes, Value(""), Value("")]
    return rows.order_by().values_list("day", Value(what), "pk", "member__name", *told[:3])


def seldom(case: Case) -> frozenset[Seldom]:
    """Which of these a case has."""
    asked = Merge.objects.filter(Q(case=case) | Q(into=case), answer="")
    first, *others = (
        rows.order_by().values_list(Value(what.value))
        for what, rows in (
            (Seldom.MERGED, Case.objects.filter(merged_into=case)),
            (Seldom.MERGING, asked),
            (Seldom.ARRIVED, Arrival.objects.filter(case=case)),
            (Seldom.SENT, Transfer.objects.filter(case=case, state=TransferState.SENT)),
        )
    )
    return frozenset(Seldom(what) for (what,) in first.union(*others))
