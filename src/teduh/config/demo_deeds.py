"""What is done in a fictional case: each deed as an officer does it, by the real actions."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from teduh.access.models import Member
from teduh.cases import actions as cases
from teduh.cases import parts
from teduh.cases.actions import legal, recovery, transferring
from teduh.cases.actions.rights import tell_all_rights
from teduh.cases.models import Case, Crew
from teduh.cases.queries import listed_as, newest_answers, people_of
from teduh.cases.rules import NotReady
from teduh.cases.words import (
    ClosureReason,
    ConsentBy,
    ConsentHow,
    CrewRole,
    GrantReason,
    JusticeStage,
    PersonRole,
    ProtectionKind,
    ReopenReason,
    State,
    VisumDelay,
    VisumStatus,
    WaitReason,
)
from teduh.intake import instruments, scoring
from teduh.intake.models import Report
from teduh.intake.words import InstrumentKind
from teduh.lib.codes import CASE, CROCKFORD, TRANSFER
from teduh.lib.timing import local_day
from teduh.sop.queries import running_of
from teduh.vault import demo as keys
from teduh.vault import demo_peer
from teduh.vault.packages import MadeCompartment, SealedItem

TEAM = "asesmen"
EACH = 10  # cases going on in which melati and seroja work beside the manager
MANAGERS = ("kenanga", "kenanga", "dahlia")
NAMES = ("Mawar", "Tanjung", "Wijayakusuma", "Sedap Malam", "Kamboja", "Soka", "Asoka", "Puspa")
WISHES = "Contoh: ingin aman di rumah sendiri dan tetap bekerja."
SAFETY = "Contoh: pintu belakang, tetangga tahu tanda lampu, tas di rumah saudara."
PARTS = {  # of the shared assessment, as a manager writes them
    "social": {
        "lives": "Contoh: bersama ibu dan dua anaknya.",
        "means": "Contoh: berjualan dari rumah, uangnya dipegang sendiri.",
        "around": "Contoh: tetangga mendukung.",
    },
    "disability": {"see": "1", "hear": "2", "easier": ["time", "plain"]},
    "needs": {"first": "Contoh: tempat tidur malam ini.", "who": "Contoh: kakaknya."},
}
GOAL = "Contoh: konseling setiap minggu."


class Deeds:
    """One case and everything that may be done in it, each at a time that is told."""

    def __init__(self, dice: random.Random, report: Report, now: datetime, stays: str) -> None:
        self.dice, self.report, self.now, self.stays = dice, report, now, stays
        self.code = f"{CASE}-" + "-".join("".join(dice.choices(CROCKFORD, k=4)) for _ in range(2))
        self.manager = Member.objects.get_queryset().get(code=dice.choice(MANAGERS))
        self.kinds = [one.code for one in report.coded.filter(question="kinds")] or ["other"]
        self.name = f"Contoh {dice.choice(NAMES)}"
        self.bodily = bool({"physical", "sexual"} & set(self.kinds))

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return Case.objects.get(code=self.code)

    def open(self, at: datetime) -> None:
        """The case, its survivor, somebody accused, the counsellor beside."""
        made = keys.make_case(subject=self.code, team=TEAM, member=self.manager.code)
        new = cases.NewCase(
            code=self.code,
            reports=(self.report,),
            manager=self.manager,
            person=cases.PersonFacts(
                sex=self.report.sex or "P",
                age_band=self.report.age_band,
                occupation=self.dice.choice(("", "housewife", "student", "labour")),
            ),
            incident=cases.IncidentFacts(
                self.kinds[0],
                day=local_day(at) - timedelta(days=self.dice.randint(1, 6))
                if self.bodily
                else None,
                place=self.report.place,
                online=self.kinds[0] == "online",
            ),
            made=made,
            items=[self._card(made, at)],
        )
        case = cases.open_case(by=self.manager, new=new, at=at)
        self._list(case, at)
        card = self._sealed("cases.person.card", {"name": f"Contoh {self.code[-4:]}"}, at)
        accused = cases.PersonFacts(role=PersonRole.ACCUSED, relation=self.report.relation)
        cases.add_person(by=self.manager, case=case, facts=accused, items=[card], at=at)
        for member in Member.objects.get_queryset().filter(code__in=("melati", "seroja")):
            role = CrewRole.OFFICER if member.code == "melati" else CrewRole.COUNSELLOR
            going = Crew.objects.filter(member=member, until=None, case__closed_day=None)
            if going.count() >= EACH:
                continue
            if member.pk != self.manager.pk:
                Crew.objects.get_or_create(
                    case=case,
                    member=member,
                    role=role,
                    until=None,
                    defaults={"since": local_day(at)},
                )

    def _card(self, made: Sequence[MadeCompartment], at: datetime) -> SealedItem:
        """The survivor, as the office writes her name."""
        return keys.seal_for_case(
            subject=self.code,
            team=TEAM,
            member=self.manager.code,
            what="cases.person.card",
            text=json.dumps({"name": self.name}),
            at=at,
            made=[one for one in made if one.said["comp"] == "identity"],
        )

    def _list(self, case: Case, at: datetime) -> None:
        """The card that the manager's browser makes when the case is opened."""
        card, made = keys.seal_card(
            subject=self.code, team=TEAM, member=self.manager.code, name=self.name, at=at
        )
        cases.show_in_list(
            by=self.manager,
            case=case,
            card=card,
            made=made,
            made_of=listed_as(people_of(case)),
            at=at,
        )

    def visum(self, at: datetime) -> None:
        """The hospital is called, sometimes late, sometimes against a fee that must not be."""
        steps = self.dice.choice(
            (
                ((VisumStatus.OFFERED, None), (VisumStatus.EXAMINED, None)),
                ((VisumStatus.OFFERED, None), (VisumStatus.DECLINED, None)),
                (
                    (VisumStatus.EMERGENCY, None),
                    (VisumStatus.DELAYED, VisumDelay.FEE),
                    (VisumStatus.EXAMINED, None),
                ),
            )
        )
        for n, (to, delay) in enumerate(steps):
            then = at + timedelta(hours=5 * n)
            legal.visum(by=self.manager, case=self.case, to=to, delay=delay, at=then)

    def assess(self, at: datetime) -> None:
        """The full instrument, answered by chance."""
        instrument = instruments.in_force(InstrumentKind.FULL, local_day(self.now))[0]
        answers = {
            one.key: self.dice.choices(scoring.ANSWERS, (1, 30, 1, 1))[0]
            for one in instrument.questions
        }
        found = scoring.assess(instrument, answers)
        facts = cases.Assessed(
            instrument.name, instrument.version, str(found.score), found.band, found.band
        )
        item = self._sealed("cases.risk.answers", answers, at)
        statement = keys.vouch(
            subject=self.code, member=self.manager.code, item=item, told=asdict(facts)
        )
        cases.assess(
            by=self.manager,
            case=self.case,
            facts=facts,
            items=[item],
            statement=statement,
            seen=newest_answers(self.case),
            at=at,
        )

    def share(self, at: datetime) -> None:
        """What the manager writes of the shared assessment; the counsellor asks to read one part."""
        for code, told in PARTS.items():
            found = parts.section(code)
            assert found is not None
            place = {"subject": self.code, "team": TEAM, "member": self.manager.code}
            made = keys.make_case(**place, comps=[found.comp])
            text = json.dumps(told, ensure_ascii=False)
            item = keys.seal_for_case(**place, what=found.what, text=text, at=at, made=made)
            cases.keep_part(
                by=self.manager,
                case=self.case,
                section=found,
                made=made,
                items=[item],
                seen="",
                at=at,
            )
        if self.dice.random() < 0.3:
            found = parts.section("social")
            assert found is not None
            cases.ask_part(
                by=self._supervisor,
                case=self.case,
                section=found,
                reason=GrantReason.SUPERVISION,
                at=at,
            )

    def plan(self, at: datetime) -> None:
        """Wishes, safety plan and one goal, agreed with the survivor."""
        by, case = self.manager, self.case
        items = [
            self._sealed("cases.plan.wishes", {"hopes": WISHES}, at),
            self._sealed("cases.safety.plan", {"rooms": SAFETY}, at),
        ]
        cases.keep_plan(by=by, case=case, facts=cases.PlanFacts(), items=items, seen=0, at=at)
        goal = cases.GoalFacts(service="svc_counsel", due=local_day(at) + timedelta(days=60))
        tell_all_rights(by=by, case=case, at=at)
        text = [self._sealed("cases.goal.text", GOAL, at)]
        cases.add_goal(by=by, case=case, facts=goal, items=text, at=at)
        cases.agree_plan(by=by, case=case, at=at)

    def serve(self, at: datetime) -> None:
        """Services run."""
        cases.move(by=self.manager, case=self.case, to=State.IN_SERVICE, at=at)

    def elsewhere(self, at: datetime) -> None:
        """The court, or another office, has its turn."""
        cases.move(by=self.manager, case=self.case, to=State(self.stays), at=at)

    def law(self, at: datetime) -> None:
        """The police know, sometimes they protect."""
        day = local_day(at)
        legal.justice(by=self.manager, case=self.case, stage=JusticeStage.REPORTED, day=day, at=at)
        if self.dice.random() < 0.5:
            legal.protect(
                by=self.manager,
                case=self.case,
                kind=ProtectionKind.TPKS,
                since=day,
                until=day + timedelta(days=14),
                at=at,
            )

    def confer(self, at: datetime) -> None:
        """All who help sit together, where the risk asks for it."""
        if "conference" in {one.step for one in running_of(self.code)}:
            cases.hold_conference(by=self.manager, case=self.case, at=at)

    def wait_with_the_law(self, at: datetime) -> None:
        """She does not want the police yet, and a supervisor says so."""
        if "police_told" in {one.step for one in running_of(self.code)}:
            legal.police_later(by=self._supervisor, case=self.case, reason=WaitReason.ASKED, at=at)

    def ask_for_longer(self, at: datetime) -> None:
        """LPSK is asked to protect after the police."""
        legal.asked_of(by=self.manager, case=self.case, whom="lpsk", at=at)

    def protection_over(self, at: datetime) -> None:
        """The order has run its time."""
        for row in self.case.protections.all():
            legal.protection_over(by=self.manager, row=row, at=at)

    def agree(self, at: datetime) -> None:
        """The plan holds for the second time too."""
        tell_all_rights(by=self.manager, case=self.case, at=at)
        cases.agree_plan(by=self.manager, case=self.case, at=at)

    def watch(self, at: datetime) -> None:
        """Services have done their part; the office asks how she is."""
        cases.move(by=self.manager, case=self.case, to=State.MONITORING, at=at)

    def send(self, at: datetime) -> None:
        """An office across the water that both have talked to; what she wants it to know goes there."""
        text = json.dumps(demo_peer.card(local_day(at)).as_json())
        peer = transferring.meet_peer(by=self.manager, text=text, at=at)
        if not peer.approved_by_id:
            word, by = demo_peer.vouched(member=self._supervisor.code), self._supervisor
            transferring.approve_peer(by=by, peer=peer, statement=word, at=at)
        consent = transferring.Consent(ConsentBy.SELF, ConsentHow.SPOKEN, local_day(at))
        code = self.code.replace(CASE, TRANSFER)
        cmp, sent = demo_peer.slice_for(code), ("person", "risk", "wishes", "way")
        leaving = transferring.Leaving(peer, code, cmp, sent, consent)
        transferring.send_case(by=self.manager, case=self.case, leaving=leaving, at=at)

    def received(self, at: datetime) -> None:
        """They have it, and say so."""
        row = self.case.transfers.get()
        text = demo_peer.receipt(code=row.code, cmp=row.cmp, day=local_day(at))
        transferring.confirm_transfer(by=self.manager, case=self.case, text=text, at=at)

    def ask_how_she_is(self, at: datetime) -> None:
        """A review; what follows of the risk has been seen to elsewhere by then."""
        rating = self.dice.choice((None, 3, 4, 4, 5))
        recovery.review(by=self.manager, case=self.case, rating=rating, items=[], at=at)

    def end(self, at: datetime) -> None:
        """She says it is enough; a supervisor agrees."""
        case = self.case
        if "police_told" in {one.step for one in running_of(case.code)}:
            legal.police_later(by=self._supervisor, case=case, reason=WaitReason.ASKED, at=at)
        note = [self._sealed("cases.closure.note", "Contoh: ia ingin melanjutkan sendiri.", at)]
        try:
            recovery.ask_closure(
                by=self.manager, case=case, reason=ClosureReason.SELF, items=note, at=at
            )
        except NotReady:  # something is still promised by law: the case goes on
            return
        then = at + timedelta(hours=20)
        recovery.approve_closure(by=self._supervisor, case=case, at=then)

    def again(self, at: datetime) -> None:
        """She comes back."""
        if self.case.ended:
            recovery.reopen(by=self.manager, case=self.case, reason=ReopenReason.ASKED, at=at)

    @property
    def _supervisor(self) -> Member:
        return Member.objects.get_queryset().get(code="seroja")

    def _sealed(self, what: str, told: object, at: datetime) -> SealedItem:
        text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
        return keys.seal_for_case(
            subject=self.code,
            team=TEAM,
            member=self.manager.code,
            what=what,
            text=text,
            at=at,
        )
