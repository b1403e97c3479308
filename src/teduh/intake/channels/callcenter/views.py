"""The form of a call centre, without an account, and the office's list of links."""

import logging
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.intake.channels.callcenter import actions, queries
from teduh.intake.channels.callcenter.forms import CentreForm, CentreReportForm
from teduh.intake.queries import areas
from teduh.intake.views import filing
from teduh.lib import store
from teduh.lib.outages import OUT_OF_ORDER

log = logging.getLogger("teduh.intake")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, link: str) -> HttpResponseBase:
    """The short form behind a call centre's link, shown and sent; a dead link is no page."""
    centre = queries.behind(link)
    if centre is None:
        raise Http404
    if request.method != "POST":
        shown = {**filing.drawn(), "form": CentreReportForm(areas=areas()), "centre": centre}
        return render(request, "intake/callcenter/report.html", shown)
    form = CentreReportForm(request.POST, areas=areas(request.POST.get("place_area", "")))
    try:
        kept = filing.kept_by(partial(actions.hand_over, centre=centre), request, form)
    except (store.NoRoom, *OUT_OF_ORDER):
        log.exception("a report was not kept")
        return JsonResponse({}, status=503)
    if isinstance(kept, JsonResponse):
        return kept
    return JsonResponse({"ok": True, "ticket": kept.ticket.number, "next": ""})


@needs(Right.MANAGE_CHANNELS)
@require_http_methods(["GET", "POST"])
def centres(request: HttpRequest) -> HttpResponse:
    """Every call centre with a link; a new link is shown once."""
    if request.method != "POST":
        return _list(request, CentreForm())
    form = CentreForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    name = form.cleaned_data["name"]
    link = actions.open_link(by=member_of(request), name=name, at=timezone.now())
    address = request.build_absolute_uri(reverse("intake:centre_report", args=[link]))
    return _list(request, form, made=address, made_for=name)


@needs(Right.MANAGE_CHANNELS)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """A link leads nowhere from now on."""
    member = member_of(request)
    centre = queries.visible_to(member).filter(pk=number).first()
    if centre is None:
        raise Http404
    actions.close_link(by=member, centre=centre, at=timezone.now())
    messages.success(request, _("Tautan ini tidak berlaku lagi."))
    return redirect("desk:call_centres")


def _list(
    request: HttpRequest, form: CentreForm, status: int = 200, **shown: object
) -> HttpResponse:
    rows = list(queries.visible_to(member_of(request)))
    return render(
        request,
        "intake/callcenter/centres.html",
        {"form": form, "rows": rows, **shown},
        status=status,
    )
