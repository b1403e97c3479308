"""A report is received whole or not at all; each step of triage is told, written down, undone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from pytest_django import DjangoAssertNumQueries

from teduh.access.models import Duty, Member, Team
from teduh.access.rules import Forbidden
from teduh.audit import actions as audit
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.intake import actions, rules
from teduh.intake.actions import triage
from teduh.intake.answers import Answers
from teduh.intake.models import Coded, Report, Step
from teduh.intake.words import State
from teduh.outbox.models import Message
from teduh.tickets.models import Ticket
from teduh.tickets.words import NextStep, Stage
from teduh.vault.models import Compartment, Envelope, UnitKey, Wrap
from teduh.vault.packages import SealedPackage
from teduh.vault.rules import Refused
from tests.factories import MemberFactory
from tests.factories.reports import AT, CODE, message_of, received, sealed_report

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def receive(package: SealedPackage, **answers: Any) -> Report:
    return actions.receive(
        answers=Answers(**{"door": "self", **answers}),
        package=package,
        rights_version="2026-01-01",
        flood=False,
        at=AT,
    )


def verbs(subject: str) -> list[str]:
    rows = Row.objects.filter(subject=subject).order_by("number")
    return list(rows.values_list("verb", flat=True))


def kept() -> dict[str, int]:
    tables = (Report, Ticket, Coded, Compartment, Wrap, Envelope, UnitKey, Message, Row)
    return {model.__name__: model._default_manager.count() for model in tables}


# --- receiving -------------------------------------------------------------------------------------


def test_a_report_is_kept_with_its_ticket_and_its_sealed_parts(team: Team) -> None:
    package = sealed_report(team, written={"intake.report.story": "Contoh cerita."})
    report = receive(
        package,
        danger="unsafe",
        age_band="13-17",
        several={"kinds": ("physical", "physical", "online"), "needs": ("medical",)},
    )
    assert report.ticket.number == package.ticket
    assert (report.team_code, report.origin, report.state) == ("asesmen", "server", State.NEW)
    assert (report.urgency, report.child, report.day) == (0, True, AT.date())
    assert set(report.coded.values_list("question", "code")) == {
        ("kinds", "physical"),
        ("kinds", "online"),
        ("needs", "medical"),
    }
    sealed = Envelope.objects.filter(compartment__subject=package.ticket)
    assert set(sealed.values_list("what", flat=True)) == {
        "intake.report.story",
        "chat.thread.hello",
    }
    assert not any(b"Contoh cerita" in bytes(one.ct) for one in sealed)


def test_receiving_is_written_down_by_ticket_only(team: Team) -> None:
    report = receive(sealed_report(team))
    assert verbs(report.ticket.number) == [
        "ticket.opened",
        "vault.kept",
        "report.received",
        "promise.made",
    ]
    assert audit.verify() is None


@pytest.mark.parametrize(("door", "own"), [("self", True), ("young", True), ("other", False)])
def test_only_a_survivors_own_report_makes_a_ticket_of_her_own(
    team: Team, door: str, *, own: bool
) -> None:
    assert receive(sealed_report(team), door=door).ticket.own is own


def test_whoever_is_on_duty_gets_word_without_content(team: Team, officer: Member) -> None:
    hour = timedelta(hours=1)
    Duty.objects.create(team=team, member=officer, starts=AT - hour, ends=AT + hour)
    report = receive(sealed_report(team))
    message = Message.objects.get()
    written = " ".join(str(value) for value in vars(message).values())
    assert report.ticket.number not in written


def test_a_report_asks_little_of_the_database(
    team: Team, officer: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    hour = timedelta(hours=1)
    Duty.objects.create(team=team, member=officer, starts=AT - hour, ends=AT + hour)
    receive(sealed_report(team))
    package = sealed_report(team)
    with django_assert_max_num_queries(31):  # those that begin and end a transaction, too
        receive(package, danger="unsafe", several={"kinds": ("physical",)})
    lines = list(Row.objects.order_by("number").values_list("verb", flat=True))
    assert lines[-4:] == ["ticket.opened", "vault.kept", "report.received", "promise.made"]


def test_the_same_report_again_gives_the_one_that_is_kept(team: Team) -> None:
    package = sealed_report(team)
    first, before = receive(package), kept()
    again = receive(sealed_report(team, ticket=package.ticket, code=CODE))
    assert again.pk == first.pk
    assert kept() == before


def test_a_ticket_of_somebody_else_is_never_given_away(team: Team) -> None:
    report = receive(sealed_report(team))
    before = kept()
    with pytest.raises(rules.TicketTaken):
        receive(sealed_report(team, ticket=report.ticket.number, code=CODE + 1))
    assert kept() == before


def test_nothing_is_kept_of_a_report_the_vault_refuses(team: Team) -> None:
    package, before = sealed_report(team), kept()
    with pytest.raises(Refused):
        receive(replace(package, compartments=package.compartments[1:]))
    assert kept() == before


def test_nothing_is_kept_when_a_later_step_fails(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept()

    def fail(**_told: object) -> NoReturn:
        raise OSError

    monkeypatch.setattr(triage, "tell_duty", fail)
    with pytest.raises(OSError):  # noqa: PT011  any will do
        receive(sealed_report(team), several={"kinds": ("physical",)})
    # Unit keys are durable before their rows, in their own database: one left alone opens nothing.
    assert {**kept(), "UnitKey": 0} == {**before, "UnitKey": 0}


def test_many_reports_of_others_never_refuse_one(team: Team) -> None:
    for _number in range(5):
        received(team)
    assert Report.objects.count() == 5


# --- triage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "stage", "step"),
    [
        (State.TAKEN, Stage.REVIEW, NextStep.ASSESS),
        (State.ASKED, Stage.REVIEW, NextStep.ANSWER),
        (State.PASSED, Stage.PASSED_ON, NextStep.PARTNER),
        (State.DUPLICATE, Stage.REVIEW, NextStep.ASSESS),
        (State.GUIDED, Stage.DONE, NextStep.ELSEWHERE),
    ],
)
def test_each_step_is_told_to_the_reporter_and_written_down(
    team: Team, officer: Member, to: State, stage: Stage, step: NextStep
) -> None:
    report = received(team)
    actions.move(by=officer, report=report, to=to, at=LATER, reason="polres")
    fresh = Report.objects.get(pk=report.pk)
    assert fresh.state == to
    assert (fresh.ticket.stage, fresh.ticket.next_step) == (stage, step)
    assert list(fresh.steps.values_list("to", "member__code")) == [(to, officer.code)]
    assert verbs(fresh.ticket.number)[-3:] == ["promise.met", f"report.{to}", "ticket.told"]
    assert Row.objects.get(verb=f"report.{to}").by_code == officer.code


def test_guidance_is_told_only_where_the_office_has_written(team: Team, officer: Member) -> None:
    report = received(team)
    item = message_of(report, officer, "Contoh arahan.")
    chat.answer(by=officer, ticket=report.ticket, items=[item], at=LATER)
    actions.move(by=officer, report=report, to=State.GUIDED, at=LATER)
    fresh = Report.objects.get(pk=report.pk)
    assert (fresh.ticket.stage, fresh.ticket.next_step) == (Stage.DONE, NextStep.GUIDED)


def test_who_takes_a_report_handles_it(team: Team, officer: Member) -> None:
    report = received(team)
    actions.move(by=officer, report=report, to=State.TAKEN, at=LATER)
    assert Report.objects.get(pk=report.pk).handler == officer


def test_taking_a_report_back_takes_it_from_the_other_agency(team: Team, officer: Member) -> None:
    report = received(team)
    actions.move(by=officer, report=report, to=State.PASSED, at=LATER, reason="polres")
    assert Report.objects.get(pk=report.pk).passed_to == "polres"
    actions.move(by=officer, report=report, to=State.TAKEN, at=LATER)
    assert Report.objects.get(pk=report.pk).passed_to == ""


@pytest.mark.parametrize(
    "role", ["counsellor", "auditor", "city_it", "head", "partner_officer", ""]
)
def test_without_the_right_no_report_moves(team: Team, role: str) -> None:
    report, member = received(team), MemberFactory(role=role, team=team)
    before = kept()
    with pytest.raises(Forbidden):
        actions.move(by=member, report=report, to=State.TAKEN, at=LATER)
    assert Report.objects.get(pk=report.pk).state == State.NEW
    assert kept() == before


def test_a_move_the_table_does_not_know_changes_nothing(team: Team, officer: Member) -> None:
    report = received(team)
    actions.move(by=officer, report=report, to=State.GUIDED, at=LATER)
    before = kept()
    with pytest.raises(rules.WrongMove):
        actions.move(by=officer, report=report, to=State.PASSED, at=LATER)
    assert Report.objects.get(pk=report.pk).state == State.GUIDED
    assert kept() == before


def test_what_a_page_knew_of_the_report_does_not_count(team: Team, officer: Member) -> None:
    report = received(team)
    stale = Report.objects.get(pk=report.pk)
    actions.move(by=officer, report=report, to=State.GUIDED, at=LATER)
    with pytest.raises(rules.WrongMove):
        actions.move(by=officer, report=stale, to=State.ASKED, at=LATER)


def test_a_step_that_cannot_be_told_is_not_taken(
    team: Team, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = received(team)
    before = kept()

    def fail(**_told: object) -> NoReturn:
        raise OSError

    monkeypatch.setattr(triage.tickets, "tell", fail)
    with pytest.raises(OSError):  # noqa: PT011  any will do
        actions.move(by=officer, report=report, to=State.TAKEN, at=LATER)
    assert Report.objects.get(pk=report.pk).state == State.NEW
    assert not Step.objects.exists()
    assert kept() == before


def test_a_duplicate_points_at_the_other_report_and_keeps_its_own_ticket(
    team: Team, officer: Member
) -> None:
    first, second = received(team), received(team)
    actions.link_duplicate(by=officer, report=second, other=first, at=LATER)
    fresh = Report.objects.get(pk=second.pk)
    assert (fresh.state, fresh.same_as) == (State.DUPLICATE, first)
    assert fresh.ticket.number != first.ticket.number
    assert Report.objects.get(pk=first.pk).state == State.NEW


def test_a_report_is_never_its_own_duplicate(team: Team, officer: Member) -> None:
    report = received(team)
    with pytest.raises(rules.WrongMove):
        actions.link_duplicate(by=officer, report=report, other=report, at=LATER)
    assert Report.objects.get(pk=report.pk).state == State.NEW
