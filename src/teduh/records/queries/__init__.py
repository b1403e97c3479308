"""Reading what is kept; everything starts with what a member may know of."""

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
    "due_cases",
    "due_reports",
    "erasures",
    "lines_of_cases",
    "lines_of_reports",
    "one",
    "retained",
    "team_of",
]
