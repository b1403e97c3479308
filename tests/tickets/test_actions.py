"""A ticket is opened once, told where things stand, and left alone when its holder says so."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from teduh.audit.models import Row
from teduh.lib.actors import ANONYMOUS, COMMAND, reporter
from teduh.tickets import actions, queries
from teduh.tickets.models import Ticket
from teduh.tickets.words import NextStep, Stage
from tests.factories.reports import AT, ticket_number

pytestmark = pytest.mark.django_db
AUTH = b"a" * 32


def opened(*, own: bool = True, number: str = "") -> Ticket:
    return actions.open_ticket(
        by=ANONYMOUS,
        number=number or ticket_number(),
        auth=AUTH,
        own=own,
        rights_version="2026-01-01",
        at=AT,
    )


def verbs(subject: str) -> list[str]:
    return list(
        Row.objects.filter(subject=subject).order_by("number").values_list("verb", flat=True)
    )


def test_a_ticket_begins_as_received_and_keeps_no_token() -> None:
    ticket = opened()
    assert (ticket.stage, ticket.next_step) == (Stage.RECEIVED, NextStep.READ)
    assert [step.stage for step in queries.way(ticket)] == [Stage.RECEIVED]
    assert AUTH.hex() not in ticket.auth
    assert verbs(ticket.number) == ["ticket.opened"]


def test_the_day_of_a_ticket_is_the_day_in_the_city() -> None:
    late = AT.replace(hour=18)  # 01.00 of the next day in Jakarta
    ticket = actions.open_ticket(
        by=ANONYMOUS, number=ticket_number(), auth=AUTH, own=True, rights_version="1", at=late
    )
    assert ticket.opened_day == date(2026, 11, 25)


def test_a_number_is_opened_once_and_a_refusal_leaves_no_line() -> None:
    ticket = opened()
    with pytest.raises(IntegrityError):
        opened(number=ticket.number)
    assert Ticket.objects.count() == 1
    assert verbs(ticket.number) == ["ticket.opened"]


def test_only_the_right_token_opens_it() -> None:
    ticket = opened()
    assert queries.opened_by(ticket.number, AUTH) == ticket
    assert queries.opened_by(ticket.number, b"b" * 32) is None
    assert queries.opened_by(ticket_number(), AUTH) is None
    assert queries.opened_by(ticket.number, b"") is None


def test_telling_a_stage_sets_the_day_and_the_next_step() -> None:
    ticket, later = opened(), AT + timedelta(days=2)
    actions.tell(by=COMMAND, ticket=ticket, stage=Stage.REVIEW, next_step=NextStep.ASSESS, at=later)
    fresh = Ticket.objects.get(pk=ticket.pk)
    assert (fresh.stage, fresh.next_step, fresh.stage_day) == (
        Stage.REVIEW,
        NextStep.ASSESS,
        later.date(),
    )
    assert [step.stage for step in queries.way(fresh)] == [Stage.RECEIVED, Stage.REVIEW]
    assert verbs(ticket.number) == ["ticket.opened", "ticket.told"]


def test_telling_the_same_stage_again_changes_the_step_and_not_the_day() -> None:
    ticket = opened()
    for days, step in ((1, NextStep.ASSESS), (5, NextStep.ANSWER)):
        at = AT + timedelta(days=days)
        actions.tell(by=COMMAND, ticket=ticket, stage=Stage.REVIEW, next_step=step, at=at)
    fresh = Ticket.objects.get(pk=ticket.pk)
    assert fresh.next_step == NextStep.ANSWER
    assert fresh.stage_day == (AT + timedelta(days=1)).date()
    assert len(queries.way(fresh)) == 2


def test_somebody_elses_ticket_shows_a_shorter_way() -> None:
    ticket = opened(own=False)
    for stage in (Stage.PASSED_ON, Stage.REVIEW, Stage.PREPARING, Stage.RUNNING, Stage.DONE):
        actions.tell(by=COMMAND, ticket=ticket, stage=stage, next_step=NextStep.RETURN, at=AT)
    assert [step.stage for step in queries.way(ticket)] == [
        Stage.RECEIVED,
        Stage.REVIEW,
        Stage.PREPARING,
    ]


def test_her_wish_to_be_left_alone_is_kept_and_can_be_taken_back() -> None:
    ticket = opened()
    hers = reporter(ticket.number)
    actions.ask_quiet(by=hers, ticket=ticket, quiet=True, at=AT)
    assert Ticket.objects.get(pk=ticket.pk).quiet_since == AT.date()
    actions.ask_quiet(by=hers, ticket=ticket, quiet=False, at=AT)
    assert Ticket.objects.get(pk=ticket.pk).quiet_since is None
    assert verbs(ticket.number) == ["ticket.opened", "ticket.quiet", "ticket.reachable"]
