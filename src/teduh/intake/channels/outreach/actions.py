"""Beginning an occasion, and keeping who was met on it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.intake import actions
from teduh.intake.answers import Answers
from teduh.intake.channels.outreach.models import Gathered, Gathering
from teduh.intake.channels.outreach.queries import team_of, visible_to
from teduh.intake.channels.outreach.words import Occasion
from teduh.intake.models import Report
from teduh.intake.words import Channel
from teduh.lib.timing import local_day


@transaction.atomic
def begin(*, by: Member, occasion: Occasion, place: str, area_code: str, at: datetime) -> Gathering:
    """Begin an occasion; it is the member's team's. Raises Forbidden."""
    if not by.may(Right.FILE_REPORTS) or not by.team_codes():
        raise Forbidden(Right.FILE_REPORTS)
    made = Gathering.objects.create(
        occasion=occasion,
        place=place,
        area_code=area_code,
        day=local_day(at),
        team_code=team_of(by),
        member=by,
    )
    detail = {"occasion": str(occasion)}
    record(by=by.actor, verb="gathering.begun", subject="", at=at, detail=detail)
    return made


@transaction.atomic
def meet(*, by: Member, gathering: Gathering, answers: Answers, **filed: Any) -> Report:
    """Keep one person's report, and that it belongs to an occasion, both or neither; at the
    occasion's place where the report names none.

    `filed` and what is raised: as intake.actions.file_for; Forbidden for another team's occasion.
    """
    if not visible_to(by).filter(pk=gathering.pk).exists():
        raise Forbidden(Right.FILE_REPORTS)
    placed = replace(
        answers,
        place=answers.place or gathering.place,
        area_code=answers.area_code or gathering.area_code,
    )
    report = actions.file_for(by=by, channel=Channel.OUTREACH, answers=placed, **filed)
    Gathered.objects.get_or_create(report=report, defaults={"gathering": gathering})
    return report
