"""Offices of one's own for tests of commands: databases and files that a test may break.

A test starts commands as an operator does, each in a process of its own; so does what has to be
read or written in between: `python -m tests.support.offices furnish | tell | forget TICKET | ...`.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.support import canary, shelf

HOUSE = Path(__file__).resolve().parents[2]
SECRET = "the-secret-of-an-office-in-a-test-0001"
TICKETS = ("TDH-0000-0001", "TDH-0000-0002", "TDH-0000-0003")
ROOMS = ("access", "chat", "directory", "intake", "outbox", "tickets", "vault")
FIRST_RELEASE = [("audit", "0002_rows_stay"), *((room, "0001_initial") for room in ROOMS)]
DATABASES = ("TEDUH_DATABASE_URL", "TEDUH_SHRED_DATABASE_URL")
STORY = "Kisah contoh untuk uji."
FILE_NAME, FILE_WORD = "kenari-nama-5521.txt", "kenari-isi-8846"
LARGE = f"{FILE_WORD} ".encode() * 75_000  # 1.2 MB; two pieces
CANARIES = (STORY, FILE_NAME, FILE_WORD)  # what no file of an office may hold


@dataclass(frozen=True)
class Office:
    """Where one office lives: its folder, its environment."""

    folder: Path
    environment: dict[str, str]

    def run(
        self, *line: str, told: str = "", seconds: int = 120
    ) -> "subprocess.CompletedProcess[str]":
        """A Python command in this office's surroundings."""
        return subprocess.run(
            [sys.executable, *line],
            cwd=HOUSE,
            env=self.surroundings(),
            input=told,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    @contextmanager
    def at_work(self, *line: str) -> Iterator["subprocess.Popen[str]"]:
        """One of the words below, while the test goes on."""
        with subprocess.Popen(
            [sys.executable, "-m", "tests.support.offices", *line],
            cwd=HOUSE,
            env=self.surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as started:
            yield started

    def surroundings(self) -> dict[str, str]:
        """The environment of this office's processes."""
        outer = {n: v for n, v in os.environ.items() if not n.startswith("TEDUH_")}
        return {**outer, "PYTHONPATH": f"{HOUSE}:{HOUSE / 'src'}", **self.environment}

    def manage(self, *line: str, told: str = "") -> str:
        """What a management command printed; fails the test when the command failed."""
        done = self.run("manage.py", *line, told=told)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *line: str) -> str:
        """What a management command complained about; fails the test when it did not."""
        done = self.run("manage.py", *line)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def ask(self, *line: str) -> Any:
        """What one of the words below answers."""
        done = self.run("-m", "tests.support.offices", *line)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout or "null")

    def leaks(self) -> list[str]:
        """What a report says and a file of this office holds: databases, journals, backups, files."""
        return canary.found((p for p in self.folder.rglob("*") if p.is_file()), CANARIES)

    def told(self, **settings: str) -> "Office":
        """The same office under other settings."""
        return replace(self, environment={**self.environment, **settings})


@contextmanager
def empty(*, like: Office | None = None) -> Iterator[Office]:
    """An office that does not exist yet: a folder and, on PostgreSQL, two empty databases.

    `like`: the office whose rows these databases hold.
    """
    folder = Path(tempfile.mkdtemp(prefix="teduh-office-"))
    environment = {
        "DJANGO_SETTINGS_MODULE": "teduh.config.settings",
        "TEDUH_VAR": str(folder / "var"),
        "TEDUH_SECRET": SECRET,
        "TEDUH_HOSTS": "teduh.contoh.invalid",
        "TEDUH_TLS": "1",
        "TEDUH_QUIET_HOURS": "",  # a test at night waits for no morning
    }
    try:
        with _databases(like) as addresses:
            yield Office(folder, {**environment, **addresses})
    finally:
        shutil.rmtree(folder)


