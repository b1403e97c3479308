"""A referral that leaves for another system, as a coded bundle."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases.actions.guard import departing
from teduh.cases.words import ConsentBy
from teduh.directory import codes
from teduh.lib.timing import local_day
from teduh.services import fhir
from teduh.services.fhir import NotShared, Told
from teduh.services.models import Referral


@transaction.atomic
def bundle_referral(*, by: Member, referral: Referral, at: datetime) -> fhir.Resource:
    """The bundle of a referral, for its provider's own system.

    Raises Forbidden, cases.rules.WrongMove for an ended case, and NotShared where nobody agreed that
    the provider hears of her: a draft, a duty by law in the place of her yes, a consent that ended.
    """
    fresh = departing(by, referral.home, at)
    rows = Referral.objects.select_related("provider", "consent")
    told = told_of(rows.get(pk=referral.pk), at)
    made = fhir.bundle(told, at, lambda: str(uuid.uuid4()))
    detail = {"referral": referral.code}
    record(by=by.actor, verb="referral.bundled", subject=fresh.code, at=at, detail=detail)
    return made


def told_of(row: Referral, at: datetime) -> Told:
    """What a bundle tells of a referral. Raises NotShared."""
    consent, day = row.consent, local_day(at)
    agreed = consent.day if consent else row.agreed_day
    by = consent.given_by if consent else row.agreed_by
    until = consent.until if consent else None
    holds = consent is None or (consent.withdrawn_at is None and consent.until >= day)
    if row.sent_at is None or agreed is None or by == ConsentBy.DUTY or not holds:
        raise NotShared(row.code)
    return Told(
        code=row.code,
        service=row.service,
        service_name=codes.label("service", row.service),
        state=row.state,
        reason=row.reason,
        band=row.band,
        child=row.home.child,
        office=settings.TEDUH_OFFICE,
        provider=row.provider.shown,
        provider_kind=row.provider.kind,
        sent=local_day(row.sent_at),
        moved=local_day(row.moved_at),
        purpose=consent.purpose if consent else "",
        agreed=agreed,
        until=until,
        holds=holds,
    )
