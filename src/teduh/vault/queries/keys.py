"""Public keys: the list, whose they are, what a browser is told of them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q

from teduh.lib.prepared import Prepared
from teduh.vault import manifest, rules, suite, units
from teduh.vault.models import (
    EpochWrap,
    Manifest,
    PublicKey,
)
from teduh.vault.packages import b64, unb64
from teduh.vault.rules import Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """Keys a new report may be sealed to: kids of team epochs with their team codes, recovery kids."""

    teams: Mapping[str, str]
    recovery: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest signed list, read once for all that one page asks of it."""

    until: date | None
    entries: Sequence[dict[str, Any]]
    kids: frozenset[str]

    def days_left(self, day: date) -> int:
        """Days until it ends; negative when it has, or where there is none."""
        return (self.until - day).days if self.until else -1


@dataclass(frozen=True, slots=True)
class TeamKeys:
    """Every key that some teams ever had, by team, the oldest first; and the list that names some."""

    of: Mapping[str, Sequence[PublicKey]]
    listed: Listed

    def newest(self, team: str) -> PublicKey | None:
        """The newest key of a team that the list names."""
        named = (key for key in reversed(self.of.get(team, ())) if key.kid in self.listed.kids)
        return next(named, None)


def newest_manifest() -> Manifest | None:
    """The manifest with the highest serial."""
    return _NEWEST.first()


def package(row: Manifest | None = None) -> dict[str, str]:
    """Certificate and manifest as they travel; empty before the office is made."""
    row = row or newest_manifest()
    if row is None:
        return {}
    return manifest.package(bytes(row.cert), bytes(row.cert_sig), bytes(row.body), bytes(row.sig))


def newest_list() -> Listed:
    """What the newest manifest says; nothing before the office is made."""
    row = newest_manifest()
    return _listed(bytes(row.body), row.until) if row else Listed(None, (), frozenset())


@lru_cache(maxsize=4)
def _listed(body: bytes, until: date) -> Listed:
    """The list of a large office has a thousand lines, and every report asks for it."""
    entries = tuple(json.loads(body)["keys"])
    return Listed(until, entries, frozenset(one["kid"] for one in entries))


def listed_kids() -> frozenset[str]:
    """Kids of the newest manifest: what browsers will take."""
    return newest_list().kids


def listed_entries() -> Sequence[dict[str, Any]]:
    """The lines of the newest manifest."""
    return newest_list().entries


def team_keys(teams: Collection[str] | None = None, listed: Listed | None = None) -> TeamKeys:
    """The keys of these teams, or of all; `listed`: the newest list, where it was read already."""
    rows = PublicKey.objects.filter(kind="team").order_by("since", "id")
    if teams is not None:
        rows = rows.filter(owner__in=teams)
    of: dict[str, list[PublicKey]] = {}
    for row in rows:
        of.setdefault(row.owner, []).append(row)
    return TeamKeys(of, listed or newest_list())


def team_key(team_code: str) -> PublicKey | None:
    """The newest epoch key of a team that the manifest lists."""
    epochs = PublicKey.objects.filter(kind="team", owner=team_code, kid__in=listed_kids())
    return epochs.order_by("-since", "-id").first()


def public_of(kids: Collection[str]) -> list[tuple[str, bytes]]:
    """These public keys, by name, those of who left too."""
    rows = PublicKey.objects.filter(kid__in=list(kids)).order_by("kid")
    return [(key.kid, bytes(key.public)) for key in rows]


def taken(day: date, behind: int = rules.PREVIOUS_EPOCH_DAYS) -> Taken:
    """What a new report may be sealed to on `day`.

    Of each team the newest epoch that the manifest lists, and for so many days after its start the
    one before; every recovery key.
    """
    teams: dict[str, str] = {}
    newer: dict[str, date] = {}
    listed = listed_kids()
    keys = PublicKey.objects.filter(kind__in=("team", "recovery"))
    rows = keys.order_by("owner", "-since", "-id").values_list("kind", "kid", "owner", "since")
    recovery = set()
    for kind, kid, owner, since in rows:
        if kind == "recovery":
            recovery.add(kid)
            continue
        started = newer.get(owner)
        if started is None and kid not in listed:
            continue
        if started is None or (day - started).days <= behind:
            teams[kid] = owner
        newer[owner] = since
    return Taken(teams, frozenset(recovery))


