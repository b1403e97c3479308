"""Consent: the page of a case that says who can read what, until when, why; given, taken back, printed."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import Asked, asked, page
from teduh.records import queries
from teduh.records.actions import consenting as actions
from teduh.records.forms import ConsentForm, TakingBackForm
from teduh.records.rules import CONSENT_MOST, AlreadyAsked, NoConsent
from teduh.records.words import Lacks
from teduh.vault import actions as vault

if TYPE_CHECKING:
    from teduh.records.models import Consent

USUAL_DAYS = 30  # what the form proposes


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest, code: str) -> HttpResponse:
    """Every consent of a case; a post writes one down."""
    of = asked(request, code)
    if request.method != "POST":
        return _page(request, of)
    form = _form(of, request.POST)
    if not form.is_valid():
        return _page(request, of, 422, form)
    try:
        told = actions.Told(**form.cleaned_data)
        actions.keep_consent(by=of.member, case=of.case, told=told, at=of.at)
    except NoConsent as error:
        for one in error.lacks:
            messages.error(request, Lacks(one).label % {"days": CONSENT_MOST.days})
    except AlreadyAsked:
        messages.error(
            request,
            _("Persetujuan untuk lembaga dan tujuan ini masih berlaku. Tarik dulu yang itu."),
        )
    except (Forbidden, WrongMove):
        messages.error(
            request, _("Tidak tersimpan: kasus ini sudah berakhir, atau bukan kasus Anda.")
        )
    else:
        messages.success(request, _("Persetujuan dicatat. Cetak tandanya kalau aman menyimpannya."))
        return redirect("records:consents", code=code)
    return _page(request, of, 409, form)


@needs(Right.WORK_CASES)
@require_POST
def withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a consent back; it ends at once."""
    of, consent = _found(request, code, number)
    form = TakingBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih siapa yang menariknya."))
        return _page(request, of, 422)
    try:
        who = form.cleaned_data["who"]
        actions.withdraw_consent(by=of.member, consent=consent, who=who, at=of.at)
    except Forbidden:
        messages.error(request, _("Belum ditarik. Lihat keadaan terbaru."))
        return _page(request, of, 409)
    messages.success(request, _("Ditarik. Mulai sekarang tidak ada lagi yang diberikan."))
    return redirect("records:consents", code=code)


@needs(Right.WORK_CASES)
@require_safe
def receipt(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was agreed, on paper, for whoever agreed."""
    of, consent = _found(request, code, number)
    if not of.opens:
        return page(request, of, "records/consents.html")
    shown = {"case": of.case, "consent": consent, "parts": queries.labelled(consent.parts)}
    return render(request, "records/consent_print.html", shown)


def _page(
    request: HttpRequest, of: Asked, status: int = 200, form: ConsentForm | None = None
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "records/consents.html", status)
    agreed = queries.consents_of(of.case, of.day)
    holding = [one.row for one in agreed if one.state == "holding"]
    given, waits = queries.given_of(of.case, of.day), queries.sharing_waits()
    bundle = vault.hand_out(
        by=of.member,
        subject=of.case.code,
        at=of.at,
        comps=queries.parts_to_open(of.member, of.case, holding, of.at),
    )
    return page(
        request,
        of,
        "records/consents.html",
        status,
        form=form or _form(of),
        agreed=[
            (
                one,
                TakingBackForm(auto_id=f"id_{one.row.number}_%s"),
                given.get(one.row.sha, []),
                queries.offer_of(of.member, one.row, given.get(one.row.sha, []), of.at)
                if one.row in holding and not waits
                else None,
            )
            for one in agreed
        ],
        waits=waits,
        strays=queries.strays(given, agreed),
        spent=queries.is_spent(of.case),
        bundle=queries.with_grants(bundle, given),
    )


def _form(of: Asked, *given: object) -> ConsentForm:
    start = {"day": of.day, "until": of.day + timedelta(days=USUAL_DAYS)}
    return ConsentForm(
        *given,
        agencies=queries.agencies(),
        people=queries.guardians_of(of.case),
        parts=queries.part_labels(),
        child=of.case.child,
        initial=start,
    )


def _found(request: HttpRequest, code: str, number: int) -> "tuple[Asked, Consent]":
    of = asked(request, code)
    consent = queries.consent_of(of.case, number)
    if consent is None:
        raise Http404
    return of, consent
