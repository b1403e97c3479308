"""Reading referrals: those of a case for its team, those to an agency for its members."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch

from teduh.access.models import Member, MemberQuery
from teduh.access.words import Right
from teduh.cases.models import Case
from teduh.cases.queries import incidents_of
from teduh.cases.queries import visible_to as cases_visible_to
from teduh.directory.models import Provider
from teduh.directory.queries import Suggestion, suggest
from teduh.lib.timing import local_day
from teduh.records.models import Consent
from teduh.records.words import Purpose
from teduh.services.models import Referral, ReferralQuery, ReferralStep
from teduh.services.queries.merged import with_merged
from teduh.services.rules import UNMET

OFFERED = 8  # providers that a page offers; the directory has all of them
OF_A_PAGE = ("provider__agency", "consent", "case__merged_into", "replaces")


def of_case(case: Case) -> ReferralQuery:
    """The referrals of a case and of those merged into it, the newest first."""
    rows = Referral.objects.filter(case__in=with_merged(case))
    steps = Prefetch("steps", ReferralStep.objects.select_related("member"))
    return rows.select_related(*OF_A_PAGE).prefetch_related(steps, "replaced_by").order_by("-id")


def of_code(case: Case, code: str) -> Referral | None:
    """One referral of a case by its code."""
    return of_case(case).filter(code=code).first()


def visible_to(member: Member) -> ReferralQuery:
    """Referrals of the cases that a member of the office may know of."""
    known = cases_visible_to(member)
    own = Exists(known.filter(pk=OuterRef("case")))
    merged = Exists(known.filter(pk=OuterRef("case__merged_into")))
    return Referral.objects.filter(own | merged)


def unmet(member: Member) -> ReferralQuery:
    """Refused, silent or not attended, and nobody has sought another: the most urgent first. Of cases
    that go on."""
    rows = visible_to(member).unmet().of_going_on().filter(case__erased_day__isnull=True)
    return rows.select_related(*OF_A_PAGE).order_by("urgency", "moved_at")


def consents_for(case: Case, provider: Provider, at: datetime) -> list[Consent]:
    """The consents of a case that hold for the agency of a provider; a yes to a conference is none."""
    if provider.agency_id is None:
        return []
    rows = Consent.objects.holding(local_day(at)).filter(case=case, agency=provider.agency)
    return list(rows.exclude(purpose=Purpose.CONFERENCE).select_related("agency"))


def suggested(
    case: Case, service: str, at: datetime, without: Sequence[Provider] = ()
) -> list[Suggestion]:
    """The few who could best give a service where the violence was, which is all we know of a place."""
    areas = [one.area_code for one in incidents_of(case) if one.area_code]
    area = areas[-1] if areas else ""
    tried = [one.pk for one in without]
    return suggest(service, area=area, at=at, without=tried, most=OFFERED)


def tried(referral: Referral) -> list[Provider]:
    """Whom the case was offered to for this service, this one and those it replaces."""
    found, row = [referral.provider], referral.replaces
    while row is not None:
        found.append(row.provider)
        row = row.replaces
    return found


def next_providers(referral: Referral, at: datetime) -> list[Suggestion]:
    """To whom it may be offered now that it came to nothing; nobody who was asked before."""
    if referral.state not in UNMET or referral.settled_at:
        return []
    return suggested(referral.home, referral.service, at, tried(referral))


def partners_of(referral: Referral, at: datetime) -> MemberQuery:
    """Who answers for the agency of a referral, whom nothing keeps from its case."""
    rows = Member.objects.active().holding(Right.ANSWER_PARTNER, at)
    return rows.free_for(referral.home.code).filter(agency=referral.agency_id)
