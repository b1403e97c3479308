"""Reading areas and channels, open to everybody."""

from django.db.models import QuerySet

from teduh.access.models import Member
from teduh.access.words import AgencyKind, Right
from teduh.directory.models import Area, AreaQuery, Channel
from teduh.directory.rules import (
    full_name,
    level_of,
    parent_of,
)
from teduh.directory.words import Level


def kelurahan(city: str) -> AreaQuery:
    """The kelurahan of a city, by name."""
    return Area.objects.all().kelurahan(city)


def kelurahan_names(city: str) -> list[tuple[str, str]]:
    """Code and full name of each kelurahan of a city, by name, for a list to choose from."""
    of_city = Area.objects.filter(code__startswith=f"{city}.").order_by("name")
    names = dict(of_city.values_list("code", "name"))
    return [(code, full_name(code, names)) for code in names if level_of(code) == Level.KELURAHAN]


def kelurahan_around(city: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Name of each kecamatan of a city, with code and name of its kelurahan, all by name."""
    of_city = Area.objects.filter(code__startswith=f"{city}.").order_by("name")
    names = dict(of_city.values_list("code", "name"))
    inside = [code for code in names if level_of(code) == Level.KELURAHAN]
    return [
        (name, [(one, names[one]) for one in inside if parent_of(one) == code])
        for code, name in names.items()
        if level_of(code) == Level.DISTRICT
    ]


def area_name(code: str) -> str:
    """The full name of an area, its code when it is unknown."""
    both = Area.objects.filter(code__in=(code, parent_of(code)))
    return full_name(code, dict(both.values_list("code", "name")))


def area_names() -> dict[str, str]:
    """All names by code, for lists."""
    return dict(Area.objects.values_list("code", "name"))


def kelurahan_named(code: str) -> str:
    """The full name of a kelurahan that was loaded; empty for any other code."""
    known = Area.objects.filter(code=code, level=Level.KELURAHAN).exists()
    return area_name(code) if known else ""


def channels() -> QuerySet[Channel]:
    """The ways to reach the office that are open, in their order."""
    return Channel.objects.filter(active=True)


def keeps_channels(member: Member) -> bool:
    """Whether this member keeps the list of channels: with the right, and from the office itself."""
    return member.agency.kind == AgencyKind.OFFICE and member.may(Right.MANAGE_CHANNELS)


def channels_kept_by(member: Member) -> QuerySet[Channel]:
    """Every way to reach the office, the hidden ones too, for whoever keeps the list."""
    return Channel.objects.all() if keeps_channels(member) else Channel.objects.none()
