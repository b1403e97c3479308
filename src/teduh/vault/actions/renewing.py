"""Writing keys that live on: epochs, keyrings, certificates, the signed list (sealing.md 3, 10).

All are made in browsers; here they are checked, kept and written down.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden, OwnRights
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import CLOCK, Actor
from teduh.lib.timing import local_day
from teduh.vault import keylist, manifest, suite, units
from teduh.vault.actions import count_unlock, share_of
from teduh.vault.envelope import statement_by
from teduh.vault.keywork import NewEpoch, NewKeyring
from teduh.vault.models import (
    Certificate,
    Departure,
    EpochWrap,
    Keyring,
    Manifest,
    PublicKey,
)
from teduh.vault.packages import SealedWrap, SignedStatement, unb64
from teduh.vault.rules import BOX_KEY, KEPT_DAYS, SIGN_KEY, Locked, Refused, kid_of


@transaction.atomic
def start_epoch(*, by: Member, team: str, made: NewEpoch, at: datetime) -> str:
    """Keep a team's new key, sealed to each member; in use once the list names it. Returns its kid.

    Raises Forbidden, Refused.
    """
    _may_renew(by, team)
    day = local_day(at)
    kid = kid_of(f"tim-{team}-{day:%Y%m}", suite.sha256(made.public))
    row = PublicKey(
        kid=kid, kind="team", owner=team, public=made.public, since=day, made_at=at, by=made.by
    )
    key = keylist.own_signing_keys(by.code).get(made.by)
    if key is None or not statement_by(key, keylist.NEW_KEY, keylist.statement(row), made.sig):
        raise Refused("signature")
    boxes = {box.kid: box.owner for box in keylist.boxes(team, at)}
    if not boxes or {wrap.kid for wrap in made.wraps} != set(boxes):
        raise Refused("readers")
    row.sig = made.sig
    row.save()
    _keep_wraps(kid, team, boxes, made.wraps)
    record(by=by.actor, verb="vault.epoch_made", subject=team, at=at)
    return kid


@transaction.atomic
def give_epochs(
    *, by: Member, team: str, to: str, wraps: Sequence[tuple[str, SealedWrap]], at: datetime
) -> None:
    """Keep a team's keys for a member who lacks them; `wraps`: epoch kid and wrap.

    Raises Forbidden, Refused.
    """
    _may_renew(by, team)
    boxes = {box.kid: box.owner for box in keylist.boxes(team, at) if box.owner == to}
    epochs = set(keylist.living_epochs(team))
    for epoch, wrap in wraps:
        if epoch not in epochs or wrap.kid not in boxes:
            raise Refused("readers")
        if not EpochWrap.objects.filter(epoch_kid=epoch, kid=wrap.kid).exists():
            _keep_wraps(epoch, team, boxes, [wrap])
    record(by=by.actor, verb="vault.epoch_given", subject=to, at=at, detail={"team": team})


@transaction.atomic
def begin_keyring(*, by: Member, at: datetime) -> bytes:
    """The server's share for a member who makes a first keyring. Raises Locked when there is one."""
    if keylist.keyring(by.code):
        raise Locked("has one")
    count_unlock(by=by, at=at)
    return share_of(by.code)


@transaction.atomic
def make_keyring(*, by: Member, made: NewKeyring, at: datetime) -> None:
    """Keep a member's first keyring and public keys; the list must still be signed with them.

    Raises Locked when there is one.
    """
    if keylist.keyring(by.code):
        raise Locked("has one")
    Keyring.objects.update_or_create(
        member_code=by.code, defaults={"salt": made.salt, "blob": made.blob, "withheld": None}
    )
    Departure.objects.filter(member_code=by.code).update(lost=False)
    day = local_day(at)
    for name, kind, public in (
        (f"anggota-{by.code}", BOX_KEY, made.box),
        (f"tanda-{by.code}", SIGN_KEY, made.sign),
    ):
        kid = kid_of(name, suite.sha256(public))
        PublicKey.objects.create(
            kid=kid, kind=kind, owner=by.code, public=public, since=day, made_at=at
        )
    record(by=by.actor, verb="vault.keyring_made", subject=by.code, at=at)


