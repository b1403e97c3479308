"""Loading areas and channels; keeping helpers, what they were trained in, and their cards."""

import csv
import tomllib
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.directory.models import Area, Channel, Helper, HelperCard, Qualification
from teduh.directory.queries import about_of, keeps_channels, keeps_helpers
from teduh.directory.rules import (
    MISSES,
    About,
    ChannelTwice,
    NotAChannel,
    NotAnArea,
    NotReady,
    Way,
    can_be_reached,
    level_of,
    may_hold_card,
    on_one_way,
    parent_of,
)
from teduh.directory.words import ChannelKind, Cost
from teduh.lib.actors import ANONYMOUS, Actor
from teduh.lib.timing import local_day


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


def enter_helper(*, by: Member, about: About, at: datetime) -> Helper:
    """Write down a helper. Raises Forbidden."""
    return _keep_helper(by, Helper(), about, at, verb="helper.entered")


def mend_helper(*, by: Member, helper: Helper, about: About, at: datetime) -> Helper:
    """Change what is written of a helper; a card signs only while they help. Raises Forbidden."""
    return _keep_helper(by, helper, about, at, verb="helper.mended")


@transaction.atomic
def qualify(*, by: Member, helper: Helper, topic: str, day: date, at: datetime) -> None:
    """Note what a helper was trained in; once for each topic and day. Raises Forbidden."""
    _must_keep_helpers(by)
    _row, made = Qualification.objects.get_or_create(helper=helper, topic=topic, day=day)
    if made:
        record(by=by.actor, verb="helper.qualified", subject="", at=at, detail={"topic": topic})


@transaction.atomic
def issue_card(
    *, by: Member, helper: Helper, number: str, public: bytes, at: datetime
) -> HelperCard:
    """Keep the key of a new card; the one before is taken back. Raises Forbidden, NotReady."""
    _must_keep_helpers(by)
    helper, day = Helper.objects.select_for_update().get(pk=helper.pk), local_day(at)
    if not may_hold_card(about_of(helper), day):
        raise NotReady(helper.pk)
    helper.cards.filter(revoked=None).update(revoked=day)
    card = HelperCard.objects.create(
        helper=helper, number=number, public=public, issued=day, until=helper.until
    )
    record(by=by.actor, verb="card.issued", subject="", at=at, detail={"number": number})
    return card


@transaction.atomic
def revoke_cards(*, by: Member, helper: Helper, at: datetime) -> None:
    """Take a helper's card back, lost or not. Raises Forbidden."""
    _must_keep_helpers(by)
    for card in helper.cards.select_for_update().filter(revoked=None):
        card.revoked = local_day(at)
        card.save(update_fields=["revoked"])
        detail = {"number": card.number}
        record(by=by.actor, verb="card.revoked", subject="", at=at, detail=detail)


@transaction.atomic
def note_use(*, card: HelperCard, at: datetime) -> None:
    """A card has signed with its PIN: earlier slips are forgiven."""
    HelperCard.objects.filter(pk=card.pk).update(misses=0, used=local_day(at))


@transaction.atomic
def note_miss(*, card: HelperCard, at: datetime) -> None:
    """Somebody had a card and not its PIN; after too many it signs nothing until it is renewed."""
    held = HelperCard.objects.select_for_update().get(pk=card.pk)
    held.misses = min(held.misses + 1, MISSES)
    held.save(update_fields=["misses"])
    if held.misses == MISSES and card.misses < MISSES:
        detail = {"number": held.number}
        record(by=ANONYMOUS, verb="card.locked", subject="", at=at, detail=detail)


def _keep_helper(by: Member, helper: Helper, about: About, at: datetime, *, verb: str) -> Helper:
    _must_keep_helpers(by)
    helper.name, helper.profile, helper.area_code = about.name, about.profile, about.area_code
    helper.conduct, helper.until, helper.state = about.conduct, about.until, about.state
    with transaction.atomic():
        helper.save()
        record(by=by.actor, verb=verb, subject="", at=at, detail={"profile": about.profile})
    return helper


def _must_keep_helpers(by: Member) -> None:
    if not keeps_helpers(by):
        raise Forbidden(Right.KEEP_HELPERS)
