"""What a partner reads of a conference: what was granted for it, and what their own agency is to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.queries import opens
from teduh.conferences import queries
from teduh.conferences.actions.guard import seated
from teduh.conferences.models import AgendaItem, Conference, Contribution, Decision
from teduh.lib.timing import local_day
from teduh.records.queries import shared_with
from teduh.records.words import Purpose
from teduh.vault import actions as vault
from teduh.vault.bundles import Bundle
from teduh.vault.models import Grant


@dataclass(frozen=True, slots=True)
class Slice:
    """What one agency is given of an item: her wishes, what it said itself, what it is to do, as far
    as it was granted; `bundle` opens it.
    """

    item: AgendaItem
    wishes: str
    contributions: tuple[Contribution, ...]
    decisions: tuple[Decision, ...]
    readable: frozenset[str]  # names of the sealed items that open
    grants: tuple[Grant, ...]
    bundle: Bundle | None


@transaction.atomic
def read(*, by: Member, item: AgendaItem, at: datetime) -> Slice:
    """The slice of a partner, handed out and written down as a read. Raises Forbidden, NotDeclared."""
    if not by.may(Right.ANSWER_PARTNER):
        raise Forbidden(Right.ANSWER_PARTNER)
    seated(by, item.conference, at)
    return _slice(by, item, at)


def _slice(by: Member, item: AgendaItem, at: datetime) -> Slice:
    grants = granted_for(by, item.case.code, at)
    parts = {part for one in grants for part in one.parts}
    mine = item.contributions.filter(agency=by.agency).select_related("agency")
    said = [one for one in mine if one.part in parts]
    own = list(queries.own_part(by, item.conference, local_day(at)))
    own = [one for one in own if one.item_id == item.pk]
    wishes = item.wishes if "care" in parts else ""
    names = [*([wishes] if wishes else []), *(one.sealed for one in said)]
    names += [one.sealed for one in own if one.part in parts]
    bundle = None
    if grants:
        bundle = vault.hand_out_granted(
            by=by,
            subject=item.case.code,
            names=[one.name for one in grants],
            items=names,
            at=at,
        )
    return Slice(item, wishes, tuple(said), tuple(own), frozenset(names), tuple(grants), bundle)


def granted_for(by: Member, code: str, at: datetime) -> list[Grant]:
    """The grants of a member to what is discussed of a case; those for other purposes do not count."""
    found = shared_with(by, local_day(at), code)
    return [
        one for consent, grants in found if consent.purpose == Purpose.CONFERENCE for one in grants
    ]


@transaction.atomic
def read_own(
    *, by: Member, conference: Conference, at: datetime
) -> tuple[Sequence[tuple[Decision, bool]], list[Bundle]]:
    """What a meeting decided for the agency of whoever asks: each with whether its words open, and
    what opens them. Written down as reads. Raises Forbidden.
    """
    rows = queries.own_part(by, conference, local_day(at))
    cases = list({one.item.case_id: one.item.case for one in rows}.values())
    bundles, readable = [], set[str]()
    for case in cases:
        mine = [one for one in rows if one.item.case_id == case.pk]
        if by.may(Right.WORK_CASES):
            if opens(by, case, at) and not case.erased_day:
                bundles.append(vault.hand_out(by=by, subject=case.code, at=at))
                readable |= {one.sealed for one in mine}
            continue
        grants = granted_for(by, case.code, at)
        parts = {comp for one in grants for comp in one.parts}
        names = [one.sealed for one in mine if one.part in parts]
        if names:
            bundles.append(
                vault.hand_out_granted(
                    by=by,
                    subject=case.code,
                    names=[one.name for one in grants],
                    items=names,
                    at=at,
                )
            )
            readable |= set(names)
    return [(one, one.sealed in readable) for one in rows], bundles
