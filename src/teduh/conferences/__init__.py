"""Agencies at one table about a case, each with its part only."""
