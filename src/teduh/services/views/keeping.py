"""Economic support for whoever keeps the money: what waits, the decision, the instalments."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries as cases
from teduh.cases.rules import SameHand
from teduh.funding import queries as funding
from teduh.funding.rules import NotEnough
from teduh.funding.words import Purpose
from teduh.lib.timing import local_day
from teduh.services.actions import supporting as actions
from teduh.services.queries import supporting as queries
from teduh.services.rules import Changed
from teduh.services.support_forms import ApproveForm, EndForm, PayForm, RefuseForm
from teduh.services.support_words import Proof, SupportOutcome, SupportRefusal, SupportState
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.services.models import Support

ROWS = 25


@needs(Right.KEEP_MONEY)
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Support that waits or runs, by codes only."""
    by, state = member_of(request), request.GET.get("keadaan", "")
    shown = {
        "page": slice_of(queries.listed(by, state), request.GET.get("hal"), ROWS),
        "states": SupportState.choices,
        "state": state,
    }
    return render(request, "services/kept.html", shown)


@needs(Right.KEEP_MONEY)
@require_safe
def kept_support(request: HttpRequest, support: str) -> HttpResponse:
    """One support: what was found, the decision, what is paid and due."""
    return _page(request, found(request, support))


@needs(Right.KEEP_MONEY)
@require_POST
def approve(request: HttpRequest, support: str) -> HttpResponse:
    """Give it, out of a line."""
    row, by = found(request, support), member_of(request)
    form = _approve_form(by, request)
    if not form.is_valid():
        return _page(request, row, 422, approve_form=form)

    def act() -> object:
        return actions.approve(by=by, support=row, line=form.chosen(), at=timezone.now())

    return _done(request, row, act, approve_form=form)


@needs(Right.KEEP_MONEY)
@require_POST
def refuse(request: HttpRequest, support: str) -> HttpResponse:
    """Say that it cannot be given now, and why."""
    row, by, form = found(request, support), member_of(request), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, 422, refuse_form=form)
    reason = SupportRefusal(form.cleaned_data["reason"])

    def act() -> object:
        return actions.refuse(by=by, support=row, reason=reason, at=timezone.now())

    return _done(request, row, act, refuse_form=form)


@needs(Right.KEEP_MONEY)
@require_POST
def pay(request: HttpRequest, support: str) -> HttpResponse:
    """Pay one instalment."""
    row, by, form = found(request, support), member_of(request), PayForm(request.POST)
    if not form.is_valid():
        return _page(request, row, 422, pay_form=form)
    told = form.cleaned_data
    paper = actions.Paper(Proof(told["proof"]), told["receipt"])

    def act() -> object:
        return actions.pay(
            by=by, support=row, number=told["number"], paper=paper, at=timezone.now()
        )

    return _done(request, row, act, pay_form=form)


@needs(Right.KEEP_MONEY)
@require_POST
def end_kept(request: HttpRequest, support: str) -> HttpResponse:
    """End it; what was not paid goes back."""
    row, by, form = found(request, support), member_of(request), EndForm(request.POST)
    if not form.is_valid():
        return _page(request, row, 422, end_form=form)
    outcome = SupportOutcome(form.cleaned_data["outcome"])

    def act() -> object:
        return actions.end(by=by, support=row, outcome=outcome, at=timezone.now())

    return _done(request, row, act, end_form=form)


def found(request: HttpRequest, code: str) -> "Support":
    """The support of an address; 404 for whoever does not keep its money."""
    row = queries.one_kept(member_of(request), code)
    if row is None:
        raise Http404
    return row


def _done(
    request: HttpRequest, row: "Support", act: Callable[[], object], **forms: object
) -> HttpResponse:
    try:
        act()
    except NotEnough:
        messages.error(request, _("Sisa pos itu tidak cukup. Tidak ada yang berubah."))
    except SameHand:
        messages.error(
            request,
            _("Yang meminta atau menilai tidak memutuskan dan membayar. Mintalah rekan lain."),
        )
    except (Changed, Forbidden):
        messages.error(request, _("Rekan lain lebih dulu. Lihat keadaan terbaru di bawah."))
    else:
        return redirect("services:kept_support", support=row.code)
    return _page(request, found(request, row.code), 409, **forms)


def _page(request: HttpRequest, row: "Support", status: int = 200, **forms: object) -> HttpResponse:
    by = member_of(request)
    payments = list(row.payments.all())
    due = next((one for one in payments if not one.paid_day), None)
    shown: dict[str, object] = {
        "support": row,
        "payments": payments,
        "due": due,
        "paid": sum(one.amount for one in payments if one.paid_day),
        "knows_case": cases.one(by, row.home.code),
        "own_hand": by.pk in {row.asker_id, row.assessor_id},
        "today": local_day(timezone.now()),
        "approve_form": _approve_form(by),
        "refuse_form": RefuseForm(),
        "end_form": EndForm(),
        "pay_form": PayForm(),
        **forms,
    }
    return render(request, "services/kept_support.html", shown, status=status)


def _approve_form(by: "Member", request: HttpRequest | None = None) -> ApproveForm:
    year = local_day(timezone.now()).year
    lines = funding.for_purpose(by, Purpose.SUPPORT, year)
    return ApproveForm(request.POST if request else None, lines=lines)
