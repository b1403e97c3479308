"""What a server hands on, put in order before Django reads it: one alphabet, a length to believe.

Django fails, instead of refusing, at alphabets it cannot decode and at lengths no machine counts,
and takes a body without a length for an empty one: what was written would be gone. PostgreSQL
fails at a NUL in what it is asked for.
"""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

BOUNDARY = re.compile(r';\s*boundary=("[^"]*"|[^\s;"]+)', re.IGNORECASE)
WITHOUT_LENGTH = 1024 * 1024  # bytes of a body that does not say its length; any text fits
NO_LETTER = "\ufffd".encode().decode("latin-1")  # in the place of a NUL, as WSGI spells it
LENGTH = re.compile(r"[0-9]{0,15}")
UNREADABLE = "multipart/form-data"  # without a boundary: Django answers 400 when it is read

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


def door(house: App) -> App:
    """The house behind a door that puts every request in order."""

    def enter(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ.get("PATH_INFO", "").replace("\0", NO_LETTER)
        query = environ.get("QUERY_STRING", "").replace("\0", "%00")
        environ["QUERY_STRING"] = query.replace("%00", "%EF%BF%BD")
        environ["CONTENT_TYPE"] = _in_our_alphabet(environ.get("CONTENT_TYPE", ""))
        if not LENGTH.fullmatch(environ.get("CONTENT_LENGTH", "")):
            environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"] = UNREADABLE, "1"
        elif not environ.get("CONTENT_LENGTH") and environ.get("HTTP_TRANSFER_ENCODING"):
            _measure(environ)
        return house(environ, start)

    return enter


def _in_our_alphabet(kind: str) -> str:
    """The kind of a body and what divides its parts; all else is read as UTF-8 whatever it says."""
    named, boundary = kind.partition(";")[0], BOUNDARY.search(kind)
    return f"{named}; boundary={boundary[1]}" if boundary else named


def _measure(environ: dict[str, Any]) -> None:
    body = environ["wsgi.input"].read(WITHOUT_LENGTH + 1)
    if len(body) > WITHOUT_LENGTH:
        environ["CONTENT_TYPE"] = UNREADABLE
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
