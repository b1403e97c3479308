"""Every address × every role × every relation, room by room; an address in two tables is refused."""

from tests.house.urls import (
    access,
    cases,
    conferences,
    config,
    directory,
    funding,
    intake,
    public,
    records,
    services,
    sop,
    vault,
)
from tests.house.urls.entries import Entry
from tests.house.urls.place import FILE, TICKET, Place, place

__all__ = ["FILE", "TABLE", "TICKET", "Entry", "Place", "place"]

TABLE: dict[str, Entry] = dict(
    **public.TABLE,
    **access.TABLE,
    **intake.TABLE,
    **vault.TABLE,
    **sop.TABLE,
    **cases.TABLE,
    **records.TABLE,
    **directory.TABLE,
    **services.TABLE,
    **conferences.TABLE,
    **funding.TABLE,
    **config.TABLE,
)
