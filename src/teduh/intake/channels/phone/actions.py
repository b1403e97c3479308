"""Writing calls: kept while they go on, ended, and what an exchange counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.intake import actions as intake
from teduh.intake.answers import Answers
from teduh.intake.channels.phone import queries, rules
from teduh.intake.channels.phone.models import Call, CallDay
from teduh.intake.channels.phone.words import CallKind
from teduh.intake.models import Report
from teduh.intake.words import Channel
from teduh.lib.actors import CLOCK
from teduh.lib.timing import local_day
from teduh.vault import actions as vault
from teduh.vault.packages import MadeCompartment, SealedItem, SealedPackage


def keep_call(
    *,
    by: Member,
    code: str,
    kind: CallKind,
    seconds: int,
    after: str,
    made: Sequence[MadeCompartment],
    item: SealedItem,
    at: datetime,
) -> None:
    """Keep what was written of a call so far, sealed to the team, in place of what was kept before.

    `seconds`: how long the call has lasted in all; `after`: the code of the member who had it when
    this page was opened. Raises Forbidden, Ended, WithAnother,
    vault.rules.Refused.
    """
    team = _team(by)
    with transaction.atomic():
        call = _going_on(by, code, kind, team, seconds, after, at)
        vault.keep_draft(by=by, subject=code, team=call.team_code, made=made, item=item, at=at)


@transaction.atomic
def end_call(
    *, by: Member, code: str, kind: CallKind, seconds: int, after: str, at: datetime
) -> None:
    """End a call: its row stays, what was written of it is destroyed. Again: as the first time.

    Raises Forbidden, WithAnother.
    """
    try:
        call = _going_on(by, code, kind, _team(by), seconds, after, at)
    except rules.Ended:
        return
    call.open = False
    call.save(update_fields=["open"])
    vault.drop_draft(by=by.actor, subject=code, at=at)
    record(by=by.actor, verb="call.ended", subject=code, at=at, detail={"kind": kind})


@transaction.atomic
def file_call(
    *,
    by: Member,
    code: str,
    seconds: int,
    after: str,
    answers: Answers,
    package: SealedPackage,
    rights_version: str,
    at: datetime,
) -> Report:
    """Keep the report a caller told, with its call or not at all; the call stays open until its
    ticket and code are read out.

    Raises as `intake.actions.file_for`, Ended, WithAnother.
    """
    team = _team(by)
    report = intake.file_for(
        by=by,
        channel=Channel.PHONE,
        answers=answers,
        package=package,
        rights_version=rights_version,
        at=at,
    )
    call = _going_on(by, code, CallKind.HELP, team, seconds, after, at)
    call.filed = True
    call.save(update_fields=["filed"])
    return report


def end_old(*, at: datetime) -> int:
    """End calls that broke and were not gone on with; answers how many."""
    late = at - timedelta(hours=rules.DRAFT_HOURS)
    codes = list(
        Call.objects.filter(open=True, started_at__lt=late)
        .order_by("pk")
        .values_list("code", flat=True)
    )
    for code in codes:
        _end_old(code, at)
    return len(codes)


@transaction.atomic
def _end_old(code: str, at: datetime) -> None:
    if Call.objects.filter(code=code, open=True).update(open=False):
        vault.drop_draft(by=CLOCK, subject=code, at=at)
        record(by=CLOCK, verb="call.forgotten", subject=code, at=at)


@transaction.atomic
def keep_days(*, by: Member, days: Sequence[rules.DayTold], at: datetime) -> None:
    """Keep what an exchange counted, all of these days or none; a day told again is told anew.

    Raises Forbidden.
    """
    team = _team(by)
    for one in days:
        CallDay.objects.update_or_create(
            team_code=team,
            day=one.day,
            defaults={
                "offered": one.offered,
                "answered": one.answered,
                "waiting": one.waiting,
                "abandoned": one.abandoned,
            },
        )
    record(by=by.actor, verb="call.counted", subject=team, at=at, detail={"days": len(days)})


def _team(by: Member) -> str:
    team = queries.team_of(by)
    if not by.may(Right.FILE_REPORTS) or not team:
        raise Forbidden(Right.FILE_REPORTS)
    return team


def _going_on(
    by: Member, code: str, kind: CallKind, team: str, seconds: int, after: str, at: datetime
) -> Call:
    """The call of this code, locked, now of this kind and length; made where it is new."""
    lasted = rules.talked(seconds)
    call = Call.objects.select_for_update().filter(code=code).first()
    if call is None:
        began = at - timedelta(seconds=lasted)
        return Call.objects.create(
            code=code,
            kind=kind,
            team_code=team,
            member=by,
            day=local_day(began),
            started_at=rules.to_the_minute(began),
            seconds=lasted,
            open=True,
        )
    if not call.open:
        raise rules.Ended(code)
    if call.team_code not in by.team_codes():
        raise Forbidden
    if call.member.code not in {by.code, after}:
        raise rules.WithAnother(code)
    call.kind, call.member = kind, by
    call.seconds = max(call.seconds, lasted)
    call.save(update_fields=["kind", "member", "seconds"])
    return call
