"""Help given and arranged."""

from tests.house.urls.entries import Entry, cases

TABLE: dict[str, Entry] = {
    "services:of_case": cases("get"),
}
