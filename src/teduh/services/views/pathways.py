"""A task of a pathway, ticked on the page of all help for a case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.views.frame import asked
from teduh.services import rules
from teduh.services.actions import pathways as actions


@needs(Right.WORK_CASES)
@require_POST
def tick(request: HttpRequest, code: str) -> HttpResponse:
    """A task is done, or was not after all."""
    of = asked(request, code)
    act = actions.untick if request.POST.get("keadaan") == "belum" else actions.tick
    way, task = request.POST.get("jalur", ""), request.POST.get("tugas", "")
    try:
        act(by=of.member, case=of.case, pathway=way, task=task, at=of.at)
    except (Forbidden, rules.WrongMove):
        messages.error(request, _("Belum tersimpan. Lihat keadaan terbaru."))
    return redirect(f"{reverse('services:of_case', args=[code])}#alur")
