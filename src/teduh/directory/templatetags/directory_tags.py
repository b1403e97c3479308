"""How a helper's card stands, as a badge; and a name by its code."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import gettext as _

from teduh.directory.models import Helper
from teduh.directory.rules import MISSES

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
