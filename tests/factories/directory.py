"""Providers of services, as the least row a test needs."""

from datetime import date
from itertools import count

from teduh.directory.models import Offer, Opening, Provider, Served

_numbers = count(1)


def provider(
    *services: str, hours: tuple[tuple[int, int, int], ...] = (), serves: tuple[str, ...] = (),
    a_day: int | None = None, **fields: object,
) -> Provider:  # fmt: skip
    """A provider that gives these services, open in these spans; `fields` as in its row."""
    number = next(_numbers)
    told: dict[str, object] = {
        "code": f"PYD-0000-{number:04}",
        "name": f"Penyedia contoh {number:04}",
        "kind": "puskesmas",
        "verified_on": date(2026, 11, 1),
    }
    row = Provider.objects.create(**told | fields)  # type: ignore[arg-type]
    for service in services:
        Offer.objects.create(provider=row, service=service, a_day=a_day)
    for weekday, opens, closes in hours:
        Opening.objects.create(provider=row, weekday=weekday, opens=opens, closes=closes)
    for area in serves:
        Served.objects.create(provider=row, area_code=area)
    return row
