"""How far visum and medical care have come in cases of the demo, and evidence on its way."""

import json
from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.cases.queries import visum_stood
from teduh.cases.words import VisumStatus
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.actions import health, kits, visum
from teduh.services.models import Batch, MedicalOrder
from teduh.services.queries.health import fees, giving
from teduh.services.words import (
    FeeOutcome,
    Hand,
    HealthKind,
    HealthOutcome,
    HealthState,
    KitKind,
    KitMove,
    Thing,
)
from teduh.vault import demo as keys
from teduh.vault.packages import SealedItem

TEAM, WRITER = "asesmen", "melati"
CASES = 4
WAYS = (  # steps of the visum, each with who asked or received
    (),
    (("emergency_care", ""), ("lp_made", ""), ("spv_requested", Hand.OFFICE)),
    (("lp_made", ""), ("spv_issued", Hand.INVESTIGATOR), ("exam_scheduled", "")),
    (
        *(("lp_made", ""), ("spv_issued", Hand.INVESTIGATOR), ("exam_done", "")),
        *(("result_sent", ""), ("result_confirmed", Hand.INVESTIGATOR)),
    ),
)
ASKED = (  # what care, and what became of it
    ((HealthKind.HIV, None), (HealthKind.CONTRACEPTION, None), (HealthKind.WOUNDS, "given")),
    ((HealthKind.WOUNDS, "given"), (HealthKind.PREGNANCY, "not_needed")),
    ((HealthKind.HEPATITIS, "declined"), (HealthKind.STI, None)),
    ((HealthKind.FOLLOW_UP, None),),
)


STOCK = (  # kind, number on the package, days until it expires, came, used
    (KitKind.PREGNANCY, "CONTOH-P1", 300, 40, 12),
    (KitKind.HIV, "CONTOH-H1", 20, 25, 6),
    (KitKind.HIV, "CONTOH-H2", 400, 10, 0),
    (KitKind.SYPHILIS, "CONTOH-S1", 150, 10, 4),
    (KitKind.HEPATITIS, "CONTOH-B1", -5, 8, 0),
)
KEEPER = "seroja"


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, in cases of bodily violence that melati walks with."""
    writer = Member.objects.get(code=WRITER)
    mine = Case.objects.going_on().filter(
        team_code=TEAM, crew__member=writer, incidents__main_kind__in=("sexual", "physical")
    )
    cases = list(mine.order_by("-pk").distinct()[:CASES])
    if MedicalOrder.objects.exists():
        return
    for case, way, asked in zip(cases, WAYS, ASKED, strict=False):
        _walk(writer, case, way, at)
        for kind, answer in asked:
            _ask(writer, case, kind, answer, at)
    if len(cases) == CASES:
        _hand_on(writer, cases[-1], at)
    _put_right(at)
    _fill_shelves(at)


def _walk(by: Member, case: Case, way: tuple[tuple[str, str], ...], at: datetime) -> None:
    for number, (to, who) in enumerate(way, 1):
        if rules.STEP_ASKS[to] and to in visum_stood(case):
            continue
        letter = "letter" in rules.STEP_ASKS[to]
        parts = {"number": f"CONTOH/{number}/2026"} if letter else {"hour": "09.00"}
        ahead = timedelta(days=1) if to in rules.AHEAD else timedelta()
        place = giving(rules.STEP_SERVICES.get(to)).first()
        visum.visum_step(
            by=by,
            case=case,
            to=VisumStatus(to),
            facts=visum.StepFacts(
                day=local_day(at + ahead),
                provider=place if "provider" in rules.STEP_ASKS[to] else None,
                who=who,
            ),
            items=[_sealed(case, visum.LETTER, json.dumps(parts), at)],
            at=at,
        )


def _ask(by: Member, case: Case, kind: HealthKind, answer: str | None, at: datetime) -> None:
    place = giving(rules.HEALTH_SERVICES).first()
    order = health.ask_health(by=by, case=case, kind=kind, provider=place, at=at)
    if answer == HealthState.GIVEN:
        result = _sealed(
            case, health.RESULT, "Contoh: luka dibersihkan, kontrol tiga hari lagi.", at
        )
        outcome = HealthOutcome.BACK
        state = HealthState.GIVEN
        health.answer_health(
            by=by, order=order, state=state, outcome=outcome, items=[result], at=at
        )
    elif answer:
        health.answer_health(by=by, order=order, state=HealthState(answer), at=at)


def _hand_on(by: Member, case: Case, at: datetime) -> None:
    place = giving().first()
    for thing, taken_by, sha in (
        (Thing.SWAB, Hand.UNIT, ""),
        (Thing.CLOTHING, Hand.UNIT, ""),
        (Thing.FILE, Hand.INVESTIGATOR, "0123456789abcdef" * 4),
    ):
        facts = visum.HandingFacts(
            thing=thing,
            given_by=Hand.DOCTOR,
            given_where=place,
            taken_by=taken_by,
            day=local_day(at),
            sha=sha,
        )
        mark = json.dumps({"hour": "10.30", "mark": "CONTOH-0042"})
        items = [_sealed(case, visum.MARK, mark, at)]
        visum.hand_on(by=by, case=case, facts=facts, items=items, at=at)


def _put_right(at: datetime) -> None:
    """All but the newest of the fees that were asked."""
    by = Member.objects.get(code=KEEPER)
    for step in list(fees(by))[1:]:
        visum.answer_fee(by=by, step=step, outcome=FeeOutcome.RETURNED, at=at)


def _fill_shelves(at: datetime) -> None:
    by = Member.objects.get(code=KEEPER)
    if Batch.objects.exists():
        return
    for kind, lot, days, came, used in STOCK:
        expires = local_day(at) + timedelta(days=days)
        delivery = kits.Delivery(kind=kind, lot=lot, expires=expires, amount=came)
        entry = kits.receive(by=by, delivery=delivery, at=at)
        if used:
            kits.move(by=by, batch=entry.batch, move=KitMove.USED, amount=used, at=at)


def _sealed(case: Case, what: str, text: str, at: datetime) -> SealedItem:
    return keys.seal_for_case(
        subject=case.code, team=TEAM, member=WRITER, what=what, text=text, at=at
    )