@contextmanager
def copied(office: Office) -> Iterator[Office]:
    """The same office once more, so that a test may change it."""
    with empty(like=office) as twin:
        shutil.copytree(office.folder, twin.folder, dirs_exist_ok=True)
        yield twin.told(TEDUH_ROOT_PUBLIC=office.environment.get("TEDUH_ROOT_PUBLIC", ""))


@contextmanager
def furnished() -> Iterator[Office]:
    """An office with keys anybody can compute, and three reports with a file each."""
    from django.conf import settings

    folder = shelf.ready("furnished", _furnish)
    kept = json.loads((folder / "databases").read_text(encoding="utf-8"))
    root = {"TEDUH_ROOT_PUBLIC": settings.TEDUH_ROOT_PUBLIC}  # the demo's
    with copied(Office(folder / "office", {**kept, **root})) as twin:
        yield twin


def _furnish(folder: Path) -> None:
    """Databases on a server go with it."""
    from django.conf import settings

    with empty() as office:
        office.told(TEDUH_ROOT_PUBLIC=settings.TEDUH_ROOT_PUBLIC).ask("furnish")
        shutil.copytree(office.folder, folder / "office")
        kept = {}
        for setting in DATABASES:
            if setting in office.environment:
                name = f"office_{uuid.uuid4().hex}"
                _as_server(f"CREATE DATABASE {name} TEMPLATE {_name(office.environment[setting])}")
                kept[setting] = _address(name)
    (folder / "databases").write_text(json.dumps(kept), encoding="utf-8")


@contextmanager
def _databases(like: Office | None) -> Iterator[dict[str, str]]:
    if not os.environ.get("TEDUH_DATABASE_URL"):
        yield {}
        return
    names = {setting: f"office_{uuid.uuid4().hex}" for setting in DATABASES}
    for setting, name in names.items():
        template = f" TEMPLATE {_name(like.environment[setting])}" if like else ""
        _as_server(f"CREATE DATABASE {name}{template}")
    try:
        yield {setting: _address(name) for setting, name in names.items()}
    finally:
        for name in names.values():
            _as_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _address(name: str) -> str:
    front, mark, options = os.environ["TEDUH_DATABASE_URL"].partition("?")
    return f"{front.rpartition('/')[0]}/{name}{mark}{options}"


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def _as_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


# --- words, spoken inside an office's surroundings ------------------------------------------------


def furnish() -> None:
    """Migrate, make an office with keys, receive three reports."""
    from django.utils import timezone

    from teduh.config import demo as tables
    from teduh.lib.timing import local_day
    from teduh.vault import demo, office

    tables.lay_tables()
    people = ["melati", "seroja"]
    office.open_keys(
        teams={"asesmen": people},
        phrases={code: demo.phrase_of(code) for code in people},
        key_officers=people,
        seeds=demo.seed,
        day=local_day(timezone.now()),
    )
    for ticket in TICKETS:
        receive(ticket)


def staff() -> None:
    """A team that receives reports, and somebody on duty who hears of each."""
    from datetime import timedelta

    from django.utils import timezone

    from teduh.access import actions as access
    from teduh.lib.actors import COMMAND

    at = timezone.now()
    agency = access.open_agency(
        by=COMMAND, code="uptd", name="UPTD contoh", kind="office", area_code="21.72", at=at
    )
    team = access.open_team(
        by=COMMAND, code="asesmen", name="Tim contoh", kind="assessment", agency=agency, at=at
    )
    member = access.add_member(
        by=COMMAND,
        code="melati",
        email="melati@contoh.invalid",
        name="Contoh Melati",
        agency=agency,
        roles=("officer",),
        teams=[team],
        at=at,
    )
    ends = at + timedelta(days=7)
    access.plan_duty(by=COMMAND, team=team, member=member, starts=at, ends=ends, at=at)


