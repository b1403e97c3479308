"""Sign-ins and sessions."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from teduh.access.models import Member, SignIn
from teduh.access.words import Device
from teduh.audit.actions import record
from teduh.lib.actors import ANONYMOUS, Actor


@transaction.atomic
def note_sign_in(*, by: Actor, member: Member, device: Device, session: str, at: datetime) -> None:
    """Keep one's own sign-in: time and coarse device, never from where."""
    SignIn.objects.create(member=member, at=at, device=device, session=session)
    record(by=by, verb="member.signed_in", subject=member.code, at=at)


@transaction.atomic
def note_sign_out(*, by: Actor, session: str, at: datetime) -> None:
    """Close a sign-in in one's own list."""
    SignIn.objects.filter(session=session, ended_at=None).update(ended_at=at, session="")
    record(by=by, verb="member.signed_out", subject=by.code, at=at)


@transaction.atomic
def note_refused_sign_in(*, at: datetime) -> None:
    """Tell the trail that a sign-in failed; not whose, for the address may be anybody's."""
    record(by=ANONYMOUS, verb="member.sign_in_refused", subject="", at=at)


@transaction.atomic
def end_other_sessions(*, by: Actor, member: Member, keep: str, at: datetime) -> None:
    """End one's own sessions on every other device, also those no sign-in was written down of.

    The session that asks goes on only under a new mark: see gates.go_on.
    """
    close_sign_ins(member, at=at, keep=keep)
    _outdate(member)
    record(by=by, verb="member.sessions_ended", subject=member.code, at=at)


@transaction.atomic
def move_sign_in(*, old: str, new: str) -> None:
    """The same session under a new key: the list of sign-ins still knows it."""
    SignIn.objects.filter(session=old, ended_at=None).update(session=new)


def end_sessions(member: Member, at: datetime) -> None:
    """Every session of a member ends: its row goes, and what a cookie carries no longer fits."""
    close_sign_ins(member, at=at)
    _outdate(member)


def close_sign_ins(member: Member, *, at: datetime, keep: str | None = None) -> None:
    """Close sign-ins and delete their sessions, all or all but one."""
    running = member.sign_ins.filter(ended_at=None)
    if keep is not None:
        running = running.exclude(session=keep)
    keys = list(running.values_list("session", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    running.update(ended_at=at, session="")


def _outdate(member: Member) -> None:
    Member.objects.get_queryset().filter(pk=member.pk).update(
        sessions_since=F("sessions_since") + 1
    )
    member.refresh_from_db(fields=["sessions_since"])


@transaction.atomic
def clear_sessions(*, at: datetime) -> int:
    """Throw away sessions that idled out, and close their sign-ins; answers how many."""
    over = Session.objects.filter(expire_date__lt=at)
    keys = list(over.values_list("session_key", flat=True))
    SignIn.objects.filter(session__in=keys).update(ended_at=at, session="")
    over.delete()
    return len(keys)
