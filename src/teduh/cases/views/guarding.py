"""Who may not open a case, and who opens it in need."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.forms import CLOSED_TO, ConflictForm
from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.cases import actions, openers, queries
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import asked
from teduh.cases.views.overview import overview
from teduh.cases.words import GlassReason
from teduh.web.paging import slice_of


@needs(Right.WORK_CASES)
@require_POST
def conflict(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody knows a person in this case: it is closed to them from now on."""
    of = asked(request, code)
    form = ConflictForm(request.POST, viewer=of.member, team_code=of.case.team_code, at=of.at)
    if not form.is_valid():
        return overview(request, of, status=422, conflict=form)
    actions.declare_conflict(by=of.member, case=of.case, at=of.at, **form.about())
    messages.success(request, CLOSED_TO % {"subject": of.case.code})
    return redirect("cases:list")


@needs(Right.WORK_CASES)
@require_POST
def break_glass(request: HttpRequest, code: str) -> HttpResponse:
    """Open a case in need, with a reason of the list."""
    of, reason = asked(request, code), request.POST.get("alasan", "")
    if reason not in GlassReason.values or request.POST.get("yakin") != "1":
        told = {"glass_reason": reason, "glass_wrong": _("Pilih alasannya, dan pastikan mendesak.")}
        return overview(request, of, status=422, **told)
    try:
        actions.break_glass(by=of.member, case=of.case, reason=GlassReason(reason), at=of.at)
    except WrongMove:
        messages.info(request, _("Kasus ini memang terbuka bagi Anda."))
    return redirect("cases:case", code=of.case.code)


@needs(Right.SUPERVISE_CASES)
@require_safe
def glasses(request: HttpRequest) -> HttpResponse:
    """Openings in need, those that run now and those that are over."""
    member = member_of(request)
    rows = slice_of(queries.glasses(member), request.GET.get("hal"), queries.PAGE)
    return render(request, "cases/glasses.html", {"page": rows, "now": timezone.now()})


@needs(Right.SUPERVISE_CASES)
@require_POST
def look_at_glass(request: HttpRequest, number: int) -> HttpResponse:
    """A supervisor has looked at one."""
    member = member_of(request)
    row = queries.glasses(member).filter(pk=number).first()
    if row is None:
        raise Http404
    actions.look_at_glass(by=member, glass=row, at=timezone.now())
    return redirect("cases:glasses")


@needs(Right.WORK_CASES)
@require_safe
def who(request: HttpRequest, code: str) -> HttpResponse:
    """Who looked at this case: a slip to print for the survivor, without a name on it."""
    of = asked(request, code)
    if not of.opens:
        return overview(request, of)
    shown = {"case": of.case, "lines": openers.of_case(of.case), "at": of.at}
    return render(request, "cases/who.html", shown)
