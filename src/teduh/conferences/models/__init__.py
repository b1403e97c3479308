"""Tables of meetings: codes and days. Every word that was said lies in the vault."""

from teduh.conferences.models.items import (
    AgendaItem,
    AgreedDanger,
    Contribution,
    Decision,
    DecisionQuery,
)
from teduh.conferences.models.meetings import Conference, Series, TableSeat, Veil

__all__ = [
    "AgendaItem",
    "AgreedDanger",
    "Conference",
    "Contribution",
    "Decision",
    "DecisionQuery",
    "Series",
    "TableSeat",
    "Veil",
]
