"""Own words of whoever filed a report for somebody: kept, handed out, ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.rules import ARCHIVES, Forbidden
from teduh.audit import queries as trail
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.lib.timing import local_day
from teduh.vault import ownwords, queries, rules, suite, units
from teduh.vault.bundles import Bundle
from teduh.vault.keylist import own_signing_keys
from teduh.vault.models import Compartment, OwnWrap
from teduh.vault.ownwords import SealedOwn
from teduh.vault.packages import SealedPackage
from teduh.vault.rules import Refused


@transaction.atomic
def keep_own(
    *, by: Member, package: SealedPackage, sealed: Sequence[SealedOwn], at: datetime
) -> None:
    """Keep the wraps of what a member just filed, to their own box key.

    Raises Forbidden for whoever sits in a team, which reads by the team's key, and for whom a conflict
    of interest keeps from it; Refused for anything but exactly what they filed, to exactly that key.
    """
    subject = package.ticket
    if by.team_codes() - set(ARCHIVES) or subject in barred(by):
        raise Forbidden
    kid, _public = queries.boxes_of([by.code]).get(by.code, ("", b""))
    inst, keys = settings.TEDUH_INSTANCE, own_signing_keys(by.code)
    ownwords.check(sealed, package, inst=inst, kid=kid, keys=keys)
    inner, outer = (
        units.make(units.of_own(subject)),
        units.find(units.unit_of(subject, "narrative")),
    )
    if outer is None:
        raise Refused("subject")
    until = local_day(at) + timedelta(days=rules.OWN_WORDS_DAYS - 1)
    rows = {row.cmp: row for row in Compartment.objects.filter(subject=subject)}
    for one in sealed:
        row = rows[one.wrap.cmp]
        context = suite.sha256(bytes(row.d)) + kid.encode()
        OwnWrap.objects.create(
            compartment=row,
            member_code=by.code,
            kid=kid,
            until=until,
            stored=suite.enclose(outer, suite.enclose(inner, one.wrap.w, context), context),
            body=one.statement.body,
            sig=one.statement.sig,
        )
    detail = {"until": str(until)}
    record(by=by.actor, verb="vault.own_kept", subject=subject, at=at, detail=detail)


@transaction.atomic
def hand_out_own(*, by: Member, subject: str, at: datetime) -> Bundle:
    """What a member filed under a ticket, written down as a read; an empty bundle once it is over.

    Raises Forbidden for whom a conflict of interest keeps from the subject.
    """
    if subject in barred(by):
        raise Forbidden
    bundle = queries.own_bundle(subject, by.code, local_day(at))
    if bundle.compartments:
        record(by=by.actor, verb="vault.own_read", subject=subject, at=at)
    return bundle


@transaction.atomic
def end_own(*, by: Actor, ended: Sequence[OwnWrap], at: datetime) -> int:
    """End own words: wraps gone, unit keys destroyed. Answers of how many tickets."""
    rows = OwnWrap.objects.filter(pk__in=[one.pk for one in ended]).select_related("compartment")
    gone = list(rows.select_for_update(of=("self",)))  # locked before the trail
    subjects = {one.compartment.subject for one in gone}
    for subject in sorted(subjects):
        record(by=by, verb="vault.own_ended", subject=subject, at=at)
    OwnWrap.objects.filter(compartment__subject__in=subjects).delete()
    dead = {units.of_own(subject) for subject in subjects}
    # After the commit, as in `forget`; a crash in between is mended by `destroy_ended_own`.
    transaction.on_commit(lambda: units.destroy(dead))
    return len(subjects)


def destroy_ended_own() -> None:
    """Destroy what a crash after an end has left of the unit keys of own words.

    The trail says which have ended: one without wraps may be of a report that comes in just now.
    """
    left = units.named(units.OWN)
    over = trail.rows().filter(verb="vault.own_ended", subject__in=left).order_by() if left else ()
    dead = {units.of_own(line.subject) for line in over}
    if dead:
        units.destroy(dead)
