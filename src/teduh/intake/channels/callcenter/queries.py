"""Reading call centres."""

from django.conf import settings
from django.db.models import QuerySet

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.intake.channels.callcenter.models import CallCentre
from teduh.intake.channels.callcenter.rules import kept_of


def visible_to(member: Member) -> QuerySet[CallCentre]:
    """The call centres a member may manage: those of their own office."""
    if not member.may(Right.MANAGE_CHANNELS):
        return CallCentre.objects.none()
    return CallCentre.objects.filter(agency_code=member.agency.code)


def behind(link: str) -> CallCentre | None:
    """The call centre whose link this is, None for a dead one or none."""
    kept = kept_of(link, settings.TEDUH_PEPPER)
    return CallCentre.objects.filter(link=kept, closed_day__isnull=True).first()
