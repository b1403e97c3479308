"""A meeting held: the declaration, who is there, begun, closed."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import in_one_go, record
from teduh.cases.models import Case
from teduh.conferences import declaration, queries, rules
from teduh.conferences.actions.agenda import let_go_of_ended
from teduh.conferences.actions.guard import goes_on, going_on, leading, seated
from teduh.conferences.models import AgendaItem, Conference, TableSeat, Veil
from teduh.conferences.words import ItemState, Kind, Presence, State
from teduh.lib.timing import local_day
from teduh.sop import actions as sop


@transaction.atomic
def accept(*, by: Member, conference: Conference, sha: str, at: datetime) -> None:
    """Accept the declaration whose text has this SHA-256. The same again changes nothing.

    Raises Forbidden for whoever has no seat, NotDeclared for a text that does not stand now.
    """
    now = declaration.in_force(local_day(at))
    if sha != now.sha:
        raise rules.NotDeclared
    row = TableSeat.objects.select_for_update().filter(conference=conference, member=by).first()
    if row is None:
        raise Forbidden
    if row.sha == now.sha:
        return
    row.accepted_at, row.version, row.sha = at, now.version, now.sha
    row.save(update_fields=["accepted_at", "version", "sha"])
    detail = {"version": now.version, "text": now.sha[:16]}
    record(by=by.actor, verb="conference.accepted", subject=conference.code, at=at, detail=detail)


@transaction.atomic
def attend(*, by: Member, seat: TableSeat, presence: Presence, at: datetime) -> None:
    """Say whether somebody is there. Raises Forbidden, WrongMove, NotDeclared for whoever would be
    present without having accepted the declaration.
    """
    fresh = going_on(leading(by, seat.conference))
    held = TableSeat.objects.select_related("member").get(pk=seat.pk)
    there = presence == Presence.PRESENT
    if there and not queries.declared(held, fresh, local_day(at)):
        raise rules.NotDeclared
    if TableSeat.objects.filter(pk=held.pk).exclude(presence=presence).update(presence=presence):
        detail = {"member": held.member.code, "to": str(presence)}
        record(by=by.actor, verb="conference.presence", subject=fresh.code, at=at, detail=detail)


@transaction.atomic
def begin(*, by: Member, conference: Conference, at: datetime) -> Conference:
    """Begin a meeting. Raises Forbidden, WrongMove, NotDeclared, NotReady "few" for one of the city
    about fewer cases than may be shown.
    """
    fresh = leading(by, conference)
    if not rules.may_move(fresh.state, State.UNDER_WAY):
        raise rules.WrongMove(fresh.state)
    seated(by, fresh, at)
    named = _veil(fresh) if fresh.kind == Kind.CITY else []
    fresh.state = State.UNDER_WAY
    fresh.save(update_fields=["state"])
    TableSeat.objects.filter(conference=fresh, member=by).update(presence=Presence.PRESENT)
    record(by=by.actor, verb="conference.begun", subject=fresh.code, at=at, subjects=sorted(named))
    return fresh


def _veil(conference: Conference) -> list[str]:
    """Draw the names of this meeting; answers the codes of its cases."""
    cases = queries.to_show(conference.team_code)
    if len(cases) < settings.TEDUH_MEETING_LEAST:
        raise rules.NotReady(["few"])
    drawn = secrets.SystemRandom()
    names = rules.veils(cases, declaration.names(), drawn.shuffle, drawn.choice)
    Veil.objects.bulk_create(
        Veil(conference=conference, case_id=case, place=place, name=name)
        for place, (case, name) in enumerate(names, 1)
    )
    return list(Case.objects.filter(pk__in=cases).values_list("code", flat=True))


@in_one_go()
def close(*, by: Member, conference: Conference, at: datetime) -> Conference:
    """Close a meeting: what was discussed has had its conference, names of the city are gone.

    Raises Forbidden, WrongMove, NotDeclared, NotReady with what is still to be said of its cases.
    """
    items = list(AgendaItem.objects.filter(conference=conference).order_by("case"))
    pks = {goes_on(one.case).pk for one in items}
    list(Case.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    fresh = leading(by, conference)
    if not rules.may_move(fresh.state, State.HELD):
        raise rules.WrongMove(fresh.state)
    seated(by, fresh, at)
    let_go_of_ended(by.actor, fresh, at)
    items = list(AgendaItem.objects.filter(conference=fresh).select_related("case__merged_into"))
    here = [one for one in items if not one.case.merged_into_id and not one.case.erased_day]
    if gaps := rules.gaps([(one.state, bool(one.feedback_way)) for one in here]):
        raise rules.NotReady(gaps)
    fresh.state = State.HELD
    fresh.save(update_fields=["state"])
    fresh.veils.all().delete()
    discussed = [one for one in items if one.state == ItemState.DISCUSSED]
    for code in sorted({goes_on(one.case).code for one in discussed}):
        sop.happened(by=by.actor, event="conference.held", subject=code, at=at)
    subjects = [one.case.code for one in discussed]
    record(by=by.actor, verb="conference.held", subject=fresh.code, at=at, subjects=subjects)
    return fresh


@transaction.atomic
def look(*, by: Member, conference: Conference, at: datetime) -> list[Veil]:
    """What the screen of a meeting of the city goes through, written down as a look.

    Raises Forbidden unless it runs and shows `by` no fewer cases than a screen may, NotDeclared.
    """
    fresh = Conference.objects.get(pk=conference.pk)
    if fresh.kind != Kind.CITY or not fresh.runs:
        raise Forbidden
    seated(by, fresh, at)
    veils = queries.veils_for(by, fresh)
    if len(veils) < settings.TEDUH_MEETING_LEAST:
        raise Forbidden
    record(by=by.actor, verb="conference.screen_seen", subject=fresh.code, at=at)
    return veils
