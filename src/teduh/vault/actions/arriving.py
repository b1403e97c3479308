"""Files on their way into the store: noted before, cleared by the clock where no row came of them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from teduh.lib import store
from teduh.vault.models import Arriving, Envelope

LONGEST = timedelta(days=1)  # no sender of a form, nor of the next piece, takes that long
AT_ONCE = 100  # files cleared at one beat


def note(items: Collection[str], *, at: datetime) -> None:
    """Note files before their first byte is written; durable before the caller's rows commit."""
    if not items:
        return
    Arriving.objects.bulk_create(
        [Arriving(item=item, at=at) for item in items],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["at"],
    )


def clear_strays(*, at: datetime) -> int:
    """Remove what lies in the store and stands in no row; answers how many files were looked at.

    Safe with several clocks: whoever comes second finds nothing to remove.
    """
    old = list(Arriving.objects.filter(at__lte=at - LONGEST).order_by("at")[:AT_ONCE])
    for one in old:
        _clear(one.item)
        one.delete()
    return len(old)


@transaction.atomic
def _clear(item: str) -> None:
    # The lock is the one of keep_piece. The piece after the last may be on its way; should the file
    # never become whole, clear_unfinished takes all of it.
    row = Envelope.objects.select_for_update().filter(item=item).first()
    store.clear(item, but=row.pieces + 1 if row else 0)
