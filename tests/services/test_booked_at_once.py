"""Several who ask for one slot of a counsellor in the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from teduh.cases.models import Case
from teduh.services import bookings
from teduh.services.actions import sessions as actions
from teduh.services.models import Session
from tests.factories.cases import AT, case_office, opened
from tests.factories.helping import TODAY, counsellor, slot


def at_once(writers: int) -> tuple[int, int]:
    """So many cases ask for one slot in the same moment: how many have it, how many were told."""
    office = case_office()
    cases = [opened(office) for _n in range(writers)]
    for one in cases:
        counsellor(office, one)
    free, ready, taken = slot(office.melati), Barrier(writers), []

    def ask(case: Case) -> None:
        ready.wait()
        try:
            booking = actions.Booking(free, TODAY)
            actions.book(by=office.melati, case=case, booking=booking, at=AT)
        except bookings.Taken:
            taken.append(case)
        finally:
            connections.close_all()

    threads = [Thread(target=ask, args=(one,)) for one in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Session.objects.count(), len(taken)


@pytest.mark.django_db(transaction=True, databases=["default", "shred"])
def test_a_slot_that_several_ask_for_at_once_goes_to_one() -> None:
    assert at_once(4) == (1, 3)


@pytest.mark.long
@pytest.mark.django_db(transaction=True, databases=["default", "shred"])
def test_a_slot_that_sixteen_ask_for_at_once_goes_to_one() -> None:
    assert at_once(16) == (1, 15)
