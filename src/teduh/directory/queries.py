"""Reading areas, numbers and channels: open to everybody."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from teduh.directory.models import Area, AreaQuery, Channel

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call, with whose it is and when somebody answers."""

    number: str
    label: str
    hours: str = ""
    note: str = ""


def kelurahan(city: str) -> AreaQuery:
    """The kelurahan of a city, by name."""
    return Area.objects.all().kelurahan(city)


def area_name(code: str) -> str:
    """The name of an area, its code when it is unknown."""
    return Area.objects.filter(code=code).values_list("name", flat=True).first() or code


def area_names() -> dict[str, str]:
    """All names by code, for lists."""
    return dict(Area.objects.values_list("code", "name"))


def channels() -> QuerySet[Channel]:
    """The ways to reach the office that are open, in their order."""
    return Channel.objects.filter(active=True)


def numbers() -> list[Number]:
    """Numbers to call now: those of the country, and 112 where the city runs it."""
    city_has_112 = getattr(settings, "TEDUH_CITY_HAS_112", False)
    return [
        Number(row["number"], row["label"], row.get("hours", ""), row.get("note", ""))
        for row in _number_rows()
        if city_has_112 or not row.get("needs_112", False)
    ]


@cache
def _number_rows() -> tuple[dict[str, str], ...]:
    path = DATA / "numbers.toml"
    if not path.exists():
        return ()
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["numbers"])
