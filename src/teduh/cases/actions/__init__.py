"""Writing cases: the only place where their rows change."""

from teduh.cases.actions.opening import (
    IncidentFacts,
    NewCase,
    PersonFacts,
    add_incident,
    add_person,
    mend_person,
    open_case,
    tell_also,
)
from teduh.cases.actions.risk import Assessed, assess, confirm_lower, refuse_lower, retaliation
from teduh.cases.actions.working import join, leave, move, reached

__all__ = [
    "Assessed",
    "IncidentFacts",
    "NewCase",
    "PersonFacts",
    "add_incident",
    "add_person",
    "assess",
    "confirm_lower",
    "join",
    "leave",
    "mend_person",
    "move",
    "open_case",
    "reached",
    "refuse_lower",
    "retaliation",
    "tell_also",
]
