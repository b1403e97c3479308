"""Conflicts of interest: who is kept from a subject, and who lets them back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from teduh.access import queries, rules
from teduh.access.models import Conflict, Member
from teduh.access.words import ConflictKind, Lifted, Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template


@transaction.atomic
def declare_conflict(
    *,
    by: Member,
    member: Member,
    subjects: Sequence[str],
    team_code: str,
    kind: ConflictKind,
    at: datetime,
) -> None:
    """Keep a member from these subjects, which belong together; the first names them.

    The room of the subject has checked that `by` may know of it. Said again it changes nothing.
    Raises Forbidden where it is about somebody else and `by` does not supervise their team.
    """
    if by.pk != member.pk:
        _may_supervise(by, team_code)
    fresh = _without(member, subjects)
    if not fresh:
        return
    Conflict.objects.bulk_create(
        Conflict(
            subject=subject,
            root=subjects[0],
            team_code=team_code,
            member=member,
            kind=ConflictKind(kind),
            told_by=by,
            day=local_day(at),
        )
        for subject in fresh
    )
    Conflict.objects.standing().filter(member=member, subject__in=subjects).update(root=subjects[0])
    detail: dict[str, str | int] = {"member": member.code, "conflict": str(kind)}
    _record(by.actor, "conflict.declared", subjects, detail, at)
    _leave_nobody(by.actor, subjects[0], team_code, at)


@transaction.atomic
def spread_conflicts(
    *, by: Actor, subjects: Sequence[str], team_code: str, at: datetime
) -> list[Member]:
    """Keep whoever is kept from one of these subjects from all of them, for they belong together
    now; the first names them. Answers everybody who is kept from them.
    """
    held: dict[Member, Conflict] = {}
    known = Conflict.objects.standing().filter(subject__in=subjects).order_by("id")
    for row in known.select_related("member"):
        held.setdefault(row.member, row)
    for member, row in held.items():
        Conflict.objects.bulk_create(
            Conflict(
                subject=subject,
                root=subjects[0],
                team_code=team_code,
                member=member,
                kind=row.kind,
                told_by_id=row.told_by_id,
                day=row.day,
            )
            for subject in _without(member, subjects)
        )
        roots = known.filter(member=member).values_list("root", flat=True)
        together = Conflict.objects.standing().filter(member=member, root__in=list(roots))
        together.update(root=subjects[0])
        detail: dict[str, str | int] = {"member": member.code}
        _record(by, "conflict.spread", subjects, detail, at)
    if held:
        _leave_nobody(by, subjects[0], team_code, at)
    return list(held)


@transaction.atomic
def lift_conflict(*, by: Member, conflict: Conflict, reason: Lifted, at: datetime) -> None:
    """Let somebody back to a subject and what belongs to it.

    Raises Forbidden, OwnRights for one's own, AlreadyDecided where it holds no longer.
    """
    _may_supervise(by, conflict.team_code)
    if conflict.member_id == by.pk:
        raise rules.OwnRights
    if conflict.subject in by.barred():
        raise rules.Forbidden
    together = Conflict.objects.standing().filter(member=conflict.member, root=conflict.root)
    subjects = sorted(together.values_list("subject", flat=True))
    if not together.update(lifted_day=local_day(at), lifted_by=by, lifted=Lifted(reason)):
        raise rules.AlreadyDecided
    detail: dict[str, str | int] = {"member": conflict.member.code, "lifted": str(reason)}
    others = [one for one in subjects if one != conflict.root]
    _record(by.actor, "conflict.lifted", [conflict.root, *others], detail, at)


def _may_supervise(by: Member, team_code: str) -> None:
    if not by.may(Right.SUPERVISE_CASES) or team_code not in by.team_codes():
        raise rules.Forbidden(Right.SUPERVISE_CASES)


def _without(member: Member, subjects: Sequence[str]) -> list[str]:
    kept = Conflict.objects.standing().filter(member=member, subject__in=subjects)
    known = set(kept.values_list("subject", flat=True))
    return [one for one in dict.fromkeys(subjects) if one not in known]


def _record(
    by: Actor, verb: str, subjects: Sequence[str], detail: dict[str, str | int], at: datetime
) -> None:
    record(by=by, verb=verb, subject=subjects[0], at=at, detail=detail, subjects=subjects[1:])


def _leave_nobody(by: Actor, subject: str, team_code: str, at: datetime) -> None:
    """Where nobody of the team may read it any more, tell those who can give it to others."""
    if queries.readers_of(team_code, at, subject).exists():
        return
    for member in queries.overseers(team_code, at, subject):
        queue(by=by, to=member.email, template=Template.WORK, danger=True, at=at)
