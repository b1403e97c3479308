"""Messages leave as codes and links, and their addresses do not stay."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from pytest_django import Settings

from teduh.audit.models import Row
from teduh.lib.actors import CLOCK
from teduh.outbox import actions, queries
from teduh.outbox.models import Message
from teduh.outbox.rules import UnknownTemplate, next_try
from teduh.outbox.words import AT_ONCE, TEXTS, Channel, Template

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TO = "seseorang@contoh.invalid"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.TEDUH_VAR = tmp_path
    return tmp_path / "outbox"


def queued(**told: str) -> Message:
    return actions.queue(by=CLOCK, to=TO, template=Template.NEWS, at=AT, **told)


def test_a_message_leaves_with_the_neutral_text(folder: Path) -> None:
    queued()
    assert actions.deliver_due(at=AT) == 1
    (file,) = folder.iterdir()
    assert file.read_text() == f"To: {TO}\nSubject: Ada kabar\n\nAda kabar. Cek tiket Anda.\n"
    assert file.stat().st_mode & 0o077 == 0


def test_the_address_is_unreadable_in_the_database_and_erased_on_delivery() -> None:
    message = queued()
    assert TO.encode() not in bytes(message.address)
    actions.deliver_due(at=AT)
    message.refresh_from_db()
    assert bytes(message.address) == b""
    assert message.delivered_at == AT


def test_a_link_goes_along_and_is_erased_too(folder: Path) -> None:
    message = queued(link="https://contoh.invalid/x")
    assert b"contoh" not in bytes(message.link)
    actions.deliver_due(at=AT)
    message.refresh_from_db()
    assert bytes(message.link) == b""
    assert "https://contoh.invalid/x" in next(folder.iterdir()).read_text()


def test_nothing_leaves_twice(folder: Path) -> None:
    queued()
    actions.deliver_due(at=AT)
    assert actions.deliver_due(at=AT + timedelta(hours=1)) == 0
    assert len(list(folder.iterdir())) == 1


def test_the_same_text_to_the_same_address_waits_once(folder: Path) -> None:
    first = queued()
    assert queued() == first
    other = actions.queue(by=CLOCK, to=f"lain-{TO}", template=Template.NEWS, at=AT)
    another = actions.queue(by=CLOCK, to=TO, template=Template.WORK, at=AT)
    assert len({first.pk, other.pk, another.pk}) == 3
    assert actions.deliver_due(at=AT) == 3
    assert queued() != first, "what has left does not stand for what comes later"


def test_messages_with_links_never_stand_for_each_other() -> None:
    one, other = queued(link="https://contoh.invalid/1"), queued(link="https://contoh.invalid/2")
    assert one != other
    assert queued() not in (one, other)


def test_what_a_message_has_in_common_with_another_is_erased_with_its_address() -> None:
    message = queued()
    actions.deliver_due(at=AT)
    message.refresh_from_db()
    assert bytes(message.twin) == b""


def test_a_closed_way_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    queued()
    assert actions.deliver_due(at=AT) == 0
    (tmp_path / "outbox").unlink()
    assert actions.deliver_due(at=AT + timedelta(seconds=30)) == 0
    assert actions.deliver_due(at=AT + timedelta(minutes=1)) == 1


def test_a_message_of_before_the_clock_went_back_leaves_now(folder: Path) -> None:
    queued()
    assert actions.deliver_due(at=AT - timedelta(days=31)) == 1
    assert len(list(folder.iterdir())) == 1


def test_after_24_hours_in_vain_the_address_is_erased(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    message = queued()
    actions.deliver_due(at=AT + timedelta(hours=23))
    message.refresh_from_db()
    assert bytes(message.address) != b""
    actions.deliver_due(at=AT + timedelta(hours=24))
    message.refresh_from_db()
    assert bytes(message.address) == b""
    assert message.given_up_at == AT + timedelta(hours=24)
    assert queries.waiting() == 0


def test_an_unknown_text_is_refused() -> None:
    with pytest.raises(UnknownTemplate):
        actions.queue(by=CLOCK, to=TO, template="her story", at=AT)
    assert not Message.objects.exists()


def test_queueing_and_delivery_are_in_the_trail_without_the_address() -> None:
    queued()
    actions.deliver_due(at=AT)
    rows = Row.objects.filter(verb__startswith="message.")
    assert {row.verb for row in rows} == {"message.queued", "message.delivered"}
    assert not any("contoh" in row.detail + row.subject for row in rows)


def test_the_database_keeps_no_address_of_a_delivered_message() -> None:
    message = queued()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_message SET delivered_at = queued_at WHERE id = %s", [message.pk]
        )


# Words that tell somebody who looks over a shoulder what this is about, or who writes.
TELLING = """ppa uptd dp3 simfoni sapa teduh dinas pemko unit kantor layanan-perempuan
    kekerasan korban penyintas pelaku terlapor pelapor lapor laporan kasus aduan pengaduan
    perempuan anak istri suami ibu kdrt seksual pelecehan perkosa visum polisi hukum pidana
    bahaya darurat ancaman aman konselor psikolog pendamping rumah tdh
    violence victim survivor abuse report case police danger unsafe woman women child rape"""


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("template", Template)
def test_no_text_has_a_telling_word(template: Template, language: str) -> None:
    with translation.override(language):
        said = f"{TEXTS[template].subject} {TEXTS[template].body}".lower()
    words = set(re.findall(r"[a-z0-9]+", said))
    assert words & set(TELLING.split()) == set()
    assert not any(word.startswith("tdh") or (len(word) > 3 and word.isdigit()) for word in words)


def test_what_a_reporter_is_told_is_one_sentence_and_no_more() -> None:
    assert str(TEXTS[Template.NEWS].body) == "Ada kabar. Cek tiket Anda."  # sealing.md 12


# --- quiet hours and danger ------------------------------------------------------------------------

NIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 22.00 in the city
MORNING = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)  # 05.00


def test_what_can_wait_leaves_when_the_quiet_hours_end(folder: Path) -> None:
    actions.queue(by=CLOCK, to=TO, template=Template.NEWS, at=NIGHT)
    assert actions.deliver_due(at=NIGHT) == 0
    assert actions.deliver_due(at=MORNING - timedelta(seconds=1)) == 0
    assert queries.stuck(MORNING, longer_than=timedelta(minutes=15)) == 0
    assert actions.deliver_due(at=MORNING) == 1


def test_danger_rings_in_quiet_hours_and_takes_its_twin_along(folder: Path) -> None:
    waits = actions.queue(by=CLOCK, to=TO, template=Template.WORK, at=NIGHT)
    later = NIGHT + timedelta(hours=1)
    assert actions.deliver_due(at=later) == 0
    same = actions.queue(by=CLOCK, to=TO, template=Template.WORK, danger=True, at=later)
    assert (same, same.danger) == (waits, True)
    assert actions.deliver_due(at=later) == 1
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("template", sorted(AT_ONCE))
def test_what_answers_something_done_just_now_leaves_at_once(template: str, folder: Path) -> None:
    actions.queue(by=CLOCK, to=TO, template=template, at=NIGHT)
    assert actions.deliver_due(at=NIGHT) == 1


def test_a_house_without_quiet_hours_sends_by_night(folder: Path, settings: Settings) -> None:
    settings.TEDUH_QUIET_HOURS = None
    actions.queue(by=CLOCK, to=TO, template=Template.NEWS, at=NIGHT)
    assert actions.deliver_due(at=NIGHT) == 1


def test_danger_is_sent_before_what_is_older(folder: Path) -> None:
    queued()
    urgent = actions.queue(by=CLOCK, to="a@contoh.invalid", template="work", danger=True, at=AT)
    assert queries.due(AT, Channel.EMAIL)[0] == urgent


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (4, 8), (30, 60)])
def test_waits_double_up_to_an_hour(tries: int, minutes: int) -> None:
    assert next_try(at=AT, tries=tries) == AT + timedelta(minutes=minutes)
