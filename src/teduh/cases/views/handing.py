"""Hand-over in bulk: at leave, at the end of a shift."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.cases import actions, queries
from teduh.cases.rules import KeptFrom, WrongMove


@needs(Right.SUPERVISE_CASES)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """What somebody holds, all chosen at first; a post hands what is chosen to a colleague."""
    if request.method == "GET":
        return _page(request, request.GET.get("dari", ""))
    viewer, at = member_of(request), timezone.now()
    able = {load.member.code: load.member for load in queries.colleagues(viewer, at)}
    giver, taker = (able.get(request.POST.get(name, "")) for name in ("dari", "ke"))
    codes = request.POST.getlist("kasus")
    if giver is None or taker is None:
        return _refused(request, _("Pilih siapa yang menerima."))
    try:
        rows = actions.hand_over(by=viewer, giver=giver, taker=taker, codes=codes, at=at)
    except KeptFrom as kept:
        told = _("%(name)s tidak dapat menerima %(codes)s. Pilih orang lain untuk itu.")
        return _refused(request, told % {"name": taker.name, "codes": kept})
    except WrongMove:
        return _refused(request, _("Pilih kasusnya, dan penerima yang lain dari pemberi."))
    told = _("%(count)d kasus sekarang pada %(name)s, dengan semua janji waktunya.")
    messages.success(request, told % {"count": len(rows), "name": taker.name})
    return redirect("cases:list")


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return _page(request, request.POST.get("dari", ""), 409)


def _page(request: HttpRequest, code: str, status: int = 200) -> HttpResponse:
    viewer, at = member_of(request), timezone.now()
    loads = queries.colleagues(viewer, at)
    giver = next((load.member for load in loads if load.member.code == code), None)
    rows = list(queries.held_by(viewer, giver).order_by("urgency", "-id")) if giver else []
    sent = set(request.POST.getlist("kasus"))
    shown = {
        "loads": loads,
        "giver": giver,
        "taker": request.POST.get("ke", ""),
        "rows": [(row, not request.POST or row.code in sent) for row in rows],
    }
    return render(request, "cases/hand_over.html", shown, status=status)
