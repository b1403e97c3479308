"""How a helper's card and a provider stand, as badges; and a name by its code."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import gettext as _

from teduh.directory import codes
from teduh.directory.models import Helper, Provider
from teduh.directory.rules import MISSES, Hours, is_fresh, is_open, opens_next, week_said
from teduh.directory.rules import clock as clock_of
from teduh.directory.words import WEEKDAYS

register = template.Library()


@register.filter
def at(names: Mapping[str, str], code: str) -> str:
    """The name behind a code, or the code."""
    return names.get(code, code)


@register.inclusion_tag("web/parts/badge.html")
def card_badge(helper: Helper, today: date) -> dict[str, object]:
    """Whether the helper holds a card that signs."""
    card = next((one for one in helper.cards.all() if one.revoked is None), None)
    if card is None:
        return {"text": _("tanpa kartu"), "kind": "calm"}
    if card.misses >= MISSES:
        return {"text": _("terkunci: PIN salah"), "kind": "danger"}
    if card.until < today:
        return {"text": _("kartunya lewat"), "kind": "warn"}
    return {"text": _("berkartu"), "kind": "done"}


@register.simple_tag
def coded(listed: str, code: str) -> str:
    """The label of a code of one of our lists."""
    return codes.label(listed, code)


@register.inclusion_tag("web/parts/badge.html")
def open_badge(provider: Provider, now: tuple[int, int]) -> dict[str, object]:
    """Whether a provider is open now, or when it opens next."""
    hours = _hours(provider)
    if not hours:
        return {"text": _("jam belum dicatat"), "kind": "calm"}
    if is_open(hours, *now):
        return {"text": _("buka"), "kind": "accent"}
    following = opens_next(hours, *now)
    assert following is not None
    when = f"{WEEKDAYS[following[0]]} {clock_of(following[1])}"
    return {"text": _("buka %(when)s") % {"when": when}, "kind": "calm"}


@register.inclusion_tag("web/parts/badge.html")
def checked_badge(provider: Provider, today: date) -> dict[str, object]:
    """Whether what is written of a provider is still believed."""
    if provider.verified_on is None:
        return {"text": _("belum diperiksa"), "kind": "warn"}
    fresh = is_fresh(provider.verified_on, today)
    return {
        "text": _("diperiksa") if fresh else _("lama tidak diperiksa"),
        "kind": "done" if fresh else "warn",
    }


@register.filter
def dialled(number: str) -> str:
    """The digits behind `tel:`."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.simple_tag
def week(provider: Provider) -> list[str]:
    """The hours of a provider in few lines."""
    return week_said(_hours(provider), [str(name) for name in WEEKDAYS])


def _hours(provider: Provider) -> list[Hours]:
    return [(one.weekday, one.opens, one.closes) for one in provider.openings.all()]
