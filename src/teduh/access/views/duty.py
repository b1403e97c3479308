"""The duty roster."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access import actions, queries
from teduh.access.forms import DutyForm, OnCallForm
from teduh.access.gates import member_of, needs
from teduh.access.rules import NotInTeam
from teduh.access.words import Right
from teduh.outbox.ways import way_to_phones


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Who answers now and next; planning needs its right."""
    if request.method == "POST":
        return plan(request)
    viewer = member_of(request)
    return _page(request, DutyForm(viewer=viewer))


@needs(Right.PLAN_DUTY)
def plan(request: HttpRequest) -> HttpResponse:
    """Enter a duty."""
    viewer = member_of(request)
    form = DutyForm(request.POST, viewer=viewer)
    if not form.is_valid():
        return _page(request, form)
    try:
        actions.plan_duty(by=viewer.actor, at=timezone.now(), **form.cleaned_data)
    except NotInTeam:
        form.add_error("member", _("Anggota ini tidak ada di tim itu."))
        return _page(request, form)
    return redirect("access:duty")


@needs(Right.PLAN_DUTY)
@require_POST
def on_call(request: HttpRequest) -> HttpResponse:
    """Enter the telephone of a team."""
    viewer = member_of(request)
    form = OnCallForm(request.POST, viewer=viewer)
    if not form.is_valid():
        return _page(request, DutyForm(viewer=viewer), form)
    actions.set_on_call(by=viewer.actor, at=timezone.now(), **form.cleaned_data)
    return redirect("access:duty")


@needs(Right.PLAN_DUTY)
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Take a duty out."""
    viewer, at = member_of(request), timezone.now()
    try:
        planned = queries.duties(viewer, since=at).get(pk=number)
    except ObjectDoesNotExist as foreign:
        raise Http404 from foreign
    actions.cancel_duty(by=viewer.actor, duty=planned, at=at)
    return redirect("access:duty")


def _page(request: HttpRequest, form: DutyForm, phone: OnCallForm | None = None) -> HttpResponse:
    viewer, now = member_of(request), timezone.now()
    plans = viewer.may(Right.PLAN_DUTY)
    shown = {
        "form": form,
        "duties": queries.duties(viewer, since=now),
        "now": now,
        "may_plan": plans,
        "phone": phone or OnCallForm(viewer=viewer),
        "phones": queries.on_call_ends(viewer) if plans else [],
        "phones_ring": way_to_phones() is not None,
    }
    return render(request, "access/duty.html", shown)
