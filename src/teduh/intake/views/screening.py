"""The short screen of a report: five questions whose answers never leave the browser."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.intake import actions, instruments, queries
from teduh.intake.rules import UnknownCode, WrongMove
from teduh.intake.words import InstrumentKind, RiskAnswer
from teduh.lib.timing import local_day
from teduh.sop.words import Band


@needs(Right.TRIAGE_REPORTS)
@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, number: str) -> HttpResponse:
    """The questions, and the band they came to."""
    member, at = member_of(request), timezone.now()
    row = queries.one(member, number)
    if row is None:
        raise Http404
    offered = instruments.in_force(InstrumentKind.SHORT, local_day(at))
    status = 200
    if request.method == "POST":
        try:
            band = request.POST.get("final", "")
            actions.screen(by=member, report=row, band=band, at=at)
        except (UnknownCode, WrongMove, Forbidden):
            messages.error(request, _("Belum tersimpan: pilih risikonya, lalu kirim lagi."))
            status = 409
        else:
            return redirect("desk:report", number=number)
    if not offered:
        raise Http404
    used = offered[0]
    shown = {
        "report": row,
        "title": instruments.said(used.title),
        "intro": instruments.said(used.intro),
        "told": instruments.told(used),
        "questions": [(one, instruments.said(one.text)) for one in used.questions],
        "answers": RiskAnswer.choices,
        "bands": Band.choices,
    }
    return render(request, "intake/screen.html", shown, status=status)
