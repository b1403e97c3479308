"""Referrals of a case: the list with the way of each, a new one, and the page of one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.queries import people_of
from teduh.cases.rules import WrongMove as CaseEnded
from teduh.cases.views.frame import Asked, asked
from teduh.cases.words import PersonRole
from teduh.directory.codes import known
from teduh.services import rules
from teduh.services.actions import referring as actions
from teduh.services.queries import referring as queries
from teduh.services.refer_forms import HearingForm, NewForm, SendForm, WhyForm
from teduh.services.views.frame import page
from teduh.services.words import Lacks, Need, State
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.services.models import Referral

PAGE = 25


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def referrals(request: HttpRequest, code: str) -> HttpResponse:
    """Every referral of a case, and who could give the service that the address asks for."""
    of = asked(request, code)
    if request.method != "POST":
        return _list(request, of, request.GET.get("layanan", ""))
    service = request.POST.get("service", "")
    found = queries.suggested(of.case, service, of.at) if of.opens else []
    providers = {one.provider.code: one.provider for one in found}
    form = NewForm(request.POST, providers=providers.values())
    if not form.is_valid():
        return _list(request, of, service, 422, form)
    told = form.cleaned_data
    asking = actions.Asking(
        service,
        providers[told["provider"]],
        [Need(one) for one in told["needs"]],
        queries.of_code(of.case, told["replaces"]) if told["replaces"] else None,
    )
    try:
        row = actions.prepare(by=of.member, case=of.case, asking=asking, at=of.at)
    except (Forbidden, CaseEnded, rules.WrongMove, rules.NotSent, rules.Changed) as error:
        messages.error(request, _why(error))
        return _list(request, of, service, 409, form)
    messages.success(request, _("Disiapkan. Belum ada yang dikirim: tanyakan dulu kepadanya."))
    return redirect("services:referral", code=code, referral=row.code)


@needs(Right.WORK_CASES)
@require_safe
def referral(request: HttpRequest, code: str, referral: str) -> HttpResponse:
    """One referral: its way, what is shared, what may be done now."""
    of, row = _found(request, code, referral)
    return _page(request, of, row)


@needs(Right.WORK_CASES)
@require_POST
def send(request: HttpRequest, code: str, referral: str) -> HttpResponse:
    """Send a draft, under a consent or her own word."""
    of, row = _found(request, code, referral)
    consents = queries.consents_for(of.case, row.provider, of.at)
    form = SendForm(request.POST, consents=consents)
    return _done(
        request,
        of,
        row,
        form,
        "send",
        lambda: actions.send(by=of.member, referral=row, basis=form.basis(), at=of.at),
        _("Terkirim. Mitra diberi tahu bahwa ada yang menunggu; isinya hanya dibaca di sini."),
    )


@needs(Right.WORK_CASES)
@require_POST
def hear(request: HttpRequest, code: str, referral: str) -> HttpResponse:
    """What the partner, or she, told an officer."""
    of, row = _found(request, code, referral)
    form = HearingForm(request.POST, referral=row)
    return _done(
        request,
        of,
        row,
        form,
        "hearing",
        lambda: actions.hear(
            by=of.member,
            referral=row,
            said=form.said(),
            told=form.cleaned_data["told"],
            told_at=form.cleaned_data["told_at"],
            at=of.at,
        ),
        _("Jawaban dicatat."),
    )


@needs(Right.WORK_CASES)
@require_POST
def withdraw(request: HttpRequest, code: str, referral: str) -> HttpResponse:
    """Take a referral back."""
    of, row = _found(request, code, referral)
    form = WhyForm(request.POST, reasons=rules.BY_OFFICE)
    return _done(
        request,
        of,
        row,
        form,
        "back",
        lambda: actions.withdraw(
            by=of.member, referral=row, reason=form.cleaned_data["reason"], at=of.at
        ),
        _("Rujukan ditarik."),
    )


@needs(Right.WORK_CASES)
@require_POST
def settle(request: HttpRequest, code: str, referral: str) -> HttpResponse:
    """Say why no other partner is sought."""
    of, row = _found(request, code, referral)
    form = WhyForm(request.POST, reasons=_settled())
    return _done(
        request,
        of,
        row,
        form,
        "settling",
        lambda: actions.settle(
            by=of.member, referral=row, reason=form.cleaned_data["reason"], at=of.at
        ),
        _("Dicatat. Tidak ada mitra lain yang dicari untuk ini."),
    )


@needs(Right.WORK_CASES)
@require_safe
def unmet(request: HttpRequest) -> HttpResponse:
    """Refused, silent or not attended, of every case of one's teams: who needs another partner."""
    rows = queries.unmet(member_of(request))
    return render(
        request, "services/unmet.html", {"page": slice_of(rows, request.GET.get("hal"), PAGE)}
    )


