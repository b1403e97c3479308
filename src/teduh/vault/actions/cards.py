"""Cards of a team's lists: kept by the browser that opened a report, handed out for lists and search."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.lib.actors import ActorKind
from teduh.lib.timing import local_day
from teduh.vault import checks, queries, rules, suite, units
from teduh.vault.bundles import Lists
from teduh.vault.keylist import own_signing_keys
from teduh.vault.keywork import MadeList
from teduh.vault.models import (
    Card,
    Compartment,
    Wrap,
)
from teduh.vault.packages import SealedItem, b64
from teduh.vault.rules import Refused


@transaction.atomic
def keep_card(
    *,
    by: Member,
    team: str,
    subject: str,
    card: SealedItem,
    made: MadeList | None,
    made_of: str = "",
    at: datetime,
) -> None:
    """Keep what the team's list shows of a subject, in place of an earlier card.

    `made`: this month's list, where this browser found none; `made_of`: the items of persons the
    card of a case names. Raises Refused, Forbidden.
    """
    if team not in by.team_codes() or subject in barred(by):
        raise Forbidden
    unit = units.find(units.unit_of(subject, rules.LIST))
    if unit is None:
        raise Refused("subject")
    row = _list_row(by, team, made, at)
    checks.item(card, kind=ActorKind.MEMBER, comp=rules.LIST, cmp=row.cmp)
    checks.by_member(card, own_signing_keys(by.code))
    stored = suite.enclose(unit, card.ct, suite.sha256(card.hdr))
    new = Card(
        compartment=row,
        subject=subject,
        team_code=team,
        item=card.item,
        hdr=card.hdr,
        stored=stored,
        sig=card.sig,
        made_of=made_of,
    )
    _put_last(new)
    record(by=by.actor, verb="vault.card_kept", subject=subject, at=at)


@transaction.atomic
def hand_out_cards(*, by: Member, subjects: Collection[str], at: datetime) -> Lists:
    """The lists of the member's teams with the cards of these subjects, written down as one read."""
    found = queries.cards([*{*subjects} - barred(by)], by.team_codes())
    if found:
        named = [card.subject for card in found]
        record(by=by.actor, verb="vault.list_read", subject="", at=at, subjects=named)
    return queries.lists_of(found)


@transaction.atomic
def hand_out_search(*, by: Member, after: int, at: datetime) -> tuple[Lists, int]:
    """The next cards of all the member's teams for a search in the browser, and the last row.

    Written down as one line with their number: naming thousands of subjects for each search would
    bury the reads of single reports.
    """
    found = queries.cards_after(by, after)
    if found:
        detail = {"cards": len(found)}
        record(by=by.actor, verb="vault.searched", subject="", at=at, detail=detail)
    return queries.lists_of(found), found[-1].pk if found else after


def _put_last(card: Card) -> None:
    """In place of the earlier card, as the last row: a search asks for what came since a row."""
    try:
        with transaction.atomic():
            Card.objects.filter(subject=card.subject, team_code=card.team_code).delete()
            card.save()
    except IntegrityError as error:
        raise Refused("meanwhile") from error


def _list_row(by: Member, team: str, made: MadeList | None, at: datetime) -> Compartment:
    name = rules.list_of(team, local_day(at))
    row = queries.compartment(name, rules.LIST)
    if row is not None:
        return row
    epoch = queries.team_key(team)
    if made is None or epoch is None:
        raise Refused("list")
    checks.new_list(made, name, settings.TEDUH_INSTANCE, epoch.kid, own_signing_keys(by.code))
    d_hash, unit = suite.sha256(made.d), units.make(units.unit_of(name, rules.LIST))
    row = Compartment.objects.create(
        subject=name,
        comp=rules.LIST,
        gen=1,
        d=made.d,
        cmp=b64(d_hash),
        by=made.by,
        sig=made.sig,
    )
    stored = suite.enclose(unit, made.wrap.w, d_hash + made.wrap.kid.encode())
    Wrap.objects.create(compartment=row, kid=made.wrap.kid, stored=stored)
    return row
