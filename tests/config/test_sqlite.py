"""Writers wait in line, also those of other processes, and nobody leaves it holding the turn."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import OperationalError
from pytest_django import DjangoDbBlocker

from teduh.config.sqlite import base, journal
from teduh.config.sqlite.base import DatabaseWrapper
from teduh.config.sqlite.line import Line
from tests.support.server import HOUSE


def wrapper(path: Path) -> DatabaseWrapper:
    """A connection of its own to this file, as a thread of the server has it."""
    return DatabaseWrapper(
        {
            "NAME": str(path),
            "ENGINE": "teduh.config.sqlite",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0.2},
            "ATOMIC_REQUESTS": False,
            "AUTOCOMMIT": True,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False,
            "TIME_ZONE": None,
            "USER": "",
            "PASSWORD": "",
            "HOST": "",
            "PORT": "",
            "TEST": {},
        },
        alias="line",
    )


@pytest.fixture
def path(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A file with one table, and leave to open it outside the databases of the tests."""
    made = tmp_path / "line.sqlite3"
    with sqlite3.connect(made) as plain:
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute("CREATE TABLE n (v INTEGER)")
    with django_db_blocker.unblock():
        yield made


def write(connection: DatabaseWrapper, seconds: float = 0.0) -> None:
    """One writing transaction that takes a while."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        connection.cursor().execute("INSERT INTO n VALUES (1)")
        time.sleep(seconds)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.set_autocommit(True)


def test_thirty_writers_all_get_their_turn(path: Path) -> None:
    """SQLite itself would give up after 0.2 s here; the line does not."""
    failed: list[BaseException] = []

    def run() -> None:
        connection = wrapper(path)
        connection.inc_thread_sharing()
        try:
            for _turn in range(5):
                write(connection, 0.01)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT count(*) FROM n").fetchone() == (150,)


@pytest.mark.parametrize("leave", ["rollback", "close"])
def test_who_fails_or_goes_away_gives_the_turn_back(path: Path, leave: str) -> None:
    first, second = wrapper(path), wrapper(path)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.cursor().execute("INSERT INTO n VALUES (1)")
    getattr(first, leave)()
    write(second)
    for connection in (first, second):
        connection.close()
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT count(*) FROM n").fetchone() == (1,)


def test_waiting_has_an_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "LONGEST", 0.05)
    first, second = wrapper(path), wrapper(path)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError, match="locked"):
        write(second)
    first.rollback()
    write(second)
    for connection in (first, second):
        connection.close()


HOLD = """
import sys, time
from teduh.config.sqlite.line import Line
from tests.support.server import HOUSE
line = Line(sys.argv[1])
assert line.take(5)
print("held", flush=True)
sys.stdin.readline()
line.leave()
sys.stdin.readline()
"""


@contextmanager
def somebody_else(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the turn until it is told to leave."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        env={**os.environ, "PYTHONPATH": str(HOUSE / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def test_another_process_that_writes_is_waited_for(path: Path) -> None:
    line = Line(str(path))
    with somebody_else(path) as other:
        assert not line.take(0.05)
        assert other.stdin
        print(file=other.stdin, flush=True)
        assert line.take(5)
    line.leave()


def test_a_process_that_dies_takes_no_turn_with_it(path: Path) -> None:
    line = Line(str(path))
    with somebody_else(path) as other:
        assert not line.take(0.05)
        os.kill(other.pid, signal.SIGKILL)
        assert line.take(5)
    line.leave()


def test_without_a_file_to_wait_by_nothing_is_written(tmp_path: Path, path: Path) -> None:
    (tmp_path / "line.sqlite3-line").mkdir()
    connection = wrapper(path)
    with pytest.raises(OperationalError, match="unable to open"):
        write(connection)
    (tmp_path / "line.sqlite3-line").rmdir()
    write(connection)
    connection.close()


def test_whoever_does_not_stand_in_line_is_waited_for_by_sqlite_itself(path: Path) -> None:
    plain: Any = sqlite3.connect(path, isolation_level=None)
    plain.execute("BEGIN IMMEDIATE")
    connection = wrapper(path)
    with pytest.raises(OperationalError, match="locked"):
        write(connection)
    plain.execute("COMMIT")
    write(connection)
    connection.close()
    plain.close()


def test_the_journal_is_emptied_while_connections_stay_open(path: Path) -> None:
    beside = path.with_name(path.name + "-wal")
    with closing(sqlite3.connect(path)) as held:
        held.execute("SELECT * FROM n").fetchall()
        write(one := wrapper(path))
        one.close()
        assert b"\0" in beside.read_bytes()
        journal.move_into_the_file(path)
        assert beside.read_bytes() == b""


def test_nobody_waits_for_a_reader_who_keeps_the_journal(path: Path) -> None:
    write(wrapper(path))
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM n").fetchall()
        write(wrapper(path))
        begun = time.monotonic()
        journal.move_into_the_file(path)
        write(wrapper(path))
        assert time.monotonic() - begun < 5
