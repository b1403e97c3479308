"""Decisions about areas, ways to reach the office, helpers and providers: pure functions."""

from teduh.directory.rules.areas import (
    KELURAHAN_DIGITS,
    PARTS,
    NotAnArea,
    dotted,
    full_name,
    level_of,
    on_one_way,
    parent_of,
    undotted,
)
from teduh.directory.rules.cards import MISSES, About, NotReady, Standing, may_hold_card, may_sign
from teduh.directory.rules.ways import DIALLED, ChannelTwice, NotAChannel, Way, can_be_reached

__all__ = [
    "DIALLED",
    "KELURAHAN_DIGITS",
    "MISSES",
    "PARTS",
    "About",
    "ChannelTwice",
    "NotAChannel",
    "NotAnArea",
    "NotReady",
    "Standing",
    "Way",
    "can_be_reached",
    "dotted",
    "full_name",
    "level_of",
    "may_hold_card",
    "may_sign",
    "on_one_way",
    "parent_of",
    "undotted",
]
