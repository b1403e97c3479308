"""Conflicts of interest in one's teams, for supervisors, who alone lift them."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access import actions, queries
from teduh.access.forms import LiftForm
from teduh.access.gates import member_of, needs
from teduh.access.rules import AlreadyDecided
from teduh.access.words import Lifted, Right


@needs(Right.SUPERVISE_CASES)
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Who is kept from what, and why."""
    return _page(request)


@needs(Right.SUPERVISE_CASES)
@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody back, with a reason."""
    viewer = member_of(request)
    try:
        row = queries.conflicts(viewer).get(pk=number)
    except ObjectDoesNotExist as foreign:
        raise Http404 from foreign
    form = LiftForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih alasannya dulu."))
        return _page(request, 422)
    reason = Lifted(form.cleaned_data["lifted"])
    try:
        actions.lift_conflict(by=viewer, conflict=row, reason=reason, at=timezone.now())
    except AlreadyDecided:
        messages.error(request, _("Keadaannya sudah berubah. Lihat yang terbaru di bawah."))
        return _page(request, 409)
    return redirect("access:conflicts")


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    shown = {"lines": queries.conflict_lines(member_of(request)), "reasons": Lifted.choices}
    return render(request, "access/conflicts.html", shown, status=status)
