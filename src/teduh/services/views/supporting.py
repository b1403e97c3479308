"""Economic support in a case: the household, requests, the assessment."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import initial_of, wrong
from teduh.cases.rules import SameHand, WrongMove
from teduh.cases.views.frame import Asked, asked, refused, saved, to_mend
from teduh.services.actions import supporting as actions
from teduh.services.instalments import WrongEnd
from teduh.services.queries import supporting as queries
from teduh.services.rules import Changed
from teduh.services.support_forms import BeneficiaryForm, EndForm, FoundForm, SupportForm
from teduh.services.support_words import (
    IncomeLost,
    Relation,
    SupportKind,
    SupportOutcome,
)
from teduh.services.views.frame import page
from teduh.vault import packages
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.services.models import Support


@needs(Right.WORK_CASES)
@require_safe
def supports(request: HttpRequest, code: str) -> HttpResponse:
    """Every support of a case, and the form for another."""
    return _page(request, asked(request, code))


@needs(Right.WORK_CASES)
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for support."""
    of = asked(request, code)
    form = SupportForm(request.POST, household=queries.beneficiaries_of(of.case))
    if not form.is_valid():
        return _page(request, of, 422, form=form)
    told = form.cleaned_data
    asking = actions.Asking(
        SupportKind(told["kind"]),
        told["amount"],
        told["instalments"],
        told["until"],
        form.beneficiary(),
    )
    try:
        actions.ask(by=of.member, case=of.case, asking=asking, at=of.at)
    except WrongEnd:
        form.add_error("until", _("Mulai hari ini, paling lama setahun."))
        return _page(request, of, 422, form=form)
    except (Forbidden, WrongMove):
        messages.error(request, _("Belum tersimpan: kasus ini sudah selesai atau pindah."))
        return _page(request, of, 409, form=form)
    return redirect("services:supports", code=code)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def beneficiary(request: HttpRequest, code: str) -> HttpResponse:
    """Name somebody of the household."""
    of = asked(request, code)
    if request.method == "GET":
        return page(request, of, "services/beneficiary.html", form=BeneficiaryForm())
    form = BeneficiaryForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        actions.name_beneficiary(
            by=of.member,
            case=of.case,
            relation=Relation(form.cleaned_data["relation"]),
            age_band=form.cleaned_data["age_band"],
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            at=of.at,
        )
    except (Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("services:supports", args=[code]))


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, code: str, support: str) -> HttpResponse:
    """What the household lives on now."""
    of = asked(request, code)
    row = _found(of, support)
    if request.method == "GET":
        form = FoundForm(initial=initial_of(FoundForm, row))
        return page(request, of, "services/support_assess.html", form=form, support=row)
    form = FoundForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    told = form.cleaned_data
    try:
        actions.assess(
            by=of.member,
            support=row,
            found=actions.Found(IncomeLost(told["income_lost"]), told["dependants"]),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            at=of.at,
        )
    except SameHand:
        first = _("Sudah dinilai orang lain. Hanya ia yang dapat memperbaikinya.")
        return to_mend([("income_lost", first)])
    except (Refused, Forbidden, Changed):
        return refused()
    return saved(reverse("services:supports", args=[code]))


@needs(Right.WORK_CASES)
@require_POST
def end(request: HttpRequest, code: str, support: str) -> HttpResponse:
    """End a support, or take a request back."""
    of = asked(request, code)
    row, form = _found(of, support), EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih hasilnya dulu."))
        return _page(request, of, 422)
    try:
        outcome = SupportOutcome(form.cleaned_data["outcome"])
        actions.end(by=of.member, support=row, outcome=outcome, at=of.at)
    except (Changed, Forbidden):
        messages.error(request, _("Sudah diakhiri atau diputuskan. Lihat keadaan terbaru."))
        return _page(request, of, 409)
    return redirect("services:supports", code=code)


def _found(of: Asked, code: str) -> "Support":
    row = queries.support_of(of.case, code)
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, of: Asked, status: int = 200, **forms: object) -> HttpResponse:
    household = queries.beneficiaries_of(of.case)
    shown = {
        "supports": queries.supports_of(of.case),
        "household": household,
        "form": SupportForm(household=household),
        "outcomes": SupportOutcome.choices,
        **forms,
    }
    return page(request, of, "services/supports.html", status, **shown)
