"""What browsers do when an epoch has ended, for the tests: new wraps, and the word that they open."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from teduh.access.models import Member
from teduh.vault import demo, epochs, keylist, manifest, queries, suite
from teduh.vault.actions import renewing, rewrapping
from teduh.vault.bundles import Bundle, OpenableCompartment
from teduh.vault.envelope import Compartment, Place, sign_statement, unwrap, wrap
from teduh.vault.keywork import NewEpoch, NewWrap, OpenedWrap
from teduh.vault.models import PublicKey
from teduh.vault.packages import SealedWrap, SignedStatement, b64, compact
from teduh.vault.rules import kid_of
from tests.vault.reports import AT, Office

TEAM = "asesmen"
CHANGED = AT + timedelta(days=20)
LATE = CHANGED + timedelta(days=60)
SETTLED = LATE + timedelta(days=7)


def seed_of(kid: str) -> bytes:
    """The private seed of any epoch of the team."""
    first = demo.seed(f"epoch:{TEAM}")
    return first if kid.endswith(suite.sha256(suite.box_public(first)).hex()[:8]) else later(kid)


def later(kid: str) -> bytes:
    """The seed of an epoch that came after the first, by the month in its name."""
    return demo.seed(f"epoch:{TEAM}:{kid.split('.')[0][-6:]}")


def turn(office: Office, by: Member, at: datetime = CHANGED) -> str:
    """A new epoch of the team, and a list that names it; answers its kid."""
    day, author = at.date(), office.signer(by.code)
    seed = demo.seed(f"epoch:{TEAM}:{day:%Y%m}")
    public = suite.box_public(seed)
    kid = kid_of(f"tim-{TEAM}-{day:%Y%m}", suite.sha256(public))
    row = PublicKey(kid=kid, kind="team", owner=TEAM, public=public, since=day, by=author.kid)
    wraps = tuple(
        SealedWrap(box.kid, suite.box_seal(bytes(box.public), _info(kid, box.kid), seed))
        for box in keylist.boxes(TEAM, at)
    )
    sig = sign_statement(author.seed, keylist.NEW_KEY, keylist.statement(row))
    renewing.start_epoch(by=by, team=TEAM, made=NewEpoch(public, author.kid, sig, wraps), at=at)
    renewing.sign_list(by=by, told=_next_list(by.code, day, at), at=at)
    return kid


def _info(epoch: str, member: str) -> bytes:
    return b"teduh/v1/epoch\0" + epoch.encode() + b"\0" + member.encode()


def _next_list(by: str, day: date, at: datetime) -> SignedStatement:
    newest = queries.newest_manifest()
    assert newest
    body = manifest.compose(
        inst="tanjungpinang",
        serial=newest.serial + 1,
        keys=[keylist.entry(key, keylist.standing(at)) for key in keylist.to_list(day)],
        since=day,
        until=day + timedelta(days=35),
    )
    return SignedStatement(body, manifest.sign(demo.seed(f"sign:{by}"), body))


def open_part(bundle: Bundle, one: OpenableCompartment, kid: str) -> Compartment:
    """A compartment by its wrap to this epoch."""
    place = Place(bundle.inst, bundle.subject, one.comp)
    return unwrap(one.d, kid, dict(one.wraps)[kid], seed_of(kid), place)


def made_new(by: Member, epoch: str, at: datetime = LATE) -> list[NewWrap]:
    """New wraps of the next compartments that wait, as a browser makes them."""
    bundles, parts, _last = rewrapping.hand_out_old(by=by, epoch=epoch, after=0, at=at)
    [old] = [one for one in epochs.old_epochs(at.date()) if one.kid == epoch]
    found = []
    for bundle in bundles:
        for one in bundle.compartments:
            if b64(suite.sha256(one.d)) in parts:
                opened = open_part(bundle, one, epoch)
                w = wrap(opened, old.to.kid, bytes(old.to.public))
                found.append(NewWrap(opened.cmp, old.to.kid, w))
    return found


def rewrap(by: Member, epoch: str, at: datetime = LATE) -> int:
    """One step of the first job."""
    return rewrapping.keep_new(by=by, epoch=epoch, wraps=made_new(by, epoch, at), at=at)


def tried(by: Member, epoch: str, at: datetime = LATE) -> tuple[list[OpenedWrap], list[OpenedWrap]]:
    """Which of the next new wraps open, and which do not."""
    bundles, _parts, _last = rewrapping.hand_out_new(by=by, epoch=epoch, after=0, at=at)
    good: list[OpenedWrap] = []
    broken: list[OpenedWrap] = []
    for bundle in bundles:
        for one in bundle.compartments:
            for kid, w in one.wraps:
                found = OpenedWrap(b64(suite.sha256(one.d)), kid, b64(suite.sha256(w)))
                (good if opens(bundle, one, kid) else broken).append(found)
    return good, broken


def opens(bundle: Bundle, one: OpenableCompartment, kid: str) -> bool:
    try:
        open_part(bundle, one, kid)
    except suite.CannotOpen:
        return False
    return True


def word(
    office: Office,
    by: Member,
    epoch: str,
    opened: list[OpenedWrap],
    at: datetime = LATE,
    said: Mapping[str, object] | None = None,
) -> SignedStatement:
    """A member's signed word that these wraps open."""
    author = office.signer(by.code)
    told = {
        "v": 1,
        "inst": "tanjungpinang",
        "epoch": epoch,
        "day": str(at.date()),
        "by": author.kid,
        "opened": [{"cmp": o.cmp, "kid": o.kid, "sha256": o.sha256} for o in opened],
        **(said or {}),
    }
    body = compact(told)
    return SignedStatement(body, sign_statement(author.seed, rewrapping.REOPENED, body))


def reopen(office: Office, by: Member, epoch: str, at: datetime = LATE) -> int:
    """One step of the second job."""
    opens, broken = tried(by, epoch, at)
    told = word(office, by, epoch, opens, at)
    done = rewrapping.keep_opened(by=by, epoch=epoch, told=told, at=at)
    rewrapping.throw_away(by=by, epoch=epoch, wraps=broken, at=at)
    return done
