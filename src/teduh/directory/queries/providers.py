"""Providers, for whoever works on cases or keeps their list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from teduh.access.models import Agency, Member
from teduh.access.words import AgencyKind, Right
from teduh.directory import codes, rules
from teduh.directory.models import Area, Memorandum, Provider, ProviderQuery
from teduh.lib.timing import local_day


def keeps_providers(member: Member) -> bool:
    """Whether this member keeps the list of providers: with the right, and from the office itself."""
    return member.agency.kind == AgencyKind.OFFICE and member.may(Right.KEEP_PROVIDERS)


def providers_for(member: Member) -> ProviderQuery:
    """Every provider for whoever keeps the list; those that help now for who works on cases."""
    if keeps_providers(member):
        return Provider.objects.all()
    if reads_providers(member):
        return Provider.objects.filter(active=True)
    return Provider.objects.none()


def reads_providers(member: Member) -> bool:
    """Whether this member sees the list: who works on cases in the office, or keeps the list."""
    works = member.agency.kind == AgencyKind.OFFICE and member.may(Right.WORK_CASES)
    return works or keeps_providers(member)


def codes_of(asked: Collection[str]) -> set[str]:
    """Which of these codes are those of providers."""
    return set(Provider.objects.filter(code__in=asked).values_list("code", flat=True))


def providers_kept_by(member: Member) -> ProviderQuery:
    """Every provider, for whoever keeps the list."""
    return Provider.objects.all() if keeps_providers(member) else Provider.objects.none()


@dataclass(frozen=True, slots=True)
class ProviderFilters:
    """What the address of the list asks for; empty text asks for all.

    `when`: weekday and minute at which it is open. `stale_on`: not checked for too long on that day.
    """

    service: str = ""
    area: str = ""
    when: tuple[int, int] | None = None
    language: str = ""
    access: str = ""
    stale_on: date | None = None


def provider_list(member: Member, asked: ProviderFilters) -> ProviderQuery:
    """Providers by name, secret places last, with what their row of the list shows: four queries."""
    rows = providers_for(member)
    if asked.service:
        rows = rows.offering(asked.service)
    if asked.area:
        rows = rows.serving(asked.area)
    if asked.when:
        rows = rows.open_at(*asked.when)
    if asked.language:
        rows = rows.speaking(asked.language)
    if asked.access:
        rows = rows.fit_for(asked.access)
    if asked.stale_on:
        oldest = asked.stale_on - timedelta(days=rules.VERIFIED_DAYS)
        rows = rows.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=oldest))
    return rows.order_by("secret", "name", "id").prefetch_related("offers", "openings", "served")


def provider_of(member: Member, code: str) -> Provider | None:
    """The provider of a code with all that is written of it, for a member who may know of it."""
    rows = providers_for(member).select_related("agency")
    return (
        rows.prefetch_related("offers", "openings", "served", "memoranda").filter(code=code).first()
    )


def facts_of(provider: Provider) -> rules.Facts:
    """What is written of a provider, as a value."""
    offers = [(one.service, one.a_day) for one in provider.offers.all() if one.active]
    return rules.Facts(
        name=provider.name,
        kind=provider.kind,
        agency=provider.agency.code if provider.agency else "",
        secret=provider.secret,
        public=provider.public,
        active=provider.active,
        area_code=provider.area_code,
        address=provider.address,
        phone=provider.phone,
        contact=provider.contact,
        languages=tuple(provider.languages.split()),
        access=tuple(provider.access.split()),
        served=tuple(sorted(one.area_code for one in provider.served.all())),
        offers=tuple(sorted(offers)),
        hours=tuple(
            sorted((one.weekday, one.opens, one.closes) for one in provider.openings.all())
        ),
    )


def lines(member: Member) -> list[rules.Line]:
    """The lines of the file of providers: of each but the secret places, which leave in no file."""
    rows = providers_kept_by(member).filter(secret=False).select_related("agency")
    with_all = rows.prefetch_related("offers", "openings", "served")
    return [rules.Line(0, row.code, facts_of(row), row.verified_on) for row in with_all]


def known() -> rules.Known:
    """The codes a file of providers may name."""
    return rules.Known(
        kinds=codes.known("agency_type"),
        services=codes.known("service"),
        languages=codes.known("language"),
        access=codes.known("access"),
        areas=set(Area.objects.kelurahan(settings.TEDUH_AREA).values_list("code", flat=True)),
        agencies=set(partners().values_list("code", flat=True)),
        secret=set(Provider.objects.filter(secret=True).values_list("code", flat=True)),
    )


def partners() -> QuerySet[Agency]:
    """Institutions that have accounts here, the office among them."""
    return Agency.objects.filter(active=True).order_by("name")


def ending(member: Member, at: datetime) -> list[Memorandum]:
    """Memoranda that end soon or ended and are not renewed, for whoever keeps the list, the first first.

    Only of providers that help now.
    """
    day = local_day(at)
    newest = Memorandum.objects.order_by("provider", "-until")
    rows = newest.filter(provider__in=providers_kept_by(member), provider__active=True)
    latest: dict[int, Memorandum] = {}
    for one in rows.select_related("provider"):
        latest.setdefault(one.provider_id, one)
    soon = day + timedelta(days=rules.REMINDED_DAYS)
    return sorted((one for one in latest.values() if one.until <= soon), key=lambda one: one.until)


def due_memoranda(at: datetime) -> list[int]:
    """Rows of memoranda whose end comes near, of which nobody was told, and that were not renewed."""
    day = local_day(at)
    renewed = Memorandum.objects.filter(provider=OuterRef("provider"), until__gt=OuterRef("until"))
    rows = Memorandum.objects.filter(
        ~Exists(renewed),
        reminded_on=None,
        provider__active=True,
        until__range=(day, day + timedelta(days=rules.REMINDED_DAYS)),
    )
    return list(rows.values_list("pk", flat=True))


def keepers(at: datetime) -> list[str]:
    """Addresses of who keeps the list of providers."""
    holding = Member.objects.get_queryset().active().holding(Right.KEEP_PROVIDERS, at)
    return list(holding.filter(agency__kind=AgencyKind.OFFICE).values_list("email", flat=True))


def by_need() -> list[tuple[str, list[Provider]]]:
    """Name of each service, with who gives it, for the page for everybody: never a secret place."""
    rows = Provider.objects.filter(public=True, secret=False, active=True)
    found: dict[str, list[Provider]] = {}
    for row in rows.prefetch_related("offers", "openings"):
        for offer in row.offers.all():
            if offer.active:
                found.setdefault(offer.service, []).append(row)
    return [(name, found[code]) for code, name in codes.choices("service") if code in found]
