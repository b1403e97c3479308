"""A backup is whole or not there; a restore gives everything back but what was forgotten."""

import base64
import hashlib
import json
import stat
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from teduh.config import backup, generations, rules
from teduh.config.generations import NotABackup
from teduh.config.rules import Kind
from tests.support import offices
from tests.support.offices import SECRET, STORY, TICKETS, Office

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
WRITES = {"audit.Row", "audit.Head", "config.Beat"}  # what a backup itself leaves behind
APART = {"vault.Arriving"}  # beside the unit keys; of a day at most, and copied by nobody
MARKS = {"records.Restore"}  # what a restore leaves to be gone through
MIGRATES = {"contenttypes.ContentType", "auth.Permission"}  # numbered anew by migrating


# --- decisions -----------------------------------------------------------------------------------


def test_names_sort_as_time_goes() -> None:
    names = [rules.name_of(Kind.HOUSE, AT + timedelta(hours=n)) for n in range(30)]
    assert names == sorted(names)
    assert [rules.taken_at(name) for name in names[:1]] == [AT]


@pytest.mark.parametrize(
    "name", ["lost+found", "teduh-", "teduh-yesterday", "other-20261125T030000Z"]
)
def test_other_folders_are_no_backups(name: str) -> None:
    assert rules.taken_at(name) is None


@pytest.mark.parametrize(
    ("days", "gone"), [(0, False), (5, False), (6, True), (7, True), (30, True)]
)
def test_a_copy_of_keys_goes_before_it_is_seven_days_old(days: int, gone: bool) -> None:  # noqa: FBT001
    name = rules.name_of(Kind.KEYS, AT - timedelta(days=days))
    assert rules.expired([name, "lost+found"], at=AT, live=rules.KEYS_LIVE) == [name] * gone


def test_the_newest_stay() -> None:
    names = [rules.name_of(Kind.HOUSE, AT + timedelta(days=n)) for n in range(4)]
    assert rules.surplus([*names, "lost+found"], keep=3) == names[:1]
    assert rules.surplus(names, keep=9) == []


# --- folders -------------------------------------------------------------------------------------


def test_a_run_that_died_leaves_no_backup_and_is_cleared_away(tmp_path: Path) -> None:
    with pytest.raises(KeyError), generations.writing(tmp_path, Kind.HOUSE, AT) as folder:
        (folder / "rows.sqlite3").touch()
        raise KeyError
    assert generations.all_in(tmp_path, Kind.HOUSE) == []
    with generations.writing(tmp_path, Kind.HOUSE, AT) as folder:
        assert list(tmp_path.glob(".new-*")) == [folder]
        assert list(folder.iterdir()) == []


def test_two_backups_at_once_do_not_meet(tmp_path: Path) -> None:
    with (
        generations.writing(tmp_path, Kind.HOUSE, AT),
        pytest.raises(generations.Busy),
        generations.writing(tmp_path, Kind.HOUSE, AT),
    ):
        pass


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=31)])
def test_no_backup_is_made_by_a_clock_that_went_back(tmp_path: Path, back: timedelta) -> None:
    """It would be the oldest by its name: the first to be removed, the last to be restored."""
    (tmp_path / rules.name_of(Kind.HOUSE, AT)).mkdir()
    with (
        pytest.raises(generations.FromTheFuture, match=rules.name_of(Kind.HOUSE, AT)),
        generations.writing(tmp_path, Kind.HOUSE, AT - back),
    ):
        pass
    assert [one.name for one in tmp_path.glob("*teduh-*")] == [rules.name_of(Kind.HOUSE, AT)]
    with generations.writing(tmp_path, Kind.HOUSE, AT - timedelta(minutes=2)):
        pass


def test_keys_never_lie_inside_the_main_backup(tmp_path: Path, settings: Settings) -> None:
    settings.TEDUH_FILES = str(tmp_path / "files")
    place, link = tmp_path / "cadangan", tmp_path / "tautan"
    place.mkdir()
    link.symlink_to(place)
    inside = ((place, place / "kunci"), (place / "semua", place), (place, place))
    for house, keys in (*inside, (place, link / "kunci")):
        with pytest.raises(backup.Misplaced, match="must not lie inside"):
            backup.check_places(house, keys)
    with pytest.raises(backup.Misplaced, match="among the files"):
        backup.check_places(tmp_path / "files" / "x", None)
    backup.check_places(place, tmp_path / "kunci")


# --- a real office -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Backed:
    """An office and the places of its backups."""

    office: Office
    house: Path
    keys: Path


@pytest.fixture(scope="module")
def furnished() -> Iterator[Backed]:
    """An office with three reports, backed up once; no test changes it."""
    with offices.furnished() as made:
        yield Backed(made, *back_up(made))


