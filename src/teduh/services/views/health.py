"""Visum and medical care of one case: what is possible now, each step, each order."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import first, wrong
from teduh.cases.rules import TooSoon, visum_lacks
from teduh.cases.rules import WrongMove as NoMore
from teduh.cases.views.frame import Asked, asked, refused, saved, to_mend
from teduh.cases.words import VisumStatus
from teduh.services import rules
from teduh.services.actions import health as actions
from teduh.services.actions import visum
from teduh.services.health_forms import AnswerForm, HealthForm, StepForm
from teduh.services.queries import health as queries
from teduh.services.queries.kits import keeps_stock
from teduh.services.views.frame import page
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.rules import Refused
from teduh.web.wording import never_said

if TYPE_CHECKING:
    from teduh.services.models import MedicalOrder


@needs(Right.WORK_CASES)
@require_safe
def health(request: HttpRequest, code: str) -> HttpResponse:
    """Which windows are open, where the visum stands, what care was asked for."""
    return _page(request, asked(request, code))


def _page(request: HttpRequest, of: Asked, status: int = 200, form: Any = None) -> HttpResponse:
    if not of.opens:
        return page(request, of, "services/health.html", status)
    steps = queries.steps(of.case)
    stood = {one.to for one in steps}
    orders = list(queries.orders(of.case))
    return page(
        request,
        of,
        "services/health.html",
        status,
        possible=queries.possible(of.case, orders, of.at),
        steps=steps,
        onward=[(one, not visum_lacks(one, stood)) for one in VisumStatus],
        orders=orders,
        form=form or HealthForm(places=queries.giving(rules.HEALTH_SERVICES)),
        keeps_stock=keeps_stock(of.member),
        bundles=others(of, [one.case.code for one in steps] + [one.case.code for one in orders]),
    )


def others(of: Asked, codes: list[str]) -> list[object]:
    """What opens the sealed parts of cases that were merged into this one, as far as rows name them."""
    merged = sorted({*codes} - {of.case.code})
    return [vault.hand_out(by=of.member, subject=one, at=of.at) for one in merged]


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def visum_step(request: HttpRequest, code: str, to: str) -> HttpResponse:
    """One step of the visum; only what belongs to it is asked."""
    of = asked(request, code)
    if to not in VisumStatus.values:
        raise Http404
    status = VisumStatus(to)
    form = StepForm(
        request.POST or None,
        to=status,
        places=queries.giving(rules.STEP_SERVICES.get(status)),
        today=of.day,
        initial={"day": of.day},
    )
    if request.method == "POST":
        return _keep_step(request, of, status, form)
    asks = rules.STEP_ASKS.get(status, frozenset())
    return page(request, of, "services/visum_step.html", to=status, form=form, asks=asks)


def _keep_step(request: HttpRequest, of: Asked, to: VisumStatus, form: StepForm) -> HttpResponse:
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        visum.visum_step(
            by=of.member,
            case=of.case,
            to=to,
            facts=visum.StepFacts(**form.facts()),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            at=of.at,
        )
    except TooSoon as early:
        return to_mend([("", first(early))])
    except rules.NotOffered:
        return to_mend([("provider", _("Tempat ini tidak lagi memberi layanan itu."))])
    except (Refused, Forbidden, NoMore, rules.WrongDay):
        return refused()
    return saved(reverse("services:health", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Medical care she wants."""
    of = asked(request, code)
    form = HealthForm(request.POST, places=queries.giving(rules.HEALTH_SERVICES))
    if not form.is_valid():
        return _page(request, of, 422, form)
    try:
        actions.ask_health(by=of.member, case=of.case, at=of.at, **form.cleaned_data)
    except rules.AskedAlready:
        form.add_error("kind", _("Yang ini sudah diminta dan masih menunggu."))
    except rules.NotOffered:
        form.add_error("provider", _("Tempat ini tidak lagi memberi layanan itu."))
    except (NoMore, Forbidden):
        messages.error(
            request, _("Tidak tersimpan: kasus ini sudah berakhir, atau bukan kasus Anda.")
        )
    else:
        return redirect(f"{reverse('services:health', args=[of.case.code])}#layanan")
    return _page(request, of, 409, form)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str, order: str) -> HttpResponse:
    """What became of care that was asked for."""
    of = asked(request, code)
    row = queries.order(of.case, order)
    if row is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        return _keep_answer(request, of, row, form)
    left = queries.left(of.case, row.kind, of.at)
    return page(
        request,
        of,
        "services/health_order.html",
        order=row,
        form=form,
        left=left,
        never="|".join(never_said()),
        bundles=others(of, [row.case.code]) if of.opens else [],
    )


def _keep_answer(
    request: HttpRequest, of: Asked, row: "MedicalOrder", form: AnswerForm
) -> HttpResponse:
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        actions.answer_health(by=of.member, order=row, items=items, at=of.at, **form.cleaned_data)
    except rules.NotYetLate:
        return to_mend([("state", _("Mungkin masih sempat: hubungi rumah sakit sekarang."))])
    except (Refused, Forbidden, rules.WrongMove):
        return refused()
    return saved(reverse("services:health", args=[of.case.code]))
