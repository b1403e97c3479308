"""Loading areas and channels, and keeping channels."""

import csv
import tomllib
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.directory.models import Area, Channel
from teduh.directory.queries import keeps_channels
from teduh.directory.rules import (
    ChannelTwice,
    NotAChannel,
    NotAnArea,
    Way,
    can_be_reached,
    level_of,
    on_one_way,
    parent_of,
)
from teduh.directory.words import ChannelKind, Cost
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
    """Replace the ways to reach the office by those of a toml file; answers how many.

    The file lists [[channels]] with kind, label, target, hours and cost. Raises NotAChannel.
    """
    ways = _ways(path)
    Channel.objects.all().delete()
    Channel.objects.bulk_create(
        Channel(
            kind=way.kind,
            label=way.label,
            target=way.target,
            hours=way.hours,
            cost=way.cost,
            order=order,
        )
        for order, way in enumerate(ways)
    )
    record(by=by, verb="channels.loaded", subject="", at=at, detail={"count": len(ways)})
    return len(ways)


def enter_channel(*, by: Member, way: Way, at: datetime) -> Channel:
    """Add a way to reach the office, after the others. Raises Forbidden, ChannelTwice."""
    return _keep(by, Channel(order=Channel.objects.count()), way, at, verb="channel.entered")


def mend_channel(*, by: Member, channel: Channel, way: Way, at: datetime) -> Channel:
    """Change a way to reach the office, or hide it for a while. Raises Forbidden, ChannelTwice."""
    return _keep(by, channel, way, at, verb="channel.mended")


def _keep(by: Member, channel: Channel, way: Way, at: datetime, *, verb: str) -> Channel:
    if not keeps_channels(by):
        raise Forbidden(Right.MANAGE_CHANNELS)
    channel.kind, channel.label, channel.target = way.kind, way.label, way.target
    channel.hours, channel.cost, channel.active = way.hours, way.cost, way.active
    try:
        with transaction.atomic():
            channel.save()
            record(by=by.actor, verb=verb, subject="", at=at, detail={"kind": way.kind})
    except IntegrityError as error:
        raise ChannelTwice(way.target) from error
    return channel


def _ways(path: Path) -> list[Way]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["channels"]
        ways = [_way(row) for row in rows]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise NotAChannel("no list of [[channels]] with kind, label and target") from error
    for way in ways:
        known = way.kind in ChannelKind.values and way.cost in {"", *Cost.values}
        if not known or not can_be_reached(way.kind, way.target):
            raise NotAChannel(f"{way.label}: {way.kind} {way.target}")
    return ways


def _way(row: dict[str, str]) -> Way:
    hours, cost = row.get("hours", ""), row.get("cost", "")
    return Way(row["kind"], row["label"], row["target"], hours, cost)


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
