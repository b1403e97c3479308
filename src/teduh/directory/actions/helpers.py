"""Keeping helpers, what they were trained in, and their cards."""

from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.directory.models import Helper, HelperCard, Qualification
from teduh.directory.queries import about_of, keeps_helpers
from teduh.directory.rules import (
    MISSES,
    About,
    NotReady,
    may_hold_card,
)
from teduh.lib.actors import ANONYMOUS
from teduh.lib.timing import local_day


def enter_helper(*, by: Member, about: About, at: datetime) -> Helper:
    """Write down a helper. Raises Forbidden."""
    return _keep_helper(by, Helper(), about, at, verb="helper.entered")


def mend_helper(*, by: Member, helper: Helper, about: About, at: datetime) -> Helper:
    """Change what is written of a helper; a card signs only while they help. Raises Forbidden."""
    return _keep_helper(by, helper, about, at, verb="helper.mended")


@transaction.atomic
def qualify(*, by: Member, helper: Helper, topic: str, day: date, at: datetime) -> None:
    """Note what a helper was trained in; once for each topic and day. Raises Forbidden."""
    _must_keep_helpers(by)
    _row, made = Qualification.objects.get_or_create(helper=helper, topic=topic, day=day)
    if made:
        record(by=by.actor, verb="helper.qualified", subject="", at=at, detail={"topic": topic})


@transaction.atomic
def issue_card(
    *, by: Member, helper: Helper, number: str, public: bytes, at: datetime
) -> HelperCard:
    """Keep the key of a new card; the one before is taken back. Raises Forbidden, NotReady."""
    _must_keep_helpers(by)
    helper, day = Helper.objects.select_for_update().get(pk=helper.pk), local_day(at)
    if not may_hold_card(about_of(helper), day):
        raise NotReady(helper.pk)
    helper.cards.filter(revoked=None).update(revoked=day)
    card = HelperCard.objects.create(
        helper=helper, number=number, public=public, issued=day, until=helper.until
    )
    record(by=by.actor, verb="card.issued", subject="", at=at, detail={"number": number})
    return card


@transaction.atomic
def revoke_cards(*, by: Member, helper: Helper, at: datetime) -> None:
    """Take a helper's card back, lost or not. Raises Forbidden."""
    _must_keep_helpers(by)
    for card in helper.cards.select_for_update().filter(revoked=None):
        card.revoked = local_day(at)
        card.save(update_fields=["revoked"])
        detail = {"number": card.number}
        record(by=by.actor, verb="card.revoked", subject="", at=at, detail=detail)


@transaction.atomic
def note_use(*, card: HelperCard, at: datetime) -> None:
    """A card has signed with its PIN: earlier slips are forgiven."""
    HelperCard.objects.filter(pk=card.pk).update(misses=0, used=local_day(at))


@transaction.atomic
def note_miss(*, card: HelperCard, at: datetime) -> None:
    """Somebody had a card and not its PIN; after too many it signs nothing until it is renewed."""
    held = HelperCard.objects.select_for_update().get(pk=card.pk)
    held.misses = min(held.misses + 1, MISSES)
    held.save(update_fields=["misses"])
    if held.misses == MISSES and card.misses < MISSES:
        detail = {"number": held.number}
        record(by=ANONYMOUS, verb="card.locked", subject="", at=at, detail=detail)


def _keep_helper(by: Member, helper: Helper, about: About, at: datetime, *, verb: str) -> Helper:
    _must_keep_helpers(by)
    helper.name, helper.profile, helper.area_code = about.name, about.profile, about.area_code
    helper.conduct, helper.until, helper.state = about.conduct, about.until, about.state
    with transaction.atomic():
        helper.save()
        record(by=by.actor, verb=verb, subject="", at=at, detail={"profile": about.profile})
    return helper


def _must_keep_helpers(by: Member) -> None:
    if not keeps_helpers(by):
        raise Forbidden(Right.KEEP_HELPERS)
