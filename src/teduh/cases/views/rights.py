"""The rights of a survivor: the list to follow, and the page to hand over."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries
from teduh.cases.actions.rights import STEPS, keep_rights, tell_all_rights
from teduh.cases.rights import all_rights
from teduh.cases.views.frame import Asked, asked, page


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def rights(request: HttpRequest, code: str) -> HttpResponse:
    """Every right with the days on which it was told, requested, met."""
    of = asked(request, code)
    if request.method == "GET":
        return _page(request, of)
    typed = {
        one.code: {step: request.POST.get(f"{one.code}-{step}", "") for step in STEPS}
        for one in all_rights()
    }
    try:
        days = {
            right: {step: _day(text, of.day) for step, text in told.items()}
            for right, told in typed.items()
        }
        keep_rights(by=of.member, case=of.case, days=days, at=of.at)
    except ValueError:
        messages.error(request, _("Pilih hari yang tidak lebih dari hari ini, atau kosongkan."))
        return _page(request, of, 422, typed)
    except Forbidden:
        return _page(request, of, 409, typed)
    return redirect("cases:rights", code=of.case.code)


@needs(Right.WORK_CASES)
@require_POST
def tell_all(request: HttpRequest, code: str) -> HttpResponse:
    """Every right was told today."""
    of = asked(request, code)
    try:
        tell_all_rights(by=of.member, case=of.case, at=of.at)
    except Forbidden:
        return _page(request, of, 409)
    return redirect("cases:rights", code=of.case.code)


@needs(Right.WORK_CASES)
@require_safe
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """ "Hak Anda" to print and hand over: nothing on it says whose they are."""
    of = asked(request, code)
    return render(request, "cases/rights_print.html", {"case": of.case, "rights": all_rights()})


def _page(
    request: HttpRequest,
    of: Asked,
    status: int = 200,
    typed: dict[str, dict[str, str]] | None = None,
) -> HttpResponse:
    kept = {
        row.right: {step: getattr(row, step) or "" for step in STEPS}
        for row in queries.rights_of(of.case)
    }
    told = typed or {
        right: {s: str(day) for s, day in days.items()} for right, days in kept.items()
    }
    rows = [
        (one, [(step, told.get(one.code, {}).get(step, "")) for step in STEPS])
        for one in all_rights()
    ]
    counted = [sum(1 for days in kept.values() if days[step]) for step in STEPS]
    return page(
        request,
        of,
        "cases/rights.html",
        status,
        rows=rows,
        counted=counted,
        total=len(rows),
        today=of.day,
    )


def _day(text: str, today: date) -> date | None:
    day = date.fromisoformat(text) if text else None
    if day and day > today:
        raise ValueError(text)
    return day
