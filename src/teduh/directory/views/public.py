"""The page for everybody: who gives which help."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from teduh.directory import queries
from teduh.lib.timing import local_minute


@login_not_required
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Help by need: nothing is asked, so that no address tells what somebody looked for."""
    shown = {"needs": queries.by_need(), "now": local_minute(timezone.now())}
    return render(request, "directory/services.html", shown)
