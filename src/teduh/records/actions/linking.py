"""Links for whoever has no account: made under a consent, opened on one device, ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.cases.actions.guard import departing, of_the_team
from teduh.lib.actors import ANONYMOUS
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.records import queries, rules
from teduh.records.models import Consent
from teduh.vault import actions as vault
from teduh.vault.bundles import Bundle
from teduh.vault.grants import MadeLink
from teduh.vault.models import Grant
from teduh.vault.rules import Refused, Tried


@transaction.atomic
def make_link(*, by: Member, consent: Consent, made: MadeLink, at: datetime) -> Grant:
    """Keep a link that the member's browser made under a consent.

    Raises Forbidden, WrongMove, NotHolding, also while nobody has gone through the consents since a
    restore, vault.rules.Refused; "many" where as many wait to be opened as ever may, "purpose" where
    only members may read what was agreed to.
    """
    departing(by, consent.case, at)
    row = Consent.objects.holding(local_day(at)).filter(pk=consent.pk).first()
    if row is None or queries.sharing_waits():
        raise rules.NotHolding
    if row.purpose == rules.AT_THE_TABLE:
        raise Refused("purpose")
    stood = [one for one in queries.locked_under(row) if not one.member_code]
    if len(stood) >= rules.LINKS_MOST:
        raise Refused("many")
    wanted = queries.wanted_by_link(by, row, made, at)
    return vault.grant_link(by=by, wanted=wanted, made=made, at=at)


@transaction.atomic
def end_link(*, by: Member, consent: Consent, name: str, at: datetime) -> int:
    """End one link of a consent at once; again changes nothing. Answers how many ended.

    Raises Forbidden.
    """
    of_the_team(by, consent.case, at)
    ended = [one for one in queries.locked_under(consent) if one.name == name]
    return vault.end_grants(by=by.actor, ended=ended, at=at)


@dataclass(frozen=True, slots=True)
class Opened:
    """What somebody with a link reads of a case: all of it only where the proof was right.

    `left`: how many wrong proofs more close the link.
    """

    tried: Tried
    left: int = 0
    consent: Consent | None = None
    grant: Grant | None = None
    pieces: tuple[queries.Piece, ...] = ()
    bundle: Bundle | None = None


@transaction.atomic
def open_link(*, name: str, auth: bytes, device: bytes, at: datetime) -> Opened:
    """What a link opens for this device, if link and words are right; whatever is refused is counted.

    Whoever made it hears when it is closed, and when another device tries it.
    """
    found = queries.linked(name, at)
    if found is None:
        return Opened(Tried.OVER)
    consent, grant = found
    tried = vault.try_link(name=name, auth=auth, device=device, at=at)
    now = queries.link_now(grant)
    if tried != Tried.OPEN:
        if tried == Tried.SPENT:
            vault.end_grants(by=ANONYMOUS, ended=[grant], at=at)
        if tried == Tried.SPENT or (tried == Tried.ELSEWHERE and now.elsewhere == 1):
            _tell(grant, at)
        return Opened(tried, queries.tries_left(now))
    pieces = tuple(queries.pieces(consent.case, consent.purpose, grant.parts))
    bundle = vault.hand_out_linked(
        name=name,
        device=device,
        agency=consent.agency.code,
        items=[one.item for one in pieces],
        at=at,
    )
    if bundle is None:
        return Opened(Tried.OVER)
    return Opened(tried, 0, consent, grant, pieces, bundle)


def _tell(grant: Grant, at: datetime) -> None:
    for email in queries.emails({rules.author_of(grant.by)}):
        queue(by=ANONYMOUS, to=email, template=Template.WORK, at=at)
