"""Reading referrals as a partner: those to one's own agency, and nothing else of the case."""

from dataclasses import dataclass
from datetime import datetime

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.lib.codes import read_referral
from teduh.lib.timing import local_day
from teduh.records.queries import shared_with
from teduh.services.models import Referral, ReferralQuery
from teduh.services.rules import UNANSWERED

WAITING, RUNNING, ENDED = "menunggu", "berjalan", "selesai"  # words of the address


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of a partner's list asks for; without a word all that runs."""

    which: str = ""
    code: str = ""
    service: str = ""


def visible_to(member: Member) -> ReferralQuery:
    """What was sent to the member's agency, but cases that a conflict of interest keeps them from,
    and those that were erased.
    """
    if not member.may(Right.ANSWER_PARTNER):
        return Referral.objects.none()
    rows = Referral.objects.filter(agency=member.agency_id, sent_at__isnull=False)
    rows = rows.filter(case__erased_day__isnull=True)
    kept = member.barred()
    if kept:
        rows = rows.exclude(case__code__in=kept).exclude(case__merged_into__code__in=kept)
    return rows


def inbox(member: Member, asked: Filters) -> ReferralQuery:
    """A partner's list: the most urgent first, of those the newest; ended ones by their end."""
    rows = visible_to(member).select_related("provider", "consent")
    if asked.code:
        return rows.filter(code=read_referral(asked.code) or "").order_by("-id")
    if asked.service:
        rows = rows.filter(service=asked.service)
    if asked.which == ENDED:
        return rows.filter(ended_at__isnull=False).order_by("-moved_at", "-id")
    rows = rows.running()
    if asked.which == WAITING:
        rows = rows.filter(state__in=sorted(UNANSWERED))
    elif asked.which == RUNNING:
        rows = rows.exclude(state__in=sorted(UNANSWERED))
    return rows.order_by("urgency", "-sent_at", "-id")


def one(member: Member, code: str) -> Referral | None:
    """A referral this partner may know of, or None (a 404)."""
    rows = visible_to(member).filter(code=code)
    return rows.select_related("provider", "consent", "case__merged_into").first()


def is_shared(member: Member, referral: Referral, at: datetime) -> bool:
    """Whether something of its case is shared with this member now."""
    if referral.consent is None or referral.consent.withdrawn_at:
        return False
    return bool(shared_with(member, local_day(at), referral.home.code))
