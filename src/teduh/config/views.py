"""Pages joined from several rooms: the morning of a member, and how the machine runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from teduh.access.gates import member_of, needs
from teduh.access.queries import without_duty
from teduh.access.words import Right
from teduh.config import health, morning
from teduh.config.rules import Level
from teduh.vault.alarms import alarms


@needs(Right.READ_REPORTS, Right.WORK_CASES)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What must I do now."""
    member, at = member_of(request), timezone.now()
    shown = {
        "at": at,
        "parts": morning.parts(member, at),
        "alarms": alarms(member, at),
        "unwatched": without_duty(member, at),
        "may_plan": member.may(Right.PLAN_DUTY),
    }
    return render(request, "config/morning.html", shown)


@needs(Right.SEE_SYSTEM)
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """What is wrong and what to do, the worst first; no identity anywhere."""
    found = health.findings(timezone.now())
    shown = {
        "to_do": [one for one in found if one.level != Level.GOOD],
        "well": [one for one in found if one.level == Level.GOOD],
    }
    return render(request, "config/system.html", shown)
