"""Noting which forms were taken, and what they were answered."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from teduh.access.models import Member, Sending

KEPT = timedelta(days=2)  # a page that lost its answer is closed by then


@transaction.atomic
def begin_sending(*, by: Member, name: str, mark: str, at: datetime) -> bool:
    """Note a form before it is taken, in the transaction that takes it; False where its name was
    taken before. Another sending under this name waits for the end of that transaction.
    """
    try:
        with transaction.atomic():
            Sending.objects.create(name=name, member_code=by.code, mark=mark, at=at)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def end_sending(*, name: str, answer: str | None) -> None:
    """Keep what it was answered; None where it was not taken: it may come again under its name."""
    row = Sending.objects.filter(name=name)
    if answer is None:
        row.delete()
    else:
        row.update(answer=answer)


@transaction.atomic
def clear_sendings(*, at: datetime) -> int:
    """Forget forms that were answered two days ago; answers how many."""
    gone, _each = Sending.objects.filter(at__lt=at - KEPT).delete()
    return gone
