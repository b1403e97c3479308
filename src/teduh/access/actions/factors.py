"""The second factor: an authenticator app, passkeys, recovery codes."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from teduh.access import rules
from teduh.access.models import Member
from teduh.audit import queries as trail
from teduh.audit.actions import record
from teduh.lib.actors import ANONYMOUS, Actor
from teduh.outbox import actions as outbox
from teduh.outbox.words import Template

Kind = Authenticator.Type


@transaction.atomic
def set_app(*, by: Actor, member: Member, seed: str, step: int, at: datetime) -> None:
    """Keep the seed of one's authenticator app, instead of an older one; raises Forbidden.

    `step` is the 30-second step whose code proved the app: that code is spent.
    """
    _lock_own(by, member)
    _tell_unless_first(by, member, at)
    Authenticator.objects.filter(user=member, type=Kind.TOTP).delete()
    app = TOTP.activate(member, seed).instance
    app.data["step"] = step
    app.save(update_fields=["data"])
    RecoveryCodes.activate(member)
    record(by=by, verb="member.second_factor_set", subject=member.code, at=at)


@transaction.atomic
def add_passkey(
    *, by: Actor, member: Member, name: str, credential: dict[str, Any], at: datetime
) -> None:
    """Keep a passkey that the form has verified; raises Forbidden."""
    _lock_own(by, member)
    _tell_unless_first(by, member, at)
    WebAuthn.add(member, name, credential)
    RecoveryCodes.activate(member)
    record(by=by, verb="member.passkey_added", subject=member.code, at=at)


@transaction.atomic
def name_passkey(*, by: Actor, member: Member, number: int, name: str, at: datetime) -> None:
    """Call one's passkey otherwise; raises Forbidden, Authenticator.DoesNotExist."""
    _lock_own(by, member)
    kept = _passkey(member, number)
    kept.wrap().name = name
    kept.save(update_fields=["data"])
    record(by=by, verb="member.passkey_named", subject=member.code, at=at)


@transaction.atomic
def remove_passkey(*, by: Actor, member: Member, number: int, at: datetime) -> None:
    """Forget one's passkey, unless it is all there is.

    Raises Forbidden, Authenticator.DoesNotExist, LastFactor.
    """
    _lock_own(by, member)
    kept = _passkey(member, number)
    rules.may_remove_factor(others=_main_factors(member).exclude(pk=kept.pk).count())
    kept.delete()
    record(by=by, verb="member.passkey_removed", subject=member.code, at=at)
    _tell_change(by, member, at)


@transaction.atomic
def spend_code(*, app: Authenticator, step: int) -> bool:
    """Whether a code of the app still counts: of one step and of those before it, only once.

    Kept in the database: the memory of one process forgets, and knows nothing of the others.
    """
    kept = Authenticator.objects.select_for_update().get(pk=app.pk)
    if step <= kept.data.get("step", 0):
        return False
    kept.data["step"] = step
    kept.save(update_fields=["data"])
    return True


@transaction.atomic
def note_refused_factor(*, member: Member, at: datetime) -> None:
    """Tell the trail that the password was right and what should follow it was not.

    Somebody may know the password: after some of these its owner is told, once an hour.
    """
    record(by=ANONYMOUS, verb="member.second_factor_refused", subject=member.code, at=at)
    lately = trail.touching(member.code).filter(
        verb="member.second_factor_refused", at__gt=at - rules.REFUSALS_WITHIN
    )
    if lately.count() == rules.REFUSALS_TOLD:
        outbox.queue(by=ANONYMOUS, to=member.email, template=Template.GUESSED, at=at)


@transaction.atomic
def note_new_codes(*, by: Actor, member: Member, at: datetime) -> None:
    """Tell the trail and the member that the old recovery codes are worth nothing."""
    record(by=by, verb="member.recovery_codes_made", subject=member.code, at=at)
    _tell_change(by, member, at)


def _lock_own(by: Actor, member: Member) -> None:
    """One's own factors only, and one change at a time: two at once could leave none."""
    if by != member.actor:
        raise rules.Forbidden
    Member.objects.get_queryset().select_for_update().get(pk=member.pk)


def _main_factors(member: Member) -> Any:
    return Authenticator.objects.filter(user=member, type__in=(Kind.TOTP, Kind.WEBAUTHN))


def _passkey(member: Member, number: int) -> Authenticator:
    return Authenticator.objects.get(user=member, type=Kind.WEBAUTHN, pk=number)


def _tell_unless_first(by: Actor, member: Member, at: datetime) -> None:
    if _main_factors(member).exists():
        _tell_change(by, member, at)


def _tell_change(by: Actor, member: Member, at: datetime) -> None:
    outbox.queue(by=by, to=member.email, template=Template.ACCOUNT, at=at)
