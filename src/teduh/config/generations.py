"""Backups as folders: each whole or not there at all, and able to prove that it is this office's."""

import fcntl
import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from teduh.config import rules
from teduh.config.rules import Kind

CONTENTS, PROOF, SUMS = "contents.json", "contents.proof", "SHA256SUMS"
UNFINISHED = ".new-"
CLOCKS_DIFFER = timedelta(minutes=5)
PROOF_LABEL = b"teduh/v1/backup\0"


class NotABackup(Exception):
    """The folder holds no backup that can be used; the text says why."""


class FromTheFuture(Exception):
    """The newest backup is later than this clock says; the text is its name."""


class Busy(Exception):
    """Another backup is being written into the same folder."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself: no secret, no setting, nobody's name.

    `audit`: number and hash of the trail's head. `forgotten`: subjects that must never open again.
    `sums`: SHA-256 of the list of sums.
    """

    kind: str
    at: str
    database: str
    migrations: list[list[str]]
    audit: list[int | str]
    forgotten: list[str]
    sums: str


def all_in(place: Path, kind: Kind) -> list[Path]:
    """Whole backups of a kind, oldest first."""
    found = sorted(place.glob(f"{kind}-*"))
    return [path for path in found if path.is_dir() and rules.taken_at(path.name)]


def newest(place: Path, kind: Kind) -> Path | None:
    """The newest whole backup of a kind."""
    return next(reversed(all_in(place, kind)), None)


@contextmanager
def writing(place: Path, kind: Kind, at: datetime) -> Iterator[Path]:
    """A folder to fill, only its owner may look in; leftovers of a run that died are gone.

    Raises Busy, FromTheFuture: with a clock that went back, the newest would be taken for the oldest.
    """
    before = os.umask(0o077)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with (place / ".lock").open("w") as lock:
            _take(lock.fileno())
            for left in place.glob(f"{UNFINISHED}*"):
                shutil.rmtree(left)
            last = newest(place, kind)
            if last and (rules.taken_at(last.name) or at) > at + CLOCKS_DIFFER:
                raise FromTheFuture(last.name)
            folder = place / f"{UNFINISHED}{rules.name_of(kind, at)}"
            folder.mkdir()
            yield folder
    finally:
        os.umask(before)


def finish(folder: Path, sums: dict[str, str], contents: Contents) -> Path:
    """Seal a filled folder and give it its name; only now it counts."""
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
    (folder / SUMS).write_bytes(listed)
    told = {**asdict(contents), "sums": hashlib.sha256(listed).hexdigest()}
    body = json.dumps(told, sort_keys=True, indent=1).encode()
    (folder / CONTENTS).write_bytes(body)
    (folder / PROOF).write_text(_proof(body), encoding="ascii")
    os.sync()
    whole = folder.with_name(folder.name.removeprefix(UNFINISHED))
    folder.rename(whole)
    os.sync()
    return whole


def read(folder: Path) -> Contents:
    """What a backup says of itself, proven to be said by this office. Raises NotABackup."""
    try:
        body = (folder / CONTENTS).read_bytes()
        proof = (folder / PROOF).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise NotABackup(f"{folder} holds no backup.") from error
    if not hmac.compare_digest(proof, _proof(body)):
        raise NotABackup(
            f"{folder} was changed, or was made under another TEDUH_SECRET. Without the secret "
            "of the office that made it nobody could sign in, unlock, or use a ticket."
        )
    return Contents(**json.loads(body))


def sums_of(folder: Path) -> dict[str, str]:
    """SHA-256 of each part, as the backup lists them."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return {name: digest for digest, name in pairs}


def check(folder: Path, contents: Contents) -> None:
    """Whether every part is there, byte for byte. Raises NotABackup with the first that is not."""
    if not (folder / SUMS).is_file() or sum_of(folder / SUMS) != contents.sums:
        raise NotABackup(f"{folder / SUMS} is damaged.")
    for name, digest in sums_of(folder).items():
        if not (folder / name).is_file() or sum_of(folder / name) != digest:
            raise NotABackup(f"{folder / name} is damaged.")


def sum_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(folder: Path) -> None:
    """Remove a backup, out of the list first, so that nobody takes half of it for a whole."""
    going = folder.with_name(f"{UNFINISHED}{folder.name}")
    folder.rename(going)
    shutil.rmtree(going)


def destroy(folder: Path) -> None:
    """Remove a backup of keys: its bytes are overwritten before the name goes."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                file.write(b"\0" * path.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
    remove(folder)


def _take(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Busy from error


def _proof(body: bytes) -> str:
    return hmac.new(settings.TEDUH_SERVER_SECRET, PROOF_LABEL + body, "sha256").hexdigest()
