"""The shared assessment: writing a part, asking to read one, giving that for a time, taking it back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases import rules, sharing
from teduh.cases.actions.guard import going_on, of_the_team
from teduh.cases.models import Case, Part, PartGrant
from teduh.cases.parts import Section
from teduh.cases.words import GrantReason
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template
from teduh.vault import actions as vault
from teduh.vault.packages import MadeCompartment, SealedItem
from teduh.vault.rules import Refused


@transaction.atomic
def keep_part(
    *,
    by: Member,
    case: Case,
    section: Section,
    made: Sequence[MadeCompartment],
    items: Sequence[SealedItem],
    seen: str,
    at: datetime,
) -> Part:
    """Keep a part as it is now; `seen`: the words the writer saw, empty before the first.

    `made`: the part's own compartment, where nobody has written it yet. Raises Forbidden for whose
    place does not write it, WrongMove, ChangedMeanwhile, vault.rules.Refused.
    """
    fresh = going_on(by, case, at)
    if section.code not in sharing.parts_for(by, fresh, at).writes:
        raise Forbidden
    if [item.what for item in items] != [section.what]:
        raise Refused("items")
    row = Part.objects.filter(case=fresh, part=section.code).first()
    if (row.item if row else "") != seen:
        raise rules.ChangedMeanwhile
    if made:
        place = {"subject": fresh.code, "team": fresh.team_code, "comp": section.comp}
        vault.open_part(by=by, made=made, at=at, **place)
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    row = row or Part(case=fresh, part=section.code)
    row.item, row.day, row.member = items[0].item, local_day(at), by
    row.save()
    detail = {"part": section.code}
    record(by=by.actor, verb="case.part_written", subject=fresh.code, at=at, detail=detail)
    return row


@transaction.atomic
def ask_part(
    *, by: Member, case: Case, section: Section, reason: GrantReason, at: datetime
) -> PartGrant:
    """Ask to read a part that another place writes; its writer hears that something waits.

    While it is asked already, that stands. Raises Forbidden, NotReady where nothing is written,
    WrongMove for who reads it anyway.
    """
    fresh = of_the_team(by, case, at)
    written = Part.objects.filter(case=fresh, part=section.code).select_related("member").first()
    if written is None:
        raise rules.NotReady(section.code)
    if section.code in sharing.parts_for(by, fresh, at).reads:
        raise rules.WrongMove(section.code)
    grant, asked = PartGrant.objects.get_or_create(
        case=fresh,
        part=section.code,
        member=by,
        since=None,
        ended=None,
        defaults={"reason": GrantReason(reason), "asked": at},
    )
    if asked:
        detail = {"part": section.code, "why": str(reason)}
        record(by=by.actor, verb="case.part_asked", subject=fresh.code, at=at, detail=detail)
        queue(by=by.actor, to=written.member.email, template=Template.WORK, at=at)
    return grant


@transaction.atomic
def grant_part(*, by: Member, grant: PartGrant, days: int, at: datetime) -> None:
    """Let who asked read a part for so many days.

    Raises Forbidden, SameHand for one's own request, WrongMove for one that is answered.
    """
    fresh, now = _answering(by, grant, at)
    if days not in rules.GRANT_DAYS:
        raise rules.UnknownCode(str(days))
    if now.since or now.ended:
        raise rules.WrongMove("answered")
    now.by, now.since, now.until = by, at, at + timedelta(days=days)
    now.save(update_fields=["by", "since", "until"])
    detail = {"part": now.part, "member": now.member.code, "days": f"{days}"}
    record(by=by.actor, verb="case.part_granted", subject=fresh.code, at=at, detail=detail)
    queue(by=by.actor, to=now.member.email, template=Template.WORK, at=at)


@transaction.atomic
def refuse_part(*, by: Member, grant: PartGrant, at: datetime) -> None:
    """Do not give what was asked. Raises Forbidden, SameHand, WrongMove for one that is answered."""
    fresh, now = _answering(by, grant, at)
    if now.since or now.ended:
        raise rules.WrongMove("answered")
    _end(by, fresh, now, "case.part_refused", at)


@transaction.atomic
def withdraw_part(*, by: Member, grant: PartGrant, at: datetime) -> None:
    """Take back what was given: from now on the server hands the part out no more.

    Who asked may also take back the request, or give the part back early. Over already: nothing
    changes. Raises Forbidden.
    """
    if grant.member_id == by.pk:
        fresh = of_the_team(by, grant.case, at)
        now = PartGrant.objects.get(pk=grant.pk)
    else:
        fresh, now = _answering(by, grant, at)
    if now.ended is None and (now.until is None or now.until > at):
        _end(by, fresh, now, "case.part_withdrawn", at)


def _end(by: Member, case: Case, grant: PartGrant, verb: str, at: datetime) -> None:
    grant.ended = at
    grant.save(update_fields=["ended"])
    detail = {"part": grant.part, "member": grant.member.code}
    record(by=by.actor, verb=verb, subject=case.code, at=at, detail=detail)


def _answering(by: Member, grant: PartGrant, at: datetime) -> tuple[Case, PartGrant]:
    """The case, locked, and the grant as it is now, for whoever may answer. Raises Forbidden, SameHand."""
    fresh = of_the_team(by, grant.case, at)
    now = PartGrant.objects.select_related("member").get(pk=grant.pk)
    if now.member_id == by.pk:
        raise rules.SameHand
    if now.part not in sharing.parts_for(by, fresh, at).answers:
        raise Forbidden
    return fresh, now
