"""A new office: agency, teams, first members, every key, in one transaction or not at all."""

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.urls import reverse

from teduh.access import actions as access
from teduh.access.models import Agency, Member, Team
from teduh.access.roles import ROLES
from teduh.access.rules import ARCHIVES
from teduh.access.words import AgencyKind
from teduh.directory import actions as directory
from teduh.lib.actors import COMMAND
from teduh.lib.timing import local_day
from teduh.vault import ceremony, manifest, office, queries, suite
from teduh.vault.packages import b64

AREAS = Path(__file__).parents[1] / "directory" / "data" / "areas.csv"
OFFICE = "uptd"  # code of the office among agencies
TEAMS = (
    ("asesmen", "Tim asesmen", "assessment"),
    ("pendampingan", "Tim pendampingan", "companion"),
    ("hotline", "Tim hotline", "hotline"),
    ("arsip-a", "Arsip A", "archive_a"),
    ("arsip-b", "Arsip B", "archive_b"),
)
RECEIVES = "asesmen"  # new reports are sealed to this team: somebody must be able to open them
KEY_OFFICERS = 2  # at least; one of them may be away (sealing.md 3)
CODE_LENGTH = 12  # letters of a member code


class NotReady(Exception):
    """Why no office can be made with what was given."""


@dataclass(frozen=True, slots=True)
class First:
    """A first member as the command line gives it."""

    code: str
    name: str
    email: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """Another agency at the table."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Made:
    """What is shown once and kept nowhere, and what goes into the settings."""

    root: bytes
    shares: tuple[str, ...]
    phrases: dict[str, str]
    links: dict[str, str]
    certificates: dict[str, ceremony.Certificate]

    @property
    def root_public(self) -> str:
        """The value of TEDUH_ROOT_PUBLIC."""
        return b64(suite.sign_public(self.root))


def read_member(text: str) -> First:
    """A first member from `code;name;email;roles;teams`. Raises NotReady."""
    try:
        code, name, email, roles, teams = (part.strip() for part in text.split(";"))
    except ValueError as error:
        raise NotReady(f"A member is code;name;email;roles;teams, not: {text}") from error
    first = First(code, name, email, _several(roles), _several(teams))
    try:
        validate_slug(first.code)
        validate_email(first.email)
    except ValidationError as error:
        raise NotReady(f"Member {first.code}: {' '.join(error.messages)}") from error
    wrong = {*first.roles} - set(ROLES) or {*first.teams} - {code for code, _n, _k in TEAMS}
    if wrong or len(first.code) > CODE_LENGTH or not first.name:
        raise NotReady(
            f"Member {first.code}: {', '.join(sorted(wrong)) or 'code or name'} is wrong."
        )
    return first


def read_partners(path: Path) -> list[Partner]:
    """Agencies of a toml file: [[agencies]] with code, name, kind. Raises NotReady."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["agencies"]
        partners = [Partner(row["code"], row["name"], row["kind"]) for row in rows]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise NotReady(f"{path} does not list [[agencies]] with code, name and kind.") from error
    wrong = [one.code for one in partners if one.kind not in AgencyKind.values]
    if wrong:
        raise NotReady(f"{', '.join(wrong)}: kind is one of {', '.join(AgencyKind.values)}.")
    return partners


def check(*, area: str, name: str, members: Sequence[First]) -> None:
    """Whether an office can be made here and now. Raises NotReady."""
    if Agency.objects.exists() or Member.objects.get_queryset().exists() or queries.package():
        raise NotReady("There is an office in this database already.")
    _check_settings(area, name)
    if len({one.code for one in members}) != len(members):
        raise NotReady("A member code stands twice.")
    if len([one for one in members if "key_officer" in one.roles]) < KEY_OFFICERS:
        raise NotReady("Name at least two members with the role key_officer.")
    if any({*ARCHIVES} <= {*one.teams} for one in members):
        raise NotReady("Nobody holds both halves of the archive: arsip-a or arsip-b, not both.")
    if not any(RECEIVES in one.teams for one in members):
        raise NotReady(f"Nobody sits in {RECEIVES}: nobody could read a report.")


