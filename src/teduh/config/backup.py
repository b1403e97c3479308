"""Backups while the office works: rows and files in one place, unit keys in another (sealing.md 6).

Order matters. Rows first, then files: a file is in the store before its row commits, so every row
of the copy finds its file. Unit keys last: a key is durable before the row it covers.
"""

import base64
import csv
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from teduh.config import generations, rows, rules
from teduh.config.generations import Contents
from teduh.config.rules import Kind
from teduh.lib import store
from teduh.vault import units
from teduh.vault.models import UnitKey

FILES, KEYS = "files", "units.csv"
AT_ONCE = 2000  # rows fetched at once


class Misplaced(Exception):
    """The two backups, or a backup and what it copies, would lie inside one another."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that is whole: its folder, its number of files, and files the store itself lacks."""

    folder: Path
    files: int
    lost: int


def check_places(house: Path, keys: Path | None) -> None:
    """Whether backups may go there. Raises Misplaced."""
    if keys and (_inside(house, keys) or _inside(keys, house)):
        raise Misplaced("Unit keys must not lie inside the main backup, nor the other way round.")
    for place in filter(None, (house, keys)):
        if "://" not in settings.TEDUH_FILES and _inside(place, Path(settings.TEDUH_FILES)):
            raise Misplaced("A backup must not lie among the files it copies.")


def back_up_house(place: Path, *, at: datetime) -> Made:
    """Copy rows and files into a new folder of `place`. Raises Busy, Damaged."""
    with generations.writing(place, Kind.HOUSE, at) as folder:
        with rows.snapshot(folder) as ask:
            sums = _sums_of_rows(folder)
            sums |= _copy_files(folder, generations.newest(place, Kind.HOUSE))
            lost = [name for name in _named(ask) if f"{FILES}/{name}" not in sums]
            contents = _contents(ask, at)
        whole = generations.finish(folder, sums, contents)
    files = sum(name.startswith(f"{FILES}/") for name in sums)
    return Made(whole, files, len(lost))


def back_up_keys(place: Path, *, live: timedelta, at: datetime) -> Made:
    """Copy unit keys into a new folder of `place`, and destroy copies that lived long enough.

    Raises Busy.
    """
    with generations.writing(place, Kind.KEYS, at) as folder:
        with (folder / KEYS).open("x", encoding="ascii", newline="") as file:
            csv.writer(file).writerows(_units())
        vendor = connections["shred"].vendor
        contents = Contents(Kind.KEYS, at.isoformat(), vendor, [], [], forgotten_subjects(), "")
        whole = generations.finish(folder, {KEYS: generations.sum_of(folder / KEYS)}, contents)
    names = [path.name for path in generations.all_in(place, Kind.KEYS)]
    for name in rules.expired(names, at=at, live=live):
        generations.destroy(place / name)
    return Made(whole, 0, 0)


def keep_newest(place: Path, *, keep: int) -> None:
    """Remove all but the newest main backups."""
    names = [path.name for path in generations.all_in(place, Kind.HOUSE)]
    for name in rules.surplus(names, keep=keep):
        generations.remove(place / name)


def forgotten_subjects() -> list[str]:
    """Subjects of which the trail says that they must never open again."""
    return _forgotten(_ask_house)


def _sums_of_rows(folder: Path) -> dict[str, str]:
    parts = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): generations.sum_of(path) for path in parts}


def _copy_files(folder: Path, before: Path | None) -> dict[str, str]:
    """Copy the store; what the backup before has already is linked, not copied (files never change)."""
    known = generations.sums_of(before) if before else {}
    sums = {}
    for key in store.all_keys():
        name = f"{FILES}/{key}"
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if before and name in known and _linked(before / name, target):
            sums[name] = known[name]
        else:
            with suppress(FileNotFoundError):  # an unfinished file, cleared meanwhile
                target.write_bytes(store.get(key))
                sums[name] = generations.sum_of(target)
    return sums


def _linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one that knows no links
        return False
    return True


def _named(ask: rows.Ask) -> Iterator[str]:
    """The store keys that the copied rows name."""
    for item, pieces in ask("SELECT item, pieces FROM vault_envelope WHERE pieces > 0"):
        yield from (store.piece_key(item, number) for number in range(pieces))


def _contents(ask: rows.Ask, at: datetime) -> Contents:
    head = ask("SELECT number, hash FROM audit_head")
    applied = ask("SELECT app, name FROM django_migrations ORDER BY id")
    return Contents(
        kind=Kind.HOUSE,
        at=at.isoformat(),
        database=connection.vendor,
        migrations=[list(one) for one in applied],
        audit=list(head[0]) if head else [0, ""],
        forgotten=_forgotten(ask),
        sums="",
    )


def _forgotten(ask: rows.Ask) -> list[str]:
    told = ask("SELECT DISTINCT subject FROM audit_row WHERE verb = 'vault.forgotten'")
    return sorted(subject for (subject,) in told)


def _ask_house(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _units() -> Iterator[tuple[str, str]]:
    """Never those of grants and own words: what has ended would live on in the copies of a week."""
    copied = UnitKey.objects.exclude(unit__startswith=units.of_grant(""))
    copied = copied.exclude(unit__startswith=units.of_own(""))
    held = copied.order_by("id").values_list("unit", "key")
    for unit, key in held.iterator(chunk_size=AT_ONCE):
        yield unit, base64.b64encode(bytes(key)).decode()


def _inside(inner: Path, outer: Path) -> bool:
    return inner.resolve().is_relative_to(outer.resolve())
