"""Lines of one transaction written in one go: none is missed, none outlives what it tells of."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from teduh.audit.actions import in_one_go, record, record_each, verify
from teduh.audit.models import Head, Mention, Row
from teduh.audit.rules import NoTransaction
from teduh.lib.actors import CLOCK, Actor, ActorKind

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
MEMBER = Actor(ActorKind.MEMBER, "abc234")
pytestmark = pytest.mark.django_db

# A deed is its name; a block is how it begins, whether it fails, and what happens in it.
Block = tuple[str, bool, Sequence["Block | str"]]
BLOCKS = {"atomic": transaction.atomic, "in_one_go": in_one_go}
STORIES = st.lists(
    st.recursive(
        st.sampled_from(["one", "several"]),
        lambda inner: st.tuples(st.sampled_from([*BLOCKS]), st.booleans(), st.lists(inner)),
        max_leaves=8,
    )
)


class Undone(Exception):
    """Something went wrong in the middle."""


def do(name: str) -> None:
    """Work, and the lines that tell of it."""
    Session.objects.create(session_key=name, session_data="", expire_date=AT)
    if name.startswith("several"):
        record_each(by=MEMBER, verb="vault.read", subjects=[name, f"{name}-too"], at=AT)
    else:
        record(by=MEMBER, verb="vault.list_read", subject=name, at=AT, subjects=[f"{name}-shown"])


def play(story: Sequence[Block | str]) -> None:
    for step in story:
        if isinstance(step, str):
            do(f"{step}-{Session.objects.count()}-{Row.objects.count()}-{next(NUMBERS)}")
            continue
        how, fails, inside = step
        with suppress(Undone), BLOCKS[how]():
            play(inside)
            if fails:
                raise Undone


NUMBERS = iter(range(10**9))


def done() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


def told() -> list[str]:
    """What the trail tells of, as often as it does; of several lines for one deed all or none."""
    rows = list(Row.objects.exclude(verb="audit.begin").order_by("number"))
    several = [row.subject for row in rows if row.verb == "vault.read"]
    assert several[1::2] == [f"{name}-too" for name in several[::2]]
    return [row.subject for row in rows if not row.subject.endswith("-too")]


def check() -> None:
    names = told()
    assert sorted(names) == sorted(done()), "a line for each deed that stands, and no other"
    shown = Mention.objects.order_by("number").values_list("subject", flat=True)
    assert list(shown) == [f"{name}-shown" for name in names if name.startswith("one")]
    assert verify() is None


def test_whatever_is_rolled_back_inside_the_trail_tells_what_stands() -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STORIES, STORIES)
    def try_one(story: list[Block | str], later: list[Block | str]) -> None:
        with transaction.atomic():
            for one in (story, later):
                with in_one_go():
                    play(one)
                check()
            transaction.set_rollback(True)

    try_one()
    assert done() == set()


def test_lines_stand_in_the_order_in_which_they_were_told() -> None:
    with in_one_go():
        do("one-first")
        with in_one_go():
            do("several-second")
        with suppress(Undone), transaction.atomic():
            do("one-never")
            raise Undone
        do("one-third")
    assert told() == ["one-first", "several-second", "one-third"]
    check()


def test_what_fails_as_a_whole_leaves_nothing() -> None:
    with suppress(Undone), in_one_go():
        do("one-never")
        raise Undone
    assert (told(), done()) == ([], set())
    do("one-after")
    check()


@pytest.mark.django_db(transaction=True)
def test_lines_are_kept_and_lost_with_real_transactions() -> None:
    with in_one_go():
        do("one-kept")
    with suppress(Undone), in_one_go():
        do("one-never")
        raise Undone
    with suppress(IntegrityError), in_one_go():
        do("one-never-too")
        with transaction.atomic():
            do("several-kept-until-the-end")
        Session.objects.bulk_create([Session(session_key="one-kept", expire_date=AT)])
    with in_one_go():
        with suppress(IntegrityError), transaction.atomic():
            do("several-never")
            Session.objects.bulk_create([Session(session_key="one-kept", expire_date=AT)])
        do("several-kept")
    assert told() == ["one-kept", "several-kept"]
    check()


@pytest.mark.django_db(transaction=True)
def test_outside_it_a_transaction_is_still_asked_for() -> None:
    with in_one_go():
        do("one-kept")
    with pytest.raises(NoTransaction):
        record(by=CLOCK, verb="a.b", subject="x", at=AT)


@pytest.mark.django_db(transaction=True)
def test_where_the_trail_cannot_be_written_nothing_is_kept() -> None:
    with in_one_go():
        do("one-kept")
    Head.objects.update(number=0)  # the next line would take a number that is taken
    with pytest.raises(DatabaseError), in_one_go():
        do("one-never")
    assert done() == {"one-kept"}
    assert told() == ["one-kept"]


@pytest.mark.skipif(not os.environ.get("TEDUH_DATABASE_URL"), reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_several_at_once_write_one_chain() -> None:
    def work(number: int) -> None:
        for turn in range(4):
            with in_one_go():
                do(f"one-{number}-{turn}")
                with suppress(Undone), transaction.atomic():
                    do(f"one-{number}-{turn}-never")
                    raise Undone
                do(f"several-{number}-{turn}")
        connection.close()

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told()) == len(done()) == 4 * 4 * 2
    check()


def test_many_lines_cost_three_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    do("one-first")
    with django_assert_num_queries(5), in_one_go():  # with its savepoint
        for number in range(4):
            record(by=MEMBER, verb="a.b", subject=str(number), at=AT)
    assert verify() is None
