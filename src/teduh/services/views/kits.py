"""Rapid tests in stock: what lies where, what came, what was used; never for whom."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.actions import kits as actions
from teduh.services.kits_forms import DeliveryForm, MoveForm
from teduh.services.queries import health, kits
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.services.models import Batch

ROWS = 25
SITES = ("svc_test", "svc_medical")  # services of a site that may hold tests


@needs(Right.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: HttpRequest) -> HttpResponse:
    """Every kind at every site, and what came."""
    member, at = member_of(request), timezone.now()
    if not kits.keeps_stock(member):
        raise Http404
    form = DeliveryForm(request.POST or None, places=health.giving(SITES))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            delivery = actions.Delivery(**form.cleaned_data)
            entry = actions.receive(by=member, delivery=delivery, at=at)
        except rules.OtherExpiry:
            form.add_error("expires", _("Nomor produksi ini tercatat dengan hari lain."))
        except rules.WrongMove:
            form.add_error("amount", _("Jumlahnya terlalu besar."))
        else:
            return redirect("services:kit_batch", number=entry.batch_id)
    shown = {
        "stock": kits.stock(member, local_day(at)),
        "uses": kits.uses(member),
        "form": form,
    }
    return render(request, "services/kits.html", shown, status=status)


@needs(Right.KEEP_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """The ledger of one batch, and one more line."""
    member, at = member_of(request), timezone.now()
    row = kits.batches(member).filter(pk=number).first()
    if row is None:
        raise Http404
    form = MoveForm(request.POST or None)
    if request.method == "GET" or request.method == "HEAD":
        return _batch(request, row, form, 200)
    if form.is_valid():
        try:
            actions.move(by=member, batch=row, at=at, **form.cleaned_data)
        except rules.NotEnough as short:
            said = _("Yang tersisa %(left)s. Kalau di rak lebih, hitung ulang dulu.")
            form.add_error("amount", said % {"left": short.left})
        except rules.Expired:
            form.add_error(
                "move", _("Sudah kedaluwarsa: tidak dipakai lagi, catat sebagai dibuang.")
            )
        except rules.WrongMove:
            form.add_error("amount", _("Tulis berapa."))
        else:
            messages.success(request, _("Tercatat."))
            return redirect("services:kit_batch", number=row.pk)
    return _batch(request, row, form, 422)


def _batch(request: HttpRequest, row: "Batch", form: MoveForm, status: int) -> HttpResponse:
    entries = row.entries.select_related("member")
    shown = {
        "batch": row,
        "form": form,
        "expired": rules.kit_expired(row.expires, local_day(timezone.now())),
        "page": slice_of(entries, request.GET.get("hal"), ROWS),
    }
    return render(request, "services/kit_batch.html", shown, status=status)
