"""The budget of a year, and the ledger of one line."""

import secrets
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.funding import actions, queries
from teduh.funding.actions.opening import NewLine
from teduh.funding.forms import EntryForm, LineForm, SourceForm
from teduh.funding.rules import CodeTaken, KeyTaken, NotEnough, NotReversible
from teduh.funding.words import Kind, Memo, Purpose
from teduh.lib.numbers import whole
from teduh.lib.timing import local_day
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.funding.models import Line

ROWS = 25


@needs(Right.KEEP_MONEY)
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """The lines of a year: planned, promised, paid, left."""
    return _lines(request)


@needs(Right.KEEP_MONEY)
@require_POST
def add_source(request: HttpRequest) -> HttpResponse:
    """Note whose money comes in."""
    form = SourceForm(request.POST)
    if not form.is_valid():
        return _lines(request, 422, source_form=form)
    actions.open_source(by=member_of(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Sumber dana tercatat."))
    return redirect("funding:lines")


@needs(Right.KEEP_MONEY)
@require_POST
def add_line(request: HttpRequest) -> HttpResponse:
    """Open a line."""
    by = member_of(request)
    known = {str(one.pk): one for one in queries.sources(by)}
    form = LineForm(request.POST, sources=[(one.pk, one.name) for one in known.values()])
    if not form.is_valid():
        return _lines(request, 422, line_form=form)
    told = form.cleaned_data
    new = NewLine(
        told["year"], told["account"], told["name"], Purpose(told["purpose"]), known[told["source"]]
    )
    try:
        made = actions.open_line(by=by, new=new, at=timezone.now())
    except CodeTaken:
        form.add_error("account", _("Kode ini sudah dipakai di tahun itu."))
        return _lines(request, 409, line_form=form)
    return redirect("funding:line", number=made.pk)


@needs(Right.KEEP_MONEY)
@require_safe
def line(request: HttpRequest, number: int) -> HttpResponse:
    """One line and everything that was entered in it."""
    return _line(request, found(request, number))


@needs(Right.KEEP_MONEY)
@require_POST
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """Plan more, or pay at once. What support and its like promise is entered by them."""
    row, by, at = found(request, number), member_of(request), timezone.now()
    data = request.POST.copy()
    form = EntryForm(data)
    if not form.is_valid():
        data["key"] = _new_key()
        return _line(request, row, 422, form=form)
    told = form.cleaned_data
    act = actions.plan if told["kind"] == Kind.PLANNED else actions.spend
    try:
        act(
            by=by,
            line=row,
            amount=told["amount"],
            memo=Memo(told["memo"]),
            key=f"hal:{told['key']}",
            at=at,
        )
    except NotEnough:
        form.add_error("amount", _("Sisa pos ini tidak cukup. Tidak ada yang tercatat."))
        return _line(request, row, 409, form=form)
    except KeyTaken:
        messages.error(request, _("Belum tercatat. Periksa sekali lagi, lalu kirim."))
        data["key"] = _new_key()
        return _line(request, row, 409, form=form)
    return redirect("funding:line", number=row.pk)


@needs(Right.KEEP_MONEY)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was entered by mistake or is not needed; both entries stay."""
    row = found(request, number)
    entry = queries.by_hand(row, whole(request.POST.get("catatan", "")) or 0)
    if entry is None:
        raise Http404
    try:
        memo = Memo.NOT_NEEDED if request.POST.get("sebab") == "not_needed" else Memo.MISTAKE
        actions.reverse(
            by=member_of(request),
            entry=entry,
            memo=memo,
            key=f"batal:{entry.pk}",
            at=timezone.now(),
        )
    except (NotReversible, NotEnough, KeyTaken):
        messages.error(
            request, _("Tidak dapat dibatalkan: sudah dibatalkan, atau uangnya sudah dijanjikan.")
        )
        return _line(request, row, 409)
    return redirect("funding:line", number=row.pk)


def found(request: HttpRequest, number: int) -> "Line":
    """The line of an address; 404 for whoever does not keep its money."""
    row = queries.one(member_of(request), number)
    if row is None:
        raise Http404
    return row


def year_of(request: HttpRequest) -> int:
    """The year that is asked for, else this one."""
    return whole(request.GET.get("tahun", "")) or local_day(timezone.now()).year


def _lines(request: HttpRequest, status: int = 200, **forms: object) -> HttpResponse:
    by, asked = member_of(request), year_of(request)
    rows, known = queries.of_year(by, asked), queries.sources(by)
    shown = {
        "rows": rows,
        "all": queries.together(rows),
        "year": asked,
        "years": sorted({*queries.years(by), asked, local_day(timezone.now()).year}, reverse=True),
        "sources": known,
        "source_form": SourceForm(),
        "line_form": LineForm(
            sources=[(one.pk, one.name) for one in known], initial={"year": asked}
        ),
        **forms,
    }
    return render(request, "funding/lines.html", shown, status=status)


def _line(request: HttpRequest, row: "Line", status: int = 200, **forms: object) -> HttpResponse:
    now = queries.one(member_of(request), row.pk) or row
    shown = {
        "line": now,
        "page": slice_of(queries.entries_of(now), request.GET.get("hal"), ROWS),
        "form": EntryForm(initial={"key": _new_key()}),
        "here": reverse("funding:line", args=[row.pk]),
        **forms,
    }
    return render(request, "funding/line.html", shown, status=status)


def _new_key() -> str:
    return secrets.token_urlsafe(15)
