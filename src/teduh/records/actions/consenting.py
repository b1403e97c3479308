"""Consent written down and taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases.actions.guard import departing, of_the_team
from teduh.cases.models import Case, Person
from teduh.cases.words import ConsentBy, ConsentHow, PersonRole
from teduh.lib.timing import local_day
from teduh.records import queries, rules
from teduh.records.actions.granting import end_under
from teduh.records.models import Consent
from teduh.records.words import Duty, Purpose, TakenBack, Tie


@dataclass(frozen=True, slots=True)
class Told:
    """A consent as an officer writes it down; `guardian`: a person of the case, where it is one."""

    agency: Agency
    purpose: Purpose
    comps: tuple[str, ...]
    given_by: ConsentBy
    how: ConsentHow
    day: date
    until: date
    child_agrees: bool = False
    guardian: Person | None = None
    tie: Tie | str = ""
    duty: Duty | str = ""


@transaction.atomic
def keep_consent(*, by: Member, case: Case, told: Told, at: datetime) -> Consent:
    """Write down a consent. Raises Forbidden, WrongMove for a case that has ended, NoConsent for one
    that does not count, AlreadyAsked while one for this agency and purpose holds.
    """
    fresh, day = departing(by, case, at), local_day(at)
    lacks = rules.lacks(_asked(by, fresh, told, day))
    if lacks:
        raise rules.NoConsent(lacks)
    same = Consent.objects.holding(day).filter(case=fresh, agency=told.agency, purpose=told.purpose)
    if same.exists():
        raise rules.AlreadyAsked
    of_guardian = told.given_by == ConsentBy.GUARDIAN
    row = Consent.objects.create(
        case=fresh,
        number=Consent.objects.filter(case=fresh).count() + 1,
        agency=told.agency,
        purpose=Purpose(told.purpose),
        comps=" ".join(told.comps),
        given_by=ConsentBy(told.given_by),
        how=ConsentHow(told.how),
        day=told.day,
        until=told.until,
        child_agrees=fresh.child and told.child_agrees,
        guardian=told.guardian if of_guardian else None,
        tie=Tie(told.tie) if of_guardian else "",
        duty=Duty(told.duty) if told.given_by == ConsentBy.DUTY else "",
        member=by,
    )
    row.sha = queries.hash_of(row)
    row.save(update_fields=["sha"])
    detail: dict[str, str | int] = {
        "number": row.number,
        "to": row.agency.code,
        "why": row.purpose,
        "parts": row.comps,
        "by": row.given_by,
        "until": str(row.until),
    }
    record(by=by.actor, verb="consent.given", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def withdraw_consent(*, by: Member, consent: Consent, who: TakenBack, at: datetime) -> Consent:
    """Take a consent back, and with it at once all that was given under it; again changes nothing.

    Raises Forbidden.
    """
    fresh = of_the_team(by, consent.case, at)
    row = Consent.objects.select_for_update().get(pk=consent.pk)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_at, row.withdrawn_by = at, TakenBack(who)
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    detail: dict[str, str | int] = {
        "number": row.number,
        "to": row.agency.code,
        "by": row.withdrawn_by,
    }
    stood = queries.locked_under(row)
    record(by=by.actor, verb="consent.withdrawn", subject=fresh.code, at=at, detail=detail)
    end_under(by=by.actor, ended=stood, at=at)
    return row


def _asked(by: Member, case: Case, told: Told, day: date) -> rules.Asked:
    survivors = queries.survivors_of(case)
    return rules.Asked(
        given_by=told.given_by,
        day=told.day,
        until=told.until,
        today=day,
        purpose=told.purpose,
        agency_kind=told.agency.kind,
        comps=told.comps,
        child=case.child,
        tie=told.tie,
        accused=told.guardian is not None and told.guardian.role == PersonRole.ACCUSED,
        child_agrees=told.child_agrees,
        youngest=bool(survivors) and all(one.age_band in rules.YOUNGEST for one in survivors),
        duty=told.duty,
        responsible=by.may(Right.SUPERVISE_CASES),
    )