def recovery_keys() -> list[PublicKey]:
    """Recovery keys, newest first."""
    return list(PublicKey.objects.filter(kind="recovery").order_by("-since", "-id"))


def public_keys(teams: list[str], day: date) -> dict[str, Any]:
    """What a reporter's browser needs to seal: manifest, keys of these teams, recovery key, day.

    Never a day before the manifest's first: a clock that went back shuts nobody out.
    """
    row = newest_manifest()
    day = max(day, row.since) if row else day
    keys = [(code, team_key(code)) for code in teams]
    recovery = recovery_keys()
    return {
        "package": package(),
        "inst": settings.TEDUH_INSTANCE,
        "day": str(day),
        "teams": [
            {"code": code, "kid": key.kid, "key": b64(bytes(key.public)), "alternate": n > 0}
            for n, (code, key) in enumerate(keys)
            if key
        ],
        "recovery": {"kid": recovery[0].kid, "key": b64(bytes(recovery[0].public))}
        if recovery
        else None,
    }


def readers(team_code: str, day: date) -> list[tuple[str, bytes]]:
    """Team and recovery key to seal to here, as root key and manifest vouch. Raises Refused.

    What happened before the manifest began (an import) is sealed to the keys of its first day.
    """
    row = newest_manifest()
    said = manifest.read(
        package(row) if row else {},
        unb64(settings.TEDUH_ROOT_PUBLIC),
        settings.TEDUH_INSTANCE,
        max(day, row.since) if row else day,
        rules.REPORTERS_GRACE_DAYS,
    )
    epochs = {key["kid"] for key in said["keys"] if key["kind"] == "team"}
    newest: dict[str, tuple[str, bytes]] = {}
    for kind, kid, public in _SEALED_TO(team_code=team_code):
        if kind == "recovery" or kid in epochs:
            newest.setdefault(kind, (kid, bytes(public)))
    if len(newest) < 2:
        raise Refused("no keys")
    for kind, (kid, public) in newest.items():
        manifest.vouch(said, kind, kid, public)
    return [newest[kind] for kind in ("team", "recovery")]


def epochs_of(member_code: str, team_codes: Collection[str]) -> list[dict[str, str]]:
    """The epoch seeds sealed to a member of these teams, opened from their unit keys only."""
    found = []
    held = EpochWrap.objects.filter(
        member_code=member_code, team_code__in=team_codes, withheld=None
    )
    for row in held.order_by("id"):
        key = units.find(units.of_epoch(row.epoch_kid))
        if key:
            context = row.epoch_kid.encode() + row.kid.encode()
            wrapped = suite.disclose(key, bytes(row.stored), context)
            found.append({"kid": row.epoch_kid, "w": b64(wrapped)})
    return found


def listed_keys() -> list[dict[str, str]]:
    """Every public key, to be checked against the manifest by whoever gets them."""
    return [
        {"kid": key.kid, "key": b64(bytes(key.public))} for key in PublicKey.objects.order_by("id")
    ]


def expires(day: date) -> int:
    """Days until the manifest ends; negative when it has."""
    return newest_list().days_left(day)


# What is asked while somebody who sends a report waits.
_NEWEST = Prepared(lambda: Manifest.objects.order_by("-serial")[:1])
_SEALED_TO = Prepared(
    lambda team_code: (
        PublicKey.objects.filter(Q(kind="team", owner=team_code) | Q(kind="recovery"))
        .order_by("-since", "-id")
        .values_list("kind", "kid", "public")
    ),
    team_code=str,
)
