"""The duty roster."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access import actions, queries
from teduh.access.forms import AbsenceForm, DutyForm, OnCallForm
from teduh.access.gates import member_of, needs
from teduh.access.rules import NotInTeam, OwnDeputy
from teduh.access.words import Right
from teduh.outbox.ways import way_to_phones


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Who answers now and next; planning needs its right."""
    if request.method == "POST":
        return plan(request)
    return _page(request)


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


@needs(Right.PLAN_DUTY)
@require_POST
def plan_absence(request: HttpRequest) -> HttpResponse:
    """Enter who is away and who stands in."""
    viewer = member_of(request)
    form = AbsenceForm(request.POST, viewer=viewer, prefix="cuti")
    if not form.is_valid():
        return _page(request, away=form)
    try:
        actions.plan_absence(by=viewer.actor, at=timezone.now(), **form.cleaned_data)
    except OwnDeputy:
        form.add_error("deputy", _("Pilih orang lain: yang cuti tidak menggantikan dirinya."))
    except NotInTeam:
        form.add_error("deputy", _("Pengganti harus satu tim, supaya dapat membaca pekerjaannya."))
    else:
        return redirect("access:duty")
    return _page(request, away=form)


@needs(Right.PLAN_DUTY)
@require_POST
def cancel_absence(request: HttpRequest, number: int) -> HttpResponse:
    """Take an absence out, or end it."""
    viewer, at = member_of(request), timezone.now()
    try:
        absence = queries.absences(viewer, since=at).get(pk=number)
    except ObjectDoesNotExist as foreign:
        raise Http404 from foreign
    actions.cancel_absence(by=viewer.actor, absence=absence, at=at)
    return redirect("access:duty")


def _page(
    request: HttpRequest,
    form: DutyForm | None = None,
    phone: OnCallForm | None = None,
    away: AbsenceForm | None = None,
) -> HttpResponse:
    viewer, now = member_of(request), timezone.now()
    plans = viewer.may(Right.PLAN_DUTY)
    shown = {
        "form": form or DutyForm(viewer=viewer),
        "away": away or AbsenceForm(viewer=viewer, prefix="cuti"),
        "absences": queries.absences(viewer, since=now),
        "duties": queries.duties(viewer, since=now),
        "now": now,
        "may_plan": plans,
        "phone": phone or OnCallForm(viewer=viewer),
        "phones": queries.on_call_ends(viewer) if plans else [],
        "phones_ring": way_to_phones() is not None,
    }
    return render(request, "access/duty.html", shown)
