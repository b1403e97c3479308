"""Whose money the office of the demo has this year, and the support that is paid out of it."""

from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.funding import actions
from teduh.funding.actions.opening import NewLine
from teduh.funding.models import Line
from teduh.funding.words import Memo, Purpose, SourceKind
from teduh.lib.timing import local_day
from teduh.services.actions import supporting
from teduh.services.models import Support
from teduh.services.support_words import (
    IncomeLost,
    Proof,
    Relation,
    SupportKind,
    SupportOutcome,
    SupportRefusal,
    SupportState,
)

KEEPER, ASKER, TEAM = "seroja", "melati", "asesmen"
PAPER = supporting.Paper(Proof.RECEIPT, "KW-CONTOH-01")
ASKED = (  # for what, rupiah, instalments, how far, for a child of hers
    (SupportKind.LIVING, 3_600_000, 3, SupportState.APPROVED, False),
    (SupportKind.SCHOOL, 1_250_000, 1, SupportState.ASSESSED, True),
    (SupportKind.RENT, 4_500_000, 3, SupportState.ASKED, False),
    (SupportKind.WORK, 2_750_000, 2, SupportState.ENDED, False),
    (SupportKind.TRANSPORT, 800_000, 1, SupportState.REFUSED, False),
)
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
    mine = Case.objects.going_on().filter(team_code=TEAM, crew__member__code=ASKER)
    cases = list(mine.order_by("pk").distinct()[: len(ASKED)])
    for case, told in zip(cases, ASKED, strict=False):
        _support(by, case, told, at)


def _support(
    keeper: Member, case: Case, told: tuple[SupportKind, int, int, SupportState, bool], at: datetime
) -> None:
    """One request, as far as it has come."""
    kind, amount, parts, state, for_child = told
    asker = Member.objects.get(code=ASKER)
    whose = None
    if for_child:
        whose = supporting.name_beneficiary(
            by=asker, case=case, relation=Relation.CHILD, age_band="6-12", items=[], at=at
        )
    asking = supporting.Asking(kind, amount, parts, local_day(at) + timedelta(days=90), whose)
    row = supporting.ask(by=asker, case=case, asking=asking, at=at)
    if state == SupportState.ASKED:
        return
    found = supporting.Found(IncomeLost.ALL, 2)
    row = supporting.assess(by=asker, support=row, found=found, items=[], at=at)
    if state == SupportState.REFUSED:
        supporting.refuse(by=keeper, support=row, reason=SupportRefusal.OTHER_SOURCE, at=at)
    if state in {SupportState.APPROVED, SupportState.ENDED}:
        _paid(keeper, row, at)
    if state == SupportState.ENDED:
        supporting.end(by=keeper, support=row, outcome=SupportOutcome.STANDS, at=at)


def _paid(keeper: Member, row: Support, at: datetime) -> None:
    """Given, and the first instalment of it paid."""
    line = Line.objects.filter(agency=keeper.agency, purpose=Purpose.SUPPORT).earliest("pk")
    row = supporting.approve(by=keeper, support=row, line=line, at=at)
    supporting.pay(by=keeper, support=row, number=1, paper=PAPER, at=at)
