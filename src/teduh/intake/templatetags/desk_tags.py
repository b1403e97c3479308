"""Tags of the desk's pages."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from teduh.audit.models import Row

register = template.Library()


@register.simple_tag
def trail_actor(line: Row, names: Mapping[str, str]) -> str:
    """Who a line of the trail speaks of: a member's name, or the kind of hand."""
    if line.by_kind == "member":
        return names.get(line.by_code, line.by_code)
    return {"reporter": _("pemegang tiket"), "clock": _("jam")}.get(line.by_kind, _("pengirim"))