@transaction.atomic
def reset_keyring(*, by: Member, member: Member, at: datetime) -> None:
    """Take keyring and team keys of somebody who lost the phrase; a new one is made by them.

    Raises Forbidden, OwnRights.
    """
    if not by.may(Right.MANAGE_KEYS):
        raise Forbidden(Right.MANAGE_KEYS)
    if by.pk == member.pk:
        raise OwnRights
    _take_everything(by.actor, member.code, at)
    Departure.objects.filter(member_code=member.code).update(lost=True)


@transaction.atomic
def keep_certificate(*, by: Member, told: SignedStatement, at: datetime) -> None:
    """Keep a key officer's own certificate, made offline with the root key. Raises Refused."""
    if not by.may(Right.MANAGE_KEYS):
        raise Forbidden(Right.MANAGE_KEYS)
    root = unb64(settings.TEDUH_ROOT_PUBLIC)
    said = manifest.read_certificate(told.body, told.sig, root, settings.TEDUH_INSTANCE)
    public = unb64(str(said["key"]))
    if public not in keylist.own_signing_keys(by.code).values():
        raise Refused("cert")
    until = date.fromisoformat(said["until"])
    if until < local_day(at):
        raise Refused("date")
    Certificate.objects.update_or_create(
        member_code=by.code, defaults={"body": told.body, "sig": told.sig, "until": until}
    )
    record(by=by.actor, verb="vault.certified", subject=by.code, at=at)


@transaction.atomic
def sign_list(*, by: Member, told: SignedStatement, at: datetime) -> int:
    """Keep a newly signed list of keys; returns its serial number.

    Raises Forbidden, Refused: also when the keys changed since the page was shown.
    """
    if not by.may(Right.MANAGE_KEYS):
        raise Forbidden(Right.MANAGE_KEYS)
    day = local_day(at)
    newest = Manifest.objects.select_for_update().order_by("-serial").first()
    cert = Certificate.objects.filter(member_code=by.code, until__gte=day).first()
    if newest is None or cert is None:
        raise Refused("cert")
    package = manifest.package(bytes(cert.body), bytes(cert.sig), told.body, told.sig)
    root = unb64(settings.TEDUH_ROOT_PUBLIC)
    said = manifest.read(package, root, settings.TEDUH_INSTANCE, day)
    until, seated = day + timedelta(days=manifest.MANIFEST_DAYS), keylist.standing(at)
    if (said["serial"], said["from"], said["until"]) != (newest.serial + 1, str(day), str(until)):
        raise Refused("serial")
    if said["keys"] != [keylist.entry(key, seated) for key in keylist.to_list(day)]:
        raise Refused("keys")
    Manifest.objects.create(
        serial=said["serial"],
        body=told.body,
        sig=told.sig,
        cert=cert.body,
        cert_sig=cert.sig,
        since=day,
        until=until,
    )
    record(by=by.actor, verb="vault.list_signed", subject=str(said["serial"]), at=at)
    return int(said["serial"])


def revoke_gone(*, at: datetime) -> int:
    """Withhold keyrings and team keys from whoever left the office or a team; answers how many.

    The clock calls it at every beat: nobody keeps a key because a page forgot to (sealing.md 10).
    For seven days somebody who comes back has them again, so that a slip of the hand locks nobody
    out for ever; then they are destroyed.
    """
    active = keylist.active_codes()
    rings, pairs = keylist.held(withheld=False)
    seated = keylist.seated_pairs(at)
    gone = sorted((rings | {code for code, _team in pairs}) - active)
    lost = sorted(pair for pair in pairs if pair[0] in active and pair not in seated)
    for code in gone:
        _take_everything(CLOCK, code, at)
    for code, team in lost:
        _take_team(CLOCK, code, team, at)
    _give_back(active, seated, at)
    _destroy_old(at)
    return len(gone) + len(lost)


