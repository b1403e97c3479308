"""Whose money the office of the demo has this year, and what lies in its lines."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.funding import actions
from teduh.funding.actions.opening import NewLine
from teduh.funding.models import Line
from teduh.funding.words import Memo, Purpose, SourceKind
from teduh.lib.timing import local_day

KEEPER = "seroja"
SOURCES = (
    (SourceKind.APBD, "APBD kota"),
    (SourceKind.DAK, "DAK Non-Fisik PPA"),
    (SourceKind.CSR, "Forum CSR contoh"),
)
LINES = (  # code, name, for what, whose money, rupiah planned, rupiah paid at once
    ("2.08.03.01", "Operasional rumah aman", Purpose.SHELTER, 0, 240_000_000, 96_500_000),
    ("2.08.03.02", "Dukungan ekonomi sementara", Purpose.SUPPORT, 0, 60_000_000, 0),
    ("2.08.03.03", "Telekonseling", Purpose.TELECOUNSEL, 1, 36_000_000, 12_400_000),
    ("2.08.03.04", "Tes medis cepat", Purpose.TESTS, 1, 18_000_000, 6_750_000),
    ("CSR-01", "Dukungan untuk kembali bekerja", Purpose.SUPPORT, 2, 25_000_000, 0),
)


@transaction.atomic
def seed(at: datetime) -> None:
    """Once."""
    if Line.objects.exists():
        return
    by = Member.objects.get(code=KEEPER)
    rows = [actions.open_source(by=by, kind=kind, name=name, at=at) for kind, name in SOURCES]
    for code, name, purpose, source, planned, paid in LINES:
        new = NewLine(local_day(at).year, code, name, purpose, rows[source])
        line = actions.open_line(by=by, new=new, at=at)
        key = f"contoh:{code}"
        actions.plan(by=by, line=line, amount=planned, memo=Memo.BUDGET, key=key, at=at)
        if paid:
            actions.spend(by=by, line=line, amount=paid, memo=Memo.GOODS, key=f"{key}:1", at=at)
