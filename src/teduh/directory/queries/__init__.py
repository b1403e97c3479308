"""Reading areas and channels, open to everybody; helpers and providers for whoever may know them."""

from teduh.directory.queries.helpers import (
    HelperFilters,
    about_of,
    card_numbered,
    counts,
    helper_list,
    helpers_kept_by,
    keeps_helpers,
    living_card,
    may_have_card,
)
from teduh.directory.queries.suggesting import Suggestion, suggest
from teduh.directory.queries.ways import (
    area_name,
    area_names,
    channels,
    channels_kept_by,
    keeps_channels,
    kelurahan,
    kelurahan_around,
    kelurahan_named,
    kelurahan_names,
)

__all__ = [
    "HelperFilters",
    "Suggestion",
    "about_of",
    "area_name",
    "area_names",
    "card_numbered",
    "channels",
    "channels_kept_by",
    "counts",
    "helper_list",
    "helpers_kept_by",
    "keeps_channels",
    "keeps_helpers",
    "kelurahan",
    "kelurahan_around",
    "kelurahan_named",
    "kelurahan_names",
    "living_card",
    "may_have_card",
    "suggest",
]
