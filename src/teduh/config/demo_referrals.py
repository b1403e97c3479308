"""Referrals of the demo in every state, to partners whose people answer with their own accounts."""

from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.cases.models import Case
from teduh.cases.queries import belongs
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory.models import Offer, Provider
from teduh.lib.timing import begin_of, local_day
from teduh.records.models import Consent
from teduh.records.words import Purpose
from teduh.services.actions import answering, letters, pathways, referring
from teduh.services.actions.moving import Said
from teduh.services.actions.silence import look_at_referrals
from teduh.services.models import Referral
from teduh.services.queries.pathways import of_case as ways_of
from teduh.services.words import LetterKind, Need, Reason, State, Told

TEAM, WRITER = "asesmen", "melati"
SERVICES = {  # agency -> what it gives, as a kind of provider
    "rsud": ("hospital", ("svc_medical", "svc_psych_mid")),
    "lbh": ("lbh", ("svc_legal", "svc_court")),
}
BY = {"rsud": "flamboyan", "lbh": "kemuning"}
NO_ACCOUNT = ("PYD-9001", "Klinik Teladan (contoh)", ("svc_medical", "svc_counsel"))
WAYS: tuple[tuple[str, str, int, tuple[tuple[str, str], ...]], ...] = (
    # to whom, for what, hours ago, what the partner said one after the other with its reason
    ("rsud", "svc_medical", 3, ()),
    ("rsud", "svc_psych_mid", 2, (("seen", ""),)),
    ("lbh", "svc_legal", 60, (("accepted", ""),)),
    ("lbh", "svc_court", 200, (("accepted", ""), ("served", ""))),
    ("rsud", "svc_medical", 190, (("accepted", ""), ("served", ""), ("completed", "met"))),
    ("rsud", "svc_psych_mid", 90, (("accepted", ""), ("did_not_attend", "transport"))),
    ("rsud", "svc_medical", 50, (("refused", "full"),)),
    ("lbh", "svc_legal", 120, ()),  # silent
    ("lbh", "svc_court", 30, (("withdrawn", "changed"),)),
)


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, and only in a case whose survivor agreed to share with these partners."""
    writer = Member.objects.get(code=WRITER)
    agreed = Consent.objects.holding(local_day(at)).filter(member=writer)
    agreed = agreed.exclude(purpose=Purpose.CONFERENCE).select_related("agency", "case")
    consents = {one.agency.code: one for one in agreed if belongs(writer, one.case, at)}
    if Referral.objects.exists() or not set(SERVICES) <= set(consents):
        return
    for agency in SERVICES:
        _provider(agency)
    for agency, service, hours, said in WAYS:
        _refer(writer, consents[agency], service, hours, said, at)
    look_at_referrals(at=at)
    _by_phone(writer, consents["rsud"].case, at)
    _letters_and_pathways(writer, consents["lbh"].case, at)


def _provider(code: str) -> Provider:
    agency, (kind, services) = Agency.objects.get(code=code), SERVICES[code]
    row = Provider.objects.filter(agency=agency).first() or Provider.objects.create(
        code=f"PYD-90{len(code):02}", name=agency.name, kind=kind, agency=agency
    )
    for service in services:
        Offer.objects.get_or_create(provider=row, service=service)
    return row


def _ago(by: Member, case: Case, hours: int, at: datetime) -> datetime:
    """So many hours before `at`, but not before the day on which the writer came to the case."""
    came = begin_of(case.crew.filter(member=by).latest("since").since)
    return max(at - timedelta(hours=hours), came)


def _refer(
    by: Member,
    consent: Consent,
    service: str,
    ago: int,
    said: tuple[tuple[str, str], ...],
    at: datetime,
) -> None:
    begun = _ago(by, consent.case, ago, at)
    provider = Provider.objects.filter(agency=consent.agency).earliest("pk")
    asking = referring.Asking(service, provider, [Need.WOMAN, Need.INTERPRETER])
    row = referring.prepare(by=by, case=consent.case, asking=asking, at=begun)
    row = referring.send(by=by, referral=row, basis=referring.Basis(consent), at=begun)
    partner = Member.objects.get(code=BY[consent.agency.code])
    for hours, (state, reason) in enumerate(said, start=1):
        then = min(begun + timedelta(hours=hours), at)
        if state == State.SEEN:
            row = answering.see(by=partner, referral=row, at=then)
        elif state == State.WITHDRAWN:
            row = referring.withdraw(by=by, referral=row, reason=Reason(reason), at=then)
        else:
            day = local_day(then) if state == State.SERVED else None
            told = Said(State(state), row.state, reason, day)
            row = answering.answer(by=partner, referral=row, said=told, at=then)


def _by_phone(by: Member, case: Case, at: datetime) -> None:
    """One to a clinic without accounts, answered on the telephone; one that is only prepared."""
    code, name, services = NO_ACCOUNT
    clinic = Provider.objects.create(code=code, name=name, kind="puskesmas", phone="0771-000000")
    for service in services:
        Offer.objects.create(provider=clinic, service=service)
    sent_at = _ago(by, case, 20, at)
    asking = referring.Asking("svc_counsel", clinic, [Need.CALM])
    row = referring.prepare(by=by, case=case, asking=asking, at=sent_at)
    basis = referring.Basis(None, ConsentBy.SELF, ConsentHow.PHONE, local_day(sent_at))
    row = referring.send(by=by, referral=row, basis=basis, at=sent_at)
    heard = min(sent_at + timedelta(hours=1), at)
    told = Said(State.ACCEPTED, row.state)
    referring.hear(by=by, referral=row, said=told, told=Told.DESK, told_at=heard, at=heard)
    referring.prepare(by=by, case=case, asking=referring.Asking("svc_medical", clinic), at=at)


def _letters_and_pathways(by: Member, case: Case, at: datetime) -> None:
    """Two letters of the police, and the first task of each pathway of the case."""
    for days, kind in ((40, LetterKind.A1), (8, LetterKind.A3)):
        received = local_day(at) - timedelta(days=days)
        letter = letters.Letter(kind, received - timedelta(days=4), received)
        letters.keep_letter(by=by, case=case, letter=letter, items=[], at=at)
    for one in ways_of(case):
        task = one.pathway.tasks[0].key
        pathways.tick(by=by, case=case, pathway=one.pathway.key, task=task, at=at)
