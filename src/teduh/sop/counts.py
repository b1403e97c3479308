"""What statistics may know: how often steps went otherwise than promised, by team and reason."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from teduh.sop.models import Promise, PromiseQuery
from teduh.sop.words import Deviation


@dataclass(frozen=True, slots=True)
class Counted:
    """So many promises of a step and team went this way, for this reason (empty: not said)."""

    team_code: str
    step: str
    kind: Deviation
    reason: str
    number: int


def deviations(*, since: datetime, until: datetime) -> list[Counted]:
    """Steps missed, skipped or taken out of turn from `since` to before `until`; several may hold."""
    missed_then = Q(missed_at__gte=since, missed_at__lt=until)
    met_then = Q(met_at__gte=since, met_at__lt=until)
    unnoticed = Q(missed_at__isnull=True, paused_at__isnull=True, met_at__gt=F("due_at")) & met_then
    rows = Promise.objects.filter()
    return [
        *_counted(rows.filter(missed_then | unnoticed), Deviation.MISSED, "reason"),
        *_counted(rows.filter(ended_at__gte=since, ended_at__lt=until), Deviation.SKIPPED, "ended"),
        *_counted(rows.filter(met_then, out_of_turn=True), Deviation.OUT_OF_TURN, "reason"),
    ]


def _counted(rows: PromiseQuery, kind: Deviation, reason: str) -> list[Counted]:
    told = rows.order_by().values_list("team_code", "step", reason).annotate(number=Count("id"))
    ordered = told.order_by("team_code", "step", reason)
    return [Counted(team, step, kind, why, number) for team, step, why, number in ordered]
