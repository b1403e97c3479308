"""Consent written down and taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.actions import tell_overseers
from teduh.access.models import Agency, Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases.actions.guard import departing, of_the_team
from teduh.cases.models import Case, Person
from teduh.cases.words import ConsentBy, ConsentHow, PersonRole
from teduh.lib.actors import Actor, reporter
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.records import queries, rules
from teduh.records.actions.granting import end_under
from teduh.records.models import Consent
from teduh.records.words import Duty, Purpose, TakenBack, Tie
from teduh.tickets.models import Ticket


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
    of_the_team(by, consent.case, at)
    row = Consent.objects.select_for_update().get(pk=consent.pk)
    if row.withdrawn_at is None:
        _take_back(row, TakenBack(who), by.actor, at)
    return row


@transaction.atomic
def withdraw_by_ticket(*, ticket: Ticket, at: datetime) -> int:
    """Take back, by a survivor's own ticket, whatever she or a guardian agreed to in her case; its
    code says that it is she. Answers how many ended; supervisors and whoever wrote them down hear.

    What the office gives by duty stays. Raises Forbidden for a ticket that is not her own, NoCase.
    """
    if not ticket.own or ticket.issued_on:  # staff know such a code
        raise Forbidden
    case = queries.case_of(ticket)
    if case is None:
        raise rules.NoCase
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    standing = Consent.objects.holding(local_day(at)).filter(case=fresh)
    rows = list(standing.exclude(given_by=ConsentBy.DUTY).select_for_update(of=("self",)))
    by = reporter(ticket.number)
    for row in rows:
        mine = row.given_by == ConsentBy.SELF
        _take_back(row, TakenBack.SURVIVOR if mine else TakenBack.GUARDIAN, by, at)
    if rows:
        for email in queries.emails({row.member.code for row in rows}):
            queue(by=by, to=email, template=Template.WORK, at=at)
        tell_overseers(by=by, team_code=fresh.team_code, at=at, about=fresh.code)
    return len(rows)


def _take_back(row: Consent, who: TakenBack, by: Actor, at: datetime) -> None:
    row.withdrawn_at, row.withdrawn_by = at, who
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    detail: dict[str, str | int] = {
        "number": row.number,
        "to": row.agency.code,
        "by": row.withdrawn_by,
    }
    stood, subject = queries.locked_under(row), row.case.code
    record(by=by, verb="consent.withdrawn", subject=subject, at=at, detail=detail)
    end_under(by=by, ended=stood, at=at)


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
