"""Evidence from hand to hand, and money that was asked of survivors."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.views.frame import asked, refused, saved, to_mend
from teduh.services import rules
from teduh.services.actions import visum as actions
from teduh.services.health_forms import CustodyForm, FeeForm
from teduh.services.queries import health as queries
from teduh.services.views.frame import page
from teduh.services.views.health import others
from teduh.vault import packages
from teduh.vault.rules import Refused
from teduh.web.paging import slice_of

ROWS = 25


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def custody(request: HttpRequest, code: str) -> HttpResponse:
    """Who handed what to whom, and one line more; no line is ever changed."""
    of = asked(request, code)
    rows = queries.custody(of.case)
    form = CustodyForm(
        request.POST or None,
        places=queries.giving((*rules.EXAMINES, *rules.HEALTH_SERVICES)),
        today=of.day,
        lines=sum(1 for one in rows if one.case_id == of.case.pk),
        initial={"day": of.day},
    )
    if request.method != "POST":
        bundles = others(of, [one.case.code for one in rows]) if of.opens else []
        return page(request, of, "services/custody.html", rows=rows, form=form, bundles=bundles)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        facts = actions.HandingFacts(**form.cleaned_data)
        actions.hand_on(by=of.member, case=of.case, facts=facts, items=items, at=of.at)
    except (Refused, Forbidden, rules.WrongMove, rules.WrongDay):
        return refused()
    return saved(reverse("services:custody", args=[code]))


@needs(Right.WORK_CASES)
@require_safe
def custody_print(request: HttpRequest, code: str) -> HttpResponse:
    """The chain of custody on paper."""
    of = asked(request, code)
    rows = queries.custody(of.case)
    bundles = others(of, [one.case.code for one in rows]) if of.opens else []
    return page(request, of, "services/custody_print.html", rows=rows, bundles=bundles)


@needs(Right.SUPERVISE_CASES)
@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    """Where money was asked of a survivor, the newest first; how many wait for an answer."""
    return _fees(request, FeeForm())


def _fees(request: HttpRequest, form: FeeForm, status: int = 200, of: int = 0) -> HttpResponse:
    rows = queries.fees(member_of(request))
    shown = {
        "page": slice_of(rows, request.GET.get("hal"), ROWS),
        "counted": queries.fees_counted(rows),
        "form": form,
        "of": of,
    }
    return render(request, "services/fees.html", shown, status=status)


@needs(Right.SUPERVISE_CASES)
@require_POST
def answer_fee(request: HttpRequest, number: int) -> HttpResponse:
    """How it was put right."""
    member = member_of(request)
    step = queries.fees(member).filter(pk=number).first()
    if step is None:
        raise Http404
    form = FeeForm(request.POST)
    if not form.is_valid():
        return _fees(request, form, 422, number)
    try:
        outcome = form.cleaned_data["outcome"]
        actions.answer_fee(by=member, step=step, outcome=outcome, at=timezone.now())
    except rules.WrongMove:
        messages.error(request, _("Sudah dijawab orang lain."))
    return redirect("services:fees")
