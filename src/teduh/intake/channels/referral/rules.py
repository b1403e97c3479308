"""Decisions about what agencies file and ask: pure functions."""

import re
from datetime import datetime, timedelta

# Their own number: letters, digits and what stands between, so that no sentence is told with it.
REFERENCE = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./-]{1,39}")
ANSWER_TIME = timedelta(hours=24)  # where the procedure in force does not promise an answer yet
PAPERS = {  # kind of agency -> the short forms it files
    "office": ("sapa129", "lapor"),
    "police": ("police",),
    "health": ("health",),
    "school": ("school", "campus"),
    "department": ("agency",),
    "prosecution": ("agency",),
    "social": ("agency",),
    "legal": ("agency",),
    "community": ("agency",),
}
CHANNELS = {"police": "police", "health": "health", "sapa129": "sapa129", "lapor": "lapor"}
NETWORK = frozenset({"legal", "community", "social"})  # kinds of agencies that watch over the queue


class AskedAlready(Exception):
    """This agency waits for an answer about this ticket."""


class NotWaiting(Exception):
    """The ticket waits for nobody any more."""


def papers_of(kind: str) -> tuple[str, ...]:
    """The short forms of an agency of this kind, none for whoever only looks after the machine."""
    return PAPERS.get(kind, ())


def channel_of(paper: str) -> str:
    """The channel of a form; those of other agencies are referrals."""
    return CHANNELS.get(paper, "referral")


def is_reference(text: str) -> bool:
    """Whether this is a number of theirs and no sentence."""
    return REFERENCE.fullmatch(text) is not None and any(one.isdigit() for one in text)


def in_network(kind: str) -> bool:
    """Whether an agency of this kind belongs to the advocacy network."""
    return kind in NETWORK


def answer_due(at: datetime) -> datetime:
    """Until when what the network asked then is answered, where no procedure promised it."""
    return at + ANSWER_TIME
