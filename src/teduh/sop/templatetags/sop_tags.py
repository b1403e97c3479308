"""What is promised to a subject, for the page of that subject."""

from django import template
from django.template.context import Context
from django.utils import timezone

from teduh.sop import queries
from teduh.sop.words import Pause, Reason

register = template.Library()


@register.inclusion_tag("sop/parts/promises.html", takes_context=True)
def promises(context: Context, subject: str, may_change: bool) -> dict[str, object]:  # noqa: FBT001  template tags take places
    """Each promise, how it stands, and what a member who may can do with it."""
    return {
        "lines": queries.lines_of(subject, timezone.now()),
        "back": context["request"].path,
        "may_change": may_change,
        "reasons": Pause.choices,
        "whys": Reason.choices,
        "csrf_token": context.get("csrf_token"),
    }
