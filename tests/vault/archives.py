"""The archive's holders, and what browsers do for it, for the tests."""

from collections.abc import Mapping
from datetime import datetime

from teduh.access.models import Agency, Member
from teduh.access.rules import ARCHIVES
from teduh.lib.timing import local_day
from teduh.vault import archive, demo, epochs, queries, suite
from teduh.vault import office as making
from teduh.vault.actions import archiving, recalling
from teduh.vault.envelope import Compartment, Place, wrap
from teduh.vault.keywork import GivenHalf, NewPair, NewWrap
from teduh.vault.models import Compartment as Row
from teduh.vault.models import PublicKey
from teduh.vault.packages import unb64
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory
from tests.vault import halves, rewraps
from tests.vault.reports import AT, Office
from tests.vault.rewraps import LATE, TEAM

HOLDERS = {"arsip-a": ("nangka", "salak"), "arsip-b": ("durian", "manggis")}
KEEPERS = {code: team for team, codes in HOLDERS.items() for code in codes}


def make_office(*, holders: Mapping[str, tuple[str, ...]] = HOLDERS) -> Office:
    """The keys of a team of two and of the archive, but for closed keyrings."""
    day = local_day(AT)
    seats = {code: [TEAM] for code in ("melati", "kenanga")}
    seats |= {code: [team] for team, codes in holders.items() for code in codes}
    keys = {code: making.member_keys(code, demo.seed, day) for code in seats}
    boxes = {code: suite.box_public(box) for code, (box, _sign) in keys.items()}
    for team in (TEAM, *holders):
        held = {code: boxes[code] for code, sat in seats.items() if team in sat}
        making.start_epoch(team, held, demo.seed(f"epoch:{team}"), day)
    making.recovery_key(demo.seed("recovery"), day)
    making.sign_manifest("melati", keys["melati"][1], demo.seed("root"), day, seats)
    return Office()


def seat_holders(
    agency: Agency, holders: Mapping[str, tuple[str, ...]] = HOLDERS
) -> dict[str, Member]:
    """The two teams of the archive and who holds their keys, by code."""
    found = {}
    for team, kind in zip(ARCHIVES, ("archive_a", "archive_b"), strict=True):
        made = TeamFactory(code=team, kind=kind, agency=agency)
        for code in holders.get(team, ()):
            found[code] = MemberFactory(code=code, role="archive_keeper", team=made)
    return found


def made_pairs(by: Member, epoch: str, at: datetime = LATE) -> list[NewPair]:
    """The next pairs of halves, as a browser of the team makes them."""
    bundles, parts, _last = archiving.hand_out_single(by=by, epoch=epoch, after=0, at=at)
    [old] = [one for one in epochs.old_epochs(at.date()) if one.kid == epoch]
    assert old.sides
    to = tuple((key.kid, bytes(key.public)) for key in (old.sides.a, old.sides.b))
    made = []
    for bundle in bundles:
        for one in bundle.compartments:
            opened = None if epoch not in dict(one.wraps) else rewraps.open_part(bundle, one, epoch)
            if opened and opened.cmp in parts:
                made.append(halves.halve(opened, (to[0], to[1])))
    return made


def store(by: Member, epoch: str, at: datetime = LATE) -> int:
    """One step of halving."""
    return archiving.keep_pairs(by=by, epoch=epoch, pairs=made_pairs(by, epoch, at), at=at)


def opened_halves(
    by: Member, number: int, at: datetime, of: frozenset[int] | None = None
) -> list[tuple[int, str, Row, bytes]]:
    """What a holder's browser opens of a recall: pair, side, compartment, half. `of`: these pairs."""
    found, rows, _to = recalling.hand_out_halves(by=by, number=number, after=0, at=at)
    seed = demo.seed(f"epoch:{KEEPERS[by.code]}")
    side, opened = archive.side_of(by), []
    for row in rows:
        for pair in found[row.cmp]:
            if of is not None and pair["pair"] not in of:
                continue
            proof = unb64(pair["proofs"][side])  # type: ignore[index]
            for half in pair["halves"]:  # type: ignore[attr-defined]
                d = bytes(row.d)
                raw = halves.open_half(unb64(half["w"]), d, side, half["kid"], seed, proof)
                opened.append((int(str(pair["pair"])), side, row, raw))
    return opened


def give(by: Member, number: int, at: datetime, of: frozenset[int] | None = None) -> int:
    """A holder's browser hands on what it opened, sealed to the team."""
    to = queries.team_key(TEAM)
    assert to
    made = [
        GivenHalf(
            pair,
            to.kid,
            halves.wrap_half(raw, bytes(row.d), side, to.kid, bytes(to.public)),
        )
        for pair, side, row, raw in opened_halves(by, number, at, of)
    ]
    return recalling.hand_on(by=by, number=number, halves=made, at=at)


def joined(by: Member, number: int, at: datetime) -> tuple[list[Compartment], list[str]]:
    """Which compartments a browser of the team joins of the halves given, and which do not fit."""
    bundles, found, rows, _to = recalling.hand_out_joined(by=by, number=number, after=0, at=at)
    good: list[Compartment] = []
    broken: list[str] = []
    for row in rows:
        [inst] = {bundle.inst for bundle in bundles if bundle.subject == row.subject}
        place = Place(inst, row.subject, row.comp)
        opened = [one for pair in found[row.cmp] if (one := _join(pair, row, place))]
        if opened:
            good.append(opened[0])
        else:
            broken.append(row.cmp)
    return good, broken


def _join(pair: Mapping[str, object], row: Row, place: Place) -> Compartment | None:
    raw = {}
    for half in pair["halves"]:  # type: ignore[attr-defined]
        side, kid = half["side"], half["kid"]
        proof = unb64(pair["proofs"][side])  # type: ignore[index]
        seed = rewraps.seed_of(kid)
        try:
            raw[side] = halves.open_half(unb64(half["w"]), bytes(row.d), side, kid, seed, proof)
        except (Refused, suite.CannotOpen):
            return None
    return halves.join(raw["a"], raw["b"], bytes(row.d), place) if len(raw) == 2 else None


def join(by: Member, number: int, at: datetime) -> int:
    """One step of joining in a browser of the team."""
    good, broken = joined(by, number, at)
    to: PublicKey | None = queries.team_key(TEAM)
    assert to
    wraps = [NewWrap(one.cmp, to.kid, wrap(one, to.kid, bytes(to.public))) for one in good]
    return recalling.keep_joined(by=by, number=number, wraps=wraps, broken=broken, at=at)
