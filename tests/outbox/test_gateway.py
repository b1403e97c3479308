"""A message to a telephone: signed, sent once, tried again, given up; and the address is nowhere."""

import datetime as dt
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.apps import apps
from pytest_django import Settings

from teduh.audit.models import Row
from teduh.lib.actors import CLOCK
from teduh.outbox import actions, gateway
from teduh.outbox.gateway import Gateway
from teduh.outbox.models import Message
from teduh.outbox.rules import NotDelivered, Refused
from teduh.outbox.words import Channel, End, Template
from tests.support import gateway as support
from tests.support.gateway import KEY, FakeGateway

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TO = "+628123456789"

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]


@pytest.fixture
def phones(settings: Settings) -> Iterator[FakeGateway]:
    """A gateway for SMS that is well."""
    with support.running() as listening:
        settings.TEDUH_GATEWAYS = {"sms": Gateway(listening.url, KEY.encode())}
        listening.at(AT)
        yield listening


def queued(to: str = TO) -> Message:
    channel = Channel.SMS
    return actions.queue(by=CLOCK, to=to, template=Template.NEWS, channel=channel, at=AT)


def hand_over(url: str, *, key: str = "k1", secret: str = KEY) -> None:
    way = Gateway(url, secret.encode())
    gateway.send(way, way="sms", key=key, to=TO, text="Ada kabar.", at=AT)


# --- the line --------------------------------------------------------------------------------------


def test_a_message_leaves_signed_with_the_neutral_text_alone(phones: FakeGateway) -> None:
    message = queued()
    assert actions.deliver_due(at=AT) == 1
    assert phones.sent == [
        {"v": 1, "id": message.key, "way": "sms", "to": TO, "text": "Ada kabar. Cek tiket Anda."}
    ]
    assert phones.refused == []


def test_the_same_key_again_is_not_sent_again(phones: FakeGateway) -> None:
    hand_over(phones.url)
    hand_over(phones.url)
    assert (len(phones.sent), phones.asked) == (1, ["k1", "k1"])


@pytest.mark.parametrize("mood", ["busy", "lies", "echo-less", "elsewhere", "huge", "hangs up"])
def test_what_does_not_answer_as_agreed_has_taken_nothing(phones: FakeGateway, mood: str) -> None:
    phones.mood = mood
    with pytest.raises(NotDelivered):
        hand_over(phones.url)
    assert phones.elsewhere == 0, "no answer leads to another address"


def test_a_gateway_may_say_never(phones: FakeGateway) -> None:
    phones.mood = "never"
    with pytest.raises(Refused):
        hand_over(phones.url)


def test_a_request_under_another_key_or_of_another_hour_is_not_believed(
    phones: FakeGateway,
) -> None:
    with pytest.raises(NotDelivered):
        hand_over(phones.url, secret="another-key-of-thirty-two-characters")
    phones.at(AT + timedelta(minutes=6))
    with pytest.raises(NotDelivered):
        hand_over(phones.url)
    assert (phones.refused, phones.sent) == (["signature", "time"], [])


def test_a_line_that_drips_is_hung_up(phones: FakeGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "SECONDS", 0.4)
    phones.mood, began = "drips", time.monotonic()
    with pytest.raises(NotDelivered):
        hand_over(phones.url)
    assert time.monotonic() - began < 3


def test_only_a_gateway_that_proves_its_name_is_told_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = certificate(tmp_path)
    with support.running(proof) as listening:
        listening.at(AT)
        with pytest.raises(NotDelivered):
            hand_over(listening.url)
        assert (listening.sent, listening.refused) == ([], [])
        monkeypatch.setenv("SSL_CERT_FILE", str(proof))
        with pytest.raises(NotDelivered):
            hand_over(listening.url.replace("localhost", "127.0.0.1"))
        hand_over(listening.url)
        assert len(listening.sent) == 1


def certificate(folder: Path) -> Path:
    """A certificate of localhost that signs itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)  # noqa: TID251  TLS asks
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "localhost.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


# --- the queue -------------------------------------------------------------------------------------


def test_a_gateway_that_broke_off_after_sending_sends_nothing_twice(phones: FakeGateway) -> None:
    message = queued()
    phones.mood = "hangs up"
    assert actions.deliver_due(at=AT) == 0
    phones.mood = "well"
    phones.at(AT + MINUTE)
    assert actions.deliver_due(at=AT + MINUTE) == 1
    assert phones.asked == [message.key] * 2
    assert len(phones.sent) == 1


def test_a_message_the_gateway_refuses_is_given_up_at_once_and_said(phones: FakeGateway) -> None:
    phones.mood, message = "never", queued()
    assert actions.deliver_due(at=AT) == 0
    message.refresh_from_db()
    assert (message.given_up_at, message.ended) == (AT, End.REFUSED)
    assert bytes(message.address) == b""
    row = Row.objects.get(verb="message.given_up")
    assert row.detail == '{"why":"refused"}'


def test_a_closed_gateway_is_tried_twenty_times_in_growing_pauses(
    phones: FakeGateway, settings: Settings
) -> None:
    settings.TEDUH_QUIET_HOURS = None
    phones.mood, message = "busy", queued()
    now, tries = AT, []
    while not message.given_up_at:
        phones.at(now)
        actions.deliver_due(at=now)
        tries.append(round((now - AT) / MINUTE))
        message.refresh_from_db()
        now = message.due_at
    assert tries[:8] == [0, 1, 3, 7, 15, 31, 63, 123]
    assert (len(tries), message.tries, message.ended) == (20, 20, End.TRIES)
    assert message.given_up_at - AT < timedelta(hours=15)


def test_a_closed_way_is_tried_once_a_beat_and_stops_no_other(
    phones: FakeGateway, settings: Settings, tmp_path: Path
) -> None:
    settings.TEDUH_VAR = tmp_path
    phones.mood = "busy"
    for number in range(4):
        queued(f"+62812345678{number}0")
    actions.queue(by=CLOCK, to="a@contoh.invalid", template=Template.WORK, at=AT)
    assert actions.deliver_due(at=AT) == 1
    assert sorted(Message.objects.filter(channel="sms").values_list("tries", flat=True)) == [
        *(0, 0, 0),
        1,
    ]


def test_a_slow_gateway_leaves_the_clock_its_time(
    phones: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "SHARE", 0.0)
    queued()
    queued("+628123456780")
    assert [actions.deliver_due(at=AT) for _beat in range(3)] == [1, 1, 0]


def test_a_way_this_house_does_not_have_is_given_up(settings: Settings) -> None:
    settings.TEDUH_DEMO = False
    message = queued()
    actions.deliver_due(at=AT)
    message.refresh_from_db()
    assert message.ended == End.REFUSED


def test_an_address_of_another_server_secret_stops_no_other(
    phones: FakeGateway, settings: Settings
) -> None:
    old = queued()
    settings.TEDUH_SERVER_SECRET = b"another secret of this server 01"
    queued()
    assert actions.deliver_due(at=AT) == 1
    old.refresh_from_db()
    assert old.ended == End.UNREADABLE


def test_no_table_holds_the_address_while_it_waits_or_afterwards(phones: FakeGateway) -> None:
    queued()
    assert TO not in everything()
    actions.deliver_due(at=AT)
    assert TO not in everything()
    assert phones.sent[0]["to"] == TO


def everything() -> str:
    """Every value of every table, as text."""
    rows = [row for model in apps.get_models() for row in model._base_manager.values_list()]
    plain = [bytes(v) if isinstance(v, memoryview) else v for row in rows for v in row]
    assert plain
    return " ".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in plain)
