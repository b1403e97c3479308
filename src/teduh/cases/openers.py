"""Who looked at a case, as the survivor may be told: roles, agencies, days; no name."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from teduh.access.queries import agency_names, names_of_agencies, roles_of
from teduh.audit.models import Row
from teduh.audit.queries import openings_of
from teduh.cases.models import Case, Crew
from teduh.cases.queries import reports_of
from teduh.cases.words import CrewRole, Opening
from teduh.lib.timing import local_day


@dataclass(frozen=True, slots=True)
class Opener:
    """Somebody of a role opened something on a day, so many times."""

    day: date
    role: str
    agency: str
    what: str
    times: int


def of_case(case: Case) -> list[Opener]:
    """Every opening of a case and of the reports it tells, day by day, in six queries or so."""
    merged = case.merged.values_list("code", flat=True)
    subjects = [case.code, *merged, *(report.ticket.number for report in reports_of(case))]
    rows = list(openings_of(subjects, Opening.values))
    codes = {row.by_code for row in rows}
    agencies, roles, places = agency_names(codes), roles_of(codes), _places(case)
    linked = names_of_agencies({_agency_of(row) for row in rows} - {""})
    found = Counter(
        (
            local_day(row.at),
            _role(row.by_code, row.at, places, roles) if row.by_code else _("pemegang tautan"),
            agencies.get(row.by_code, "") or linked.get(_agency_of(row), ""),
            row.verb,
        )
        for row in rows
    )
    return [
        Opener(day, role, agency, str(Opening(verb).label), times)
        for (day, role, agency, verb), times in sorted(found.items(), key=lambda one: one[0])
    ]


def _agency_of(row: Row) -> str:
    """The code of the agency for which somebody without an account opened something."""
    return "" if row.by_code else str(json.loads(row.detail or "{}").get("agency", ""))


def _places(case: Case) -> dict[str, list[Crew]]:
    places: dict[str, list[Crew]] = {}
    for place in Crew.objects.filter(case=case).select_related("member"):
        places.setdefault(place.member.code, []).append(place)
    return places


def _role(
    code: str,
    at: datetime,
    places: dict[str, list[Crew]],
    roles: dict[str, list[tuple[str, datetime, datetime | None]]],
) -> str:
    """What the member was in this case that day, else in the office."""
    day = local_day(at)
    for place in places.get(code, []):
        if place.since <= day and (place.until is None or day <= place.until):
            return str(CrewRole(place.role).label)
    held = [
        label
        for label, since, until in roles.get(code, [])
        if since <= at and (until is None or at < until)
    ]
    return ", ".join(held) or _("petugas")
