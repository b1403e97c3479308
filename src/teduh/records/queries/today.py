"""What the morning page says of what the office keeps."""

from dataclasses import dataclass

from teduh.access.models import Member
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
    asked, open_ones = requests(member).order_by(), breaches(member).open().order_by()
    return Today(requests=asked[: COUNTED + 1].count(), breaches=open_ones[: COUNTED + 1].count())
