"""Handing cases over: everything somebody holds, to a colleague, in one step."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.guard import supervising
from teduh.cases.models import Case, Crew
from teduh.cases.words import CrewRole
from teduh.lib.timing import local_day
from teduh.sop import actions as sop
from teduh.sop.queries import locked


@transaction.atomic
def hand_over(
    *, by: Member, giver: Member, taker: Member, codes: Collection[str], at: datetime
) -> list[Case]:
    """Put one member in the place of another in these cases, all of them or none.

    Where the giver manages the case, what is promised in it goes along. Raises Forbidden,
    WrongMove where there is nothing to hand over, KeptFrom where the taker may not have some.
    """
    supervising(by)
    held = queries.held_by(by, giver).filter(code__in=codes).order_by("pk")
    rows = list(held.select_for_update(of=("self",)))
    if not rows or giver.pk == taker.pk:
        raise rules.WrongMove("nothing to hand over")
    able = set(queries.visible_to(taker).filter(pk__in=[row.pk for row in rows]))
    if len(able) < len(rows):
        raise rules.KeptFrom([row.code for row in rows if row not in able])
    for row in rows:
        locked(row.code)  # every promise before the trail, so that no two wait for each other
    for row in rows:
        _hand_over(by, row, giver, taker, at)
    detail = {"giver": giver.code, "member": taker.code}
    record(
        by=by.actor,
        verb="case.handed_over",
        subject=taker.code,
        at=at,
        detail=detail,
        subjects=[row.code for row in rows],
    )
    return rows


def _hand_over(by: Member, case: Case, giver: Member, taker: Member, at: datetime) -> None:
    day = local_day(at)
    places = Crew.objects.filter(case=case, member=giver, until__isnull=True)
    roles = set(places.values_list("role", flat=True))
    places.update(until=day)
    if case.manager_id == giver.pk:
        roles.add(CrewRole.MANAGER)
        case.manager = taker
        case.save(update_fields=["manager"])
        sop.assign(
            by=by.actor, subject=case.code, team_code=case.team_code, owner=taker.code, at=at
        )
    for role in sorted(roles):
        Crew.objects.get_or_create(
            case=case, member=taker, role=role, until=None, defaults={"since": day}
        )