@pytest.fixture
def backed(furnished: Backed) -> Iterator[Backed]:
    """A copy of office and backups for one test."""
    with offices.copied(furnished.office) as twin:
        yield Backed(twin, *(twin.folder / path.name for path in (furnished.house, furnished.keys)))


@pytest.fixture
def fresh(furnished: Backed) -> Iterator[Office]:
    """Empty databases with the settings of the office."""
    with offices.empty() as place:
        root = furnished.office.environment["TEDUH_ROOT_PUBLIC"]
        yield place.told(TEDUH_ROOT_PUBLIC=root)


@pytest.fixture
def same_secret(settings: Settings) -> None:
    """The secret of that office, in this process too."""
    settings.TEDUH_SERVER_SECRET = hashlib.sha256(b"teduh/server\0" + SECRET.encode()).digest()


def back_up(office: Office, *wishes: str, keys: str = "kunci") -> tuple[Path, Path]:
    """Both backups; returns the places they went to."""
    places = office.folder / "cadangan", office.folder / keys
    time.sleep(1)  # names tell seconds apart
    office.manage("backup", str(places[0]), "--shred", str(places[1]), *wishes)
    return places


def restore(fresh: Office, house: Path, keys: Path, *wishes: str) -> str:
    return fresh.manage("restore", str(house), "--shred", str(keys), *wishes)


def newest(place: Path) -> Path:
    return sorted(place.glob("*-*"))[-1]


def files(*places: Path) -> list[Path]:
    return [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]


def test_an_office_comes_back_whole(furnished: Backed, fresh: Office) -> None:
    before = furnished.office.ask("tell")
    said = restore(fresh, furnished.house, furnished.keys)
    assert "0 forgotten subjects stay dead" in said
    assert "cannot be opened" not in said
    after = fresh.ask("tell")
    assert after["says"] == dict.fromkeys(TICKETS, STORY)
    assert "Sesudah pemulihan" in said
    for name, digest in before["tables"].items():
        assert name in WRITES | MIGRATES | APART | MARKS or after["tables"][name] == digest, name
    assert all(after["tables"][name] != before["tables"][name] for name in MARKS)
    fresh.ask("receive", "TDH-2000-0001")  # numbers of rows go on after those put back
    fresh.manage("verify_audit")


def test_neither_a_backup_nor_what_it_gives_back_holds_a_word_of_a_report(
    furnished: Backed, fresh: Office
) -> None:
    restore(fresh, furnished.house, furnished.keys)
    assert files(furnished.house, furnished.keys)
    assert furnished.office.leaks() == []  # its backups lie in its folder
    assert fresh.leaks() == []


def test_only_their_owner_looks_into_backups_and_no_secret_lies_there(furnished: Backed) -> None:
    for path in (*furnished.house.rglob("*"), *furnished.keys.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    rows = b"".join(path.read_bytes() for path in files(furnished.house))
    listed = (newest(furnished.keys) / "units.csv").read_bytes()
    for secret in (SECRET, "teduh.contoh.invalid", "UPTD PPA", STORY):
        assert secret.encode() not in rows + listed
    keys = [line.split(b",")[1] for line in listed.splitlines()]
    assert len(keys) > 2 * len(TICKETS)
    assert not any(key in rows or base64.b64decode(key) in rows for key in keys)


def test_a_second_backup_links_files_and_is_written_into_the_trail(backed: Backed) -> None:
    first = newest(backed.house)
    backed.office.ask("receive", "TDH-2000-0001")
    back_up(backed.office)
    second = newest(backed.house)
    for path in files(first / "files"):
        assert (second / path.relative_to(first)).stat().st_ino == path.stat().st_ino
    assert len(files(second / "files")) == 2 * (len(TICKETS) + 1)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=second, check=True)
    number = int(backed.office.manage("verify_audit").split()[0])
    assert number == json.loads((second / "contents.json").read_text())["audit"][0] + 2


def test_no_row_of_a_backup_lacks_its_file_while_reports_come_in(
    backed: Backed, fresh: Office
) -> None:
    with backed.office.at_work("busy") as writer:
        time.sleep(2)  # until it writes
        back_up(backed.office)
        count = int(writer.communicate("enough\n")[0])
    assert count > 0
    restore(fresh, backed.house, backed.keys)
    says = fresh.ask("tell")["says"]
    assert len(TICKETS) < len(says) <= len(TICKETS) + count
    assert set(says.values()) == {STORY}


