"""Many people report at once: everybody gets a ticket, nobody an error."""

import sqlite3
from collections.abc import Iterator

import pytest

from tests.bench import sending
from tests.support.server import Office, office

SEE_OTHER = 303


@pytest.fixture(scope="module")
def crowded() -> Iterator[Office]:
    """An office of its own, behind a proxy that tells the senders apart."""
    with office("--empty", environment={"TEDUH_PROXIES": "1"}) as server:
        yield server


def stored(server: Office) -> tuple[int, int, int]:
    """Reports, different tickets, and sealed stories in the database."""
    with sqlite3.connect(server.folder / "teduh.sqlite3") as rows:
        asked = (
            "SELECT count(*) FROM intake_report",
            "SELECT count(DISTINCT number) FROM tickets_ticket",
            "SELECT count(*) FROM vault_envelope WHERE what = 'intake.report.story'",
        )
        reports, tickets, stories = (rows.execute(one).fetchone()[0] for one in asked)
    return int(reports), int(tickets), int(stories)


def crowd(server: Office, clients: int, each: int) -> None:
    """So many senders, each with so many reports, all at the same time."""
    before = stored(server)
    bodies = [sending.form_without_script() for _number in range(clients * each)]
    sent = sending.send(
        server.url, "/lapor/", bodies, clients, lambda status, _text: status == SEE_OTHER
    )
    assert sent.errors == []
    assert [after - old for after, old in zip(stored(server), before, strict=True)] == [
        clients * each
    ] * 3


def test_eight_people_at_once_are_all_heard(crowded: Office) -> None:
    crowd(crowded, 8, 4)


@pytest.mark.long
def test_eight_hundred_reports_of_sixteen_senders_are_all_kept(crowded: Office) -> None:
    crowd(crowded, 16, 50)