def _may_renew(by: Member, team: str) -> None:
    if not by.may(Right.RENEW_TEAM_KEYS) or team not in by.team_codes():
        raise Forbidden(Right.RENEW_TEAM_KEYS)


def _keep_wraps(epoch: str, team: str, boxes: dict[str, str], wraps: Sequence[SealedWrap]) -> None:
    unit = units.make(units.of_epoch(epoch))
    EpochWrap.objects.bulk_create(
        EpochWrap(
            epoch_kid=epoch,
            team_code=team,
            member_code=boxes[wrap.kid],
            kid=wrap.kid,
            stored=suite.enclose(unit, wrap.w, epoch.encode() + wrap.kid.encode()),
        )
        for wrap in wraps
    )


@transaction.atomic
def _take_everything(by: Actor, code: str, at: datetime) -> None:
    held = EpochWrap.objects.filter(member_code=code, withheld=None)
    teams = sorted(set(held.values_list("team_code", flat=True)))
    taken = [team for team in teams if _take_team(by, code, team, at)]
    rings = Keyring.objects.filter(member_code=code, withheld=None).update(withheld=at)
    if not taken and not rings:
        return  # another clock was faster
    keys = PublicKey.objects.filter(owner=code, kind__in=(BOX_KEY, SIGN_KEY), gone=None)
    keys.update(gone=local_day(at))
    if not taken:
        Departure.objects.create(member_code=code, at=at)
    record(by=by, verb="vault.keys_taken", subject=code, at=at)


@transaction.atomic
def _take_team(by: Actor, code: str, team: str, at: datetime) -> bool:
    """Whether there was something to take: of several clocks, one finds it."""
    held = EpochWrap.objects.filter(member_code=code, team_code=team, withheld=None)
    if not held.update(withheld=at):
        return False
    Departure.objects.create(member_code=code, team_code=team, at=at)
    record(by=by, verb="vault.team_key_taken", subject=code, at=at, detail={"team": team})
    return True


def _give_back(active: set[str], seated: set[tuple[str, str]], at: datetime) -> None:
    """Who sits there again has the keys again; what a key officer took stays taken."""
    rings, pairs = keylist.held(withheld=True)
    taken = set(Departure.objects.filter(lost=True).values_list("member_code", flat=True))
    for code, team in sorted(pair for pair in pairs & seated if pair[0] not in taken):
        with transaction.atomic():
            held = EpochWrap.objects.filter(member_code=code, team_code=team)
            if not held.exclude(withheld=None).update(withheld=None):
                continue
            detail = {"team": team}
            record(by=CLOCK, verb="vault.team_key_back", subject=code, at=at, detail=detail)
    for ring in Keyring.objects.filter(member_code__in=(rings & active) - taken):
        code = ring.member_code
        with transaction.atomic():
            withheld = Keyring.objects.filter(pk=ring.pk).exclude(withheld=None)
            if not withheld.update(withheld=None):
                continue
            keys = PublicKey.objects.filter(owner=code, kind__in=(BOX_KEY, SIGN_KEY))
            keys.filter(gone=local_day(ring.withheld or at)).update(gone=None)
            record(by=CLOCK, verb="vault.keys_back", subject=code, at=at)


@transaction.atomic
def _destroy_old(at: datetime) -> None:
    """After seven days; but never the last copy of a key that reports are sealed to."""
    old = at - timedelta(days=KEPT_DAYS)
    Keyring.objects.filter(withheld__lt=old).delete()
    for wrap in EpochWrap.objects.filter(withheld__lt=old):
        others = EpochWrap.objects.filter(epoch_kid=wrap.epoch_kid, withheld=None)
        if others.exists():
            wrap.delete()
