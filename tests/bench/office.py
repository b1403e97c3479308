"""An office with up to 100,000 cases, as a list, the board or the clock reads it.

**What is true to life.** A city takes up to 200 cases a year, and is to be measured with a hundred
times as many (volumes.md 6.4): the smallest size is such a city after five years, the largest a
hundred of them. Of five years one case in `GOING_IN` still goes on, some five months of work. Each
officer walks with `EACH` of them (ui.md) and has a place in 220 that ended, for it does not end
with the case; the largest office has 417 officers. A case comes from a report and has a card on the
team's list. It has three promises that were kept, and one that goes on has two that run.

**What is harder than life.** All cases lie with one team, where an office of 400 would have twenty:
whatever reads "my teams" reads the whole office. (The officers sit in teams of twenty, so that
whoever picks a colleague picks from as many as there would be.) And as after a long failure, each
promise that runs is late or due within a day: the board counts all that are late, and its columns
are full at every size, so that the same page is compared (but for the people: five at the smallest
size, twenty at the others).

Sealed parts lie there only for the case whose page is opened: no list reads them.
"""

import random
from datetime import datetime, timedelta
from itertools import count

from teduh.access.models import Member
from teduh.cases.models import Case, Crew, Task, Told
from teduh.cases.rules import BANDS
from teduh.intake.models import Report
from teduh.lib.timing import local_day
from teduh.sop.models import Promise
from teduh.tickets.models import Ticket
from teduh.vault import units
from teduh.vault.models import Card, UnitKey
from teduh.vault.rules import LIST
from tests.bench.lists import BATCH, cards_like, spelled
from tests.factories import MemberFactory, TeamFactory

DAYS = 5 * 365
GOING_IN = 12  # 5 months of 60
EACH = 20  # cases that an officer walks with
TEAM = 20  # officers
BAND_WEIGHTS = (5, 20, 45, 30)  # in hundred cases, the highest risk first
STATES = {  # in hundred cases that go on
    "open": 10,
    "assessed": 10,
    "planned": 10,
    "in_service": 40,
    "referred": 5,
    "legal": 10,
    "monitoring": 15,
}
KEPT, RUNNING = ("risk_assessment", "rights_told", "plan"), ("review", "referral_follow_up")


class Office:
    """The office of one measurement; `first`: who walks with the first cases; `like`: her report."""

    def __init__(self, first: Member, like: Report, at: datetime) -> None:
        self.officers, self.like, self.at = [first], like, at
        self.day = local_day(at)
        self.card = Card.objects.get(subject=like.ticket.number)
        self.key = units.find(units.unit_of(like.ticket.number, LIST))
        self.chance = random.Random(4)
        self.numbers = count()

    def fill(self, size: int) -> None:
        """Add cases with all that lists read of them, until there are `size`."""
        while missing := size - Case.objects.count():
            self._add([next(self.numbers) for _n in range(min(BATCH, missing))])

    def _add(self, numbers: list[int]) -> None:
        self._hire(numbers[-1] // GOING_IN // EACH + 1)
        cases = Case.objects.bulk_create(self._case(n) for n in numbers)
        Crew.objects.bulk_create(
            Crew(case=one, member=one.manager, role="manager", since=one.opened_day)
            for one in cases
        )
        tickets = Ticket.objects.bulk_create(
            Ticket(
                number=spelled(n),
                auth="0" * 64,
                opened_day=one.opened_day,
                stage_day=one.opened_day,
                rights_version="1",
            )
            for n, one in zip(numbers, cases, strict=True)
        )
        reports = Report.objects.bulk_create(map(self._report, cases, tickets))
        Told.objects.bulk_create(
            Told(case=one, report=report, day=one.opened_day)
            for one, report in zip(cases, reports, strict=True)
        )
        cards_like(self.card, [one.code for one in cases], numbers)
        UnitKey.objects.bulk_create(
            UnitKey(unit=units.unit_of(one.code, LIST), key=self.key) for one in cases
        )
        going = [one for one in cases if not one.ended]
        Task.objects.bulk_create(
            Task(case=one, kind="call", who=one.manager, due=self.day + timedelta(days=n % 12 - 2))
            for n, one in enumerate(going)
        )
        Promise.objects.bulk_create(
            [self._kept(one, step) for one in cases for step in KEPT]
            + [self._running(one, step) for one in going for step in RUNNING]
        )

    def _hire(self, size: int) -> None:
        while len(self.officers) < size:
            if len(self.officers) % TEAM == 1:
                self.team = TeamFactory(agency=self.officers[0].agency, kind="hotline")
            hired = MemberFactory(role="officer", team=self.team, second_factor=False)
            self.officers.append(hired)

    def _case(self, n: int) -> Case:
        (urgency,) = self.chance.choices(range(4), BAND_WEIGHTS)
        case = Case(
            code=f"KSS-{n // 10_000:04d}-{n % 10_000:04d}",
            team_code=self.like.team_code,
            band=BANDS[urgency],
            urgency=urgency,
            manager=self.officers[n // GOING_IN // EACH],
        )
        if n % GOING_IN:
            opened = self.chance.randrange(200, DAYS)
            case.state, case.closed_for = "closed", "goals_met"
            case.closed_day = self.day - timedelta(days=opened - 150)
        else:
            opened = self.chance.randrange(150)
            (case.state,) = self.chance.choices([*STATES], STATES.values())
            case.contact_day = self.day - timedelta(days=self.chance.randrange(20))
        case.opened_day = self.day - timedelta(days=opened)
        return case

    def _report(self, case: Case, ticket: Ticket) -> Report:
        return Report(
            ticket=ticket,
            door="self",
            day=case.opened_day,
            origin=self.like.origin,
            team_code=case.team_code,
            danger="unsure",
            urgency=case.urgency,
            state="taken",
            handler=case.manager,
            case_code=case.code,
        )

    def _kept(self, case: Case, step: str) -> Promise:
        """Kept in time; one in seven of a case that goes on was late, this month, nobody said why."""
        if not case.ended and self.chance.random() < 0.15:
            met = self.at - timedelta(days=self.chance.uniform(0, 29))
            due = met - timedelta(hours=5)
            return self._promise(case, step, due, met_at=met, missed_at=due, asks_reason=True)
        due = self.at - (self.day - case.opened_day)
        return self._promise(case, step, due, met_at=due - timedelta(hours=5))

    def _running(self, case: Case, step: str) -> Promise:
        """A third is late, and of half of those somebody has heard; one in twenty waits."""
        hours = self.chance.choice(((-72, -1), (0, 2), (2, 24)))
        due = self.at + timedelta(hours=self.chance.uniform(*hours))
        if self.chance.random() < 0.05:
            return self._promise(case, step, due, paused_at=self.at, pause="asked")
        if due > self.at:
            return self._promise(case, step, due, next_at=due)
        heard = self.at if self.chance.random() < 0.5 else None
        return self._promise(case, step, due, missed_at=due, heard_at=heard, moment=4)

    def _promise(self, case: Case, step: str, due: datetime, **stands: object) -> Promise:
        return Promise(
            subject=case.code,
            team_code=case.team_code,
            book="penanganan",
            version="2026-1",
            step=step,
            band=case.band,
            owner=case.manager.code if case.manager else "",
            began_at=due - timedelta(hours=24),
            due_at=due,
            **stands,
        )
