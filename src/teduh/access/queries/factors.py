"""Reading who has shown or set up which second factor."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.http import HttpRequest

from teduh.access.models import Member


def passed_second_factor(request: HttpRequest) -> bool:
    """Whether this very session has shown the second factor."""
    if not request.user.is_authenticated:
        return False
    return any(
        record.get("method") == "mfa"
        for record in get_authentication_records(request, request.user)
    )


@dataclass(frozen=True, slots=True)
class Passkey:
    """A member's passkey as its owner sees it."""

    number: int
    name: str
    since: datetime
    used_at: datetime | None


def has_second_factor(member: Member) -> bool:
    """Whether the member has set one up: an authenticator app or a passkey."""
    return _has(member, Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_app(member: Member) -> bool:
    """Whether the member has set up an authenticator app."""
    return _has(member, Authenticator.Type.TOTP)


def has_passkey(member: Member) -> bool:
    """Whether the member has a passkey."""
    return _has(member, Authenticator.Type.WEBAUTHN)


def has_recovery_codes(member: Member) -> bool:
    """Whether the member was ever given recovery codes."""
    return _has(member, Authenticator.Type.RECOVERY_CODES)


def _has(member: Member, *types: str) -> bool:
    found: bool = Authenticator.objects.filter(user=member, type__in=types).exists()
    return found


def passkeys(member: Member) -> list[Passkey]:
    """A member's own passkeys, oldest first."""
    kept = Authenticator.objects.filter(user=member, type=Authenticator.Type.WEBAUTHN)
    return [
        Passkey(one.pk, one.wrap().name, one.created_at, one.last_used_at)
        for one in kept.order_by("created_at", "pk")
    ]


def passkey(member: Member, number: int) -> Passkey:
    """One of a member's own passkeys; raises Authenticator.DoesNotExist."""
    kept = Authenticator.objects.get(user=member, type=Authenticator.Type.WEBAUTHN, pk=number)
    return Passkey(kept.pk, kept.wrap().name, kept.created_at, kept.last_used_at)


def recovery_codes_left(member: Member) -> int:
    """How many recovery codes a member may still use."""
    kept = Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def step_of(seed: str, code: str) -> int:
    """The 30-second step whose code this is, 0 when it is none of those that count now."""
    return max(
        (n for n in yield_hotp_counters_from_time() if _is_code_of(n, seed, code)), default=0
    )


def _is_code_of(step: int, seed: str, code: str) -> bool:
    expected = format_hotp_value(hotp_value(seed, step))
    return bool(compare_user_code(actual=code, expected=expected))
