"""Reading keys that live on: which stand in the list, which wait for it, who lacks one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max

from teduh.access.models import Member, TeamSeat
from teduh.access.rules import ARCHIVES
from teduh.lib.timing import local_day
from teduh.vault import queries, suite, units
from teduh.vault.models import Certificate, Departure, EpochWrap, Keyring, PublicKey
from teduh.vault.packages import b64, compact
from teduh.vault.queries import Listed, TeamKeys
from teduh.vault.rules import BOX_KEY, SIGN_KEY

Seats = Mapping[str, Sequence[str]]  # member code -> team codes
NEW_KEY = "teduh/v1/newkey"  # the label under which a member vouches for a team's key
SHOWN_DAYS = 60  # departures stay on the page that long
SOON_DAYS = 7  # before its end the list asks to be signed again


@dataclass(frozen=True, slots=True)
class EpochState:
    """How a team's key stands, and why a new one is due."""

    team: str
    key: PublicKey | None
    listed: bool
    month_over: bool
    left: bool

    @property
    def due(self) -> bool:
        """Whether a new key should be made now."""
        return self.key is None or self.month_over or self.left


@dataclass(frozen=True, slots=True)
class Left:
    """What is done, and what is not, since somebody left."""

    departure: Departure
    rotated: bool
    listed: bool


def own_signing_keys(member_code: str) -> dict[str, bytes]:
    """A member's signing keys in use, by kid."""
    keys = PublicKey.objects.filter(kind=SIGN_KEY, owner=member_code, gone=None)
    return {key.kid: bytes(key.public) for key in keys}


def statement(key: PublicKey) -> bytes:
    """What the maker of a key signs."""
    return compact(
        {
            "v": 1,
            "inst": settings.TEDUH_INSTANCE,
            "kid": key.kid,
            "kind": key.kind,
            "owner": key.owner,
            "sha256": b64(suite.sha256(bytes(key.public))),
            "day": str(key.since),
            "by": key.by,
        }
    )


def seats(at: datetime) -> Seats:
    """The teams each member sits in, by member code."""
    found: dict[str, list[str]] = {}
    rows = TeamSeat.objects.running(at).filter(team__active=True, member__active=True)
    pairs = rows.order_by("team__code").values_list("member__code", "team__code").distinct()
    for member, team in pairs:
        found.setdefault(member, []).append(team)
    return found


def standing(at: datetime) -> Seats:
    """As seats, and by kid the teams in which the newest list names each signing key.

    What somebody signed for these teams stays believed after they have left.
    """
    listed = {one["kid"]: one.get("teams", ()) for one in queries.listed_entries()}
    return {**listed, **seats(at)}


def entry(key: PublicKey, seated: Seats) -> dict[str, Any]:
    """A key as the list names it: a member's with the teams, one whose holder left until that day."""
    digest = b64(suite.sha256(bytes(key.public)))
    said: dict[str, Any] = {"kid": key.kid, "kind": key.kind, "sha256": digest}
    if key.kind in {BOX_KEY, SIGN_KEY}:
        said["teams"] = list(seated.get(key.kid if key.gone else key.owner, ()))
    return {**said, "until": str(key.gone)} if key.gone else said


def to_list(day: date) -> list[PublicKey]:
    """The keys a list signed on `day` should name.

    The newest of each team and of recovery; members' keys in use; and for ever the signatures of
    those who left, or what they wrote could not be believed any more.
    """
    rows = list(PublicKey.objects.filter(since__lte=day).order_by("id"))
    newest = {(key.kind, key.owner): key.pk for key in rows if key.kind in {"team", "recovery"}}
    return [
        key
        for key in rows
        if newest.get((key.kind, key.owner)) == key.pk
        or key.kind == SIGN_KEY
        or (key.kind == BOX_KEY and key.gone is None)
    ]


def waiting(at: datetime) -> list[PublicKey]:
    """Keys of the next list that the newest signed one does not name as they are."""
    listed, seated = queries.listed_entries(), standing(at)
    return [key for key in to_list(local_day(at)) if entry(key, seated) not in listed]


def boxes(team: str, at: datetime) -> list[PublicKey]:
    """The box keys of the members who sit in a team, and whom the list names in it."""
    return boxes_in([team], at, queries.newest_list())[team]


def boxes_in(teams: Collection[str], at: datetime, listed: Listed) -> dict[str, list[PublicKey]]:
    """The same for each of several teams."""
    seated = TeamSeat.objects.running(at).filter(team__code__in=teams, member__active=True)
    pairs = set(seated.values_list("team__code", "member__code"))
    named = {(team, one["kid"]) for one in listed.entries for team in one.get("teams", ())}
    owners = {member for _team, member in pairs}
    keys = list(PublicKey.objects.filter(kind=BOX_KEY, owner__in=owners, gone=None).order_by("id"))
    return {
        team: [key for key in keys if (team, key.owner) in pairs and (team, key.kid) in named]
        for team in teams
    }


def living_epochs(team: str) -> list[str]:
    """Kids of a team's epochs that something may still be sealed to, oldest first."""
    return _living([team], queries.team_keys([team]))[team]


