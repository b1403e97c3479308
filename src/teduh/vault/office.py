"""Making the keys of an office: root, key officers, recovery, team epochs, keyrings, manifest."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from teduh.vault import keylist, manifest, suite, units
from teduh.vault.actions import share_of
from teduh.vault.models import Certificate, EpochWrap, Keyring, Manifest, PublicKey
from teduh.vault.packages import b64, compact
from teduh.vault.rules import kid_of

Seeds = Callable[[str], bytes]  # purpose -> 32 bytes


def member_keys(code: str, seeds: Seeds, day: date) -> tuple[bytes, bytes]:
    """Enter a member's public keys; returns the seeds of box and signature."""
    box, sign = seeds(f"box:{code}"), seeds(f"sign:{code}")
    _public(f"anggota-{code}", "member", code, suite.box_public(box), day)
    _public(f"tanda-{code}", "sign", code, suite.sign_public(sign), day)
    return box, sign


def keep_keyring(code: str, phrase: str, salt: bytes, box: bytes, sign: bytes) -> None:
    """Keep a member's seeds under phrase and share (sealing.md 3)."""
    stem = suite.stretch_phrase(phrase, salt) + share_of(code)
    kek = suite.derive(stem, b"", "teduh/v1/kek")
    plain = compact({"x": b64(box), "s": b64(sign), "serial": 1})
    blob = suite.enclose(kek, plain, b"teduh/v1/keyring\0" + code.encode())
    Keyring.objects.update_or_create(member_code=code, defaults={"salt": salt, "blob": blob})


def start_epoch(team: str, members: Mapping[str, bytes], seed: bytes, day: date) -> str:
    """A new epoch of a team: its public key, and its seed wrapped to each member's box key."""
    row = _public(f"tim-{team}-{day:%Y%m}", "team", team, suite.box_public(seed), day)
    unit = units.make(units.of_epoch(row.kid))
    for code, public in members.items():
        kid = kid_of(f"anggota-{code}", suite.sha256(public))
        info = b"teduh/v1/epoch\0" + row.kid.encode() + b"\0" + kid.encode()
        wrapped = suite.box_seal(public, info, seed)
        EpochWrap.objects.create(
            epoch_kid=row.kid,
            team_code=team,
            member_code=code,
            kid=kid,
            stored=suite.enclose(unit, wrapped, row.kid.encode() + kid.encode()),
        )
    return row.kid


def recovery_key(seed: bytes, day: date) -> str:
    """Enter the public part of the recovery key; the seed leaves the machine as shares."""
    return _public("pemulihan", "recovery", "", suite.box_public(seed), day).kid


def certify_officer(
    officer: str, public: bytes, root_seed: bytes, day: date
) -> tuple[bytes, bytes]:
    """Certify a key officer for 400 days, and keep certificate and signature."""
    until = day + timedelta(days=manifest.CERT_DAYS)
    body, sig = manifest.certify(
        root_seed,
        inst=settings.TEDUH_INSTANCE,
        kid=kid_of(f"pejabat-{officer}", suite.sha256(public)),
        public=public,
        since=day,
        until=until,
    )
    Certificate.objects.update_or_create(
        member_code=officer, defaults={"body": body, "sig": sig, "until": until}
    )
    return body, sig


@transaction.atomic
def sign_manifest(
    officer: str,
    officer_seed: bytes,
    root_seed: bytes,
    day: date,
    seated: keylist.Seats | None = None,
) -> int:
    """Certify a key officer and sign the list of all public keys; returns its serial number.

    `seated`: the teams of each member; as the office knows them now when left out.
    """
    cert, cert_sig = certify_officer(officer, suite.sign_public(officer_seed), root_seed, day)
    newest = Manifest.objects.order_by("-serial").first()
    serial = newest.serial + 1 if newest else 1
    until = day + timedelta(days=manifest.MANIFEST_DAYS)
    seats = keylist.standing(timezone.now()) if seated is None else seated
    keys = [keylist.entry(key, seats) for key in keylist.to_list(day)]
    body = manifest.compose(
        inst=settings.TEDUH_INSTANCE, serial=serial, keys=keys, since=day, until=until
    )
    Manifest.objects.create(
        serial=serial,
        body=body,
        sig=manifest.sign(officer_seed, body),
        cert=cert,
        cert_sig=cert_sig,
        since=day,
        until=until,
    )
    return serial


def open_keys(
    *,
    teams: Mapping[str, Sequence[str]],
    phrases: Mapping[str, str],
    key_officers: Sequence[str],
    seeds: Seeds,
    day: date,
) -> None:
    """All first keys of an office, and its first manifest. `seeds` makes or remembers secrets."""
    boxes = {}
    for code, phrase in phrases.items():
        box, sign = member_keys(code, seeds, day)
        boxes[code] = suite.box_public(box)
        keep_keyring(code, phrase, seeds(f"salt:{code}")[:16], box, sign)
    for team, codes in teams.items():
        start_epoch(team, {code: boxes[code] for code in codes}, seeds(f"epoch:{team}"), day)
    recovery_key(seeds("recovery"), day)
    first, *others = key_officers
    for code in others:
        certify_officer(code, suite.sign_public(seeds(f"sign:{code}")), seeds("root"), day)
    seated: dict[str, list[str]] = {}
    for team, codes in sorted(teams.items()):
        for code in codes:
            seated.setdefault(code, []).append(team)
    sign_manifest(first, seeds(f"sign:{first}"), seeds("root"), day, seated)


def _public(name: str, kind: str, owner: str, public: bytes, day: date) -> PublicKey:
    row, _made = PublicKey.objects.get_or_create(
        kid=kid_of(name, suite.sha256(public)),
        defaults={"kind": kind, "owner": owner, "public": public, "since": day},
    )
    return row
