"""Opening and closing a member's keyring: the server's share, the tab key, the keyring itself."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.lib.timing import local_day
from teduh.vault import rules, suite
from teduh.vault.envelope import statement_by
from teduh.vault.keylist import own_signing_keys
from teduh.vault.models import (
    Keyring,
    Unlock,
)
from teduh.vault.rules import Locked, Refused


@transaction.atomic
def unlock_share(*, by: Member, at: datetime) -> tuple[Keyring, bytes]:
    """The member's keyring and the server's share S. Raises Locked without one or after 60 a day."""
    ring = Keyring.objects.filter(member_code=by.code, withheld=None).first()
    if ring is None:
        raise Locked("no keyring")
    count_unlock(by=by, at=at)
    record(by=by.actor, verb="vault.unlocked", subject=by.code, at=at)
    return ring, share_of(by.code)


def count_unlock(*, by: Member, at: datetime) -> None:
    """Count one giving of the share, with an alarm at 30 a day. Raises Locked after 60."""
    day = local_day(at)
    count, _made = Unlock.objects.get_or_create(member_code=by.code, day=day)
    rest = Unlock.objects.filter(pk=count.pk, times__lt=rules.UNLOCKS_A_DAY)
    if rest.update(times=F("times") + 1) != 1:
        raise Locked("too often")
    if count.times + 1 == rules.UNLOCKS_ALARM:
        record(by=by.actor, verb="vault.unlock_alarm", subject=by.code, at=at)


@transaction.atomic
def keep_keyring(*, by: Member, blob: bytes, sig: bytes, at: datetime) -> None:
    """Keep the keyring as its holder's browser closed it again: it remembers the newest manifest.

    Raises Refused without a keyring, for another size, or unless its holder signed it: a stolen
    session alone must not be able to spoil it.
    """
    ring = Keyring.objects.select_for_update().filter(member_code=by.code, withheld=None).first()
    if ring is None or abs(len(blob) - len(bytes(ring.blob))) > rules.SERIAL_DIGITS:
        raise Refused("keyring")
    keys = own_signing_keys(by.code).values()
    if not any(statement_by(key, "teduh/v1/keyring", blob, sig) for key in keys):
        raise Refused("signature")
    ring.blob = blob
    ring.save(update_fields=["blob"])
    record(by=by.actor, verb="vault.keyring_kept", subject=by.code, at=at)


def share_of(member_code: str) -> bytes:
    """S: the server's half of a member's key, from a secret outside the database."""
    return suite.mac(settings.TEDUH_SERVER_SECRET, b"teduh/v1/share\0" + member_code.encode())


def tab_key(session_key: str, nonce: str) -> bytes:
    """The key under which a browser tab keeps its open seeds; never stored here."""
    message = b"\0".join((b"teduh/v1/tab", session_key.encode(), nonce.encode()))
    return suite.mac(settings.TEDUH_SERVER_SECRET, message)


def still_human(last: datetime | None, at: datetime) -> bool:
    """Whether a person did something in the last ten minutes."""
    return last is not None and at - last <= timedelta(minutes=rules.HUMAN_MINUTES)
