"""What the morning page says of what the office keeps."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from teduh.access.models import Member
from teduh.records.models import Breach, DataRequest, Restore
from teduh.records.queries.asking import requests
from teduh.records.queries.breaching import breaches
from teduh.records.words import Recheck


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for whoever guards the office's data; each the length of its list."""

    requests: int
    breaches: int
    restores: int  # of which something is still to be gone through


def today(member: Member) -> tuple[QuerySet[DataRequest], QuerySet[Breach], QuerySet[Restore]]:
    """The lists behind the numbers of one's morning, for whoever counts them with others at once."""
    restores = Restore.objects.annotate(done=Count("checks")).filter(done__lt=len(Recheck))
    return requests(member), breaches(member).open(), restores
