"""The budget as a table for a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.funding import actions, queries
from teduh.funding.views.ledger import found, year_of
from teduh.lib.spreadsheet import as_csv
from teduh.lib.timing import local_day

Cell = str | int


@needs(Right.KEEP_MONEY)
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Every line of a year."""
    by, asked = member_of(request), year_of(request)
    head: list[Cell] = [_("Tahun"), _("Kode rekening"), _("Nama pos"), _("Untuk"), _("Sumber dana")]
    sums: list[Cell] = [_("Direncanakan"), _("Dijanjikan"), _("Dibayar"), _("Sisa")]
    rows: list[list[Cell]] = [
        [
            *(one.year, one.code, one.name, one.get_purpose_display(), one.source.name),
            *(one.planned, one.committed, one.spent, one.balance.left),
        ]
        for one in queries.of_year(by, asked)
    ]
    actions.note_export(by=by, what=str(asked), rows=len(rows), at=timezone.now())
    return _file(f"anggaran-{asked}.csv", [[*head, *sums], *rows])


@needs(Right.KEEP_MONEY)
@require_safe
def line(request: HttpRequest, number: int) -> HttpResponse:
    """Every entry of a line, the oldest first."""
    by, row = member_of(request), found(request, number)
    head: list[Cell] = [
        _("Hari"),
        _("Yang dicatat"),
        _("Jumlah rupiah"),
        _("Sebab"),
        _("Tentang"),
        _("Petugas"),
    ]
    rows: list[list[Cell]] = [
        [
            *(str(local_day(one.at)), one.get_kind_display(), one.amount),
            *(one.get_memo_display(), _("dukungan") if one.subject else "", one.member.name),
        ]
        for one in queries.entries_of(row).order_by("pk")
    ]
    actions.note_export(by=by, what=f"ANG-{row.pk}", rows=len(rows), at=timezone.now())
    return _file(f"anggaran-{row.year}-{row.code}.csv", [head, *rows])


def _file(name: str, rows: list[list[Cell]]) -> HttpResponse:
    answer = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
