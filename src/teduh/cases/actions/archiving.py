"""Asking for what lies in the archive of a case that ended long ago."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.cases import queries, rules
from teduh.cases.actions.guard import of_the_team
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.vault import actions as vault
from teduh.vault.words import RecallReason


@transaction.atomic
def ask_archive(*, by: Member, case: Case, reason: RecallReason, at: datetime) -> None:
    """Ask both sides of the archive for a case's sealed parts; its supervisors hear of it.

    Raises Forbidden, WrongMove where nothing of it lies there.
    """
    fresh = of_the_team(by, case, at)
    if queries.archived(fresh, local_day(at)) is None:
        raise rules.WrongMove("archive")
    ask_back(by=by, case=fresh, reason=RecallReason(reason), at=at)


def ask_back(*, by: Member, case: Case, reason: RecallReason, at: datetime) -> None:
    """The same inside an action that has locked the case. Raises Forbidden, vault.rules.Refused."""
    vault.ask_back(
        by=by,
        root=case.code,
        subjects=queries.sealed_under(case),
        team=case.team_code,
        reason=reason,
        at=at,
    )
