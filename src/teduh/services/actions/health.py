"""Medical care: asked for her, given, not wanted, or too late; her no is always fine."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import in_one_go, record
from teduh.cases.actions.guard import going_on, locked
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case
from teduh.directory.models import Provider
from teduh.lib.codes import new_order
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.models import MedicalOrder
from teduh.services.queries import health as queries
from teduh.services.words import HealthKind, HealthOutcome, HealthState
from teduh.sop import actions as sop
from teduh.sop.words import Ended
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

RESULT = "services.health.result"
ENDED = {  # what was answered -> why what was promised need not be met
    HealthState.DECLINED: Ended.DECLINED,
    HealthState.NOT_NEEDED: Ended.NO_NEED,
    HealthState.TOO_LATE: Ended.NO_NEED,
}


@transaction.atomic
def ask_health(
    *, by: Member, case: Case, kind: HealthKind, at: datetime, provider: Provider | None = None
) -> MedicalOrder:
    """Ask for medical care she wants; it is promised within its window. Nothing leaves the office.

    Raises Forbidden, cases.rules.WrongMove for a case that has ended, NotOffered, AskedAlready.
    """
    fresh = going_on(by, case, at)
    if provider and not queries.gives(provider, rules.HEALTH_SERVICES):
        raise rules.NotOffered(provider.code)
    same = queries.orders(fresh).open().filter(kind=kind)
    if kind not in rules.SEVERAL and same.exists():
        raise rules.AskedAlready(kind)
    until = rules.promised_until(queries.left(fresh, kind, at))
    order = MedicalOrder.objects.create(
        code=new_order(),
        case=fresh,
        kind=HealthKind(kind),
        provider=provider,
        day=local_day(at),
        until=until,
        member=by,
    )
    promise(by=by, case=fresh, event="health.asked", at=at, until=until, about=order.code)
    detail = {"kind": str(kind), "about": order.code}
    record(by=by.actor, verb="health.asked", subject=fresh.code, at=at, detail=detail)
    return order


@in_one_go()
def answer_health(
    *,
    by: Member,
    order: MedicalOrder,
    state: HealthState,
    at: datetime,
    outcome: HealthOutcome | None = None,
    items: Sequence[SealedItem] = (),
) -> MedicalOrder:
    """Say what became of it: given with its outcome, not wanted, not needed, or certainly too late.

    In a merged case it goes on in the case that stays. Raises Forbidden, WrongMove for one that was
    answered or an outcome that does not fit, NotYetLate, vault.rules.Refused.
    """
    fresh = locked(by, order.home, at)
    row = MedicalOrder.objects.select_for_update().get(pk=order.pk)
    given = state == HealthState.GIVEN
    if (
        row.state != HealthState.ASKED
        or state not in rules.HEALTH_ANSWERS
        or given != bool(outcome)
    ):
        raise rules.WrongMove(row.state)
    late = state == HealthState.TOO_LATE
    if late and not rules.may_be_late(queries.left(fresh, row.kind, at)):
        raise rules.NotYetLate(row.kind)
    if [item.what for item in items] not in ([], [RESULT]) or (items and not given):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    row.case, row.state, row.answered_day = fresh, HealthState(state), local_day(at)
    row.outcome = HealthOutcome(outcome) if outcome else ""
    row.item = items[0].item if items else ""
    row.save(update_fields=["case", "state", "answered_day", "outcome", "item"])
    _meet(by, row, at)
    detail = {"state": row.state, "about": row.code}
    record(by=by.actor, verb="health.answered", subject=fresh.code, at=at, detail=detail)
    return row


def _meet(by: Member, row: MedicalOrder, at: datetime) -> None:
    code = row.case.code
    if row.state == HealthState.GIVEN:
        sop.happened(by=by.actor, event="health.given", subject=code, at=at, about=row.code)
    else:
        reason = ENDED[HealthState(row.state)]
        sop.end(by=by.actor, subject=code, reason=reason, at=at, about=row.code)
