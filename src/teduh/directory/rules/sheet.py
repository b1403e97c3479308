"""The table of providers as a file: its columns, and what is wrong with a line, by a code."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from teduh.directory.rules.providers import Facts, NotHours, misfits, spans
from teduh.lib import sheets
from teduh.lib.codes import is_provider

WEEKDAY_COLUMNS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
COLUMNS = (
    "kode", "nama", "jenis", "lembaga", "untuk_umum", "aktif", "kelurahan", "alamat", "telepon",
    "narahubung", "bahasa", "kemudahan", "melayani", "layanan", *WEEKDAY_COLUMNS, "diperiksa",
)  # fmt: skip
LONGEST = {"nama": 120, "alamat": 160, "telepon": 32, "narahubung": 80}  # signs, as in the table
MOST_LINES = 500
MOST_A_DAY = 999
_COUNT = re.compile(r"[1-9][0-9]{0,2}")
YES, NO = "ya", "tidak"
FIELDS = {  # column of what `misfits` names
    "public": "untuk_umum", "area_code": "kelurahan", "address": "alamat", "served": "melayani",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One provider of a file: its code, empty for a new one, and when it was checked last."""

    number: int
    code: str
    facts: Facts
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """The codes a line may name. `secret`: providers that no file changes."""

    kinds: Collection[str]
    services: Collection[str]
    languages: Collection[str]
    access: Collection[str]
    areas: Collection[str]
    agencies: Collection[str]
    secret: Collection[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a file: its lines, and line, column and code of each thing that is wrong."""

    lines: list[Line]
    wrong: list[tuple[int, str, str]]


class Wrong(Exception):
    """A cell that cannot be read: its column and a code of what is wrong."""

    def __init__(self, column: str, what: str) -> None:
        super().__init__(column, what)
        self.column, self.what = column, what


def write_sheet(lines: Sequence[Line]) -> str:
    """The file of these providers."""
    return sheets.written([COLUMNS, *(_cells(line) for line in lines)])


def read_sheet(text: str, known: Known, today: date) -> Sheet:
    """The providers of a file; where anything is wrong, none of them is to be kept."""
    try:
        rows = sheets.read(text)
    except sheets.Unreadable as error:
        return Sheet([], [(error.line, "", "unreadable")])
    if not rows or tuple(cell.strip().lower() for cell in rows[0][1]) != COLUMNS:
        return Sheet([], [(1, "", "heading")])
    if len(rows) > MOST_LINES + 1:
        return Sheet([], [(rows[MOST_LINES + 1][0], "", "long")])
    sheet, seen = Sheet([], []), set[str]()
    for number, cells in rows[1:]:
        try:
            line = _line(number, cells, known, today)
        except Wrong as error:
            sheet.wrong.append((number, error.column, error.what))
            continue
        if line.code and line.code in seen:
            sheet.wrong.append((number, "kode", "twice"))
        seen.add(line.code)
        sheet.lines.append(line)
    if not rows[1:]:
        sheet.wrong.append((2, "", "empty"))
    return sheet


def _cells(line: Line) -> list[str]:
    facts, verified = line.facts, line.verified_on
    offers = [code if a_day is None else f"{code}={a_day}" for code, a_day in facts.offers]
    shown = [YES if one else NO for one in (facts.public, facts.active)]
    place = [facts.area_code, facts.address, facts.phone, facts.contact]
    several = [" ".join(one) for one in (facts.languages, facts.access, facts.served, offers)]
    days = [facts.of_day(weekday) for weekday in range(7)]
    checked = verified.isoformat() if verified else ""
    return [
        line.code, facts.name, facts.kind, facts.agency, *shown, *place, *several, *days, checked,
    ]  # fmt: skip


def _line(number: int, cells: Sequence[str], known: Known, today: date) -> Line:
    if len(cells) != len(COLUMNS):
        raise Wrong("", "columns")
    told = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    if told["kode"] and not is_provider(told["kode"]):
        raise Wrong("kode", "code")
    if told["kode"] in known.secret:
        raise Wrong("kode", "secret")
    for column, most in LONGEST.items():
        if len(told[column]) > most:
            raise Wrong(column, "too_long")
    facts = Facts(
        name=_filled(told, "nama"),
        kind=_one_of(told, "jenis", known.kinds),
        agency=_one_of(told, "lembaga", known.agencies) if told["lembaga"] else "",
        public=_yes(told, "untuk_umum"),
        active=_yes(told, "aktif"),
        area_code=_one_of(told, "kelurahan", known.areas) if told["kelurahan"] else "",
        address=told["alamat"],
        phone=told["telepon"],
        contact=told["narahubung"],
        languages=_several(told, "bahasa", known.languages),
        access=_several(told, "kemudahan", known.access),
        served=_several(told, "melayani", known.areas),
    )
    facts = replace(facts, offers=_offers(told, known.services), hours=_week(told))
    if wrong := misfits(facts):
        raise Wrong(FIELDS[wrong[0]], "secret")
    return Line(number, told["kode"], facts, _day(told, today))


def _filled(told: dict[str, str], column: str) -> str:
    if not told[column]:
        raise Wrong(column, "missing")
    return told[column]


def _one_of(told: dict[str, str], column: str, codes: Collection[str]) -> str:
    if told[column] not in codes:
        raise Wrong(column, "unknown" if told[column] else "missing")
    return told[column]


def _several(told: dict[str, str], column: str, codes: Collection[str]) -> tuple[str, ...]:
    given = set(told[column].split())
    if not given <= set(codes):
        raise Wrong(column, "unknown")
    return tuple(sorted(given))


def _yes(told: dict[str, str], column: str) -> bool:
    said = told[column].casefold()
    if said not in {YES, NO}:
        raise Wrong(column, "yes_no")
    return said == YES


def _offers(told: dict[str, str], services: Collection[str]) -> tuple[tuple[str, int | None], ...]:
    found: dict[str, int | None] = {}
    for one in told["layanan"].split():
        code, _, a_day = one.partition("=")
        if code not in services:
            raise Wrong("layanan", "unknown")
        found[code] = _count(a_day) if a_day else None
    return tuple(sorted(found.items()))


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise Wrong("layanan", "number")
    return int(text)


def _week(told: dict[str, str]) -> tuple[tuple[int, int, int], ...]:
    return tuple(chain(*(_hours(told, weekday) for weekday in range(7))))


def _hours(told: dict[str, str], weekday: int) -> list[tuple[int, int, int]]:
    try:
        return [(weekday, *span) for span in spans(told[WEEKDAY_COLUMNS[weekday]])]
    except NotHours as error:
        raise Wrong(WEEKDAY_COLUMNS[weekday], "hours") from error


def _day(told: dict[str, str], today: date) -> date | None:
    if not told["diperiksa"]:
        return None
    try:
        day = date.fromisoformat(told["diperiksa"])
    except ValueError as error:
        raise Wrong("diperiksa", "day") from error
    if day > today:
        raise Wrong("diperiksa", "future")
    return day
