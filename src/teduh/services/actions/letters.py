"""Progress letters of the police, written down as they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.audit.actions import record
from teduh.cases.actions.guard import locked
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.models import PoliceLetter
from teduh.services.words import LetterKind
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

NUMBER = "services.police_letter.number"


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on a letter in the open: its kind and day; and when it came."""

    kind: LetterKind
    day: date
    received: date


@transaction.atomic
def keep_letter(
    *, by: Member, case: Case, letter: Letter, items: Sequence[SealedItem], at: datetime
) -> PoliceLetter:
    """Keep a letter; its number comes sealed. Raises Forbidden, Early for one that came before it was
    written or after today, vault.rules.Refused.
    """
    if not letter.day <= letter.received <= local_day(at):
        raise rules.Early
    fresh = locked(by, case, at)
    if [one.what for one in items] not in ([], [NUMBER]):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=fresh.code, items=items, at=at)
    row = PoliceLetter.objects.create(
        case=fresh,
        kind=LetterKind(letter.kind),
        day=letter.day,
        received=letter.received,
        item=items[0].item if items else "",
        member=by,
    )
    detail = {"kind": str(letter.kind), "day": str(letter.day)}
    record(by=by.actor, verb="police_letter.kept", subject=fresh.code, at=at, detail=detail)
    return row
