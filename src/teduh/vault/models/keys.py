"""Keys: of units, of the list, of teams and members."""

from typing import ClassVar

from django.db import models


class UnitKey(models.Model):
    """The 32-byte key of a shred unit; lives in a database of its own (sealing.md 6)."""

    unit = models.CharField(max_length=80, unique=True)
    key = models.BinaryField()

    privacy: ClassVar[dict[str, str]] = {"unit": "open", "key": "sealed"}

    def __str__(self) -> str:
        return self.unit


class Manifest(models.Model):
    """A signed list of public keys, with the certificate it stands on."""

    serial = models.PositiveIntegerField(unique=True)
    body = models.BinaryField()
    sig = models.BinaryField()
    cert = models.BinaryField()
    cert_sig = models.BinaryField()
    since = models.DateField()
    until = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("serial", "body", "sig", "cert", "cert_sig", "since", "until"), "open"
    )

    def __str__(self) -> str:
        return f"manifest {self.serial}"


class PublicKey(models.Model):
    """A public key a manifest may list: of a team, a member, recovery.

    `by` and `sig`: the member who made a team's epoch, and the signature that says so; empty for
    what the office began with. `gone`: since when its holder has left, or nothing hangs on the
    epoch any more.
    """

    kid = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=16)
    owner = models.CharField(max_length=32, blank=True)
    public = models.BinaryField()
    since = models.DateField()
    made_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=80, blank=True)
    sig = models.BinaryField(blank=True, default=b"")
    gone = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("kid", "kind", "owner", "public", "since", "made_at", "by", "sig", "gone"), "open"
    )

    def __str__(self) -> str:
        return self.kid


class EpochWrap(models.Model):
    """A team epoch's private seed, sealed to one member, under the epoch's unit key.

    `withheld`: since when it is no longer given out, because its holder left.
    """

    epoch_kid = models.CharField(max_length=80)
    team_code = models.CharField(max_length=32, db_index=True)
    member_code = models.CharField(max_length=32, db_index=True)
    kid = models.CharField(max_length=80)
    stored = models.BinaryField()
    withheld = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = {
        "epoch_kid": "open",
        "team_code": "open",
        "member_code": "open",
        "kid": "open",
        "stored": "sealed",
        "withheld": "open",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["epoch_kid", "kid"], name="vault_epoch_wrap_once")
        ]

    def __str__(self) -> str:
        return f"{self.epoch_kid} to {self.member_code}"


class Certificate(models.Model):
    """What the root key says of a key officer; checked before it is kept."""

    member_code = models.CharField(max_length=32, unique=True)
    body = models.BinaryField()
    sig = models.BinaryField()
    until = models.DateField()

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("member_code", "body", "sig", "until"), "open"
    )

    def __str__(self) -> str:
        return self.member_code


class Departure(models.Model):
    """Somebody lost a team's key: the team needs a new one, and the list a new signature.

    `lost`: a key officer took everything because the phrase was lost; it never comes back.
    """

    member_code = models.CharField(max_length=32)
    team_code = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    lost = models.BooleanField(default=False)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("member_code", "team_code", "at", "lost"), "open"
    )

    def __str__(self) -> str:
        return f"{self.member_code} left {self.team_code or 'the office'}"


class Keyring(models.Model):
    """A member's private seeds under a key that phrase and server share only give together."""

    member_code = models.CharField(max_length=32, unique=True)
    salt = models.BinaryField()
    blob = models.BinaryField()
    withheld = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = {
        "member_code": "open",
        "salt": "open",
        "blob": "sealed",
        "withheld": "open",
    }

    def __str__(self) -> str:
        return self.member_code


class Unlock(models.Model):
    """How often a member asked for the unlock share on one day."""

    member_code = models.CharField(max_length=32)
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("member_code", "day", "times"), "open")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member_code", "day"], name="vault_unlock_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.member_code} {self.day}"