def due(count: str, channel: str = "email") -> None:
    """So many messages that are to leave now."""
    from django.utils import timezone

    from teduh.lib.actors import COMMAND
    from teduh.outbox.actions import queue
    from teduh.outbox.words import Channel, Template

    for number in range(int(count)):
        to = f"contoh-{number}@contoh.invalid"
        way = Channel(channel)
        queue(by=COMMAND, to=to, template=Template.WORK, channel=way, at=timezone.now())


def deliver(minutes: str) -> None:
    """Send what is due so many minutes from now."""
    from datetime import timedelta

    from django.utils import timezone

    from teduh.outbox.actions import deliver_due

    sys.stdout.write(str(deliver_due(at=timezone.now() + timedelta(minutes=int(minutes)))))


def waiting() -> None:
    """How much the clock has still to do: messages, and keys of whoever is not a member."""
    from teduh.outbox.models import Message
    from teduh.vault.models import Keyring

    left = Keyring.objects.filter(member_code="seroja", withheld=None)
    sys.stdout.write(json.dumps(Message.objects.waiting().count() + left.count()))


def trail() -> None:
    """How often each verb stands in the trail."""
    from collections import Counter

    from teduh.audit.models import Row

    sys.stdout.write(json.dumps(Counter(Row.objects.values_list("verb", flat=True))))


def age() -> None:
    """Take the office back to the tables of the first release, with a list as it signed them."""
    from django.db import connections

    from tests.support import ageing

    _sign_as_before()
    for alias in ("default", "shred"):
        ageing.take_back(connections[alias], FIRST_RELEASE)


def _sign_as_before() -> None:
    """Members' keys were listed without their teams."""
    from teduh.vault import demo, manifest
    from teduh.vault.models import Manifest
    from teduh.vault.packages import compact

    row = Manifest.objects.get()
    said = json.loads(bytes(row.body))
    keys = [{k: v for k, v in key.items() if k != "teams"} for key in said["keys"]]
    row.body = compact({**said, "keys": keys})
    row.sig = manifest.sign(demo.seed("sign:melati"), row.body)
    row.save()


def counts() -> None:
    """Rows of each table as it stands, read without any model."""
    from django.db import connection

    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    sys.stdout.write(json.dumps(found))


def receive(ticket: str) -> None:
    """A report with a file of two pieces."""
    from django.utils import timezone

    from teduh.intake import actions
    from teduh.intake.answers import Answers
    from tests.vault import reports

    at = timezone.now()
    files = [(FILE_NAME, "text/plain", LARGE)]
    actions.receive(
        answers=Answers(door="self"),
        package=reports.sealed(ticket, files=files, at=at),
        rights_version="1",
        flood=False,
        at=at,
    )


def busy() -> None:
    """Receive reports until the parent closes the line, and say how many."""
    import select

    count = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        receive(f"TDH-1000-{count:04d}")
        count += 1
    sys.stdout.write(str(count))


def forget(ticket: str) -> None:
    """Destroy what opens a report."""
    from django.utils import timezone

    from teduh.lib.actors import COMMAND
    from teduh.vault import actions

    actions.forget(by=COMMAND, subject=ticket, at=timezone.now())


def share(ticket: str) -> None:
    """A grant of everything in a subject, of one wrap for each part, with a unit key."""
    from datetime import timedelta

    from django.utils import timezone

    from teduh.lib.timing import local_day
    from teduh.vault import units
    from teduh.vault.models import Compartment, Grant, GrantWrap

    at = timezone.now()
    grant = Grant.objects.create(
        name="A" * 22,
        subject=ticket,
        member_code="contoh",
        kid="anggota-contoh.00000000",
        comps="identity",
        consent="A" * 43,
        until=local_day(at) + timedelta(days=30),
        made_at=at,
        by="tanda-melati.00000000",
        body=b"{}",
        sig=b"",
    )
    for row in Compartment.objects.filter(subject=ticket):
        GrantWrap.objects.create(grant=grant, compartment=row, stored=b"contoh")
    units.make(units.of_grant(grant.name))


