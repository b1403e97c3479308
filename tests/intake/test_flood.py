"""A flood is slowed for the flooder and marked; a report is never refused, nor anybody else's."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from teduh.intake import flood
from teduh.intake.models import Report
from teduh.lib import visitors
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, keys_for
from tests.intake.test_public import hidden

pytestmark = pytest.mark.django_db
FLOODER, NEIGHBOUR = "203.0.113.9", "203.0.113.10"
STORY = "Contoh cerita penanda-5520."
FREE = flood.reports.pace.free


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    keys_for(TeamFactory(code="asesmen"))
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def send(address: str, sent: dict[str, object] | None = None) -> object:
    """One report without script from this address."""
    client = Client(REMOTE_ADDR=address)
    page = client.get("/lapor/").content.decode()
    return client.post("/lapor/", {**hidden(page), "story": STORY, **(sent or {})})


def flooded(address: str = FLOODER) -> None:
    """Use up everything this address may send at once."""
    visitor = visitors.mark_of(address, AT.date())
    for _time in range(FREE):
        flood.reports.add(visitor, AT)


def again(answer: object) -> dict[str, str]:
    """What the page that asks to wait sends when its button is pressed again."""
    page = answer.content.decode()  # type: ignore[attr-defined]
    turn = re.findall(r'name="turn" value="([^"]+)"', page)[0]
    story = re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", page)[0]
    return {**hidden(page), "turn": turn, "story": story}


def test_a_turn_is_kept_when_the_clock_goes_back(clock: time_machine.Traveller) -> None:
    flooded()
    sent = again(send(FLOODER))
    clock.move_to(AT - timedelta(hours=1))
    assert Client(REMOTE_ADDR=FLOODER).post("/lapor/", sent).status_code == 303


def test_a_whole_class_may_report_within_an_hour() -> None:
    for _pupil in range(FREE):
        assert send(FLOODER).status_code == 303
    assert not Report.objects.filter(flood=True).exists()


def test_the_next_one_waits_a_little_with_all_that_was_typed_and_is_then_taken(
    clock: time_machine.Traveller,
) -> None:
    flooded()
    answer = send(FLOODER, {"files": SimpleUploadedFile("bukti.txt", b"Contoh bukti")})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 10
    assert STORY in page
    assert "Pilih berkas sekali lagi" in page
    assert not Report.objects.exists()
    clock.shift(timedelta(seconds=int(answer["Retry-After"])))
    done = Client(REMOTE_ADDR=FLOODER).post("/lapor/", again(answer))
    assert done.status_code == 303
    assert Report.objects.get().flood


def test_whoever_comes_too_early_waits_what_is_left_and_no_longer(
    clock: time_machine.Traveller,
) -> None:
    flooded()
    answer = send(FLOODER)
    wait, sent = int(answer["Retry-After"]), again(answer)
    clock.shift(timedelta(seconds=1))
    early = Client(REMOTE_ADDR=FLOODER).post("/lapor/", sent)
    assert (early.status_code, int(early["Retry-After"])) == (429, wait - 1)
    assert again(early) == sent


def test_nobody_else_notices() -> None:
    flooded()
    send(FLOODER)
    assert send(NEIGHBOUR).status_code == 303
    assert not Report.objects.get().flood


def test_a_turn_that_was_given_holds_whatever_the_same_address_sends_meanwhile(
    clock: time_machine.Traveller,
) -> None:
    flooded()
    hers = send(FLOODER)
    for _time in range(50):
        last = send(FLOODER)
    assert int(last["Retry-After"]) == flood.LONGEST
    clock.shift(timedelta(seconds=int(hers["Retry-After"])))
    assert Client(REMOTE_ADDR=FLOODER).post("/lapor/", again(hers)).status_code == 303


def test_after_a_quiet_hour_the_flood_is_forgotten(clock: time_machine.Traveller) -> None:
    flooded()
    for _time in range(200):
        flood.turn_of("TDH-0000-0000", "", visitors.mark_of(FLOODER, AT.date()), AT)
    clock.shift(timedelta(hours=1, minutes=3))
    assert send(FLOODER).status_code == 303
    assert not Report.objects.get().flood


@pytest.mark.parametrize(
    "spoil", [lambda turn: "", lambda turn: turn[:-1] + "x", lambda turn: "1.x"]
)
def test_a_turn_that_is_not_ours_is_worth_nothing(spoil: object) -> None:
    flooded()
    answer = send(FLOODER)
    sent = again(answer)
    sent["turn"] = spoil(sent["turn"])  # type: ignore[operator]
    assert Client(REMOTE_ADDR=FLOODER).post("/lapor/", sent).status_code == 429


def test_a_turn_is_for_one_ticket(clock: time_machine.Traveller) -> None:
    flooded()
    turn = again(send(FLOODER))["turn"]
    clock.shift(timedelta(minutes=1))
    assert send(FLOODER, {"turn": turn}).status_code == 429


def test_a_form_that_fails_is_not_counted() -> None:
    for _time in range(FREE + 5):
        assert send(FLOODER, {"story": ""}).status_code == 400
    assert send(FLOODER).status_code == 303


def test_no_address_is_kept_and_none_is_in_a_mark() -> None:
    flooded()
    send(FLOODER)
    send(NEIGHBOUR)
    kept = [str(row) for model in apps.get_models() for row in model._default_manager.values()]
    kept += [*flood.reports._even, str(visitors._daily)]
    assert [text for text in kept if "203.0.113" in text] == []


def test_the_desk_can_look_at_a_flood_alone_and_leave_it_out(
    clock: time_machine.Traveller,
) -> None:
    flooded()
    answer = send(FLOODER)
    clock.shift(timedelta(minutes=1))
    Client(REMOTE_ADDR=FLOODER).post("/lapor/", again(answer))
    send(NEIGHBOUR)
    marked, plain = (Report.objects.get(flood=value).ticket.number for value in (True, False))
    from teduh.access.models import Team

    desk = signed_in(Client(), MemberFactory(role="officer", team=Team.objects.get()))
    seen = {
        value: desk.get(f"/kantor/?banjir={value}").content.decode() for value in ("", "0", "1")
    }
    assert [(marked in page, plain in page) for page in seen.values()] == [
        (True, True),
        (False, True),
        (True, False),
    ]
