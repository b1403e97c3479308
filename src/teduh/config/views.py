"""The page for whoever keeps the machine running."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from teduh.access.gates import needs
from teduh.access.words import Right
from teduh.config import health
from teduh.config.rules import Level


@needs(Right.SEE_SYSTEM)
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """What is wrong and what to do, the worst first; no identity anywhere."""
    found = health.findings(timezone.now())
    shown = {
        "to_do": [one for one in found if one.level != Level.GOOD],
        "well": [one for one in found if one.level == Level.GOOD],
    }
    return render(request, "config/system.html", shown)
