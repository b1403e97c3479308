"""Meetings of the demo: a conference a week ago with its decisions, one to come every two weeks, one
of the city.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.conferences import actions, declaration, queries
from teduh.conferences.models import AgendaItem, Conference
from teduh.conferences.words import (
    DangerKind,
    Doing,
    Evidence,
    FeedbackWay,
    Judgement,
    Kind,
    Presence,
    TakenOff,
    Where,
    Whose,
)
from teduh.lib.timing import local_day
from teduh.records.actions import consenting
from teduh.records.words import Duty, Purpose
from teduh.vault import demo as keys
from teduh.vault.packages import SealedItem

TEAM, CHAIR, MINUTES = "asesmen", "seroja", "kenanga"  # the supervisor walks with every case
PARTNERS = ("bakung", "flamboyan", "kantil")
AGREED_DAYS = 60
WEEK = timedelta(days=7)
WISHES = "Contoh: ingin tetap bersekolah di tempat yang sama, dan tidak ingin bertemu dengannya."
SAID = (  # agency, part, what it says
    ("uptd", "work", "Contoh: sudah dua kali pindah tempat menginap."),
    ("polres", "legal", "Contoh: dua kali dipanggil, belum datang."),
)
DECIDED = (  # agency, what, part, days until it is due, carried out or not, in words
    ("polres", Doing.PATROL, "legal", 3, False, "Contoh: patroli malam di sekitar rumah."),
    ("polres", Doing.REPORT, "legal", 20, False, "Contoh: kabar perkembangan perkara."),
    ("uptd", Doing.SAFETY, "work", 4, True, "Contoh: rencana keselamatan ditinjau bersama."),
)


def seed(at: datetime) -> None:
    """Once, and only where the team walks with somebody for more than a week."""
    if Conference.objects.exists():
        return
    since = local_day(at - WEEK)
    mine = Case.objects.going_on().filter(team_code=TEAM, opened_day__lt=since)
    cases = list(mine.order_by("urgency", "pk")[:2])
    if cases:
        with transaction.atomic():
            _LastWeek(at - WEEK).hold(cases)
            _to_come(at)


def _member(code: str) -> Member:
    return Member.objects.get(code=code)


def _plan(
    by: str, kind: Kind, day: datetime, at: datetime, *seats: str, every: int = 0
) -> Conference:
    told = actions.Plan(kind, TEAM, local_day(day), time(9), Where.OFFICE, _member(MINUTES), every)
    return actions.plan(by=_member(by), told=told, seats=[_member(one) for one in seats], at=at)


def _accept(conference: Conference, at: datetime) -> None:
    sha = declaration.in_force(local_day(at)).sha
    for seat in queries.seats_of(conference):
        actions.accept(by=seat.member, conference=conference, sha=sha, at=at)


def _to_come(at: datetime) -> None:
    """Next week one with an agenda that filled itself, and one of the city."""
    _accept(_plan(CHAIR, Kind.CASE, at + WEEK, at, *PARTNERS, every=2), at)
    actions.fill_soon(at=at)
    _plan(CHAIR, Kind.CITY, at + WEEK, at, "teratai", *PARTNERS)


@dataclass(frozen=True, slots=True)
class _LastWeek:
    """A conference that was held."""

    at: datetime

    def hold(self, cases: list[Case]) -> None:
        """From the plan to the end: one case discussed, the other left for the next time."""
        at, chair = self.at, _member(CHAIR)
        made = _plan(CHAIR, Kind.CASE, at, at, *PARTNERS)
        self._agree(cases[0])
        _accept(made, at)
        items = [
            actions.add(by=chair, conference=made, case=one, judgement=Judgement.STALKED, at=at)
            for one in cases
        ]
        _accept(made, at)
        actions.begin(by=chair, conference=made, at=at)
        for seat in queries.seats_of(made):
            away = seat.member.code == PARTNERS[1]
            presence = Presence.APOLOGY if away else Presence.PRESENT
            actions.attend(by=chair, seat=seat, presence=presence, at=at)
        for other in items[1:]:
            actions.take_off(by=chair, item=other, reason=TakenOff.LATER, at=at)
        self._discuss(items[0], chair)
        actions.close(by=chair, conference=made, at=at + timedelta(hours=1))

    def _agree(self, case: Case) -> None:
        """She agreed that the police talk about it; for a child the supervisor answers for it."""
        told = consenting.Told(
            agency=Agency.objects.get(code="polres"),
            purpose=Purpose.CONFERENCE,
            comps=("legal",),
            given_by=ConsentBy.DUTY if case.child else ConsentBy.SELF,
            duty=Duty.LIFE if case.child else "",
            how=ConsentHow.SPOKEN,
            day=local_day(self.at),
            until=local_day(self.at) + timedelta(days=AGREED_DAYS),
        )
        consenting.keep_consent(by=_member(CHAIR), case=case, told=told, at=self.at)

    def _discuss(self, item: AgendaItem, chair: Member) -> None:
        at = self.at
        wishes = self._sealed(item.case, "item.wishes", WISHES)
        actions.keep_wishes(by=chair, item=item, items=[wishes], unsaid="", at=at)
        for code, part, text in SAID:
            agency = Agency.objects.get(code=code)
            words = [self._sealed(item.case, f"contribution.{part}", text)]
            actions.contribute(by=chair, item=item, agency=agency, items=words, at=at)
        actions.agree_danger(
            by=chair,
            item=item,
            whose=Whose.SURVIVOR,
            kind=DangerKind.PRESSURE,
            items=[],
            at=at,
        )
        for code, doing, part, days, done, text in DECIDED:
            agency = Agency.objects.get(code=code)
            due = local_day(at) + timedelta(days=days)
            row = actions.decide(
                by=chair,
                item=item,
                told=actions.Told(agency, doing, due),
                items=[self._sealed(item.case, f"decision.{part}", text)],
                at=at,
            )
            if done:
                then = at + timedelta(days=2)
                actions.carry_out(by=chair, decision=row, evidence=Evidence.ENTRY, at=then)
        minutes = [self._sealed(item.case, "item.minutes", "Contoh notulen rapat.")]
        actions.write_minutes(by=chair, item=item, items=minutes, at=at)
        actions.agree_feedback(
            by=chair,
            item=item,
            way=FeedbackWay.MET,
            who=chair,
            until=local_day(at) + timedelta(days=1),
            at=at,
        )
        actions.discuss(by=chair, item=item, at=at)
        actions.tell_her(by=chair, item=item, at=at + timedelta(days=1))

    def _sealed(self, case: Case, what: str, text: str) -> SealedItem:
        return keys.seal_for_case(
            subject=case.code,
            team=TEAM,
            member=CHAIR,
            what=f"conferences.{what}",
            text=text,
            at=self.at,
        )
