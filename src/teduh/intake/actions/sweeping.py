"""Many reports of a flood worked at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.intake import rules
from teduh.intake.actions.triage import locked, take_step
from teduh.intake.models import Report
from teduh.intake.words import Left, State, Sweep


@dataclass(frozen=True, slots=True)
class Swept:
    """A report of a flood after a step for many, and why it was left; None: the step is done."""

    report: Report
    left: Left | None


def sweep(
    *, by: Member, reports: Iterable[Report], step: Sweep, read: Collection[str], at: datetime
) -> list[Swept]:
    """One step for many reports of a flood, a transaction for each: one that fails stops no other.

    `read`: tickets somebody has included although they are to be read first. The same step again
    changes nothing and counts as done. Raises Forbidden without the right.
    """
    if not by.may(Right.TRIAGE_REPORTS):
        raise Forbidden(Right.TRIAGE_REPORTS)
    return [
        Swept(one, _sweep(by, one, step, at, knowingly=one.ticket.number in read))
        for one in reports
    ]


def _sweep(
    by: Member, report: Report, step: Sweep, at: datetime, *, knowingly: bool
) -> Left | None:
    try:
        with transaction.atomic():
            fresh = locked(report.ticket)
            if _stands(fresh, step, by):
                return None
            if not fresh.flood:
                return Left.UNMARKED
            if fresh.read_first and not knowingly:
                return Left.READ_FIRST
            if step == Sweep.UNMARKED:
                _unmark(by, fresh, report.ticket.number, at)
            else:
                take_step(by, fresh, State(step), at)
    except rules.WrongMove:
        return Left.MOVED
    except DatabaseError:
        return Left.FAILED
    return None


def _stands(fresh: Report, step: Sweep, by: Member) -> bool:
    if step == Sweep.UNMARKED:
        return not fresh.flood
    return fresh.state == step and (step != Sweep.TAKEN or fresh.handler_id == by.pk)


def _unmark(by: Member, fresh: Report, number: str, at: datetime) -> None:
    fresh.flood = False
    fresh.save(update_fields=["flood"])
    record(by=by.actor, verb="report.unmarked", subject=number, at=at)
