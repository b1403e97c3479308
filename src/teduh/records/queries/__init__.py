"""Reading what is kept; everything starts with what a member may know of."""

from teduh.records.queries.asking import Today, late, request_of, requests, requests_of, today
from teduh.records.queries.breaching import breach, breaches, gaps, is_known, touched_of
from teduh.records.queries.keeping import (
    Kept,
    due_cases,
    due_reports,
    erasures,
    lines_of_cases,
    lines_of_reports,
    one,
    retained,
    team_of,
)

__all__ = [
    "Kept",
    "Today",
    "breach",
    "breaches",
    "due_cases",
    "due_reports",
    "erasures",
    "gaps",
    "is_known",
    "late",
    "lines_of_cases",
    "lines_of_reports",
    "one",
    "request_of",
    "requests",
    "requests_of",
    "retained",
    "team_of",
    "today",
    "touched_of",
]
