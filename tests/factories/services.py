"""Providers with people who answer, and referrals to them."""

import itertools
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from teduh.access.models import Member
from teduh.access.words import AgencyKind
from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory.models import Offer, Provider
from teduh.lib.timing import local_day
from teduh.records.actions import consenting
from teduh.records.models import Consent
from teduh.records.words import Purpose
from teduh.services.actions import answering
from teduh.services.actions import referring as actions
from teduh.services.actions.moving import Said
from teduh.services.models import Referral
from teduh.services.words import Reason, State
from tests.factories.access import AgencyFactory, MemberFactory
from tests.factories.cases import AT, CaseOffice

SERVICE = "svc_medical"
SERVED = local_day(AT)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Partner:
    """A hospital in the directory, and who answers there."""

    provider: Provider
    member: Member


def provider(service: str = SERVICE, **told: Any) -> Provider:
    """A provider of one service, in no agency unless one is given."""
    number = next(_numbers)
    usual = {"code": f"PYD-{number:04d}", "name": f"Contoh Layanan {number}", "kind": "hospital"}
    row = Provider.objects.create(**usual | told)
    Offer.objects.create(provider=row, service=service)
    return row


def partner(service: str = SERVICE, **told: Any) -> Partner:
    """A provider whose agency has one person with an account."""
    agency = AgencyFactory(kind=AgencyKind.HEALTH)
    member = MemberFactory(role="partner_officer", agency=agency)
    return Partner(provider(service, agency=agency, **told), member)


def agreed(
    office: CaseOffice,
    case: Case,
    to: Partner,
    day: date = SERVED,
    at: datetime = AT,
    purpose: Purpose = Purpose.HEALTH,
) -> Consent:
    """Her own yes to sharing with a hospital for thirty days."""
    assert to.provider.agency
    told = consenting.Told(
        agency=to.provider.agency,
        purpose=purpose,
        comps=("medical",) if purpose == Purpose.CONFERENCE else ("identity", "medical"),
        given_by=ConsentBy.SELF,
        how=ConsentHow.SPOKEN,
        day=day,
        until=day + timedelta(days=30),
    )
    return consenting.keep_consent(by=office.melati, case=case, told=told, at=at)


def prepared(
    office: CaseOffice,
    case: Case,
    to: Partner,
    *,
    replaces: Referral | None = None,
    at: datetime = AT,
) -> Referral:
    """A draft to a partner."""
    asking = actions.Asking(SERVICE, to.provider, replaces=replaces)
    return actions.prepare(by=office.melati, case=case, asking=asking, at=at)


def sent(
    office: CaseOffice,
    case: Case,
    to: Partner,
    *,
    replaces: Referral | None = None,
    at: datetime = AT,
) -> Referral:
    """A referral that its partner may answer."""
    row = prepared(office, case, to, replaces=replaces, at=at)
    basis = actions.Basis(agreed(office, case, to, local_day(at), at))
    return actions.send(by=office.melati, referral=row, basis=basis, at=at)


def said(to: str, expect: str = "sent", **more: Any) -> Said:
    """A step as a page sends it, with what its state asks for."""
    usual: dict[str, Any] = {
        "refused": {"reason": Reason.FULL},
        "completed": {"reason": Reason.MET},
        "did_not_attend": {"reason": Reason.TRANSPORT},
        "served": {"day": SERVED},
    }.get(to, {})
    return Said(State(to), expect, **usual | more)


def answered(to: Partner, row: Referral, *steps: str, at: datetime = AT) -> Referral:
    """A referral after its partner said these, one after the other."""
    for state in steps:
        told = said(state, row.state)
        row = answering.answer(by=to.member, referral=row, said=told, at=at)
    return row
