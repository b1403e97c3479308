"""A case that goes to another office: the offices, the slice, its receipt."""

import json
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries, transfers
from teduh.cases.actions import transferring as actions
from teduh.cases.forms import ConsentForm
from teduh.cases.rules import CodeTaken, NoConsent, OlderCard, OtherRoot, SameHand, WrongMove
from teduh.cases.views.frame import Asked, asked, page
from teduh.lib.codes import is_transfer, new_transfer
from teduh.lib.timing import local_day
from teduh.vault import actions as vault
from teduh.vault import packages, peers
from teduh.vault.queries import package
from teduh.vault.rules import Refused


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def all_peers(request: HttpRequest) -> HttpResponse:
    """Other offices, our own card for them, and the card that one of them gave."""
    if request.method == "GET":
        return _peers(request)
    member, at = member_of(request), timezone.now()
    try:
        known = actions.meet_peer(by=member, text=_uploaded(request), at=at)
    except OlderCard:
        return _peers(request, _("Kartu kantor itu yang lebih baru sudah disimpan."))
    except OtherRoot:
        why = _(
            "Kantor itu sudah dikenal dengan kunci lain. Jangan pakai kartu ini; telepon kantornya."
        )
        return _peers(request, why)
    except Refused as error:
        own = str(error) == "inst"
        why = (
            _("Itu kartu kantor ini sendiri.")
            if own
            else _("Berkas itu bukan kartu kantor yang utuh dan berlaku.")
        )
        return _peers(request, why)
    messages.success(request, _("Kartu %(name)s disimpan.") % {"name": known.name})
    return redirect("cases:peers")


@needs(Right.WORK_CASES)
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """Our own card as a file to give to another office."""
    try:
        told = transfers.own_card(member_of(request), timezone.now())
    except Refused:
        return _peers(request, _("Kunci tim belum lengkap; kartu belum bisa dibuat."))
    return _file(json.dumps(told.as_json()), f"kantor-{settings.TEDUH_INSTANCE}.teduh")


@needs(Right.SUPERVISE_CASES)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """A supervisor has heard the code of an office by telephone."""
    peer = transfers.peer(number)
    if peer is None:
        raise Http404
    try:
        told = packages.read_statement(request.POST.get("made", ""))
        member, at = member_of(request), timezone.now()
        actions.approve_peer(by=member, peer=peer, statement=told, at=at)
    except SameHand:
        return _peers(request, _("Yang menyimpan kartunya dan yang menyetujui harus dua orang."))
    except (Refused, WrongMove):
        return _peers(request, _("Belum bisa disetujui. Buka gembok, muat ulang, lalu ulangi."))
    return redirect("cases:peers")


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """What may leave with this case, to which office, and what has left."""
    of = asked(request, code)
    return _send(request, of) if request.method == "POST" else _page(request, of)


@needs(Right.WORK_CASES)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """The case stays here after all."""
    return _end(
        request, code, lambda of: actions.withdraw_transfer(by=of.member, case=of.case, at=of.at)
    )


@needs(Right.WORK_CASES)
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The other office has it: its receipt closes the case here."""
    text = _uploaded(request)
    return _end(
        request,
        code,
        lambda of: actions.confirm_transfer(by=of.member, case=of.case, text=text, at=of.at),
    )


@needs(Right.WORK_CASES)
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Our word to the sending office that we have its case, as a file."""
    of = asked(request, code)
    row = transfers.arrival_of(of.case)
    if row is None:
        raise Http404
    return _file(transfers.receipt_of(row), f"{row.code}-diterima.teduh")


def _end(request: HttpRequest, code: str, act: Callable[[Asked], object]) -> HttpResponse:
    of = asked(request, code)
    try:
        act(of)
    except Refused as error:
        other = str(error) == "place"
        messages.error(
            request,
            _("Tanda terima itu untuk pelimpahan yang lain.")
            if other
            else _("Berkas itu bukan tanda terima yang utuh dari kantor tujuan."),
        )
        return _page(request, of, 409)
    except (WrongMove, Forbidden):
        messages.error(request, _("Tidak ada pelimpahan yang menunggu di kasus ini."))
        return _page(request, of, 409)
    return redirect("cases:transfer", code=of.case.code)


