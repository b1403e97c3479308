"""Visum, police, court and protection of a case: one page, a form for each."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.words import Right
from teduh.cases import queries, rules
from teduh.cases.actions import legal
from teduh.cases.forms import JusticeForm, ProtectionForm, VisumForm, first
from teduh.cases.views.frame import Asked, asked, page
from teduh.cases.words import WaitReason


@needs(Right.WORK_CASES)
@require_safe
def legal_page(request: HttpRequest, code: str) -> HttpResponse:
    """Where visum, police, court and protection stand."""
    return _page(request, asked(request, code))


def _page(request: HttpRequest, of: Asked, status: int = 200, **forms: object) -> HttpResponse:
    if not of.opens:
        return page(request, of, "cases/legal.html", status)
    facts, protections = queries.legal_facts(of.case), queries.protections_of(of.case)
    start = {"since": of.at.date()}
    shown = {
        "facts": facts,
        "visum": queries.visum_of(of.case),
        "justice": queries.justice_of(of.case),
        "protections": protections,
        "wait_reasons": WaitReason.choices,
        "visum_form": VisumForm(),
        "justice_form": JusticeForm(initial={"day": of.at.date()}),
        "protection_form": ProtectionForm(initial=start, standing=protections),
        **forms,
    }
    return page(request, of, "cases/legal.html", status, **shown)


@needs(Right.WORK_CASES)
@require_POST
def visum(request: HttpRequest, code: str) -> HttpResponse:
    """One step on the way to the examination."""
    return _sent(request, code, "visum_form", VisumForm(request.POST), legal.visum)


@needs(Right.WORK_CASES)
@require_POST
def justice(request: HttpRequest, code: str) -> HttpResponse:
    """How far the law has come."""
    return _sent(request, code, "justice_form", JusticeForm(request.POST), legal.justice)


@needs(Right.SUPERVISE_CASES)
@require_POST
def police_later(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor decides that the police are not told yet."""
    of = asked(request, code)
    try:
        reason = WaitReason(request.POST.get("alasan", ""))
    except ValueError:
        messages.error(request, _("Pilih alasannya dulu."))
        return _page(request, of, 422)
    return _done(
        request,
        of,
        lambda: legal.police_later(by=of.member, case=of.case, reason=reason, at=of.at),
    )


@needs(Right.WORK_CASES)
@require_POST
def protection(request: HttpRequest, code: str) -> HttpResponse:
    """A protection order, or its extension."""
    standing = queries.protections_of(asked(request, code).case)
    form = ProtectionForm(request.POST, standing=standing)
    return _sent(request, code, "protection_form", form, legal.protect)


@needs(Right.WORK_CASES)
@require_POST
def protection_step(request: HttpRequest, code: str) -> HttpResponse:
    """An order that is over; LPSK or the court was asked."""
    of = asked(request, code)
    rows = {str(row.pk): row for row in queries.protections_of(of.case)}
    over = rows.get(request.POST.get("selesai", ""))
    if over is not None:
        return _done(request, of, lambda: legal.protection_over(by=of.member, row=over, at=of.at))
    whom = request.POST.get("diminta", "")
    return _done(
        request, of, lambda: legal.asked_of(by=of.member, case=of.case, whom=whom, at=of.at)
    )


def _sent(
    request: HttpRequest, code: str, name: str, form: Form, act: Callable[..., object]
) -> HttpResponse:
    """Act on a form of the page, or show it again with what was typed."""
    of = asked(request, code)
    if not form.is_valid():
        return _page(request, of, 422, **{name: form})
    told = form.cleaned_data
    return _done(
        request, of, lambda: act(by=of.member, case=of.case, at=of.at, **told), **{name: form}
    )


def _done(
    request: HttpRequest, of: Asked, act: Callable[[], object], **forms: object
) -> HttpResponse:
    try:
        act()
    except rules.TooSoon as early:
        messages.error(request, first(early))
        return _page(request, of, 409, **forms)
    except rules.WrongMove:
        messages.error(request, _("Belum tersimpan: periksa isian yang ditandai di bawah."))
        return _page(request, of, 409, **forms)
    return redirect("cases:legal", code=of.case.code)
