"""Agencies and teams."""

from datetime import datetime

from django.db import transaction

from teduh.access.actions.hands import may
from teduh.access.models import Agency, Team
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.lib.actors import Actor


@transaction.atomic
def open_agency(
    *, by: Actor, code: str, name: str, kind: str, at: datetime, area_code: str = ""
) -> Agency:
    """Enter an agency; raises Forbidden."""
    may(by, Right.MANAGE_MEMBERS)
    agency = Agency.objects.create(code=code, name=name, kind=kind, area_code=area_code)
    record(by=by, verb="agency.opened", subject=code, at=at)
    return agency


@transaction.atomic
def open_team(*, by: Actor, code: str, name: str, kind: str, agency: Agency, at: datetime) -> Team:
    """Enter a team; raises Forbidden."""
    may(by, Right.MANAGE_MEMBERS)
    team = Team.objects.create(code=code, name=name, kind=kind, agency=agency)
    record(by=by, verb="team.opened", subject=code, at=at)
    return team
