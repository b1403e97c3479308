"""The door of the gateway, and the desk's page for copying what came another way."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.intake.channels.whatsapp import actions, rules
from teduh.intake.channels.whatsapp.forms import CopyForm
from teduh.intake.queries import areas
from teduh.intake.views import filing
from teduh.intake.words import Channel
from teduh.lib.outages import OUT_OF_ORDER
from teduh.vault.rules import Refused

log = logging.getLogger("teduh.intake")


@csrf_exempt
@login_not_required
@require_POST
def inbound(request: HttpRequest) -> HttpResponse:
    """One message of the gateway; docs/adapters.md says what each answer means."""
    if not settings.TEDUH_INBOUND_KEY:
        raise Http404
    at = timezone.now()
    if not rules.is_genuine(settings.TEDUH_INBOUND_KEY, request.headers, request.body, at):
        return JsonResponse({}, status=403)
    try:
        letter = rules.read(request.body)
    except rules.Unreadable:
        return JsonResponse({}, status=400)
    except rules.Never as never:
        return JsonResponse({"id": str(never), "erase": True}, status=422)
    with translation.override("id"):
        link = request.build_absolute_uri(reverse("intake:ask"))
        try:
            actions.hear(letter=letter, link=link, at=at)
        except (*OUT_OF_ORDER, Refused):
            log.exception("a message was not kept")
            return JsonResponse({}, status=503)
    return JsonResponse({"id": letter.name, "erase": True})


@needs(Right.FILE_REPORTS)
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """What somebody wrote elsewhere, as a report with a ticket of its own."""
    member = member_of(request)
    if request.method == "POST":
        form = CopyForm(request.POST, areas=areas(request.POST.get("place_area", "")))
        if not form.is_valid():
            return filing.to_mend(form.errors)
        channel = Channel(form.cleaned_data["channel"])
        kept = filing.filed(request, by=member, channel=channel, form=form)
        return kept if isinstance(kept, HttpResponse) else filing.told(member, kept)
    shown = {"form": CopyForm(areas=areas()), **filing.drawn()}
    return render(request, "intake/whatsapp/copy.html", shown)
