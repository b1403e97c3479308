"""Reading occasions; everything starts at visible_to(member)."""

from django.db.models import Count, QuerySet

from teduh.access.models import Member
from teduh.access.queries import intake_teams
from teduh.access.words import Right
from teduh.intake.channels.outreach.models import Gathering

SHOWN = 30  # the newest occasions on the page


def visible_to(member: Member) -> QuerySet[Gathering]:
    """Occasions of the member's own teams, for whoever files reports."""
    if not member.may(Right.FILE_REPORTS):
        return Gathering.objects.none()
    return Gathering.objects.filter(team_code__in=member.team_codes()).select_related("member")


def newest(member: Member) -> list[Gathering]:
    """The newest ones, each with how many people were met (`met`)."""
    return list(visible_to(member).annotate(met=Count("gathered"))[:SHOWN])


def one(member: Member, number: int) -> Gathering | None:
    """An occasion with how many people were met, if the member may see it."""
    return visible_to(member).annotate(met=Count("gathered")).filter(pk=number).first()


def team_of(member: Member) -> str:
    """The team that has the occasion in hand: one of the member's own that receives reports, first."""
    mine = member.team_codes()
    return next((code for code in intake_teams() if code in mine), min(mine, default=""))
