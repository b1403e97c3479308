"""The morning, the state of the system, and the gallery."""

from tests.house.urls.entries import READERS, STAFF, Entry

TABLE: dict[str, Entry] = {
    "look:gallery": STAFF,
    "config:morning": Entry(roles=READERS),
    "config:system": Entry(roles=frozenset({"city_it"})),
}
