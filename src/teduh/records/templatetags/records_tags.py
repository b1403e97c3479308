"""Small parts of the pages about kept records."""

from django import template
from django.utils.translation import gettext as _

from teduh.vault.rules import BODY

register = template.Library()


@register.simple_tag
def packable(what: str) -> str:
    """What sort of thing an item of a packet is."""
    kinds = {
        BODY: _("Berkas"),
        "cases.note.text": _("Catatan kasus"),
        "intake.report.story": _("Yang diceritakan"),
    }
    return kinds.get(what, what)
