"""An office put back from its backups, into empty databases; what was forgotten stays forgotten, and
what was shared with partners is shared no more.

Unit keys come last and without those of forgotten subjects: until then nothing here can be opened
by anybody, and what must not open again is never written.
"""

import base64
import csv
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from teduh.audit import actions as audit
from teduh.audit import queries as trail
from teduh.config import actions, backup, generations, rows
from teduh.config.generations import Contents, NotABackup
from teduh.config.rules import Kind
from teduh.config.upgrading import follow, lay_tables
from teduh.intake.channels.referral.actions import forget_numbers
from teduh.lib import store
from teduh.lib.actors import COMMAND
from teduh.records.actions.granting import end_all
from teduh.records.actions.restoring import note_restore
from teduh.vault import actions as vault
from teduh.vault import manifest, queries
from teduh.vault.models import Compartment, UnitKey
from teduh.vault.packages import unb64
from teduh.vault.rules import Refused
from teduh.vault.units import unit_of

Say = Callable[[str], None]
AT_ONCE = 1000  # keys written at once


class NotEmpty(Exception):
    """There is something already where the backup should go."""


class TooOld(Exception):
    """The unit keys are older than a week."""


class NotProven(Exception):
    """What was put back does not prove itself; the text says what."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: files put back, subjects kept dead, grants ended, subjects whose keys are
    missing.
    """

    files: int
    forgotten: int
    grants: int
    unopenable: int


def restore(house: Path, keys: Path, *, live: timedelta, at: datetime, say: Say) -> Restored:
    """Put an office back from two backups, or from the newest ones in two folders.

    `live`: how old the backup of keys may be. Raises NotABackup, TooOld, NotEmpty, NotProven.
    """
    house, keys = _chosen(house, Kind.HOUSE), _chosen(keys, Kind.KEYS)
    told, told_of_keys = generations.read(house), generations.read(keys)
    _check_age(told_of_keys, live, at)
    _check_empty()
    generations.check(house, told)
    generations.check(keys, told_of_keys)
    say(f"{house.name} and {keys.name} are whole.")
    _put_rows(house, told)
    _prove(told)
    note_restore(backup_at=datetime.fromisoformat(told.at), at=at)  # before any key is there
    say(f"The trail is proven: {told.audit[0]} rows.")
    files = _put_files(house)
    say(f"{files} sealed files are in the store.")
    known = set(backup.forgotten_subjects())
    dead = known | _forgotten_elsewhere(house, keys)
    _put_keys(keys, dead)
    for subject in sorted(dead - known):
        vault.forget(by=COMMAND, subject=subject, at=at)
    grants = end_all(by=COMMAND, at=at)
    forget_numbers(subjects=dead)
    actions.restored(by=COMMAND, name=house.name, forgotten=len(dead), at=at)
    return Restored(files, len(dead), grants, len(_without_keys() - dead))


def _chosen(place: Path, kind: Kind) -> Path:
    if (place / generations.CONTENTS).is_file():
        return place
    found = generations.newest(place, kind)
    if found is None:
        raise NotABackup(f"{place} holds no backup named {kind}-….")
    return found


def _check_age(told: Contents, live: timedelta, at: datetime) -> None:
    taken = datetime.fromisoformat(told.at)
    if told.kind != Kind.KEYS:
        raise NotABackup("The folder given with --shred holds no unit keys.")
    if at - taken > live:
        raise TooOld(
            f"These unit keys were copied on {taken:%d %B %Y}, more than {live.days} days ago. "
            "They may open what somebody asked the office to forget since then: whoever was told "
            "that it is gone was told so for good."
        )


def _check_empty() -> None:
    for alias in settings.DATABASES:
        if connections[alias].introspection.table_names():
            raise NotEmpty(
                f"The database {alias!r} is not empty. A backup goes into new ones only."
            )


def _put_rows(folder: Path, told: Contents) -> None:
    if told.database != connection.vendor:
        raise NotABackup(f"It was made on {told.database}; TEDUH_DATABASE_URL is another kind.")
    executor = MigrationExecutor(connection)
    known = {(app, name) for app, name in told.migrations}
    if known - set(executor.loader.disk_migrations):
        raise NotABackup("It was made by a newer Teduh: install that release first.")
    if connection.vendor == "postgresql":
        applied = follow(executor.loader, known)
        graph = executor.loader.graph
        within = {one: {c.key for c in graph.node_map[one].children} & applied for one in applied}
        executor.migrate([one for one in applied if all(c[0] != one[0] for c in within[one])])
    rows.load(folder)
    lay_tables("default")


def _prove(told: Contents) -> None:
    broken = audit.verify()
    if broken is not None:
        raise NotProven(f"The trail is broken at row {broken.number}: {broken.why}.")
    if list(trail.head()) != told.audit and told.audit[0]:
        raise NotProven("The trail ends elsewhere than the backup says.")
    row = queries.newest_manifest()
    if row is None:
        return
    try:
        root = unb64(settings.TEDUH_ROOT_PUBLIC)
        manifest.read(queries.package(), root, settings.TEDUH_INSTANCE, row.since)
    except Refused as error:
        raise NotProven(
            "The list of keys is not of this office: TEDUH_INSTANCE or TEDUH_ROOT_PUBLIC differs."
        ) from error


def _put_files(folder: Path) -> int:
    names = [name for name in generations.sums_of(folder) if name.startswith(f"{backup.FILES}/")]
    for name in names:
        key, body = name.removeprefix(f"{backup.FILES}/"), (folder / name).read_bytes()
        try:
            store.put(key, body)
        except store.AlreadyKept:
            if store.get(key) != body:
                raise NotEmpty(f"The store holds another file under {key}.") from None
    return len(names)


def _forgotten_elsewhere(house: Path, keys: Path) -> set[str]:
    """Subjects that newer backups beside these ones say were forgotten."""
    beside = generations.all_in(house.parent, Kind.HOUSE) + generations.all_in(
        keys.parent, Kind.KEYS
    )
    found: set[str] = set()
    for folder in beside:
        with suppress(NotABackup):
            found |= set(generations.read(folder).forgotten)
    return found


def _put_keys(folder: Path, dead: set[str]) -> None:
    never = {unit for subject in dead for unit in vault.units_covering(subject)}
    lay_tables("shred")
    with (folder / backup.KEYS).open(encoding="ascii", newline="") as file:
        living = (
            UnitKey(unit=unit, key=base64.b64decode(key))
            for unit, key in csv.reader(file)
            if unit not in never
        )
        with transaction.atomic(using="shred"):
            while some := list(islice(living, AT_ONCE)):
                UnitKey.objects.bulk_create(some)


def _without_keys() -> set[str]:
    """Subjects of which something can never be opened: its unit key is missing."""
    there = set(UnitKey.objects.values_list("unit", flat=True))
    pairs = Compartment.objects.values_list("subject", "comp").distinct()
    return {subject for subject, comp in pairs.iterator() if unit_of(subject, comp) not in there}
