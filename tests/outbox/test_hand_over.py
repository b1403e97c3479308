"""Word to a reporter: only by a way there is, said once, withdrawn when she says so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from teduh.audit.models import Row
from teduh.lib.actors import Actor, ActorKind
from teduh.outbox import actions, queries
from teduh.outbox.models import Message
from teduh.outbox.rules import NoWay, UnknownTemplate, WrongAddress
from teduh.outbox.secrets import decrypt
from teduh.outbox.words import Channel, End, Template
from tests.outbox.test_gateway import everything

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OFFICER, TICKET = Actor(ActorKind.MEMBER, "melati"), "TDH-7K2M-9QXR"


def hand_over(
    address: str = "0812 3456 789",
    way: Channel = Channel.WHATSAPP,
    template: Template = Template.NEWS,
    at: datetime = AT,
) -> Message:
    return actions.hand_over(
        by=OFFICER, address=address, way=way, ticket=TICKET, template=template, at=at
    )


def verbs() -> list[str]:
    rows = Row.objects.filter(subject=TICKET, verb__startswith="message.").order_by("number")
    return [row.verb for row in rows]


def test_an_address_is_kept_encrypted_and_the_trail_tells_the_way_alone() -> None:
    message = hand_over()
    assert decrypt(bytes(message.address)) == "+628123456789"
    row = Row.objects.get(verb="message.handed_over")
    assert (row.subject, row.by_code, row.detail) == (TICKET, "melati", '{"way":"whatsapp"}')
    assert "8123456789" not in everything()
    actions.deliver_due(at=AT)
    assert verbs() == ["message.handed_over", "message.delivered"]
    assert "8123456789" not in everything()


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"address": "malam saja"}, WrongAddress),
        ({"address": "a@contoh.invalid"}, WrongAddress),
        ({"way": Channel.EMAIL}, WrongAddress),
        ({"template": Template.WORK}, UnknownTemplate),
    ],
)
def test_what_cannot_leave_is_refused(told: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        hand_over(**told)  # type: ignore[arg-type]
    assert not Message.objects.exists()
    assert verbs() == []


def test_a_house_without_the_way_takes_no_address(settings: Settings) -> None:
    settings.TEDUH_DEMO = False
    for way, address in ((Channel.WHATSAPP, "08123456789"), (Channel.EMAIL, "a@contoh.invalid")):
        with pytest.raises(NoWay):  # e-mail too: as a file it would lie there in clear
            hand_over(address, way)
    assert not Message.objects.exists()


def test_what_was_not_committed_is_not_there() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        hand_over()
        _ = 1 / 0
    assert not Message.objects.exists()
    assert verbs() == []


def test_the_same_word_waits_once_and_another_address_takes_its_place() -> None:
    first = hand_over()
    assert hand_over() == first
    second = hand_over("0812 9999 999")
    first.refresh_from_db()
    assert (first.ended, bytes(first.address)) == (End.WITHDRAWN, b"")
    assert queries.waiting() == 1
    assert queries.told(TICKET) == second


def test_what_is_withdrawn_never_leaves_and_alarms_nobody() -> None:
    hand_over()
    assert actions.withdraw(by=OFFICER, ticket=TICKET, at=AT) == 1
    assert actions.withdraw(by=OFFICER, ticket="", at=AT) == 0
    assert actions.deliver_due(at=AT) == 0
    assert not queries.given_up(AT, within=timedelta(days=3)).exists()
    assert verbs() == ["message.handed_over", "message.given_up"]


def test_an_address_that_waited_a_day_in_vain_is_erased() -> None:
    message = hand_over()
    actions.forget_old(at=AT + timedelta(hours=24))
    message.refresh_from_db()
    assert (bytes(message.address), message.ended) == (b"", End.OLD)
