"""The second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from teduh.access.actions.hands import may_over
from teduh.access.actions.sessions import end_sessions
from teduh.access.models import Member
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor


@transaction.atomic
def reset_second_factor(*, by: Actor, member: Member, at: datetime) -> None:
    """Take the second factor of somebody who lost it; a new one is set up at the next sign-in.

    Raises OwnRights, Forbidden.
    """
    may_over(by, Right.MANAGE_MEMBERS, member)
    Authenticator.objects.filter(user=member).delete()
    end_sessions(member, at)
    record(by=by, verb="member.second_factor_reset", subject=member.code, at=at)


@transaction.atomic
def note_second_factor(*, by: Actor, member: Member, at: datetime) -> None:
    """Tell the trail that a member has set up the second factor."""
    record(by=by, verb="member.second_factor_set", subject=member.code, at=at)
