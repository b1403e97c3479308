"""A clock that goes back, and two clocks at once: reports come in, nothing is done twice."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from teduh.audit import actions as audit
from teduh.intake.models import Report
from tests.factories import TeamFactory
from tests.factories.reports import AT, keys_for
from tests.intake.test_public import hidden, saved
from tests.support import gateway, offices
from tests.support.offices import Office

MESSAGES, SECONDS = 40, 60
BACK = pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=31)])


@BACK
@pytest.mark.django_db
def test_a_report_written_across_the_jump_arrives_and_its_ticket_opens(back: timedelta) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        keys_for(TeamFactory(code="asesmen"))
        client = Client()
        before = hidden(client.get("/lapor/").content.decode())
        client.post("/lapor/", {**hidden(client.get("/lapor/").content.decode()), "story": "Satu."})
        clock.move_to(AT - back)
        sent = client.post("/lapor/", {**before, "story": "Contoh cerita."})
        assert sent.status_code == 303
        ticket, code = saved(client)
        assert ticket == before["ticket"]
        shown = client.post("/status/", {"ticket": ticket, "code": code}, follow=True)
        assert shown.status_code == 200
        assert ticket in shown.content.decode()
    assert Report.objects.count() == 2
    assert audit.verify() is None


@BACK
@pytest.mark.django_db
def test_a_browser_is_told_a_day_on_which_the_list_holds(back: timedelta) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        keys_for(TeamFactory(code="asesmen"))
        clock.move_to(AT - back)
        told = Client().get("/kunci/").json()
    assert told["day"] >= "2026-11-01"  # the list's first day
    assert told["teams"]


@pytest.fixture
def office() -> Iterator[Office]:
    """An office with messages that are due, and somebody who has left with keys."""
    with offices.furnished() as made:
        made.ask("staff")
        made.ask("due", str(MESSAGES))
        yield made


@contextmanager
def clock(office: Office) -> Iterator["subprocess.Popen[str]"]:
    """The service, ended politely."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "clock"],
        cwd=offices.HOUSE,
        env=office.surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        yield started


def test_two_clocks_do_everything_once_and_complain_of_nothing(office: Office) -> None:
    with ExitStack() as several:
        clocks = [several.enter_context(clock(office)) for _n in range(2)]
        last = time.monotonic() + SECONDS
        while office.ask("waiting") and time.monotonic() < last:
            time.sleep(0.2)
        for one in clocks:
            one.terminate()
        said = [one.communicate(timeout=30)[1] for one in clocks]
    assert said == ["", ""]
    assert len(list((office.folder / "var" / "outbox").iterdir())) == MESSAGES
    told = office.ask("trail")
    assert told["message.delivered"] == MESSAGES
    assert told["vault.keys_taken"] == 1
    assert told["vault.team_key_taken"] == 1
    assert " rows, head " in office.manage("verify_audit")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_clock_killed_while_it_sends_leaves_nothing_unsent_and_sends_nothing_twice() -> None:
    with gateway.running() as phones, offices.empty() as made:
        office = made.told(TEDUH_SMS_URL=phones.url, TEDUH_SMS_KEY=gateway.KEY)
        office.manage("upgrade")
        office.ask("due", "3", "sms")
        phones.mood = "holds"
        with office.at_work("deliver", "0") as killed:
            assert phones.held.wait(SECONDS)
            killed.kill()
        phones.mood = "well"
        with ExitStack() as several:  # two at once, after the pause of the one that was cut off
            both = [several.enter_context(office.at_work("deliver", "2")) for _n in range(2)]
            told = [int(one.communicate(timeout=SECONDS)[0]) for one in both]
        assert sum(told) == 3
        assert office.ask("trail")["message.delivered"] == 3
    assert len({one["id"] for one in phones.sent}) == len(phones.sent) == 3
    assert len(phones.asked) == 4, "the one that was cut off was asked for twice, under one key"
    assert phones.refused == []
