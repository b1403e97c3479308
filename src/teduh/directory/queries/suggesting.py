"""Who could give a service, the best first, each with the reasons in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats

from teduh.directory import rules
from teduh.directory.models import Memorandum, Offer, Opening, Provider, Served
from teduh.directory.queries.ways import area_name
from teduh.directory.words import WEEKDAYS, Why
from teduh.lib.timing import local_day, local_minute


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A provider, and why it stands where it stands."""

    provider: Provider
    fit: rules.Fit
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is written of the providers at hand, by their row."""

    hours: dict[int, list[rules.Hours]]
    served: dict[int, set[str]]
    until: dict[int, date]  # last day of the latest memorandum
    a_day: dict[int, int | None]


def suggest(
    service: str,
    *,
    area: str = "",
    at: datetime,
    without: Collection[int] = (),
    most: int | None = None,
) -> list[Suggestion]:
    """Active providers of a service (code list 4.9), the best first, at `most` so many; `without`
    those rows.

    `area`: code of a kelurahan; who does not serve it comes last and says so. Five queries at most,
    however many there are. A secret place says nothing of where it is.
    """
    rows = list(Provider.objects.offering(service).exclude(pk__in=without))
    known = _known([row.pk for row in rows], service)
    of_area = area_name(area) if area else ""
    found = [(_fit(row, known, area, at), row) for row in rows]
    found.sort(key=lambda one: (rules.order_of(one[0]), one[1].shown))
    return [_told(row, fit, known, area, of_area, at) for fit, row in found[:most]]


def _known(rows: list[int], service: str) -> _Known:
    known = _Known({}, {}, {}, {})
    for row, *hours in Opening.objects.filter(provider__in=rows).values_list(
        "provider", "weekday", "opens", "closes"
    ):
        known.hours.setdefault(row, []).append((hours[0], hours[1], hours[2]))
    for row, area in Served.objects.filter(provider__in=rows).values_list("provider", "area_code"):
        known.served.setdefault(row, set()).add(area)
    for row, until in Memorandum.objects.filter(provider__in=rows).values_list("provider", "until"):
        known.until[row] = max(until, known.until.get(row, until))
    offers = Offer.objects.filter(provider__in=rows, service=service)
    known.a_day.update(offers.values_list("provider", "a_day"))
    return known


def _fit(row: Provider, known: _Known, area: str, at: datetime) -> rules.Fit:
    day, hours = local_day(at), known.hours.get(row.pk, [])
    served, until = known.served.get(row.pk, set()), known.until.get(row.pk)
    return rules.Fit(
        open=rules.is_open(hours, *local_minute(at)) if hours else None,
        serves=not area or not served or area in served,
        fresh=rules.is_fresh(row.verified_on, day),
        lapsed=until is not None and until < day,
        a_day=known.a_day.get(row.pk),
    )


def _told(
    row: Provider, fit: rules.Fit, known: _Known, area: str, of_area: str, at: datetime
) -> Suggestion:
    hours, served = known.hours.get(row.pk, []), known.served.get(row.pk, set())
    where = _where(fit, served=bool(served), area=area, of_area=of_area)
    checked = _checked(fit, row.verified_on)
    return Suggestion(row, fit, (*where, _when(fit, hours, at), checked, *_more(fit)))


def _where(fit: rules.Fit, *, served: bool, area: str, of_area: str) -> list[str]:
    if not fit.serves:
        return [str(Why.ELSEWHERE.label)]
    if not served:
        return [str(Why.WHOLE_CITY.label)]
    return [str(Why.SERVES.label) % {"area": of_area}] if area else []


def _when(fit: rules.Fit, hours: list[rules.Hours], at: datetime) -> str:
    if fit.open is None:
        return str(Why.NO_HOURS.label)
    opens = None if fit.open else rules.opens_next(hours, *local_minute(at))
    if opens is None:
        return str(Why.OPEN.label)
    when = f"{WEEKDAYS[opens[0]]} {rules.clock(opens[1])}"
    return str(Why.OPENS.label) % {"when": when}


def _checked(fit: rules.Fit, verified_on: date | None) -> str:
    if verified_on is None:
        return str(Why.NEVER.label)
    if not fit.fresh:
        return str(Why.STALE.label)
    return str(Why.VERIFIED.label) % {"day": formats.date_format(verified_on, "j F Y")}


def _more(fit: rules.Fit) -> list[str]:
    a_day = [str(Why.A_DAY.label) % {"count": fit.a_day}] if fit.a_day else []
    return [*a_day, *([str(Why.LAPSED.label)] if fit.lapsed else [])]
