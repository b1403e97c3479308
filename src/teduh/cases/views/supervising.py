"""Supervision: cases drawn at random, without names; and how much everybody carries."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.cases import actions, queries, watching
from teduh.cases.forms import ReviewForm
from teduh.cases.rules import WrongMove


@needs(Right.SUPERVISE_CASES)
@require_http_methods(["GET", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """The cases that wait for one's review; a post draws new ones."""
    member, at = member_of(request), timezone.now()
    if request.method == "POST":
        if not actions.draw_samples(by=member, at=at):
            messages.info(request, _("Tidak ada kasus lain untuk ditinjau sekarang."))
        return redirect("cases:samples")
    shown = {"samples": queries.samples(member), "done": queries.reviewed_samples(member)}
    return render(request, "cases/samples.html", shown)


@needs(Right.SUPERVISE_CASES)
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """One drawn case, by its promises and days; what the review finds."""
    member, at = member_of(request), timezone.now()
    row = queries.samples(member).filter(pk=number).first()
    if row is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_sample(by=member, sample=row, at=at, **form.told())
        except WrongMove:
            messages.info(request, _("Kasus ini sudah ditinjau."))
        else:
            told = _("Tinjauan tersimpan. Kasusnya: %(code)s.")
            messages.success(request, told % {"code": row.case.code})
        return redirect("cases:samples")
    shown = {"sample": row, "case": row.case, "seen": watching.seen(row.case, at), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/sample.html", shown, status=status)


@needs(Right.WORK_CASES)
@require_safe
def burdens(request: HttpRequest) -> HttpResponse:
    """How much everybody carries, for a supervisor; for all others how much they carry themselves."""
    member = member_of(request)
    rows = watching.burdens(member, timezone.now())
    shown = {
        "rows": rows,
        "carried": next((row for row in rows if row.member == member), None),
        "supervises": member.may(Right.SUPERVISE_CASES),
        "limits": (
            settings.TEDUH_CASES_EACH,
            settings.TEDUH_GRAVE_CASES_EACH,
            settings.TEDUH_OPENINGS_A_WEEK,
        ),
    }
    return render(request, "cases/burdens.html", shown)
