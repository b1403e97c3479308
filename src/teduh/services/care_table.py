"""The kinds of help over time as they are written: data/care.toml, or a table read from a text."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from teduh.directory import codes
from teduh.services.kinds import (
    Field,
    Kind,
    Option,
    Reason,
    Stand,
    Words,
    WrongTable,
    faults,
)

FILE = Path(__file__).parent / "data" / "care.toml"
LANGUAGES = {"id", "en"}


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code, in the order of the file."""
    return parse(FILE.read_text(encoding="utf-8"))


def kind(code: str) -> Kind | None:
    """The kind of this code."""
    return kinds().get(code)


def said(words: Words) -> str:
    """In the reader's language."""
    return words["en" if (get_language() or "id").startswith("en") else "id"]


def parse(text: str) -> dict[str, Kind]:
    """The kinds of a table. Raises WrongTable, with the place."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongTable(_("bukan TOML: %(why)s") % {"why": error}) from error
    shared = _each(told, "reason", "", _reason)
    found: dict[str, Kind] = {}
    for one in _each(told, "kind", "", lambda row, where: _kind(row, where, shared)):
        if one.code in found:
            raise WrongTable(_("%(code)s: dua kali") % {"code": one.code})
        found[one.code] = one
    if not found:
        raise WrongTable(_("tidak ada jenis"))
    return found


def _each(told: Mapping[str, Any], name: str, where: str, read: Any) -> tuple[Any, ...]:
    """Every row of a list, read; whatever is wrong in one is told with its place."""
    rows = told.get(name, [])
    if not isinstance(rows, list):
        raise WrongTable(f"{where} {name}".strip())
    made = []
    for number, row in enumerate(rows, 1):
        here = f"{where} {name} {row.get('code', number) if isinstance(row, dict) else number}"
        try:
            made.append(read(row, here.strip()))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise WrongTable(f"{here.strip()}: {error}") from error
    return tuple(made)


def _words(told: Mapping[str, Any]) -> Words:
    if {one for one in told if one in LANGUAGES} != LANGUAGES:
        raise ValueError("id, en")
    return {name: str(told[name]) for name in sorted(LANGUAGES)}


def _reason(row: dict[str, Any], _where: str) -> Reason:
    return Reason(
        _code(row), _words(row), row.get("good", False) is True, tuple(row.get("from", ()))
    )


def _state(row: dict[str, Any], _where: str) -> Stand:
    told = (row.get("begins", ""), row.get("meets", ""))
    return Stand(_code(row), _words(row), tuple(row["next"]), *told)


def _option(row: dict[str, Any], _where: str) -> Option:
    return Option(_code(row), _words(row), tuple(row.get("bars", ())))


def _field(row: dict[str, Any], where: str) -> Field:
    options = _each(row, "options", where, _option)
    return Field(_code(row), row["kind"], _words(row), tuple(row.get("needed", ())), options)


def _code(row: Mapping[str, Any]) -> str:
    code = row["code"]
    if not isinstance(code, str) or not code.isidentifier() or len(code) > 16:
        raise ValueError(f"code {code!r}")
    return code


def _kind(row: dict[str, Any], where: str, shared: tuple[Reason, ...]) -> Kind:
    made = Kind(
        code=_service(row["code"]),
        note=row["note"],
        source=_words(row["source"]),
        states=_each(row, "state", where, _state),
        fields=_each(row, "field", where, _field),
        reasons=(*_each(row, "reason", where, _reason), *shared),
        hint=_words(row["hint"]) if "hint" in row else None,
        only=row.get("only", ""),
        addresses=row.get("addresses", ""),
        meets=row.get("meets", ""),
    )
    wrong = faults(made)
    if wrong:
        raise ValueError("; ".join(wrong))
    return made


def _service(code: str) -> str:
    if code not in codes.known("service"):
        raise ValueError(f"service {code!r}")
    return code
