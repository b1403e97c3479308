"""Loading reference data: areas from csv, channels from toml."""

import csv
import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from teduh.audit.actions import record
from teduh.directory.models import Area, Channel
from teduh.directory.rules import NotAnArea, level_of, on_one_way, parent_of
from teduh.lib.actors import Actor


@transaction.atomic
def load_areas(path: Path, by: Actor, at: datetime, around: str = "") -> int:
    """Enter or mend areas from a csv with columns code, name, and if known population, source.

    With `around`, only that area, what lies in it, and what it lies in. Answers how many rows
    there were; raises NotAnArea, also when `around` is not among them.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        areas = [_area(row) for row in csv.DictReader(lines)]
    if around:
        areas = [area for area in areas if on_one_way(area.code, around)]
        if around not in {area.code for area in areas}:
            raise NotAnArea(around)
    Area.objects.bulk_create(
        areas,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent", "population", "source"],
    )
    record(by=by, verb="areas.loaded", subject="", at=at, detail={"count": len(areas)})
    return len(areas)


@transaction.atomic
def load_channels(path: Path, by: Actor, at: datetime) -> int:
    """Replace the ways to reach the office by those of a toml file; answers how many."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["channels"]
    Channel.objects.all().delete()
    Channel.objects.bulk_create(
        Channel(
            kind=row["kind"],
            label=row["label"],
            target=row["target"],
            hours=row.get("hours", ""),
            order=order,
        )
        for order, row in enumerate(rows)
    )
    record(by=by, verb="channels.loaded", subject="", at=at, detail={"count": len(rows)})
    return len(rows)


def _area(row: dict[str, str]) -> Area:
    code = row["code"].strip()
    population = (row.get("population") or "").strip()
    return Area(
        code=code,
        name=row["name"].strip(),
        level=level_of(code),
        parent=parent_of(code),
        population=int(population) if population else None,
        source=(row.get("source") or "").strip(),
    )
