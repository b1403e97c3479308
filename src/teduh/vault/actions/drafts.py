"""What an officer has written of a call so far: one item, replaced at each save, gone at its end."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.lib.actors import Actor, ActorKind
from teduh.lib.timing import local_day
from teduh.vault import checks, queries, rules, suite, units
from teduh.vault.actions.keeping import (
    forget,
    keep_all,
    keep_compartments,
    units_covering,
)
from teduh.vault.keylist import own_signing_keys
from teduh.vault.models import Compartment
from teduh.vault.packages import MadeCompartment, SealedItem, b64
from teduh.vault.rules import Refused


def keep_draft(
    *,
    by: Member,
    subject: str,
    team: str,
    made: Sequence[MadeCompartment],
    item: SealedItem,
    at: datetime,
) -> None:
    """Keep a draft in place of the one before, compartment and all.

    The trail has a line for the first one only: a call is saved every few seconds. Raises Forbidden
    for a team that is not the member's, Refused.
    """
    if team not in by.team_codes():
        raise Forbidden
    if not subject.startswith(rules.CALL) or item.what != rules.CALL_DRAFT:
        raise Refused("place")
    taken = queries.taken(local_day(at))
    keys = own_signing_keys(by.code)
    sealed_to = checks.new_case(
        made,
        inst=settings.TEDUH_INSTANCE,
        subject=subject,
        keys=keys,
        teams=taken.teams,
        recovery=taken.recovery,
        comps=rules.NEW_CALL,
    )
    if sealed_to != team:
        raise Refused("readers")
    [comp] = rules.NEW_CALL
    checks.item(item, kind=ActorKind.MEMBER, comp=comp, cmp=b64(suite.sha256(made[0].d)))
    checks.by_member(item, keys)
    units.prepare(units_covering(subject))
    _replace(by, subject, made, item, at)


@transaction.atomic
def _replace(
    by: Member, subject: str, made: Sequence[MadeCompartment], item: SealedItem, at: datetime
) -> None:
    before = Compartment.objects.filter(subject=subject)
    if not before.exists():
        record(by=by.actor, verb="vault.draft_kept", subject=subject, at=at)
    before.delete()
    keep_all(keep_compartments(subject, made), [item])


@transaction.atomic
def drop_draft(*, by: Actor, subject: str, at: datetime) -> None:
    """Destroy a draft, in every backup too; nothing where there is none."""
    rows = Compartment.objects.filter(subject=subject)
    if subject.startswith(rules.CALL) and rows.exists():
        forget(by=by, subject=subject, at=at)
        rows.delete()
