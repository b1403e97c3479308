"""Reading areas and channels: open to everybody."""

from django.db.models import QuerySet

from teduh.access.models import Member
from teduh.access.words import AgencyKind, Right
from teduh.directory.models import Area, AreaQuery, Channel


def kelurahan(city: str) -> AreaQuery:
    """The kelurahan of a city, by name."""
    return Area.objects.all().kelurahan(city)


def kelurahan_names(city: str) -> list[tuple[str, str]]:
    """Code and name of each kelurahan of a city, by name, for a list to choose from."""
    return list(kelurahan(city).values_list("code", "name"))


def area_name(code: str) -> str:
    """The name of an area, its code when it is unknown."""
    return Area.objects.filter(code=code).values_list("name", flat=True).first() or code


def area_names() -> dict[str, str]:
    """All names by code, for lists."""
    return dict(Area.objects.values_list("code", "name"))


def channels() -> QuerySet[Channel]:
    """The ways to reach the office that are open, in their order."""
    return Channel.objects.filter(active=True)


def keeps_channels(member: Member) -> bool:
    """Whether this member keeps the list of channels: with the right, and from the office itself."""
    return member.agency.kind == AgencyKind.OFFICE and member.may(Right.MANAGE_CHANNELS)


def channels_kept_by(member: Member) -> QuerySet[Channel]:
    """Every way to reach the office, the hidden ones too, for whoever keeps the list."""
    return Channel.objects.all() if keeps_channels(member) else Channel.objects.none()