def make(
    *,
    area: str,
    name: str,
    members: Sequence[First],
    partners: Sequence[Partner],
    channels: Path | None = None,
    at: datetime,
) -> Made:
    """Write the office and all its keys; the caller opens the transaction, of both databases."""
    directory.load_areas(AREAS, by=COMMAND, at=at, around=area)
    if channels:
        directory.load_channels(channels, by=COMMAND, at=at)
    main = access.open_agency(
        by=COMMAND, code=OFFICE, name=name, kind=AgencyKind.OFFICE, area_code=area, at=at
    )
    for one in partners:
        access.open_agency(
            by=COMMAND, code=one.code, name=one.name, kind=one.kind, area_code=area, at=at
        )
    teams = {
        code: access.open_team(by=COMMAND, code=code, name=label, kind=kind, agency=main, at=at)
        for code, label, kind in TEAMS
    }
    links = {one.code: _enter(one, main, teams, at) for one in members}
    return _keys(members, links, at)


def _enter(one: First, agency: Agency, teams: dict[str, Team], at: datetime) -> str:
    member = access.add_member(
        by=COMMAND,
        code=one.code,
        email=one.email,
        name=one.name,
        agency=agency,
        roles=one.roles,
        teams=[teams[code] for code in one.teams],
        at=at,
    )
    token = default_token_generator.make_token(member)
    return reverse("access:invitation", kwargs={"code": member.code, "token": token})


def _keys(members: Sequence[First], links: dict[str, str], at: datetime) -> Made:
    @cache
    def secret(_purpose: str) -> bytes:
        return suite.random_bytes(suite.SEED)

    day = local_day(at)
    officers = [one.code for one in members if "key_officer" in one.roles]
    phrases = {one.code: ceremony.draw_phrase() for one in members}
    seated = {team: [one.code for one in members if team in one.teams] for team, _n, _k in TEAMS}
    office.open_keys(
        teams={team: held for team, held in seated.items() if held or team not in ARCHIVES},
        phrases=phrases,
        key_officers=officers,
        seeds=secret,
        day=day,
    )
    certificates = {
        code: ceremony.certify(
            secret("root"),
            inst=settings.TEDUH_INSTANCE,
            name=code,
            public=suite.sign_public(secret(f"sign:{code}")),
            since=day,
            until=day + timedelta(days=manifest.CERT_DAYS),
        )
        for code in officers
    }
    shares = tuple(ceremony.split(secret("recovery")))
    return Made(secret("root"), shares, phrases, links, certificates)


def _check_settings(area: str, name: str) -> None:
    if area != settings.TEDUH_AREA:
        raise NotReady(f"Set TEDUH_AREA={area} first; it is {settings.TEDUH_AREA!r}.")
    if name != settings.TEDUH_OFFICE:
        raise NotReady(f"Set TEDUH_OFFICE to {name!r} first; it is {settings.TEDUH_OFFICE!r}.")
    cities = _cities()
    if area not in cities:
        raise NotReady(f"{area} is no city or regency of {AREAS.name}.")
    # The name inside every seal can never be changed: that of another city is a slip.
    others = {_plain(city) for code, city in cities.items() if code != area}
    if not settings.TEDUH_INSTANCE or _plain(settings.TEDUH_INSTANCE) in others:
        raise NotReady(f"Set TEDUH_INSTANCE first; it is {settings.TEDUH_INSTANCE!r}.")


def _cities() -> dict[str, str]:
    with AREAS.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return {row["code"]: row["name"] for row in csv.DictReader(lines) if row["kind"] == "city"}


def _plain(name: str) -> str:
    return re.sub(r"^(kota|kabupaten)|[^a-z]", "", name.lower())


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
