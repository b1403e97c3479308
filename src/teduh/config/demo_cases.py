"""Fictional cases out of the demo's reports, in every state, their clocks kept and missed."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from teduh.cases.words import State
from teduh.config.demo_deeds import Deeds
from teduh.intake.models import Report
from teduh.intake.words import State as ReportState
from teduh.sop import actions as sop
from teduh.sop.queries import of_subject

SHARE = 3  # of the reports in hand, one in three became a case
STAYS: dict[
    str, int
] = {  # where the newest cases stand, the very newest first, and hours since they were opened
    State.OPEN: 20,
    State.ASSESSED: 40,
    State.PLANNED: 90,
    State.LEGAL: 0,
    State.REFERRED: 0,
    State.REOPENED: 0,
    State.TRANSFERRED: 0,
}
LONG = 24 * 400  # hours: longer than any demo
LONG_AGO = timedelta(days=90)  # what is older than this has ended
GAP = {"extreme": 0.9, "high": 2.7, "medium": 13, "low": 28}  # days between two reviews, in time
Act = Callable[["_Walk", datetime], None]


def seed(at: datetime) -> None:
    """Open cases out of reports in hand that have none, and let each go as far as its time allows."""
    dice = random.Random(59)  # noqa: S311  the same demo everywhere, nothing secret
    rows = Report.objects.filter(state=ReportState.TAKEN, told_in__isnull=True).order_by("pk")
    newest_first = list(reversed(rows))[::SHARE]
    stays = [*STAYS, *([""] * len(newest_first))]
    for report, state in reversed(list(zip(newest_first, stays, strict=False))):
        with transaction.atomic():
            _Walk(dice, report, at, state).go()


class _Walk(Deeds):
    """The way of one case, step by step, each at its time, with the clock beating in between."""

    @property
    def begun(self) -> datetime:
        """When the first promise of the report began."""
        promises = of_subject(self.report.ticket.number)
        return promises[0].began_at if promises else self.now

    def go(self) -> None:
        """From the opening to where chance and time end it."""
        self.moment = self.begun
        for hours, act in self._way():
            self.moment += timedelta(hours=hours)
            if self.moment >= self.now:
                return
            sop.tick(at=self.moment)  # what was promised sooner was missed
            act(self, self.moment)

    def _until(self, hours: float) -> float:
        """Hours from where it stands to so many before now."""
        return (self.now - self.moment) / timedelta(hours=1) - hours

    def _way(self) -> Iterator[tuple[float, Act]]:
        dice = self.dice
        yield max(dice.uniform(2, 22), self._until(STAYS.get(self.stays, 0) or LONG)), _Walk.open
        if self.bodily:
            yield dice.choice((0.5, 1, 3)), _Walk.visum
        if self.stays == State.OPEN:  # nobody has got round to it: the board shows it
            return
        yield dice.choice((1, 3, 5, 30)), _Walk.assess
        if self.stays == State.ASSESSED:
            return
        if dice.random() < 0.7:
            yield 1, _Walk.share
        yield dice.choice((4, 10, 40)), _Walk.plan
        if self.stays != State.PLANNED:
            yield from self._served()

    def _served(self) -> Iterator[tuple[float, Act]]:
        dice = self.dice
        yield 24, _Walk.serve
        if self.bodily:
            yield from self._with_the_law()
        yield 24 * dice.choice((3, 6, 9, 16)), _Walk.confer
        if self.stays == State.TRANSFERRED:  # she moves to another city
            yield 24, _Walk.send
            yield 48, _Walk.received
            return
        if self.stays in {State.LEGAL, State.REFERRED}:
            yield 24, _Walk.elsewhere
            yield from self._asked_again_and_again()
        if self.begun > self.now - LONG_AGO and dice.random() < 0.4:
            yield from self._asked_again_and_again()
        yield 24 * dice.randint(5, 20), _Walk.watch
        yield 24 * dice.randint(2, 10), _Walk.ask_how_she_is
        yield 24 * dice.randint(10, 28), _Walk.ask_how_she_is
        if self.begun > self.now - LONG_AGO and dice.random() < 0.4:
            yield from self._asked_again_and_again()
        yield 24 * dice.randint(1, 10), _Walk.end
        if self.stays == State.REOPENED:
            yield self._until(20), _Walk.again
        elif dice.random() < 0.15:
            yield 24 * dice.randint(10, 40), _Walk.again
            yield from self._once_more()

    def _with_the_law(self) -> Iterator[tuple[float, Act]]:
        yield 30, self.dice.choice((_Walk.law, _Walk.wait_with_the_law))
        if self.case.protections.exists():
            yield self.dice.choice((10, 20, 60)), _Walk.ask_for_longer
            yield 24 * 10, _Walk.protection_over

    def _once_more(self) -> Iterator[tuple[float, Act]]:
        """What a case that was opened again is promised anew, and its second end."""
        yield self.dice.choice((2, 5)), _Walk.assess
        yield self.dice.choice((4, 10)), _Walk.agree
        yield 24, _Walk.serve
        if self.begun > self.now - LONG_AGO:
            yield from self._asked_again_and_again()
        yield 24 * 6, _Walk.watch
        for days in (3, 12):
            yield 24 * days, _Walk.ask_how_she_is
        yield 24 * 4, _Walk.end

    def _asked_again_and_again(self) -> Iterator[tuple[float, Act]]:
        while True:  # until today; now and then one is late
            gap = GAP.get(self.case.band, GAP["low"])
            yield 24 * gap * self.dice.choice((0.8, 0.9, 1, 1, 1.4)), _Walk.ask_how_she_is