def shared() -> None:
    """How much is left of grants, and what lets nothing more be sealed into it."""
    from teduh.vault.models import Compartment, Grant, GrantWrap, UnitKey

    told = {
        "standing": Grant.objects.filter(ended_at__isnull=True).count(),
        "wraps": GrantWrap.objects.count(),
        "keys": UnitKey.objects.filter(unit__startswith="grant:").count(),
        "open": Compartment.objects.filter(granted__isnull=False, spent=False).count(),
        "spent": Compartment.objects.filter(spent=True).count(),
    }
    sys.stdout.write(json.dumps(told))


def tell() -> None:
    """Sums of each table's rows, and what each report says to who holds the team's key."""
    from django.apps import apps

    tables = {}
    for model in apps.get_models():
        rows = sorted(repr(_plain(row)) for row in model._base_manager.values_list())
        tables[model._meta.label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    from teduh.intake.models import Report

    numbers = Report.objects.values_list("ticket__number", flat=True)
    sys.stdout.write(json.dumps({"tables": tables, "says": {n: _opened(n) for n in numbers}}))


def standing() -> None:
    """What each report says, and whatever is half: rows without the others, files without a row."""
    from django.db.models import Count

    from teduh.intake.models import Report
    from teduh.lib import store
    from teduh.outbox.models import Message
    from teduh.tickets.models import Ticket
    from teduh.vault import rules
    from teduh.vault.models import Compartment, Envelope, ReporterKey

    tickets = set(Ticket.objects.values_list("number", flat=True))
    sealed = Compartment.objects.values("subject").annotate(parts=Count("id"))
    whole = {row["subject"] for row in sealed if row["parts"] == len(rules.NEW_REPORT)}
    rows = (
        set(Report.objects.values_list("ticket__number", flat=True)),
        {row["subject"] for row in sealed},
        whole,
        set(ReporterKey.objects.values_list("subject", flat=True)),
    )
    named = {
        store.piece_key(item, number)
        for item, pieces in Envelope.objects.filter(pieces__gt=0).values_list("item", "pieces")
        for number in range(pieces)
    }
    told = {
        "says": {number: _opened(number) for number in tickets},
        "halves": sorted(set().union(*(tickets ^ one for one in rows))),
        "strays": sorted(set(store.all_keys()) - named),
        "notices": Message.objects.filter(template="work").count(),
    }
    sys.stdout.write(json.dumps(told))


def a_day_later() -> None:
    """What the clock does tomorrow."""
    from datetime import timedelta

    from django.utils import timezone

    from teduh.vault.actions.arriving import clear_strays

    while clear_strays(at=timezone.now() + timedelta(days=1)):
        pass  # a hundred at a beat


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)


def _opened(ticket: str) -> str:
    """The story and the file's size; empty when no key opens them any more."""
    from teduh.lib import store
    from teduh.vault import demo, queries
    from teduh.vault.models import Envelope, ReporterKey
    from tests.vault import reports

    bundle = queries.office_bundle(ticket, {"asesmen"})
    if not bundle.compartments[0].wraps:
        return ""
    seed, signer = demo.seed("epoch:asesmen"), bytes(ReporterKey.objects.get(subject=ticket).tanda)
    story = reports.read(bundle, "intake.report.story", seed, signer)
    body = Envelope.objects.get(compartment__subject=ticket, what="intake.evidence.body")
    pieces = [store.get(store.piece_key(body.item, n)) for n in range(body.pieces)]
    assert sum(map(len, pieces)) == body.size
    return story


WORDS = (
    furnish, staff, due, deliver, waiting, trail, age, counts, receive, busy, forget, tell, standing,
    a_day_later, share, shared,
)  # fmt: skip


def main() -> None:
    """Speak one word."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.config.settings")
    django.setup()
    word, *rest = sys.argv[1:]
    words = {one.__name__: one for one in WORDS}
    words[word](*rest)  # type: ignore[operator]


if __name__ == "__main__":
    main()