def _list(
    request: HttpRequest,
    of: Asked,
    service: str,
    status: int = 200,
    form: NewForm | None = None,
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "services/referrals.html", status)
    asked_for = service if service in known("service") else ""
    found = queries.suggested(of.case, asked_for, of.at) if asked_for else []
    start = {"service": asked_for, "needs": _needs_of(of)}
    form = form or NewForm(providers=[one.provider for one in found], initial=start)
    return page(
        request,
        of,
        "services/referrals.html",
        status,
        rows=queries.of_case(of.case),
        service=asked_for,
        suggested=found,
        form=form,
    )


def _needs_of(of: Asked) -> list[str]:
    """What is known already of those harmed that a partner prepares for."""
    people = [one for one in people_of(of.case) if one.role == PersonRole.SURVIVOR]
    told = {
        Need.ACCESS: any(one.disability == "yes" for one in people),
        Need.INTERPRETER: any(one.interpreter for one in people),
    }
    return [need for need, wanted in told.items() if wanted]


def _page(
    request: HttpRequest, of: Asked, row: "Referral", status: int = 200, **forms: object
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "services/referral.html", status)
    consents = queries.consents_for(of.case, row.provider, of.at)
    usual = {
        "send": SendForm(consents=consents, initial={"day": of.day}),
        "hearing": HearingForm(
            referral=row, initial={"expect": row.state, "told_at": of.at}, auto_id="id_k_%s"
        ),
        "back": WhyForm(reasons=rules.BY_OFFICE, auto_id="id_t_%s"),
        "settling": WhyForm(reasons=_settled(), auto_id="id_s_%s"),
    }
    return page(
        request,
        of,
        "services/referral.html",
        status,
        row=row,
        consents=consents,
        following=next((one for one in row.replaced_by.all() if one.state != "withdrawn"), None),
        others=queries.next_providers(row, of.at),
        heard=row.state in rules.WITH_PARTNER,
        nobody=row.state in rules.UNANSWERED and not queries.partners_of(row, of.at).exists(),
        may_withdraw=row.state not in rules.ENDS,
        **usual | forms,
    )


def _done(
    request: HttpRequest,
    of: Asked,
    row: "Referral",
    form: SendForm | HearingForm | WhyForm,
    name: str,
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    """Act on a form of the page of one referral, or show it again with what was typed."""
    if not form.is_valid():
        return _page(request, of, row, 422, **{name: form})
    try:
        act()
    except (
        Forbidden,
        CaseEnded,
        rules.WrongMove,
        rules.NotSent,
        rules.NoReason,
        rules.Changed,
        rules.Early,
    ) as error:
        messages.error(request, _why(error))
        fresh = queries.of_code(of.case, row.code) or row
        return _page(request, of, fresh, 409, **{name: form})
    messages.success(request, said)
    return redirect("services:referral", code=of.case.code, referral=row.code)


def _why(error: Exception) -> str:
    """Why nothing was kept, in a sentence."""
    if isinstance(error, rules.NotSent):
        return " ".join(str(Lacks(one).label) for one in error.lacks)
    if isinstance(error, rules.Changed):
        now = State(str(error)).label
        return _("Belum tersimpan: sudah ada yang lebih dulu. Sekarang: %s.") % now
    if isinstance(error, rules.Early):
        return _("Belum tersimpan: harinya sesudah dikirim dan tidak sesudah sekarang.")
    return _("Belum tersimpan: kasus atau rujukan ini sudah berakhir, atau bukan kasus Anda.")


def _settled() -> list[str]:
    return [one for one in rules.SETTLED if one != "reoffered"]


def _found(request: HttpRequest, code: str, referral: str) -> "tuple[Asked, Referral]":
    of = asked(request, code)
    row = queries.of_code(of.case, referral)
    if row is None:
        raise Http404
    return of, row
