"""Teduh: a city protection service for women and children."""
