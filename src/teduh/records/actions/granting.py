"""Grants under a consent: given, ended with it, and the new generation that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.actions.guard import departing, locked
from teduh.cases.models import Case
from teduh.lib.actors import CLOCK, Actor
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.records import queries, rules
from teduh.records.models import Consent
from teduh.vault import actions as vault
from teduh.vault.bundles import Bundle
from teduh.vault.grants import GivenOn, SealedGrant
from teduh.vault.models import Grant
from teduh.vault.packages import MadeCompartment
from teduh.vault.rules import Refused


@transaction.atomic
def give(
    *, by: Member, consent: Consent, sealed: Sequence[SealedGrant], at: datetime
) -> list[Grant]:
    """Keep what the member's browser wrapped for people of an agency; each of them hears of it.

    What they had under this consent ends: it would stand beside the new one. Raises Forbidden,
    WrongMove, NotHolding, also while nobody has gone through the consents since a restore,
    vault.rules.Refused.
    """
    departing(by, consent.case, at)
    row = Consent.objects.holding(local_day(at)).filter(pk=consent.pk).first()
    if row is None or queries.sharing_waits():
        raise rules.NotHolding
    stood = queries.locked_under(row)
    people = {one.kid: one.member for one in queries.readers_of(row, at) if one.kid}
    given = []
    for one in sealed:
        member = people.pop(one.to, None)
        if member is None:
            raise Refused("readers")
        wanted = queries.wanted_by(by, row, one.to, at)
        before = [old for old in stood if old.member_code == member.code]
        recipient = vault.Recipient(member, one.to)
        new = vault.grant(by=by, to=recipient, wanted=wanted, sealed=one, at=at)
        vault.replace_grants(by=by.actor, ended=before, new=new, at=at)
        given.append(new)
        queue(by=by.actor, to=member.email, template=Template.WORK, at=at)
    return given


def end_under(*, by: Actor, ended: Sequence[Grant], at: datetime) -> int:
    """End everything that rests on a consent, and tell whoever loses it. Answers how many grants."""
    for email in queries.emails({one.member_code for one in ended}):
        queue(by=by, to=email, template=Template.WORK, at=at)
    return vault.end_grants(by=by, ended=ended, at=at)


def end_over(*, at: datetime) -> int:
    """End what may be read no more: a day that is over, a consent that holds no longer, somebody
    who has left, whose key was taken, or whom a conflict of interest keeps out. Answers how many.

    The clock calls it at every beat: what a crash left of an ended grant goes at the next one.
    """
    gone = queries.over(at)
    count = vault.end_grants(by=CLOCK, ended=gone, at=at) if gone else 0
    vault.destroy_ended()
    return count


def end_all(*, by: Actor, at: datetime) -> int:
    """End every grant: where an office was put back, nobody knows what was withdrawn since its
    backup. Answers how many.
    """
    return vault.end_grants(by=by, ended=queries.running(), at=at)


@transaction.atomic
def begin(
    *,
    by: Member,
    case: Case,
    made: Sequence[MadeCompartment],
    given: Sequence[GivenOn],
    at: datetime,
) -> None:
    """Keep the next generation of what a withdrawal has spent. Raises Forbidden, Refused."""
    fresh = locked(by, case, at)
    vault.begin_generation(
        by=by,
        subject=fresh.code,
        team=fresh.team_code,
        made=made,
        given=given,
        among=queries.concerning(by, fresh, at),
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """What a partner reads of one case: under which consents, by which grants, and what opens it."""

    case: Case
    consents: tuple[Consent, ...]
    grants: tuple[Grant, ...]
    pieces: tuple[queries.Piece, ...]
    bundle: Bundle


@transaction.atomic
def read(*, by: Member, code: str, at: datetime) -> Shared:
    """What stands for a partner in a case, handed out and written down as a read.

    Raises Forbidden where nothing stands any more.
    """
    if not by.may(Right.ANSWER_PARTNER):
        raise Forbidden(Right.ANSWER_PARTNER)
    found = queries.shared_with(by, local_day(at), code)
    if not found:
        raise Forbidden
    pieces: dict[str, queries.Piece] = {}
    for consent, grants in found:
        comps = {comp for one in grants for comp in one.parts}
        told = queries.pieces(consent.case, consent.purpose, comps)
        pieces |= {one.item: one for one in told}
    granted = [one for _consent, grants in found for one in grants]
    bundle = vault.hand_out_granted(
        by=by, subject=code, names=[one.name for one in granted], items=list(pieces), at=at
    )
    return Shared(
        found[0][0].case,
        tuple(consent for consent, _grants in found),
        tuple(granted),
        tuple(pieces.values()),
        bundle,
    )
