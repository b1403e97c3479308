"""What the morning page says of what the office keeps."""

from dataclasses import dataclass

from django.db.models import Count

from teduh.access.models import Member
from teduh.lib.counting import counts
from teduh.records.models import Restore
from teduh.records.queries.asking import requests
from teduh.records.queries.breaching import breaches
from teduh.records.words import Recheck

COUNTED = 999  # of one number of the morning page; more are "999+"


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for whoever guards the office's data; each the length of its list."""

    requests: int
    breaches: int
    restores: int  # of which something is still to be gone through


def today(member: Member) -> Today:
    """The numbers of one's morning."""
    restores = Restore.objects.annotate(done=Count("checks")).filter(done__lt=len(Recheck))
    return Today(*counts(COUNTED, requests(member), breaches(member).open(), restores))
