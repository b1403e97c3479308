"""Help over time: begun, moved on, ended with a reason; each step kept, none written over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import in_one_go, record
from teduh.cases import queries as cases
from teduh.cases.actions.guard import going_on, locked
from teduh.cases.actions.promising import promise
from teduh.cases.models import Case
from teduh.directory.models import Provider
from teduh.lib.codes import new_care
from teduh.lib.timing import local_day
from teduh.services import care_table as table
from teduh.services import kinds as rules
from teduh.services.kinds import Kind
from teduh.services.models import Care, CareStep
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

NOTES = {rules.CARE: "services.care.note", rules.LEGAL: "services.care.legal_note"}
ADDRESS = "services.takedown.address"


@dataclass(frozen=True, slots=True)
class Told:
    """What a form says in the open; `facts` as in `models.Care`; at most one gives it."""

    facts: Mapping[str, object] = field(default_factory=dict)
    member: Member | None = None
    provider: Provider | None = None


@in_one_go()
def begin_care(
    *, by: Member, case: Case, kind: Kind, told: Told, items: Sequence[SealedItem], at: datetime
) -> Care:
    """Begin one kind of help. Raises Forbidden, cases.rules.WrongMove for an ended case, NotForThis
    where the law does not allow it, Lacking, vault.rules.Refused.
    """
    fresh = going_on(by, case, at)
    if kind.only == rules.MEDIATION and not cases.legal_facts(fresh).mediation:
        raise rules.NotForThis(kind.code)
    missing = rules.lacking(kind, kind.first, told.facts)
    if missing:
        raise rules.Lacking(missing)
    _able(fresh, told)
    care = Care.objects.create(
        code=new_care(),
        case=fresh,
        kind=kind.code,
        state=kind.first,
        since=local_day(at),
        member=told.member,
        provider=told.provider,
        facts=dict(told.facts),
    )
    _keep_step(by, fresh, care, kind, items, at)
    _tell(by, fresh, care, kind, at)
    detail = {"kind": kind.code, "care": care.code}
    record(by=by.actor, verb="care.begun", subject=fresh.code, at=at, detail=detail)
    return care


@in_one_go()
def move_care(
    *,
    by: Member,
    care: Care,
    to: str,
    told: Told,
    items: Sequence[SealedItem],
    seen: str,
    at: datetime,
    reason: str = "",
) -> Care:
    """Move it on, or end it for a reason; `seen`: the state its writer saw.

    The same state again keeps new facts or a note. Raises Forbidden, WrongStep where it cannot go
    there or somebody moved it meanwhile, Lacking, vault.rules.Refused.
    """
    goes_on = care.case.merged_into or care.case
    fresh = locked(by, goes_on, at)
    now = Care.objects.get(pk=care.pk)
    kind = table.kind(now.kind)
    if kind is None or now.state != seen or now.state == rules.ENDED:
        raise rules.WrongStep(now.state)
    if to == now.state:
        missing = rules.lacking(kind, to, told.facts)
        if missing or reason:
            raise rules.Lacking(missing or ["reason"])
    else:
        rules.check_step(kind, now.state, to, told.facts, reason)
    _able(fresh, told)
    now.state, now.facts = to, dict(told.facts)
    now.member, now.provider = told.member, told.provider
    if to == rules.ENDED:
        now.ended_for, now.ended_day = reason, local_day(at)
    now.save()
    _keep_step(by, fresh, now, kind, items, at)
    if to != seen:
        _tell(by, fresh, now, kind, at)
    detail = {"kind": kind.code, "care": now.code, "to": to, **({"why": reason} if reason else {})}
    record(by=by.actor, verb="care.moved", subject=fresh.code, at=at, detail=detail)
    return now


def _able(case: Case, told: Told) -> None:
    """Whoever of ours gives it may know of the case."""
    if told.member and not cases.visible_to(told.member).filter(pk=case.pk).exists():
        raise Forbidden


def _keep_step(
    by: Member, case: Case, care: Care, kind: Kind, items: Sequence[SealedItem], at: datetime
) -> None:
    allowed = {NOTES[kind.note], *({ADDRESS} if kind.addresses else ())}
    kept = {one.what: one.item for one in items}
    if len(kept) != len(items) or not set(kept) <= allowed:
        raise Refused("items")
    if kind.addresses == care.state and ADDRESS not in kept and not _addressed(care):
        raise rules.Lacking(["address"])
    vault.keep_items(by=by.actor, subject=case.code, items=items, at=at)
    CareStep.objects.create(
        care=care,
        to=care.state,
        reason=care.ended_for,
        day=local_day(at),
        by=by,
        facts=care.facts,
        subject=case.code,
        item=kept.get(NOTES[kind.note], ""),
        address=kept.get(ADDRESS, ""),
    )


def _addressed(care: Care) -> bool:
    return care.steps.exclude(address="").exists()


def _tell(by: Member, case: Case, care: Care, kind: Kind, at: datetime) -> None:
    """What the procedure hears of the state it has come to."""
    stand = None if care.state == rules.ENDED else kind.state(care.state)
    meets = kind.meets if stand is None else stand.meets
    if meets:
        sop.happened(by=by.actor, event=meets, subject=case.code, at=at, about=care.code)
    if stand and stand.begins:
        promise(by=by, case=case, event=stand.begins, at=at, about=care.code)
