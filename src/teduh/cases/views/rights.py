"""The rights of a survivor: the list to follow, and the page to hand over."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries
from teduh.cases.actions.rights import STEPS, keep_rights, mark_right, tell_all_rights
from teduh.cases.rights import all_rights
from teduh.cases.rules import UnknownCode
from teduh.cases.views.frame import Asked, asked, page

LABELS = (
    ("told", gettext_lazy("Dijelaskan")),
    ("requested", gettext_lazy("Diminta")),
    ("met", gettext_lazy("Terpenuhi")),
)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def rights(request: HttpRequest, code: str) -> HttpResponse:
    """Every right with the days on which it was told, requested, met; a POST sets those of one."""
    of = asked(request, code)
    if request.method == "GET":
        return _page(request, of)
    right = request.POST.get("hak", "")
    typed = {step: request.POST.get(step, "") for step in STEPS}
    try:
        days = {right: {step: _day(text, of.day) for step, text in typed.items()}}
        keep_rights(by=of.member, case=of.case, days=days, at=of.at)
    except ValueError:
        messages.error(request, _("Pilih hari yang tidak lebih dari hari ini, atau kosongkan."))
        return _page(request, of, 422, {right: typed})
    except (UnknownCode, Forbidden):
        return _page(request, of, 409, {right: typed})
    return _back_to(of, right)


@needs(Right.WORK_CASES)
@require_POST
def mark(request: HttpRequest, code: str) -> HttpResponse:
    """One click: a step of a right is reached today, or that is taken back."""
    of, right = asked(request, code), request.POST.get("hak", "")
    undone = request.POST.get("urung", "")
    step, day = (undone, None) if undone else (request.POST.get("hari-ini", ""), of.day)
    try:
        mark_right(by=of.member, case=of.case, right=right, step=step, day=day, at=of.at)
    except (UnknownCode, Forbidden):
        return _page(request, of, 409)
    return _back_to(of, right)


def _back_to(of: Asked, right: str) -> HttpResponse:
    return redirect(f"{reverse('cases:rights', args=[of.case.code])}#hak-{right}")


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
        row.right: {step: getattr(row, step) for step in STEPS}
        for row in queries.rights_of(of.case)
    }
    rows = [
        (
            one,
            [
                (step, label, (days := kept.get(one.code, {})).get(step), _shown(wrong, days, step))
                for step, label in LABELS
            ],
            bool(wrong),
        )
        for one in all_rights()
        for wrong in [(typed or {}).get(one.code)]
    ]
    counted = [sum(1 for days in kept.values() if days[step]) for step in STEPS]
    return page(
        request,
        of,
        "cases/rights.html",
        status,
        rows=rows,
        labels=LABELS,
        counted=counted,
        total=len(rows),
        today=of.day,
    )


def _shown(wrong: dict[str, str] | None, days: dict[str, date | None], step: str) -> str:
    """What stands in the field of a day: what was typed and refused, else the day that is kept."""
    day = days.get(step)
    return wrong[step] if wrong else str(day) if day else ""


def _day(text: str, today: date) -> date | None:
    day = date.fromisoformat(text) if text else None
    if day and day > today:
        raise ValueError(text)
    return day
