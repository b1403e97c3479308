"""Areas by official code, the ways to reach the office, who helps around it, and who gives help."""

from teduh.directory.models.helpers import Helper, HelperCard, Qualification
from teduh.directory.models.providers import (
    Memorandum,
    Offer,
    Opening,
    Provider,
    ProviderQuery,
    Served,
)
from teduh.directory.models.ways import Area, AreaQuery, Channel

__all__ = [
    "Area",
    "AreaQuery",
    "Channel",
    "Helper",
    "HelperCard",
    "Memorandum",
    "Offer",
    "Opening",
    "Provider",
    "ProviderQuery",
    "Qualification",
    "Served",
]
