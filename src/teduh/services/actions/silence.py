"""What happens to a referral by itself: its partner was silent, her consent or the case has ended."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from teduh.services import rules
from teduh.services.actions.moving import BY_CLOCK, locked, step, tell_office, tell_partner
from teduh.services.models import Referral, ReferralQuery
from teduh.services.models.referring import OF_ENDED
from teduh.services.words import Reason, State

AT_ONCE = 200  # referrals that one beat of the clock sees to


def look_at_referrals(*, at: datetime) -> int:
    """Note silence, and take back what may be with a partner no longer; answers how many."""
    quiet = Referral.objects.unanswered(at).order_by("answer_by")[:AT_ONCE]
    over = _over().order_by("pk")[:AT_ONCE]
    return sum([_silent(one, at) for one in quiet] + [_taken_back(one, at) for one in over])


def _over() -> ReferralQuery:
    """Running ones whose consent was withdrawn, whose case was erased, and those that nobody has
    answered in a case that ended.
    """
    open_ = Referral.objects.filter(ended_at__isnull=True)
    unanswered = Q(state__in=sorted(rules.UNANSWERED | {"drafted"}))
    return open_.filter(
        Q(consent__withdrawn_at__isnull=False)
        | Q(case__erased_day__isnull=False)
        | (OF_ENDED & unanswered)
    )


@transaction.atomic
def _silent(referral: Referral, at: datetime) -> int:
    case, row = locked(referral)
    if row.state not in {State.SENT, State.SEEN} or row.answer_by is None or row.answer_by > at:
        return 0
    step(BY_CLOCK, case, row, State.SILENT, at)
    tell_office(BY_CLOCK.actor, case, at)
    return 1


@transaction.atomic
def _taken_back(referral: Referral, at: datetime) -> int:
    case, row = locked(referral)
    if row.ended:
        return 0
    taken = row.consent is not None and row.consent.withdrawn_at is not None
    was_out = row.state in rules.WITH_PARTNER
    reason = Reason.TAKEN_BACK if taken else Reason.CASE_ENDED
    step(BY_CLOCK, case, row, State.WITHDRAWN, at, reason=reason)
    if was_out:
        tell_partner(BY_CLOCK.actor, row, at)
    if taken:
        tell_office(BY_CLOCK.actor, case, at)
    return 1
