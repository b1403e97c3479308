"""Reading referrals by a one-time link: those under its consent, on the device that has opened it."""

from datetime import datetime

from teduh.records.queries import linked_here
from teduh.services.models import Referral


def of_link(name: str, device: bytes, at: datetime) -> list[Referral]:
    """What runs under the consent of a link that stands here, the most urgent first."""
    found = linked_here(name, device, at)
    if found is None:
        return []
    consent, _grant = found
    rows = Referral.objects.running().filter(
        consent=consent,
        agency=consent.agency,
        sent_at__isnull=False,
        case__erased_day__isnull=True,
    )
    rows = rows.select_related("provider", "consent", "case__merged_into")
    return list(rows.order_by("urgency", "id"))
