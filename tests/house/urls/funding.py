"""Money for the work."""

from tests.house.urls.entries import Entry

TABLE: dict[str, Entry] = {}
