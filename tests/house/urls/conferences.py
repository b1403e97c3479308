"""Agencies at one table."""

from collections.abc import Callable

from tests.house.urls.entries import (
    NOBODYS,
    OWN,
    PARTNER,
    PARTNERS,
    READERS,
    Entry,
    cases,
)
from tests.house.urls.place import Place

SEATED = READERS | PARTNERS | {"head", "data_officer"}  # each of the own team has a seat there
EITHER = READERS | PARTNERS


def _meeting(place: Place) -> dict[str, object]:
    return {"code": place.at_table.conference.code}


def _item(place: Place) -> dict[str, object]:
    return {**_meeting(place), "case": place.at_table.case.code}


def meetings(
    method: str = "post",
    roles: frozenset[str] = READERS,
    also: frozenset[tuple[str, str]] = NOBODYS,
    names: Callable[[Place], dict[str, object]] = _meeting,
) -> Entry:
    """An address of a meeting: its team, and whoever sits there, as one partner does here."""
    return Entry(method, roles, OWN, also, names=names)


def at_table(method: str = "post", *, agency: bool = False) -> Entry:
    """An address of one case at the table: whoever works on the case."""

    def named(at: Place) -> dict[str, object]:
        item = at.at_table
        told: dict[str, object] = {"code": item.case.code, "meeting": item.conference.code}
        return {**told, "agency": at.consent.agency.code} if agency else told

    return Entry(method, READERS, OWN, names=named)


def decisions(roles: frozenset[str], also: frozenset[tuple[str, str]] = NOBODYS) -> Entry:
    """An address of a decision: of the agency it was given to, and of who works on its case."""
    return Entry("post", roles, OWN, also, names=lambda at: {"code": at.decision.code})


TABLE: dict[str, Entry] = {
    "conferences:list": Entry(roles=SEATED),
    "conferences:plan": Entry(roles=READERS),
    "conferences:end_series": Entry(
        "post", READERS, OWN, names=lambda at: {"number": at.at_table.conference.series_id}
    ),
    "conferences:tasks": Entry(roles=EITHER),
    "conferences:done": decisions(READERS, PARTNER),
    "conferences:let_go": decisions(READERS),
    "conferences:of_case": cases("get"),
    "conferences:item": at_table("get"),
    "conferences:wishes": at_table(),
    "conferences:contribute": at_table(agency=True),
    "conferences:decide": at_table(agency=True),
    "conferences:danger": at_table(),
    "conferences:minutes": at_table(),
    "conferences:feedback": at_table(),
    "conferences:told": at_table(),
    "conferences:discussed": at_table(),
    "conferences:meeting": meetings("get", SEATED, PARTNER),
    "conferences:accept": meetings("post", SEATED, PARTNER),
    "conferences:invite": meetings(),
    "conferences:attend": meetings(
        names=lambda at: {**_meeting(at), "number": at.at_table.conference.seats.all()[0].pk}
    ),
    "conferences:begin": meetings(),
    "conferences:close": meetings(),
    "conferences:call_off": meetings(),
    "conferences:refill": meetings(),
    "conferences:add": meetings(),
    "conferences:take_off": meetings(names=_item),
    "conferences:own_part": meetings("get", EITHER, PARTNER),
    "conferences:part": Entry(
        roles=PARTNERS, relations=frozenset(), also=PARTNER, names=_item
    ),  # she agreed to the receiving agency, and to no other
    # Only of a meeting of the city that runs: tests/conferences/test_city.py.
    "conferences:screen": Entry(roles=SEATED, relations=frozenset(), names=_meeting),
}
