"""The demo city: the same every time, in every state, and never by accident."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.cases.models import Case
from teduh.chat.models import Conversation, Message
from teduh.conferences.models import AgendaItem, Conference, Decision
from teduh.config import demo, demo_cases, demo_conferences, demo_records, demo_reports, demo_talks
from teduh.intake.models import Addition, Report
from teduh.intake.words import State
from teduh.records.models import Breach, DataRequest
from teduh.sop.models import Promise
from teduh.vault.models import Card, Envelope, Keyring

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FEW = 12
MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
pytestmark = pytest.mark.django_db


def standing() -> list[tuple[Any, ...]]:
    """What anybody sees of each report, in order."""
    rows = Report.objects.order_by("pk")
    return list(
        rows.values_list(
            "ticket__number", "state", "danger", "door", "day", "area_code", "handler__code"
        )
    )


def seeded_and_forgotten(count: int) -> list[tuple[Any, ...]]:
    """The reports that a seeding makes, undone again."""
    with transaction.atomic():
        demo_reports.seed(count, AT)
        seen = standing()
        transaction.set_rollback(True)
    return seen


@pytest.mark.long
def test_the_demo_is_a_whole_city_of_fourteen_months() -> None:
    demo.load()
    demo_reports.seed(demo_reports.REPORTS, AT)
    demo_cases.seed(AT)
    reports = Report.objects.all()
    assert reports.count() >= 190
    assert reports.earliest("day").day < (AT - timedelta(days=400)).date()
    assert Counter(reports.values_list("state", flat=True)).keys() == set(State.values)
    assert Envelope.objects.filter(what="intake.evidence.body").count() >= 20
    assert Message.objects.count() >= 150
    assert Card.objects.count() >= 150
    assert_cases(least=15, states=5)


def test_a_small_demo_has_something_of_everything() -> None:
    demo.load()
    demo_reports.seed(60, AT)
    demo_cases.seed(AT)
    for _again in range(2):
        demo_records.seed(AT)
        demo_talks.seed(AT)
        demo_conferences.seed(AT)
    assert Conference.objects.filter(state="held").count() == 1
    assert Decision.objects.open().filter(due__lt=AT).exists()
    assert AgendaItem.objects.filter(conference__state="planned").exists()
    talks = Conversation.objects.filter(ended_day__isnull=True, waiting_since__isnull=False)
    assert talks.count() >= 2
    assert Addition.objects.filter(with_message__isnull=False).count() == 1
    assert not Report.objects.filter(door="ask").exclude(channel="chat").exists()
    assert Breach.objects.count() == 1
    assert set(DataRequest.objects.values_list("outcome", flat=True)) >= {""}
    states = set(Report.objects.values_list("state", flat=True))
    assert {State.NEW, State.TAKEN, State.CASE} <= states
    assert Envelope.objects.filter(what="intake.evidence.body").exists()
    assert Member.objects.filter(active=True).count() == 14
    assert Keyring.objects.count() == 14
    assert Agency.objects.count() == 6
    assert not Agency.objects.filter(members=None).exists()
    assert_cases(least=5, states=3)
    assert {"open", "transferred"} <= set(Case.objects.values_list("state", flat=True))


def assert_cases(*, least: int, states: int) -> None:
    """Cases in several states and bands, with promises kept and missed."""
    cases = Case.objects.all()
    assert cases.count() >= least
    assert len(set(cases.values_list("state", flat=True))) >= states
    assert len(set(cases.values_list("band", flat=True))) >= 2
    promises = Promise.objects.filter(subject__startswith="KSS-")
    assert promises.filter(met_at__isnull=False, missed_at__isnull=True).exists()
    assert promises.filter(missed_at__isnull=False).exists()


def test_the_same_seed_makes_the_same_reports_and_more_come_on_top() -> None:
    told = demo.load()
    assert "Penyelia, Pejabat kunci" in told
    assert demo.load() == told  # a second start changes nothing
    first = seeded_and_forgotten(FEW)
    assert len(first) == FEW
    assert seeded_and_forgotten(FEW) == first
    demo_reports.seed(2, AT)
    demo_reports.seed(3, AT)
    assert len({row[0] for row in standing()}) == 5


@pytest.mark.enable_socket
def test_a_taken_port_is_said_before_anything_is_done() -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken; choose another"):
            call_command("demo", "--port", str(port))
    assert not Member.objects.exists()


def test_more_reports_are_made_in_a_folder_that_holds_nothing_yet(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    kept = {name: said for name, said in os.environ.items() if not name.startswith("TEDUH_")}
    line = [sys.executable, str(MANAGE), "seed_demo", "--reports", "2"]
    own = {**kept, "TEDUH_DEMO": "1", "TEDUH_VAR": str(folder)}
    done = subprocess.run(line, env=own, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "2 reports made\n"), done.stderr
    with closing(sqlite3.connect(folder / "teduh.sqlite3")) as rows:
        assert rows.execute("SELECT count(*) FROM intake_report").fetchone() == (2,)


@pytest.mark.parametrize("command", ["demo", "seed_demo"])
def test_a_real_house_never_becomes_a_demo(settings: Any, command: str) -> None:
    settings.TEDUH_DEMO = False
    with pytest.raises(CommandError, match="demo"):
        call_command(command)
    assert not Member.objects.exists()
