"""Letters of the office: written, numbered once, handed over, or cancelled with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases.actions.guard import going_on, locked, supervising
from teduh.cases.models import Case, Person
from teduh.directory.models import Provider
from teduh.lib.codes import new_letter
from teduh.lib.timing import local_day
from teduh.services import letter_table as table
from teduh.services import letters as rules
from teduh.services.letters import Template
from teduh.services.models import Letter, LetterCount
from teduh.services.queries import lettering as queries
from teduh.services.words import LetterReason, LetterState
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

TEXT = "services.letter.text"


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says in the open; which of it is needed, its template says."""

    signatory: Member
    person: Person | None = None
    provider: Provider | None = None
    assigned: Member | None = None
    service: str = ""
    agreed_by: str = ""
    agreed_how: str = ""
    agreed_day: date | None = None


@transaction.atomic
def draft_letter(
    *,
    by: Member,
    case: Case,
    template: Template,
    told: Told,
    items: Sequence[SealedItem],
    at: datetime,
) -> Letter:
    """Write a letter. Raises Forbidden, cases.rules.WrongMove for an ended case, Lacking, Refused."""
    fresh = going_on(by, case, at)
    letter = Letter(
        code=new_letter(),
        case=fresh,
        kind=template.code,
        version=template.version,
        drafter=by,
        drafted_day=local_day(at),
    )
    _write(by, fresh, letter, template, told, items, at)
    detail = {"kind": template.code, "letter": letter.code}
    record(by=by.actor, verb="letter.drafted", subject=fresh.code, at=at, detail=detail)
    return letter


@transaction.atomic
def mend_letter(
    *,
    by: Member,
    letter: Letter,
    told: Told,
    items: Sequence[SealedItem],
    seen: str,
    at: datetime,
) -> Letter:
    """Write a letter anew that has no number yet. `seen`: the item its writer saw.

    Raises Forbidden, WrongStep, Lacking, Refused.
    """
    fresh, now, template = _at_hand(by, letter, at)
    if now.state != LetterState.DRAFTED or now.item != seen:
        raise rules.WrongStep(now.state)
    now.version = template.version
    _write(by, fresh, now, template, told, items, at)
    detail = {"kind": now.kind, "letter": now.code}
    record(by=by.actor, verb="letter.mended", subject=fresh.code, at=at, detail=detail)
    return now


@transaction.atomic
def issue_letter(*, by: Member, letter: Letter, seen: str, at: datetime) -> Letter:
    """Give a letter its number and day, for its signatory to sign; what `seen` says and no other.

    Numbers of a year have no gap: the count is held until the letter stands. Raises Forbidden for
    whoever does not supervise cases, WrongStep.
    """
    fresh, now, template = _at_hand(by, letter, at)
    supervising(by)
    rules.check_step(now.state, LetterState.ISSUED)
    if now.item != seen:
        raise rules.WrongStep(now.state)
    day = local_day(at)
    now.year, now.serial = day.year, _next_of(day.year)
    form = table.number_form(template)
    now.number = rules.number_of(form, n=now.serial, code=template.number_code, day=day)
    now.state, now.issued_day, now.issuer = LetterState.ISSUED, day, by
    now.save()
    detail = {"kind": now.kind, "letter": now.code, "number": now.number}
    record(by=by.actor, verb="letter.issued", subject=fresh.code, at=at, detail=detail)
    return now


@transaction.atomic
def hand_letter(*, by: Member, letter: Letter, at: datetime) -> Letter:
    """Note that a signed letter was handed over today. Raises Forbidden, WrongStep."""
    fresh, now, _template = _at_hand(by, letter, at)
    rules.check_step(now.state, LetterState.HANDED)
    now.state, now.handed_day = LetterState.HANDED, local_day(at)
    now.save()
    detail = {"kind": now.kind, "letter": now.code}
    record(by=by.actor, verb="letter.handed", subject=fresh.code, at=at, detail=detail)
    return now


@transaction.atomic
def cancel_letter(*, by: Member, letter: Letter, reason: LetterReason, at: datetime) -> Letter:
    """Cancel a letter that nobody has yet; its number stays its own. Raises Forbidden, WrongStep."""
    fresh, now, _template = _at_hand(by, letter, at)
    rules.check_step(now.state, LetterState.CANCELLED)
    now.state, now.cancelled_day = LetterState.CANCELLED, local_day(at)
    now.reason = LetterReason(reason)
    now.save()
    detail = {"kind": now.kind, "letter": now.code, "why": str(reason)}
    record(by=by.actor, verb="letter.cancelled", subject=fresh.code, at=at, detail=detail)
    return now


def _at_hand(by: Member, letter: Letter, at: datetime) -> tuple[Case, Letter, Template]:
    fresh = locked(by, letter.case.merged_into or letter.case, at)
    now = Letter.objects.select_for_update().get(pk=letter.pk)
    template = table.templates().get(now.kind)
    if template is None:
        raise rules.WrongStep(now.kind)
    return fresh, now, template


def _write(
    by: Member,
    case: Case,
    letter: Letter,
    template: Template,
    told: Told,
    items: Sequence[SealedItem],
    at: datetime,
) -> None:
    _check(case, template, told, at)
    if [one.what for one in items] != [TEXT]:
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=case.code, items=items, at=at)
    letter.subject, letter.item = case.code, items[0].item
    letter.signatory, letter.person, letter.provider = told.signatory, told.person, told.provider
    letter.assigned, letter.service = told.assigned, told.service
    letter.agreed_by, letter.agreed_how = told.agreed_by, told.agreed_how
    letter.agreed_day = told.agreed_day
    letter.save()


def _check(case: Case, template: Template, told: Told, at: datetime) -> None:
    needed = {
        "person": template.consent and told.person is None,
        "provider": template.to == rules.PROVIDER and told.provider is None,
        "assigned": template.to == rules.MEMBER and told.assigned is None,
        "service": template.service and not told.service,
        "agreed_by": template.consent
        and (not told.agreed_by or (told.agreed_by == "duty" and not template.duty)),
        "agreed_how": template.consent and not told.agreed_how,
        "agreed_day": template.consent
        and (told.agreed_day is None or told.agreed_day > local_day(at)),
    }
    if lacking := [name for name, is_so in needed.items() if is_so]:
        raise rules.Lacking(*lacking)
    known = {
        "person": told.person is None or told.person in queries.survivors(case),
        "provider": told.provider is None or told.provider in queries.receivers(template),
        "assigned": told.assigned is None
        or told.assigned in queries.assignable(template, case, at),
        "signatory": told.signatory in queries.signers(case, at),
    }
    if not all(known.values()):
        raise Forbidden(Right.WORK_CASES)


def _next_of(year: int) -> int:
    LetterCount.objects.get_or_create(year=year)
    count = LetterCount.objects.select_for_update().get(year=year)
    count.last += 1
    count.save(update_fields=["last"])
    return count.last
