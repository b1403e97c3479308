"""What is promised to a subject, for the page of that subject."""

from collections.abc import Sequence

from django import template
from django.template.context import Context

from teduh.sop.queries import Line
from teduh.sop.words import Pause, Reason
from teduh.web.choices import options

register = template.Library()
MANY_OVER = 12  # promises that are over; more are folded, so that what runs is seen


@register.inclusion_tag("sop/parts/promises.html", takes_context=True)
def promises(context: Context, lines: Sequence[Line], may_change: bool) -> dict[str, object]:  # noqa: FBT001  template tags take places
    """Each promise, how it stands, and what a member who may can do with it."""
    over = [one for one in lines if one.over]
    if len(over) <= MANY_OVER:
        over = []
    return {
        "over": over,
        "unsaid": sum(one.to_explain for one in over),
        "lines": [one for one in lines if one not in over],
        "back": context["request"].path,
        "may_change": may_change,
        "reasons": options(Pause.choices),
        "whys": options(Reason.choices),
        "csrf_token": context.get("csrf_token"),
    }
