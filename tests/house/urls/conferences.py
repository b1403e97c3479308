"""Agencies at one table."""

from tests.house.urls.entries import Entry

TABLE: dict[str, Entry] = {}
