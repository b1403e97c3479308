"""What the first release kept is all there after an upgrade, on both kinds of database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support import offices
from tests.support.offices import STORY, TICKETS, Office

CERTIFICATES = (
    "import django; django.setup()\n"
    "from django.utils import timezone; from teduh.lib.timing import local_day\n"
    "from teduh.vault import keylist; from teduh.vault.models import Certificate\n"
    "day = local_day(timezone.now())\n"
    "print([c.member_code for c in Certificate.objects.all()], keylist.certificate('melati', day))"
)


@dataclass(frozen=True)
class Aged:
    """An office in the tables of the first release, and what a new one is made of."""

    office: Office
    new: dict[str, list[list[Any]]]


@pytest.fixture(scope="module")
def first_release() -> Iterator[Aged]:
    """An office with three reports."""
    with offices.furnished() as made:
        new = schema(made)
        made.ask("age")
        yield Aged(made, new)


@pytest.fixture
def old(first_release: Aged) -> Iterator[Office]:
    """A copy of it for one test."""
    with offices.copied(first_release.office) as twin:
        yield twin


def schema(office: Office) -> dict[str, list[list[Any]]]:
    """Tables, conditions, indexes, triggers by database."""
    said = office.run("-m", "tests.support.schema")
    assert said.returncode == 0, said.stderr
    found: dict[str, list[list[Any]]] = json.loads(said.stdout)
    return found


def test_nothing_is_lost_on_the_way_from_the_first_release(
    old: Office, first_release: Aged
) -> None:
    assert schema(old) != first_release.new
    before = old.ask("counts")
    assert not {"vault_card", "vault_certificate", "config_beat"} & set(before)
    said = old.manage("upgrade", "--without-backup")
    assert "applied vault.0002_lists" in said
    assert schema(old) == first_release.new  # a new office took the squashed way
    after = old.ask("counts")
    ours = {
        t: n for t, n in before.items() if t.startswith(("vault", "intake", "tickets", "audit"))
    }
    assert ours["vault_envelope"] >= 4 * len(TICKETS)
    assert {table: after[table] for table in ours} == ours
    assert old.ask("tell")["says"] == dict.fromkeys(TICKETS, STORY)
    old.ask("receive", "TDH-2000-0001")
    assert old.ask("tell")["says"]["TDH-2000-0001"] == STORY
    old.manage("verify_audit")
    assert old.leaks() == []
    # Whoever signed the newest list can sign the next one.
    assert old.run("-c", CERTIFICATES).stdout.strip() == "['melati'] melati"


def test_an_upgrade_asks_for_a_backup_of_the_last_day(old: Office) -> None:
    assert "No backup of the last 24 hours" in old.refused("upgrade")


@pytest.mark.long
def test_an_older_release_is_backed_up_and_restored_by_this_one(old: Office) -> None:
    house, keys = old.folder / "cadangan", old.folder / "kunci"
    old.manage("backup", str(house), "--shred", str(keys))
    with offices.empty() as place:
        fresh = place.told(TEDUH_ROOT_PUBLIC=old.environment["TEDUH_ROOT_PUBLIC"])
        fresh.manage("restore", str(house), "--shred", str(keys))
        assert fresh.ask("tell")["says"] == dict.fromkeys(TICKETS, STORY)
        assert "are those of this release" in fresh.manage("upgrade")
