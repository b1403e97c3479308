"""The office's side of a referral: prepared, sent under her consent, taken back, offered to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import queries as cases
from teduh.cases.actions.guard import departing, going_on
from teduh.cases.actions.guard import locked as case_locked
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory.models import Provider
from teduh.lib.codes import new_referral
from teduh.lib.timing import local_day
from teduh.records.models import Consent
from teduh.records.queries import sharing_waits
from teduh.records.words import Purpose
from teduh.services import rules
from teduh.services.actions.moving import Hand, Said, locked, step, tell_office, tell_partner
from teduh.services.models import Referral, ReferralStep
from teduh.services.words import Need, Reason, State, Told, Way
from teduh.sop import actions as sop
from teduh.sop.models import Promise

ANSWER = "referral_answer"  # the step of the procedure that gives the partner its time


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of whom; `needs`: what the partner prepares; `replaces`: what came to nothing."""

    service: str
    provider: Provider
    needs: Sequence[Need] = ()
    replaces: Referral | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """On what it rests: a consent of the case, or, where nothing sealed is shared, who said yes."""

    consent: Consent | None = None
    by: ConsentBy | str = ""
    how: ConsentHow | str = ""
    day: date | None = None


@transaction.atomic
def prepare(*, by: Member, case: Case, asking: Asking, at: datetime) -> Referral:
    """A draft that nobody outside knows of. Raises Forbidden, NotSent where the provider does not give
    it, cases.rules.WrongMove for a case that has ended, Changed where another is offered already.
    """
    fresh = going_on(by, case, at)
    if not _offers(asking.provider, asking.service):
        raise rules.NotSent(["not_offered"])
    if asking.replaces:
        _replaceable(fresh, asking.replaces, asking.service)
    row = Referral.objects.create(
        code=new_referral(),
        case=fresh,
        number=Referral.objects.filter(case=fresh).count() + 1,
        service=asking.service,
        provider=asking.provider,
        needs=" ".join(asking.needs),
        band=fresh.band,
        urgency=fresh.urgency,
        moved_at=at,
        replaces=asking.replaces,
        member=by,
    )
    ReferralStep.objects.create(referral=row, state=row.state, at=at, way=Way.OFFICE, member=by)
    detail = {"about": row.code, "service": row.service, "to": row.provider.code}
    if asking.replaces:
        detail["instead"] = asking.replaces.code
    record(by=by.actor, verb="referral.drafted", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def send(*, by: Member, referral: Referral, basis: Basis, at: datetime) -> Referral:
    """Send a draft; its partner hears that something waits, and its time to answer begins.

    What it replaces is settled. Raises Forbidden, NotSent with what is lacking, Changed where it was
    sent before or what it replaces was answered meanwhile, cases.rules.WrongMove.
    """
    case = departing(by, referral.home, at)
    _case, row = locked(referral)
    if row.state != State.DRAFTED:
        raise rules.Changed(row.state)
    lacking = rules.lacks(_agreed(by, case, row, basis, local_day(at)))
    if lacking:
        raise rules.NotSent(lacking)
    old = row.replaces
    if old:
        _settle_replaced(by, case, old, at)
    made = promise(by=by, case=case, event="referral.sent", at=at, about=row.code)
    step(
        _office(by),
        case,
        row,
        State.SENT,
        at,
        consent=basis.consent,
        agreed_by="" if basis.consent else basis.by,
        agreed_how="" if basis.consent else basis.how,
        agreed_day=None if basis.consent else basis.day,
        agency=row.provider.agency,
        band=case.band,
        urgency=case.urgency,
        sent_at=at,
        answer_by=_answer_by(made, case.band, at),
    )
    tell_partner(by.actor, row, at)
    return row


@transaction.atomic
def withdraw(*, by: Member, referral: Referral, reason: Reason, at: datetime) -> Referral:
    """Take a referral back; its partner hears. Raises Forbidden, NoReason, WrongMove for one that
    has ended.
    """
    if reason not in rules.BY_OFFICE:
        raise rules.NoReason
    case = case_locked(by, referral.home, at)
    _case, row = locked(referral)
    was_out = row.state in rules.WITH_PARTNER
    step(_office(by), case, row, State.WITHDRAWN, at, reason=reason)
    if was_out:
        tell_partner(by.actor, row, at)
    return row


@transaction.atomic
def settle(*, by: Member, referral: Referral, reason: Reason, at: datetime) -> Referral:
    """Say why no other partner is sought for what came to nothing. Raises Forbidden, NoReason,
    WrongMove where nothing waits.
    """
    if reason not in rules.SETTLED or reason == Reason.REOFFERED:
        raise rules.NoReason
    case = case_locked(by, referral.home, at)
    _case, row = locked(referral)
    if row.state not in rules.UNMET & rules.ENDS or row.settled_at:
        raise rules.WrongMove(row.state)
    _settle(by, case, row, reason, at)
    return row


@transaction.atomic
def hear(
    *,
    by: Member,
    referral: Referral,
    said: Said,
    told: Told,
    told_at: datetime,
    at: datetime,
) -> Referral:
    """What a partner, or she, told an officer of the case, with who said it and when.

    Raises Forbidden, WrongMove, NoReason, Changed, Early.
    """
    case = case_locked(by, referral.home, at)
    _case, row = locked(referral)
    if row.sent_at is None or not row.sent_at <= told_at <= at:
        raise rules.Early
    hand = Hand(by.actor, Way.PHONE, by, Told(told), told_at)
    say(hand, case, row, said, at)
    if case.manager_id != by.pk:
        tell_office(by.actor, case, at)
    return row


def say(hand: Hand, case: Case, row: Referral, said: Said, at: datetime) -> Referral:
    """What a partner says of a referral of a locked case, by whatever way it came.

    Raises WrongMove for what a partner does not say, or after the consent was taken back; NoReason,
    Changed where it is not where they saw it, Early for a first service before it was sent or after
    today.
    """
    if said.to not in rules.BY_PARTNER or (row.consent and row.consent.withdrawn_at):
        raise rules.WrongMove(str(said.to))
    if not rules.still(said.expect, row.state):
        raise rules.Changed(row.state)
    more: dict[str, object] = {}
    if said.to == State.SERVED:
        if said.day is None or row.sent_at is None:
            raise rules.Early
        if not local_day(row.sent_at) <= said.day <= local_day(at):
            raise rules.Early
        more["served_day"] = said.day
    return step(hand, case, row, said.to, at, reason=said.reason, **more)


def _office(by: Member) -> Hand:
    return Hand(by.actor, Way.OFFICE, by)


def _offers(provider: Provider, service: str) -> bool:
    return Provider.objects.offering(service).filter(pk=provider.pk).exists()


def _replaceable(case: Case, old: Referral, service: str) -> None:
    _case, row = locked(old)
    if row.home != case or row.service != service:
        raise rules.WrongMove(row.code)
    going = Referral.objects.filter(replaces=row).exclude(state=State.WITHDRAWN)
    if row.state not in rules.UNMET or row.settled_at or going.exists():
        raise rules.Changed(row.state)


def _settle_replaced(by: Member, case: Case, old: Referral, at: datetime) -> None:
    _case, row = locked(old)
    if row.state not in rules.UNMET:
        raise rules.Changed(row.state)
    if row.state == State.SILENT:
        step(_office(by), case, row, State.WITHDRAWN, at, reason=Reason.REOFFERED)
        tell_partner(by.actor, row, at)
    elif not row.settled_at:
        _settle(by, case, row, Reason.REOFFERED, at)


def _settle(by: Member, case: Case, row: Referral, reason: Reason, at: datetime) -> None:
    mine = Referral.objects.filter(pk=row.pk, settled_at__isnull=True)
    if mine.update(settled_at=at, settled_for=reason, waits_since=None) != 1:
        raise rules.Changed(row.state)
    row.settled_at, row.settled_for, row.waits_since = at, reason, None
    sop.happened(by=by.actor, event="referral.followed", subject=case.code, at=at, about=row.code)
    detail = {"about": row.code, "reason": str(reason)}
    record(by=by.actor, verb="referral.settled", subject=case.code, at=at, detail=detail)


def _agreed(by: Member, case: Case, row: Referral, basis: Basis, day: date) -> rules.Agreed:
    provider, consent = row.provider, basis.consent
    of_this = consent is not None and consent.case_id == case.pk
    of_this = of_this and consent.purpose != Purpose.CONFERENCE  # type: ignore[union-attr]
    holding = of_this and Consent.objects.holding(day).filter(pk=consent.pk).exists()  # type: ignore[union-attr]
    return rules.Agreed(
        provider_kind=provider.kind,
        offers=_offers(provider, row.service),
        agency=provider.agency.code if provider.agency else "",
        today=day,
        consent_agency=consent.agency.code if consent else "",
        holding=holding,
        given_by=consent.given_by if consent else str(basis.by),
        day=basis.day if basis.how else None,
        child=case.child,
        guardian_in_conflict=cases.legal_facts(case).guardian_in_conflict,
        responsible=by.may(Right.SUPERVISE_CASES),
        restored=sharing_waits(),
    )


def _answer_by(made: Sequence[Promise], band: str, at: datetime) -> datetime:
    promised = next((one.due_at for one in made if one.step == ANSWER), None)
    return promised or at + rules.ANSWER_WITHIN[band]