def _send(request: HttpRequest, of: Asked) -> HttpResponse:
    form, wanted = ConsentForm(request.POST), request.POST.get("kantor", "")
    peer = next((one for one in transfers.approved() if one.inst == wanted), None)
    sent, cmp = request.POST.get("code", ""), request.POST.get("cmp", "")
    parts = [part for part in request.POST.getlist("bagian") if part in transfers.PARTS]
    if peer is None or not parts or not form.is_valid():
        return _said(_("Pilih kantornya, bagiannya, dan siapa yang setuju."), 422)
    if not is_transfer(sent) or len(packages.unb64(cmp)) != DIGEST:
        return _said("", 409)
    try:
        leaving = actions.Leaving(peer, sent, cmp, parts, actions.Consent(**form.about()))
        actions.send_case(by=of.member, case=of.case, leaving=leaving, at=of.at)
    except NoConsent:
        return _said(
            _("Persetujuan itu tidak cukup: lihat siapa yang boleh setuju, dan harinya."), 422
        )
    except CodeTaken:
        return _said(_("Kode pelimpahan ini sudah dipakai. Muat ulang halaman, lalu ulangi."), 409)
    except (WrongMove, Forbidden):
        return _said(_("Masih ada permintaan lain yang menunggu di kasus ini."), 409)
    return _said("", 200)


DIGEST = 32  # bytes of the hash that names a slice


def _said(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def _page(request: HttpRequest, of: Asked, status: int = 200) -> HttpResponse:
    if not of.opens:
        return page(request, of, "cases/transfer.html", status)
    reports = [
        vault.hand_out(by=of.member, subject=one.ticket.number, at=of.at)
        for one in queries.reports_of(of.case)
    ]
    waiting, rows = transfers.sent(of.case), transfers.approved()
    bundle = vault.hand_out(by=of.member, subject=of.case.code, at=of.at)
    parts = transfers.parts_of(of.case, bundle, reports)
    to_seal = {
        **transfers.for_browser(rows),
        "package": package(),
        "code": new_transfer(),
        "day": str(local_day(of.at)),
        "parts": [one.given for one in parts],
        "facts": transfers.facts_of(of.case),
    }
    return page(
        request,
        of,
        "cases/transfer.html",
        status,
        bundle=bundle,
        bundles=reports,
        waiting=waiting,
        peers=[(one, transfers.print_of(one)) for one in rows],
        parts=parts,
        to_seal=to_seal,
        form=ConsentForm(initial={"consent_day": local_day(of.at)}),
        history=[one for one in transfers.of_case(of.case) if one != waiting],
    )


def _peers(request: HttpRequest, why: str = "") -> HttpResponse:
    if why:
        messages.error(request, why)
    member = member_of(request)
    shown = {
        "rows": [
            (
                one,
                transfers.print_of(one),
                one.added_by_id == member.pk,
                _to_approve(one.inst, bytes(one.root)),
            )
            for one in transfers.all_peers()
        ],
        "print": transfers.own_print(),
        "supervises": member.may(Right.SUPERVISE_CASES),
    }
    return render(request, "cases/peers.html", shown, status=409 if why else 200)


def _to_approve(inst: str, root: bytes) -> dict[str, str]:
    return {"peer": inst, "root": packages.b64(root)}


def _uploaded(request: HttpRequest) -> str:
    """The text of the one file of a form, empty where there is none, or a larger one than any of ours."""
    file = request.FILES.get("berkas")
    if file is None or (file.size or 0) > peers.FILE_MOST:
        return ""
    return bytes(file.read()).decode(errors="replace")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
