"""Forty days of one case on a frozen clock, from the report to its reopening, with its tickets.

The same way in the browser is tests/walks/test_forty_days.py (scripts/test --long); here every action is
called at its time.
"""

from datetime import datetime, timedelta

import pytest

from teduh.access.models import Duty
from teduh.access.rules import Forbidden
from teduh.cases import actions, queries, rules
from teduh.cases.actions import legal, recovery
from teduh.cases.actions.rights import tell_all_rights
from teduh.cases.models import Case, Goal
from teduh.cases.words import ClosureReason, GoalState, ReopenReason, State, VisumStatus
from teduh.chat import actions as chat
from teduh.intake.models import Report
from teduh.sop import actions as sop
from teduh.sop.models import Miss, Promise
from teduh.tickets.models import Ticket
from teduh.vault import demo
from tests.factories import MemberFactory
from tests.factories.cases import (
    AT,
    CaseOffice,
    a_goal,
    a_report,
    assessed,
    case_office,
    new_case,
    sealed_item,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Days:
    """The office, and a clock that beats every three hours while the days go by."""

    def __init__(self, office: CaseOffice) -> None:
        self.office, self.now = office, AT

    def until(self, moment: datetime) -> datetime:
        """Let the time pass."""
        while self.now < moment:
            self.now = min(self.now + 3 * HOUR, moment)
            sop.tick(at=self.now)
        return moment


def stage(report: Report) -> tuple[str, str]:
    """What the holder of the ticket reads: stage and next step."""
    ticket = Ticket.objects.get(pk=report.ticket_id)
    return ticket.stage, ticket.next_step


def promise(case: Case, step: str) -> Promise:
    """The newest promise of a step."""
    return Promise.objects.filter(subject=case.code, step=step).latest("id")


def holds(case: Case) -> bool:
    """Whether her recovery holds."""
    rows = queries.reviews_of(case)
    return rules.sustained(
        [rules.Reviewed(one.band, one.agreed, one.reached, one.rating) for one in rows]
    )


@pytest.fixture
def days() -> Days:
    """An office with a head and somebody on duty."""
    office = case_office()
    MemberFactory(role="head", agency=office.team.agency)
    Duty.objects.create(team=office.team, member=office.melati, starts=AT, ends=AT + 50 * DAY)
    return Days(office)


def test_forty_days_of_one_case(days: Days) -> None:
    office, by = days.office, days.office.melati
    report = a_report(office.team, danger="unsure")
    assert stage(report) == ("received", "read")

    # Day 0: somebody answers her, a case is opened, its risk assessed: high.
    hello = demo.seal_answer(
        ticket=report.ticket.number,
        team=office.team.code,
        member="melati",
        text="Sudah kami baca.",
        seq=1,
        at=AT,
    )
    at = days.until(AT + HOUR / 2)
    chat.answer(by=by, ticket=report.ticket, items=[hello], at=at)
    at = days.until(AT + HOUR)
    facts = actions.IncidentFacts("physical", day=AT.date())
    case = actions.open_case(by=by, new=new_case(office, report, incident=facts), at=at)
    assert stage(report) == ("review", "assess")
    assessed(office, case, at=days.until(AT + 3 * HOUR), computed="high")
    assert stage(report) == ("review", "plan")
    assert promise(case, "risk_assessment").missed_at is None
    tell_all_rights(by=by, case=case, at=days.until(AT + 4 * HOUR))
    legal.visum(by=by, case=case, to=VisumStatus.OFFERED, at=at)

    # The examination does not come: missed after a day, three rungs, each once, then heard.
    days.until(AT + 49 * HOUR)
    row = promise(case, "visum_examination")
    assert row.missed_at == AT + 24 * HOUR
    assert list(Miss.objects.filter(promise=row).values_list("moment", flat=True)) == [1, 2, 3, 4]
    sop.hear(by=office.supervisor, promise=row, at=days.now)
    at = days.until(AT + 52 * HOUR)
    legal.visum(by=by, case=case, to=VisumStatus.EXAMINED, at=at)
    row = promise(case, "visum_examination")
    assert row.met_at == at
    assert Miss.objects.filter(promise=row).count() == 4

    # Day 3: a plan with her, agreed; services begin.
    at = days.until(AT + 3 * DAY)
    wishes = [sealed_item(case, "cases.plan.wishes", '{"hopes":"Contoh: tenang."}', at)]
    facts_of_plan = actions.PlanFacts()
    actions.keep_plan(by=by, case=case, facts=facts_of_plan, items=wishes, seen=0, at=at)
    goal = a_goal(office, case)
    actions.agree_plan(by=by, case=case, at=at)
    assert stage(report) == ("preparing", "prepare")
    actions.move(by=by, case=case, to=State.IN_SERVICE, at=days.until(AT + 4 * DAY))
    assert stage(report) == ("running", "service")

    # Reviews until it holds: the risk is low, the goal reached, and she says so.
    assessed(office, case, at=days.until(AT + 10 * DAY), computed="low", score="1")
    actions.set_goal(by=by, goal=Goal.objects.get(pk=goal.pk), state=GoalState.REACHED, at=days.now)
    recovery.review(by=by, case=case, rating=3, items=[], at=days.until(AT + 12 * DAY))
    assert not holds(case)
    recovery.review(by=by, case=case, rating=4, items=[], at=days.until(AT + 26 * DAY))
    assert holds(case)
    actions.move(by=by, case=case, to=State.MONITORING, at=days.now)
    assert stage(report) == ("monitoring", "review")

    # Day 38: closed by two hands; nothing that is still promised is forgotten.
    at = days.until(AT + 38 * DAY)
    note = [sealed_item(case, "cases.closure.note", "Contoh: ia baik-baik saja.", at)]
    asked = {"by": by, "case": case, "reason": ClosureReason.GOALS_MET, "items": note, "at": at}
    with pytest.raises(rules.NotReady, match="promises"):
        recovery.ask_closure(**asked)  # the conference of a high risk was never held
    actions.hold_conference(by=by, case=case, at=at)
    recovery.ask_closure(**asked)
    with pytest.raises(Forbidden):
        recovery.approve_closure(by=by, case=case, at=at)
    recovery.approve_closure(by=office.supervisor, case=case, at=at)
    assert stage(report) == ("done", "return")
    assert not Promise.objects.running().filter(subject=case.code).exists()

    # Day 40: she comes back; risk is promised anew.
    recovery.reopen(by=by, case=case, reason=next(iter(ReopenReason)), at=days.until(AT + 40 * DAY))
    assert stage(report) == ("running", "service")
    assert promise(case, "risk_assessment").met_at is None
    reached = list(report.ticket.reached.values_list("stage", flat=True))
    expected = ["received", "review", "preparing", "running", "monitoring", "done", "running"]
    assert reached == expected
