"""The partner's side of a referral: seen, answered, told on until it has ended."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.lib.actors import ANONYMOUS
from teduh.services import rules
from teduh.services.actions.moving import Hand, Said, locked, step, tell_office
from teduh.services.actions.referring import say
from teduh.services.models import Referral
from teduh.services.queries import answering as queries
from teduh.services.queries import linking
from teduh.services.words import State, Way

BY_LINK = Hand(ANONYMOUS, Way.LINK)


@transaction.atomic
def see(*, by: Member, referral: Referral, at: datetime) -> Referral:
    """Keep that a partner has opened a referral; once, and only while it waits. Raises Forbidden."""
    _allowed(by, referral)
    if referral.state != State.SENT:
        return referral
    case, row = locked(referral)
    if row.state == State.SENT:
        with suppress(rules.Changed):  # a colleague opened it in the same moment
            step(Hand(by.actor, Way.ACCOUNT, by), case, row, State.SEEN, at)
    return row


@transaction.atomic
def answer(*, by: Member, referral: Referral, said: Said, at: datetime) -> Referral:
    """What a partner says of a referral to its own agency; whoever manages the case hears.

    Raises Forbidden, WrongMove, NoReason, Changed where a colleague was faster, Early.
    """
    _allowed(by, referral)
    case, row = locked(referral)
    say(Hand(by.actor, Way.ACCOUNT, by), case, row, said, at)
    tell_office(by.actor, case, at)
    return row


@transaction.atomic
def see_by_link(*, name: str, device: bytes, at: datetime) -> list[Referral]:
    """What whoever holds a link may answer, kept as seen; nothing on another device."""
    found = linking.of_link(name, device, at)
    for referral in found:
        if referral.state == State.SENT:
            case, row = locked(referral)
            if row.state == State.SENT:
                with suppress(rules.Changed):
                    step(BY_LINK, case, row, State.SEEN, at)
    return linking.of_link(name, device, at)


@transaction.atomic
def answer_by_link(*, name: str, device: bytes, code: str, said: Said, at: datetime) -> Referral:
    """What whoever holds a link says of a referral under the same consent; whoever manages the case
    hears. Raises as `answer`, Forbidden also on another device and once the link has ended.
    """
    referral = next((one for one in linking.of_link(name, device, at) if one.code == code), None)
    if referral is None:
        raise Forbidden
    case, row = locked(referral)
    say(BY_LINK, case, row, said, at)
    tell_office(BY_LINK.actor, case, at)
    return row


def _allowed(by: Member, referral: Referral) -> None:
    if not queries.visible_to(by).filter(pk=referral.pk).exists():
        raise Forbidden(Right.ANSWER_PARTNER)
