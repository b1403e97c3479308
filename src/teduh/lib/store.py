"""The file store: a folder or an S3 bucket that only ever sees ciphertext."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url


class AlreadyKept(Exception):
    """A body with this key exists; bodies are never overwritten."""


@lru_cache(maxsize=4)
def _store(place: str) -> ObjectStore:
    if "://" in place:
        return from_url(place)
    Path(place).mkdir(parents=True, exist_ok=True)
    return LocalStore(place)


def _current() -> ObjectStore:
    return _store(settings.TEDUH_FILES)


def put(key: str, body: bytes) -> None:
    """Keep `body` under `key`, once. Raises AlreadyKept."""
    try:
        _current().put(key, body, mode="create")
    except AlreadyExistsError as error:
        raise AlreadyKept(key) from error


def get(key: str) -> bytes:
    """The whole body under `key`. Raises FileNotFoundError."""
    return bytes(_current().get(key).bytes())


def read_pieces(keys: Iterable[str]) -> Iterator[bytes]:
    """The bodies one after the other, so that a large file is never whole in memory."""
    for key in keys:
        yield get(key)


def delete(key: str) -> None:
    """Remove a body; silent when it is gone already."""
    _current().delete(key)
