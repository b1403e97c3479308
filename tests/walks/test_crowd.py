"""Many people report at once: everybody gets a ticket, nobody an error."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from tests.bench import sending
from tests.support import postgres
from tests.support.server import Office, office, ready_made

SEE_OTHER = 303
COUNTED = (
    "SELECT count(*) FROM intake_report",
    "SELECT count(DISTINCT number) FROM tickets_ticket",
    "SELECT count(*) FROM vault_envelope WHERE what = 'intake.report.story'",
)


@dataclass(frozen=True)
class Crowded:
    """An office, and a way into its first database."""

    office: Office
    connect: Callable[[], sqlite3.Connection | psycopg.Connection]

    def stored(self) -> list[int]:
        """Reports, different tickets, and sealed stories."""
        with closing(self.connect()) as rows:
            cursor = rows.cursor()
            return [int(cursor.execute(one).fetchone()[0]) for one in COUNTED]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest) -> Iterator[Crowded]:
    """An office of its own, behind a proxy that tells the senders apart."""
    with (on_sqlite if request.param == "sqlite" else on_postgresql)() as made:
        yield made


@contextmanager
def on_sqlite() -> Iterator[Crowded]:
    """One process, many threads."""
    with office(
        "--empty", environment={"TEDUH_PROXIES": "1"}, like=ready_made("--empty")
    ) as server:
        yield Crowded(server, lambda: sqlite3.connect(server.folder / "teduh.sqlite3"))


@contextmanager
def on_postgresql() -> Iterator[Crowded]:
    """Two processes."""
    with postgres.running() as at:
        told = {"TEDUH_DATABASE_URL": at.house, "TEDUH_SHRED_DATABASE_URL": at.shred}
        with office("--empty", environment={"TEDUH_PROXIES": "1", **told}) as server:
            yield Crowded(server, lambda: psycopg.connect(at.house))


def crowd(crowded: Crowded, clients: int, each: int) -> None:
    """So many senders, each with so many reports, all at the same time."""
    before, server = crowded.stored(), crowded.office
    bodies = [sending.form_without_script() for _number in range(clients * each)]
    sent = sending.send(
        server.url, "/lapor/", bodies, clients, lambda status, _text: status == SEE_OTHER
    )
    assert sent.errors == []
    assert [after - old for after, old in zip(crowded.stored(), before, strict=True)] == [
        clients * each
    ] * 3


def test_eight_people_at_once_are_all_heard(crowded: Crowded) -> None:
    crowd(crowded, 8, 4)


@pytest.mark.long
def test_eight_hundred_reports_of_sixteen_senders_are_all_kept(crowded: Crowded) -> None:
    crowd(crowded, 16, 50)
