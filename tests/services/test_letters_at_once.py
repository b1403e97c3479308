"""Many who number letters in the same moment."""

import os
from threading import Barrier, Thread

import pytest
from django.db import connections

from teduh.services.models import Letter, LetterCount
from tests.factories.cases import case_office, opened
from tests.factories.letters import drafted, issued

LONG = bool(os.environ.get("TEDUH_LONG"))


@pytest.mark.django_db(transaction=True, databases=["default", "shred"])
def test_many_at_once_get_numbers_without_a_gap() -> None:
    office = case_office()
    many = 16 if LONG else 5
    ready, numbers = Barrier(many), list[int | None]()
    found = [drafted(office, opened(office)) for _ in range(many)]

    def try_it(letter: Letter) -> None:
        ready.wait()
        try:
            numbers.append(issued(office, letter).serial)
        finally:
            connections.close_all()

    threads = [Thread(target=try_it, args=(one,)) for one in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(filter(None, numbers)) == list(range(1, many + 1))
    assert LetterCount.objects.get().last == many
    assert len({one.number for one in Letter.objects.all()}) == many
