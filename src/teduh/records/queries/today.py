"""What the morning page says of what the office keeps."""

from dataclasses import dataclass

from teduh.access.models import Member
from teduh.lib.counting import counts
from teduh.records.queries.asking import requests
from teduh.records.queries.breaching import breaches

COUNTED = 999  # of one number of the morning page; more are "999+"


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for whoever guards the office's data; each the length of its list."""

    requests: int
    breaches: int


def today(member: Member) -> Today:
    """The numbers of one's morning."""
    return Today(*counts(COUNTED, requests(member), breaches(member).open()))
