"""What is said of one case: her wishes first, what each agency knows, dangers, minutes, feedback."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from teduh.access.models import Agency, Member
from teduh.audit.actions import record
from teduh.cases.actions.guard import locked_even_merged
from teduh.conferences import queries, rules
from teduh.conferences.actions.guard import working_on
from teduh.conferences.models import AgendaItem, AgreedDanger, Contribution
from teduh.conferences.words import DangerKind, FeedbackWay, ItemState, Unsaid, Whose
from teduh.lib.timing import local_day
from teduh.vault import actions as vault
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused

WISHES, MINUTES, NOTE = (
    "conferences.item.wishes",
    "conferences.item.minutes",
    "conferences.danger.note",
)


def words_of(agency: Agency) -> str:
    """The sealed field in which what an agency says of a case lies."""
    return f"conferences.contribution.{rules.part_of(agency.kind)}"


@transaction.atomic
def keep_wishes(
    *, by: Member, item: AgendaItem, items: Sequence[SealedItem], unsaid: Unsaid | str, at: datetime
) -> None:
    """Keep what she wants, in her advocate's words, or why it is not written: one of the two.

    Raises Forbidden, NotDeclared, WrongMove, NotReady "wishes", vault.rules.Refused.
    """
    fresh = working_on(by, item, at)
    kept = _one_of(by, fresh, items, WISHES, at)
    if bool(kept) == bool(unsaid):
        raise rules.NotReady(["wishes"])
    fresh.wishes, fresh.unsaid = kept, Unsaid(unsaid) if unsaid else ""
    fresh.save(update_fields=["wishes", "unsaid"])
    _tell(by, fresh, "conference.wishes_kept", at, why=str(fresh.unsaid) or "told")


@transaction.atomic
def contribute(
    *, by: Member, item: AgendaItem, agency: Agency, items: Sequence[SealedItem], at: datetime
) -> Contribution:
    """Keep what an agency at the table says of a case, as somebody of the office writes it down.

    Raises Forbidden, NotDeclared, WrongMove, NotReady "basis" for an agency that may not talk about
    it, vault.rules.Refused.
    """
    fresh = working_on(by, item, at)
    _may(fresh, agency, at)
    what = words_of(agency)
    kept = _one_of(by, fresh, items, what, at)
    if not kept:
        raise Refused("items")
    row = Contribution.objects.create(
        item=fresh, agency=agency, what=what, sealed=kept, member=by, day=local_day(at)
    )
    _tell(by, fresh, "conference.contributed", at, agency=agency.code)
    return row


@transaction.atomic
def agree_danger(
    *,
    by: Member,
    item: AgendaItem,
    whose: Whose,
    kind: DangerKind,
    items: Sequence[SealedItem],
    at: datetime,
) -> AgreedDanger:
    """Keep a danger on which the table agrees; again with other words puts them in its place.

    Raises Forbidden, NotDeclared, WrongMove, vault.rules.Refused.
    """
    fresh = working_on(by, item, at)
    kept = _one_of(by, fresh, items, NOTE, at)
    told = {"sealed": kept} if kept else {}
    row, _made = AgreedDanger.objects.update_or_create(
        item=fresh, whose=Whose(whose), kind=DangerKind(kind), defaults=told
    )
    _tell(by, fresh, "conference.danger_agreed", at, why=str(kind))
    return row


@transaction.atomic
def write_minutes(
    *, by: Member, item: AgendaItem, items: Sequence[SealedItem], at: datetime
) -> None:
    """Keep the minutes about one case. Raises Forbidden, NotDeclared, WrongMove, Refused."""
    fresh = working_on(by, item, at)
    kept = _one_of(by, fresh, items, MINUTES, at)
    if not kept:
        raise Refused("items")
    fresh.minutes = kept
    fresh.save(update_fields=["minutes"])
    _tell(by, fresh, "conference.minuted", at)


@transaction.atomic
def agree_feedback(
    *, by: Member, item: AgendaItem, way: FeedbackWay, who: Member, until: date, at: datetime
) -> None:
    """Keep how, by whom and until when she hears what was agreed.

    Raises Forbidden, also for somebody who may not know of the case, NotDeclared, WrongMove,
    WrongDay for a day that is over or too far.
    """
    fresh = working_on(by, item, at)
    locked_even_merged(who, fresh.case, at)
    rules.in_time(until, local_day(at))
    fresh.feedback_way, fresh.feedback_by = FeedbackWay(way), who
    fresh.feedback_until, fresh.feedback_day = until, None
    fresh.save(update_fields=["feedback_way", "feedback_by", "feedback_until", "feedback_day"])
    _tell(by, fresh, "conference.feedback_agreed", at, way=str(way), member=who.code)


@transaction.atomic
def tell_her(*, by: Member, item: AgendaItem, at: datetime) -> None:
    """She was told; after the meeting too. The same again changes nothing. Raises Forbidden, WrongMove."""
    locked_even_merged(by, item.case, at)
    row = AgendaItem.objects.filter(pk=item.pk)
    if not row.exclude(feedback_way="").exists():
        raise rules.WrongMove("feedback")
    if row.filter(feedback_day__isnull=True).update(feedback_day=local_day(at)):
        _tell(by, item, "conference.feedback_given", at)


@transaction.atomic
def discuss(*, by: Member, item: AgendaItem, at: datetime) -> None:
    """Say that a case was discussed. Raises Forbidden, NotDeclared, WrongMove, NotReady with what
    is lacking: her wishes, a consent or duty, somebody there who may.
    """
    fresh = working_on(by, item, at)
    table = queries.table_of(fresh, local_day(at))
    if lacks := rules.lacks(queries.standing(fresh, table)):
        raise rules.NotReady(lacks)
    fresh.state = ItemState.DISCUSSED
    fresh.save(update_fields=["state"])
    _tell(by, fresh, "conference.discussed", at)


def _may(item: AgendaItem, agency: Agency, at: datetime) -> None:
    rows = queries.table_of(item, local_day(at))
    if not any(row.agency == agency and row.may for row in rows):
        raise rules.NotReady(["basis"])


def _one_of(
    by: Member, item: AgendaItem, items: Sequence[SealedItem], what: str, at: datetime
) -> str:
    """Keep at most one sealed item of this field; answers its name, empty where none came."""
    if [one.what for one in items] not in ([], [what]):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=item.case.code, items=items, at=at)
    return items[0].item if items else ""


def _tell(by: Member, item: AgendaItem, verb: str, at: datetime, **told: str) -> None:
    detail = {"meeting": item.conference.code, **told}
    record(by=by.actor, verb=verb, subject=item.case.code, at=at, detail=detail)