def _living(teams: Collection[str], keys: TeamKeys) -> dict[str, list[str]]:
    made = {team: sorted(keys.of.get(team, ()), key=lambda key: key.pk) for team in teams}
    alive = units.find_many([units.of_epoch(key.kid) for some in made.values() for key in some])
    return {
        team: [key.kid for key in some if units.of_epoch(key.kid) in alive]
        for team, some in made.items()
    }


def held_epochs(member_code: str) -> set[str]:
    """Kids of the epochs whose seed is sealed to a member and given out."""
    held = EpochWrap.objects.filter(member_code=member_code, withheld=None)
    return set(held.values_list("epoch_kid", flat=True))


def holders(team: str) -> set[str]:
    """Codes of those who hold any of a team's keys."""
    held = EpochWrap.objects.filter(team_code=team, withheld=None)
    return set(held.values_list("member_code", flat=True))


Lacking = list[tuple[PublicKey, list[str]]]  # a member's box, and the kids they lack


def lacking(team: str, at: datetime) -> Lacking:
    """Members of a team who lack some of its keys."""
    keys = queries.team_keys([team])
    return lacking_in(keys, boxes_in([team], at, keys.listed))[team]


def lacking_in(keys: TeamKeys, holders: Mapping[str, Sequence[PublicKey]]) -> dict[str, Lacking]:
    """The same for each of several teams; `holders`: the boxes of `boxes_in`."""
    held = EpochWrap.objects.filter(team_code__in=list(holders), withheld=None)
    given = set(held.values_list("kid", "epoch_kid"))
    living = _living(list(holders), keys)
    found = {
        team: [(box, [one for one in living[team] if (box.kid, one) not in given]) for box in some]
        for team, some in holders.items()
    }
    return {
        team: [(box, missing) for box, missing in some if missing] for team, some in found.items()
    }


def epoch_state(team: str, day: date) -> EpochState:
    """How a team's key stands on `day`; the archive's has no month, only a holder's leaving ends it."""
    return epoch_states([team], queries.team_keys([team]), day)[0]


def epoch_states(teams: Sequence[str], keys: TeamKeys, day: date) -> list[EpochState]:
    """The same for each of several teams, in their order."""
    gone = Departure.objects.filter(team_code__in=teams).values_list("team_code")
    left = dict(gone.annotate(last=Max("at")))
    return [_state(team, keys, left.get(team), day) for team in teams]


def _state(team: str, keys: TeamKeys, left: datetime | None, day: date) -> EpochState:
    key = max(keys.of.get(team, ()), key=lambda one: one.pk, default=None)
    if key is None:
        return EpochState(team, None, listed=False, month_over=False, left=False)
    return EpochState(
        team,
        key,
        listed=key.kid in keys.listed.kids,
        month_over=team not in ARCHIVES
        and (key.since.year, key.since.month) != (day.year, day.month),
        left=left is not None and (key.made_at is None or left > key.made_at),
    )


def departures(at: datetime) -> list[Left]:
    """Who left lately, newest first, and what is still to be done about it."""
    rows = Departure.objects.filter(at__gt=at - timedelta(days=SHOWN_DAYS)).order_by("-id")
    listed = queries.listed_entries()
    return [
        Left(row, rotated=not _waits_for_a_key(row), listed=_struck_off(row, listed))
        for row in rows
    ]


def holder(code: str) -> Member | None:
    """An active member by code."""
    return Member.objects.active().filter(code=code).first()


def certificate(member_code: str, day: date) -> Certificate | None:
    """A key officer's certificate that still holds on `day`."""
    return Certificate.objects.filter(member_code=member_code, until__gte=day).first()


def keyring(member_code: str) -> Keyring | None:
    """A member's keyring, unless it is withheld."""
    return Keyring.objects.filter(member_code=member_code, withheld=None).first()


def held(*, withheld: bool) -> tuple[set[str], set[tuple[str, str]]]:
    """Who has a keyring, and who which team's keys, that are given out now or withheld."""
    rings = Keyring.objects.filter(withheld__isnull=not withheld)
    wraps = EpochWrap.objects.filter(withheld__isnull=not withheld)
    return (
        set(rings.values_list("member_code", flat=True)),
        set(wraps.values_list("member_code", "team_code").distinct()),
    )


def active_codes() -> set[str]:
    """Codes of all active members."""
    return set(Member.objects.active().values_list("code", flat=True))


def seated_pairs(at: datetime) -> set[tuple[str, str]]:
    """Every member in every team, now."""
    return {(member, team) for member, teams in seats(at).items() for team in teams}


def _waits_for_a_key(row: Departure) -> bool:
    newer = PublicKey.objects.filter(kind="team", owner=row.team_code, made_at__gt=row.at)
    return bool(row.team_code) and not newer.exists()


def _struck_off(row: Departure, listed: Iterable[dict[str, Any]]) -> bool:
    keys = PublicKey.objects.filter(owner=row.member_code).exclude(gone=None)
    named = [one for one in listed if one["kid"] in {key.kid for key in keys}]
    return all("until" in one for one in named)
