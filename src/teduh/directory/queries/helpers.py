"""Helpers, for whoever keeps their list."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from teduh.access.models import Member
from teduh.access.words import AgencyKind, Right
from teduh.directory.models import Helper, HelperCard
from teduh.directory.rules import (
    About,
    Standing,
    may_hold_card,
    may_sign,
)


def keeps_helpers(member: Member) -> bool:
    """Whether this member keeps the list of helpers: with the right, and from the office itself."""
    return member.agency.kind == AgencyKind.OFFICE and member.may(Right.KEEP_HELPERS)


def helpers_kept_by(member: Member) -> QuerySet[Helper]:
    """Every helper, for whoever keeps the list."""
    return Helper.objects.all() if keeps_helpers(member) else Helper.objects.none()


def about_of(helper: Helper) -> About:
    """What is written down of a helper, as a value."""
    return About(
        name=helper.name,
        profile=helper.profile,
        area_code=helper.area_code,
        conduct=helper.conduct,
        until=helper.until,
        state=helper.state,
    )


def card_numbered(number: str) -> HelperCard | None:
    """The card with this number, and its helper."""
    return HelperCard.objects.select_related("helper").filter(number=number).first()


def counts(card: HelperCard, day: date) -> bool:
    """Whether what a card signs counts on `day`."""
    standing = Standing(card.until, card.revoked is not None, card.misses)
    return may_sign(standing, about_of(card.helper), day)


@dataclass(frozen=True, slots=True)
class HelperFilters:
    """What the address of the list of helpers asks for; empty text asks for all."""

    area: str = ""
    state: str = ""


def helper_list(member: Member, asked: HelperFilters) -> QuerySet[Helper]:
    """Helpers by kelurahan and name, with their cards."""
    rows = helpers_kept_by(member).prefetch_related("cards")
    if asked.area:
        rows = rows.filter(area_code=asked.area)
    return rows.filter(state=asked.state) if asked.state else rows


def may_have_card(helper: Helper, day: date) -> bool:
    """Whether a card may be made for a helper on `day`."""
    return may_hold_card(about_of(helper), day)


def living_card(helper: Helper, day: date) -> HelperCard | None:
    """The card of a helper that is not taken back; `counts` says whether it signs."""
    return helper.cards.filter(revoked=None, until__gte=day).first()
