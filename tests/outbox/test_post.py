"""Letters by SMTP: one name for each try, and an address that does not exist is given up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from teduh.lib.actors import CLOCK
from teduh.outbox import actions
from teduh.outbox.models import Message
from teduh.outbox.words import End, Template
from tests.support import post as support
from tests.support.post import FakePost

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TO = "seseorang@contoh.invalid"

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture
def post(settings: Settings) -> Iterator[FakePost]:
    """A mail server that is well."""
    with support.running() as listening:
        settings.TEDUH_SMTP_URL = listening.url
        settings.DEFAULT_FROM_EMAIL = "Teduh <kabar@kota.contoh.invalid>"
        yield listening


def queued() -> Message:
    return actions.queue(by=CLOCK, to=TO, template=Template.NEWS, at=AT)


def test_a_letter_leaves_with_the_neutral_text_and_a_name_of_its_own(post: FakePost) -> None:
    message = queued()
    assert actions.deliver_due(at=AT) == 1
    (letter,) = post.letters
    assert (letter["To"], letter["Subject"]) == (TO, "Ada kabar")
    assert letter["From"] == "Teduh <kabar@kota.contoh.invalid>"
    assert letter["Message-ID"] == f"<{message.key}@kota.contoh.invalid>"
    assert letter.get_payload(decode=True).strip() == b"Ada kabar. Cek tiket Anda."


@pytest.mark.parametrize(("said", "ended"), [(b"550 nobody", End.REFUSED), (b"451 later", "")])
def test_nobody_there_is_given_up_and_a_full_box_tried_again(
    post: FakePost, said: bytes, ended: str
) -> None:
    post.to_whom, message = said, queued()
    assert actions.deliver_due(at=AT) == 0
    message.refresh_from_db()
    assert message.ended == ended
    post.to_whom = b"250 well"
    assert actions.deliver_due(at=AT + timedelta(minutes=1)) == (not ended)
