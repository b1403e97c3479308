"""What survivors of the demo asked of their data and agreed to, one breach, one record held back."""

import json
from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.cases.models import Case, Told
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.lib.codes import new_breach
from teduh.lib.timing import local_day
from teduh.records import queries
from teduh.records.actions import asking, breaching, consenting, granting, keeping
from teduh.records.models import Breach
from teduh.records.words import (
    Ask,
    Because,
    BreachKind,
    Came,
    Exposure,
    Hold,
    NoticeWay,
    Outcome,
    Purpose,
    TakenBack,
)
from teduh.vault import demo as keys

TEAM, WRITER, SECOND = "asesmen", "melati", "seroja"
ASKED = (  # what, hours ago, answered or not
    (Ask.COPY, 60, None),
    (Ask.CORRECT, 30, Outcome.GRANTED),
    (Ask.LIMIT, 100, Outcome.PARTLY),
)
AGREED = (  # to whom, for what, which parts, how many days ago, taken back or not
    ("rsud", Purpose.HEALTH, ("identity", "care", "medical"), 5, None),
    ("lbh", Purpose.LEGAL, ("identity", "legal"), 12, None),
    ("polres", Purpose.POLICE, ("identity",), 20, TakenBack.SURVIVOR),
)
AGREED_DAYS = 60
WORDS = {
    "happened": "Contoh: tas berisi ponsel dinas tertinggal di angkot; layarnya terkunci.",
    "seen": "Contoh: belum diketahui ada yang melihat.",
    "remedy": "Contoh: kunci perangkat dicabut, sopir dihubungi, nomor diganti.",
}


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, and only where melati works on a case that goes on."""
    writer, second = (Member.objects.get(code=code) for code in (WRITER, SECOND))
    mine = Case.objects.going_on().filter(team_code=TEAM, crew__member=writer)
    cases = list(mine.order_by("pk").distinct()[: len(ASKED)])
    if not cases or Breach.objects.exists():
        return
    for case, (kind, hours, outcome) in zip(cases, ASKED, strict=False):
        row = asking.register(
            by=writer,
            case=case,
            kind=kind,
            came=Came.MET,
            asked_at=at - timedelta(hours=hours),
            items=(),
            at=at,
        )
        if outcome:
            because = Because.OTHERS if outcome == Outcome.PARTLY else None
            asking.answer(by=second, asked=row, outcome=outcome, because=because, at=at)
    own = Told.objects.filter(case__in=mine, report__ticket__own=True).first()
    if own:
        asking.ask_by_ticket(ticket=own.report.ticket, kind=Ask.ERASE, at=at - timedelta(hours=9))
    _agree(writer, mine.filter(child=False).first(), at)
    keeping.hold(by=second, subject=cases[0].code, reason=Hold.COMPLAINT, at=at)
    breach = _breach(second, cases, at)
    breaching.tell_authority(by=second, breach=breach, at=at)
    first = breach.touched.all()[0]
    breaching.tell_touched(by=second, touched=first, way=NoticeWay.MET, at=at)


def _agree(by: Member, case: Case | None, at: datetime) -> None:
    """What she agreed to in one case, given to somebody each; one of it she has taken back."""
    for agency, purpose, comps, days, back in AGREED if case else ():
        assert case is not None
        then = at - timedelta(days=days)
        told = consenting.Told(
            agency=Agency.objects.get(code=agency),
            purpose=purpose,
            comps=comps,
            given_by=ConsentBy.SELF,
            how=ConsentHow.SPOKEN,
            day=local_day(then),
            until=local_day(then) + timedelta(days=AGREED_DAYS),
        )
        row = consenting.keep_consent(by=by, case=case, told=told, at=at)
        for one in queries.readers_of(row, at)[:1]:
            wanted = queries.wanted_by(by, row, one.kid, at)
            grant = keys.make_grant(team=TEAM, member=WRITER, wanted=wanted)
            granting.give(by=by, consent=row, sealed=[grant], at=at)
        if back:
            consenting.withdraw_consent(by=by, consent=row, who=back, at=at)


def _breach(by: Member, cases: list[Case], at: datetime) -> Breach:
    code = new_breach()
    made = keys.make_case(subject=code, team=TEAM, member=SECOND)
    item = keys.seal_for_case(
        subject=code,
        team=TEAM,
        member=SECOND,
        what=breaching.WORDS,
        text=json.dumps(WORDS),
        at=at,
        made=[one for one in made if one.said["comp"] == "work"],
    )
    new = breaching.NewBreach(
        code=code,
        team_code=TEAM,
        kind=BreachKind.LOST,
        known_at=at - timedelta(hours=20),
        exposed=[Exposure.CONTACT, Exposure.FACT],
        subjects=[case.code for case in cases[:2]],
        made=made,
        items=[item],
    )
    return breaching.register_breach(by=by, new=new, at=at)
