"""Several numbers of a page in one statement."""

import pytest
from pytest_django import DjangoAssertNumQueries

from teduh.access.models import Team
from teduh.lib.counting import counts
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db


def test_each_is_counted_to_one_beyond_what_is_told_in_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _one in range(4):
        TeamFactory()
    every = Team.objects.filter(active=True).select_related("agency")
    with django_assert_num_queries(1):
        found = counts(2, every, every.filter(pk__in=()), every.none(), every.filter(active=False))
    assert found == [3, 0, 0, 0]


def test_what_can_hold_nothing_counts_nothing() -> None:
    assert counts(9, Team.objects.none()) == [0]