def test_what_was_forgotten_stays_dead_after_every_restore(backed: Backed, fresh: Office) -> None:
    """Forgotten before the rows were copied, and after it: the keys of both were copied earlier."""
    older = newest(backed.keys)
    backed.office.ask("forget", TICKETS[0])
    house, _keys = back_up(backed.office, keys="lain")
    rows = newest(house)
    backed.office.ask("forget", TICKETS[1])
    back_up(backed.office)
    assert "2 forgotten subjects stay dead" in restore(fresh, rows, older)
    assert fresh.ask("tell")["says"] == {TICKETS[0]: "", TICKETS[1]: "", TICKETS[2]: STORY}
    fresh.manage("verify_audit")


def test_what_partners_were_given_ends_with_a_restore(backed: Backed, fresh: Office) -> None:
    """Nobody knows what was withdrawn since."""
    backed.office.ask("share", TICKETS[0])
    there = backed.office.ask("shared")
    back_up(backed.office)
    assert b"grant:" not in (newest(backed.keys) / "units.csv").read_bytes()
    assert (there["standing"], there["keys"], there["spent"]) == (1, 1, 0)
    assert "1 grants to partners have ended" in restore(fresh, backed.house, backed.keys)
    left = {"standing": 0, "wraps": 0, "keys": 0, "open": 0, "spent": there["wraps"]}
    assert fresh.ask("shared") == left
    assert fresh.ask("trail")["vault.grant_ended"] == 1
    assert fresh.ask("tell")["says"] == dict.fromkeys(TICKETS, STORY)


@pytest.mark.long
def test_reports_newer_than_the_keys_are_counted(backed: Backed, fresh: Office) -> None:
    older = newest(backed.keys)
    backed.office.ask("receive", "TDH-2000-0001")
    back_up(backed.office)
    said = restore(fresh, backed.house, older)
    assert "1 subjects are newer than the unit keys and cannot be opened" in said


@pytest.mark.usefixtures("same_secret")
def test_keys_older_than_a_week_are_refused_unless_forced(backed: Backed, fresh: Office) -> None:
    make_older(newest(backed.keys), days=8)
    said = fresh.refused("restore", str(backed.house), "--shred", str(backed.keys))
    assert "more than 7 days ago" in said
    assert "forget" in said
    restore(fresh, backed.house, backed.keys, "--old-keys")


@pytest.mark.usefixtures("same_secret")
def test_a_backup_destroys_keys_that_lived_long_enough_and_keeps_as_many_as_told(
    backed: Backed,
) -> None:
    old = [make_older(newest(place), days=6) for place in (backed.keys, backed.house)]
    back_up(backed.office, "--keep", "1")
    assert not any(path.exists() for path in old)
    for place in (backed.house, backed.keys):
        assert [path.name[0] for path in place.glob("*-*")] in (["t"], ["k"])


@pytest.mark.usefixtures("same_secret")
@pytest.mark.parametrize("part", ["rows", "files/", "SHA256SUMS", "contents.json", "-files/"])
def test_a_damaged_backup_is_refused(backed: Backed, part: str) -> None:
    house = newest(backed.house)
    generations.check(house, generations.read(house))
    name = part.removeprefix("-")
    path = next(p for p in files(house) if str(p.relative_to(house)).startswith(name))
    if part.startswith("-"):
        path.unlink()
    else:
        body = bytearray(path.read_bytes())
        body[len(body) // 2] ^= 1
        path.write_bytes(body)
    with pytest.raises(NotABackup, match=r"is damaged|was changed"):
        generations.check(house, generations.read(house))


def test_a_backup_does_not_open_under_another_secret(furnished: Backed) -> None:
    with pytest.raises(NotABackup, match="another TEDUH_SECRET"):
        generations.read(newest(furnished.house))


def test_an_office_under_another_name_is_refused_and_nothing_of_it_opens(
    furnished: Backed, fresh: Office
) -> None:
    other = fresh.told(TEDUH_INSTANCE="batam")
    said = other.refused("restore", str(furnished.house), "--shred", str(furnished.keys))
    assert "TEDUH_INSTANCE" in said
    said = other.refused("restore", str(furnished.house), "--shred", str(furnished.keys))
    assert "not empty" in said


def make_older(folder: Path, *, days: int) -> Path:
    """A backup as the office would have made it some days ago."""
    told = json.loads((folder / generations.CONTENTS).read_bytes())
    at = datetime.fromisoformat(told["at"]) - timedelta(days=days)
    body = json.dumps({**told, "at": at.isoformat()}).encode()
    (folder / generations.CONTENTS).write_bytes(body)
    (folder / generations.PROOF).write_text(generations._proof(body))
    return folder.rename(folder.with_name(rules.name_of(Kind(told["kind"]), at)))
