"""When nobody can open any more: the recovery key opens once, and is replaced (sealing.md 3).

Offline, with the web closed: three shares, the root key, a copy of both databases.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.rules import ARCHIVES
from teduh.audit.actions import record
from teduh.lib.actors import COMMAND
from teduh.lib.timing import local_day
from teduh.vault import ceremony, office, queries, suite, units
from teduh.vault.envelope import Compartment as Opened
from teduh.vault.envelope import Place, unwrap, wrap
from teduh.vault.models import (
    Card,
    Compartment,
    EpochWrap,
    Keyring,
    PublicKey,
    Resting,
    Wrap,
)
from teduh.vault.packages import b64
from teduh.vault.rules import BOX_KEY, LIST, SIGN_KEY, Refused

Progress = Callable[[int, int], None]  # compartments done, compartments in all


@dataclass(frozen=True, slots=True)
class Recovered:
    """What is shown once: a new phrase for one member, new shares, how much was re-sealed."""

    phrase: str
    shares: tuple[str, ...]
    compartments: int


@transaction.atomic
def recover(
    *,
    shares: Sequence[str],
    root_seed: bytes,
    member: str,
    teams: Sequence[str],
    at: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Recovered:
    """Open everything of `teams` for one member, under new keys, and replace the recovery key.

    Raises Refused: shares that do not give the recovery key, a root key of another office, both
    sides of the archive in one hand.
    """
    if {*ARCHIVES} <= {*teams}:
        raise Refused("archive")
    old_seed, old_kid = _recovery(shares)
    if b64(suite.sign_public(root_seed)) != settings.TEDUH_ROOT_PUBLIC:
        raise Refused("root")
    day, phrase = local_day(at), ceremony.draw_phrase()
    box, sign = _new_keyring(member, phrase, at)
    epochs = {team: suite.random_bytes(suite.SEED) for team in teams}
    for team, seed in epochs.items():
        EpochWrap.objects.filter(team_code=team).delete()
        office.start_epoch(team, {member: suite.box_public(box)}, seed, day)
    new_seed = suite.random_bytes(suite.SEED)
    new_kid = office.recovery_key(new_seed, day)
    done = _reseal(_Keys(old_seed, old_kid, new_seed, new_kid, epochs), progress)
    Card.objects.filter(team_code__in=teams).delete()  # made again at the next opening
    Compartment.objects.filter(comp=LIST, subject__in=_lists(teams)).delete()
    office.sign_manifest(member, sign, root_seed, day)
    record(by=COMMAND, verb="vault.recovered", subject=member, at=at, detail={"parts": done})
    return Recovered(phrase, tuple(ceremony.split(new_seed)), done)


@dataclass(frozen=True, slots=True)
class _Keys:
    old_seed: bytes
    old_kid: str
    new_seed: bytes
    new_kid: str
    epochs: dict[str, bytes]


def _recovery(shares: Sequence[str]) -> tuple[bytes, str]:
    seed = ceremony.join(list(shares))
    public = suite.box_public(seed)
    for key in queries.recovery_keys():
        if bytes(key.public) == public:
            return seed, key.kid
    raise Refused("shares")


def _new_keyring(member: str, phrase: str, at: datetime) -> tuple[bytes, bytes]:
    day = local_day(at)
    mine = PublicKey.objects.filter(owner=member, kind__in=(BOX_KEY, SIGN_KEY), gone=None)
    mine.update(gone=day)
    Keyring.objects.filter(member_code=member).delete()
    drawn: dict[str, bytes] = {}

    def draw(purpose: str) -> bytes:
        """A seed for each purpose, the same when it is asked for again."""
        return drawn.setdefault(purpose, suite.random_bytes(suite.SEED))

    box, sign = office.member_keys(member, draw, day)
    office.keep_keyring(member, phrase, suite.random_bytes(16), box, sign)
    return box, sign


def _reseal(keys: _Keys, progress: Progress) -> int:
    """Wrap every compartment the old recovery key opens to the new one, and to its team's epoch."""
    publics = {team: suite.box_public(seed) for team, seed in keys.epochs.items()}
    new_public = suite.box_public(keys.new_seed)
    kids = {key.kid: key.owner for key in PublicKey.objects.filter(kind="team")}
    newest = {team: _newest(team) for team in keys.epochs}
    rows = Wrap.objects.filter(kid=keys.old_kid).select_related("compartment").order_by("id")
    count, done = rows.count(), 0
    for row in rows.iterator(chunk_size=500):
        unit = units.find(units.unit_of(row.compartment.subject, row.compartment.comp))
        if unit is None:
            continue  # forgotten: stays so
        opened = _open(row, unit, keys)
        _wrap(row.compartment, unit, opened, keys.new_kid, new_public)
        others = row.compartment.wraps.values_list("kid", flat=True)
        readers = {kids[kid] for kid in others if kid in kids} or _archived_by(row.compartment)
        for team in readers & set(newest):
            _wrap(row.compartment, unit, opened, newest[team], publics[team])
        row.delete()
        done += 1
        progress(done, count)
    return done


def _open(row: Wrap, unit: bytes, keys: _Keys) -> Opened:
    d = bytes(row.compartment.d)
    wrapped = suite.disclose(unit, bytes(row.stored), suite.sha256(d) + keys.old_kid.encode())
    place = Place(settings.TEDUH_INSTANCE, row.compartment.subject, row.compartment.comp)
    return unwrap(d, keys.old_kid, wrapped, keys.old_seed, place)


def _archived_by(row: Compartment) -> set[str]:
    """The team whose compartment lies in the archive only: it gets it back."""
    found = Resting.objects.filter(subject=row.subject).values_list("team_code", flat=True)
    return set(found)


def _wrap(row: Compartment, unit: bytes, opened: Opened, kid: str, public: bytes) -> None:
    stored = suite.enclose(unit, wrap(opened, kid, public), suite.sha256(opened.d) + kid.encode())
    Wrap.objects.create(compartment=row, kid=kid, stored=stored)


def _newest(team: str) -> str:
    return str(PublicKey.objects.filter(kind="team", owner=team).order_by("-id")[0].kid)


def _lists(teams: Sequence[str]) -> list[str]:
    rows = Compartment.objects.filter(comp=LIST).values_list("subject", flat=True)
    return [subject for subject in rows if subject.rsplit(".", 1)[0] in teams]
