"""The file store: a folder or an S3 bucket that only ever sees ciphertext."""

import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

log = logging.getLogger("teduh.store")


class AlreadyKept(Exception):
    """A body with this key exists; bodies are never overwritten."""


class NoRoom(Exception):
    """What is left of the disk belongs to reports, not to files; or the store takes nothing now."""


@lru_cache(maxsize=4)
def _store(place: str) -> ObjectStore:
    if "://" in place:
        return from_url(place)
    Path(place).mkdir(parents=True, exist_ok=True)
    return LocalStore(place)


def _current() -> ObjectStore:
    return _store(settings.TEDUH_FILES)


def room() -> int:
    """Bytes that are still free for files: what the fullest disk has beyond its reserve."""
    places = {str(settings.TEDUH_VAR)} | (set() if _remote() else {settings.TEDUH_FILES})
    free = min(shutil.disk_usage(_standing(Path(place))).free for place in places)
    return max(0, free - settings.TEDUH_DISK_RESERVE)


def put(key: str, body: bytes) -> None:
    """Keep `body` under `key`, once. Raises AlreadyKept, NoRoom."""
    if len(body) > room():
        raise NoRoom
    try:
        _current().put(key, body, mode="create")
    except AlreadyExistsError as error:
        raise AlreadyKept(key) from error
    except BaseError as error:
        log.exception("a file found no room")
        raise NoRoom from error
    _settle(key)


def get(key: str) -> bytes:
    """The whole body under `key`. Raises FileNotFoundError."""
    return bytes(_current().get(key).bytes())


def read_pieces(keys: Iterable[str]) -> Iterator[bytes]:
    """The bodies one after the other, so that a large file is never whole in memory."""
    for key in keys:
        yield get(key)


def all_keys() -> Iterator[str]:
    """The key of every body, in no order."""
    for some in _current().list():
        yield from (str(one["path"]) for one in some)


def piece_key(item: str, number: int) -> str:
    """The key of one piece of a file."""
    return f"{item}/{number:05d}"


def delete(key: str) -> None:
    """Remove a body; silent when it is gone already."""
    with suppress(FileNotFoundError):
        _current().delete(key)


def clear(item: str, *, but: int) -> None:
    """Remove what lies in the store of a file beyond its first `but` pieces; silent without any."""
    kept = {piece_key(item, number) for number in range(but)}
    found = [str(one["path"]) for some in _current().list(f"{item}/") for one in some]
    for key in set(found) - kept:
        delete(key)
    if not _remote():
        for half in Path(settings.TEDUH_FILES, item).glob("*#*"):  # a write that was cut off
            half.unlink(missing_ok=True)


def _settle(key: str) -> None:
    """Wait until the disk has it: the row that names it commits after that (a power cut)."""
    if _remote():
        return
    body = Path(settings.TEDUH_FILES, key)
    for place in (body, body.parent, body.parent.parent):
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _remote() -> bool:
    return "://" in settings.TEDUH_FILES


def _standing(place: Path) -> Path:
    """The folder itself, or the nearest one above that is there already."""
    return next(one for one in (place, *place.parents) if one.exists())
