"""Packets of evidence: asked for, granted, put together in the browser, handed over, printed."""

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import openers
from teduh.cases.queries import reports_of
from teduh.cases.views.frame import Asked, asked, page, refused, saved
from teduh.records import queries
from teduh.records.actions import packing as actions
from teduh.records.forms import HandForm, PacketForm
from teduh.records.rules import AlreadyAsked, NotGranted, NotHolding, SameHand, WrongPacket
from teduh.records.words import Denial
from teduh.vault import actions as vault

if TYPE_CHECKING:
    from teduh.records.models import Packet


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def packets(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked, granted and made; what may be chosen; a post asks for a packet."""
    of = asked(request, code)
    if request.method != "POST":
        return _page(request, of)
    form = PacketForm(request.POST)
    if not form.is_valid():
        return _page(request, of, 422, form)
    try:
        actions.ask_packet(by=of.member, case=of.case, at=of.at, **form.cleaned_data)
    except (AlreadyAsked, Forbidden):
        messages.error(request, _("Sudah ada permintaan yang menunggu penyelia."))
        return _page(request, of, 409, form)
    return redirect("records:packets", code=code)


def _page(
    request: HttpRequest, of: Asked, status: int = 200, form: PacketForm | None = None
) -> HttpResponse:
    waits = queries.sharing_waits()
    reads = of.opens and not of.glass and not waits
    grant = queries.holding(of.case, of.at) if reads else None
    bundles = [
        vault.hand_out(by=of.member, subject=report.ticket.number, at=of.at)
        for report in (reports_of(of.case) if grant else [])
    ]
    own = vault.hand_out(by=of.member, subject=of.case.code, at=of.at) if grant else None
    return page(
        request,
        of,
        "records/packets.html",
        status,
        form=form or PacketForm(),
        grants=[(one, one.asker_id == of.member.pk) for one in queries.grants_of(of.case)],
        grant=grant,
        waits=waits,
        bundles=bundles,
        offered=queries.offered([own, *bundles]) if own else [],
        packets=[(one, HandForm(auto_id=f"id_{one.pk}_%s")) for one in queries.packets_of(of.case)],
        denials=Denial.choices,
        now=of.at,
    )


@needs(Right.SUPERVISE_CASES)
@require_POST
def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A supervisor grants a packet, or says why not."""
    of = asked(request, code)
    found = queries.grant_of(of.case, number)
    if found is None:
        raise Http404
    try:
        denial = (
            None
            if request.POST.get("jawaban") == "izinkan"
            else Denial(request.POST.get("alasan", ""))
        )
        actions.answer_packet(by=of.member, asked=found, denial=denial, at=of.at)
    except ValueError:
        messages.error(request, _("Pilih alasannya."))
    except SameHand:
        messages.error(request, _("Yang meminta dan yang menyetujui harus dua orang."))
    except NotHolding:
        pass  # the page says why nothing leaves the office now
    except (AlreadyAsked, Forbidden):
        messages.error(request, _("Sudah dijawab orang lain."))
    else:
        return redirect("records:packets", code=code)
    return _page(request, of, 409)


@needs(Right.WORK_CASES)
@require_POST
def make(request: HttpRequest, code: str) -> HttpResponse:
    """What the browser has put together, written down before it is saved."""
    of = asked(request, code)
    try:
        told = json.loads(request.POST.get("items", ""))
        items = [(str(item), str(sha)) for item, sha in told]
        made = actions.Made(request.POST.get("sha", ""), int(request.POST.get("size", "")), items)
        packet = actions.make_packet(by=of.member, case=of.case, made=made, at=of.at)
    except (ValueError, TypeError, NotGranted, WrongPacket, Forbidden):
        return refused()
    return saved(reverse("records:packet_print", args=[code, packet.number]))


@needs(Right.WORK_CASES)
@require_POST
def hand(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A packet went into somebody's hands."""
    of, packet = _found(request, code, number)
    form = HandForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih kepada siapa diserahkan."))
        return _page(request, of, 422)
    try:
        actions.hand_packet(by=of.member, packet=packet, at=of.at, **form.cleaned_data)
    except Forbidden:
        messages.error(request, _("Belum tersimpan. Lihat keadaan terbaru."))
        return _page(request, of, 409)
    return redirect("records:packets", code=code)


@needs(Right.WORK_CASES)
@require_safe
def printed(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The list that goes with a packet: items with their hashes, hands, who opened the case."""
    of, packet = _found(request, code, number)
    if not of.opens:
        return page(request, of, "records/packets.html")
    shown = {
        "case": of.case,
        "packet": packet,
        "items": queries.contents(packet),
        "openers": openers.of_case(of.case),
        "at": of.at,
    }
    return render(request, "records/packet_print.html", shown)


def _found(request: HttpRequest, code: str, number: int) -> "tuple[Asked, Packet]":
    of = asked(request, code)
    packet = queries.packet_of(of.case, number)
    if packet is None:
        raise Http404
    return of, packet
