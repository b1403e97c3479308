"""Statements that are worded once: the same rows as Django's own, for every value."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from teduh.access.models import Absence, Duty, Team
from teduh.lib.prepared import Prepared, insert
from teduh.outbox.models import Message
from teduh.sop.models import Version
from teduh.tickets.models import StageReached, Ticket
from tests.factories import MemberFactory, TeamFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
DAY = date(2026, 11, 2)


def ticket(number: str, day: date = DAY) -> Ticket:
    """A ticket that is not in its table yet."""
    return Ticket(
        number=number, auth="0" * 64, opened_day=day, stage_day=day, rights_version="1", own=True
    )


@pytest.fixture
def tickets() -> list[Ticket]:
    """Three of them, of three days."""
    rows = [ticket(f"TDH-100{n}-0000", DAY + timedelta(days=n)) for n in range(3)]
    insert(*rows)
    return rows


def test_what_is_put_in_reads_as_django_keeps_it(tickets: list[Ticket]) -> None:
    assert [Ticket.objects.get(number=one.number) for one in tickets] == tickets
    first, made = Ticket.objects.get(pk=tickets[0].pk), tickets[0]
    again = Ticket.objects.create(number="TDH-1009-0000", auth="0" * 64, opened_day=DAY,
                                  stage_day=DAY, rights_version="1", own=True)  # fmt: skip
    kept = Ticket.objects.get(pk=again.pk)
    for field in Ticket._meta.concrete_fields:
        name = field.attname
        assert getattr(first, name) == getattr(made, name), name
        if name not in {"id", "number"}:
            assert getattr(first, name) == getattr(kept, name), name


def test_what_was_put_in_can_be_changed_and_pointed_to(tickets: list[Ticket]) -> None:
    insert(StageReached(ticket=tickets[0], stage="received", day=DAY))
    tickets[0].own = False
    tickets[0].save()
    reached = StageReached.objects.get(ticket=tickets[0])
    assert (Ticket.objects.count(), reached.ticket.own, reached.day) == (3, False, DAY)


def test_nothing_is_put_in_without_rows(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        insert()


def test_one_statement_puts_in_all_or_none(
    tickets: list[Ticket], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        insert(ticket("TDH-1010-0000"), ticket("TDH-1011-0000"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(ticket("TDH-1012-0000"), ticket(tickets[0].number))
    assert not Ticket.objects.filter(number="TDH-1012-0000").exists()


def test_a_question_finds_what_its_query_finds(tickets: list[Ticket]) -> None:
    asks = lambda number, day: Ticket.objects.filter(number=number, opened_day__lte=day)  # noqa: E731
    question = Prepared(asks, number=str, day=date)
    for day in (DAY, DAY + timedelta(days=1), DAY + timedelta(days=9), date(1971, 1, 1)):
        for number in (tickets[0].number, tickets[1].number, "", "%s", "?0?", "' OR 1=1 --"):
            assert question(number=number, day=day) == list(asks(number, day)), (number, day)


def test_rows_are_whole_members_of_their_table(tickets: list[Ticket]) -> None:
    question = Prepared(lambda number: Ticket.objects.filter(number=number), number=str)
    found, known = question(number=tickets[2].number)[0], Ticket.objects.get(pk=tickets[2].pk)
    for field in Ticket._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(known, field.attname)
    found.own = False
    found.save()
    assert not Ticket.objects.get(pk=found.pk).own


def test_moments_and_joins_and_single_columns() -> None:
    member, team = MemberFactory(role="officer"), TeamFactory()
    Absence.objects.create(member=member, starts=AT, ends=AT + timedelta(hours=8))
    Duty.objects.create(member=member, team=team, starts=AT, ends=AT + timedelta(hours=8))
    away = Prepared(lambda at: Absence.objects.at(at).values_list("member", flat=True), at=datetime)
    pairs = Prepared(
        lambda code, at: (
            Duty.objects.at(at).filter(team__code=code).values_list("member__code", "starts")
        ),
        code=str,
        at=datetime,
    )
    assert away(at=AT + timedelta(hours=1)) == [member.pk]
    assert away(at=AT - timedelta(seconds=1)) == away(at=AT + timedelta(hours=8)) == []
    assert pairs(code=team.code, at=AT) == [(member.code, AT)]
    assert pairs(code="other", at=AT) == []


def test_bytes_and_no_parameter_at_all() -> None:
    waits = Message.objects.create(
        channel="email",
        template="work",
        key="1",
        address=b"x",
        twin=b"\0a",
        queued_at=AT,
        due_at=AT,
    )
    twin = Prepared(lambda twin: Message.objects.waiting().filter(twin=twin), twin=bytes)
    codes = Prepared(lambda: Team.objects.order_by("code").values_list("code", flat=True))
    assert twin.first(twin=b"\0a") == waits
    assert twin.first(twin=b"\0b") is None
    assert codes() == sorted(Team.objects.values_list("code", flat=True))


def test_it_is_worded_once_and_asked_each_time(
    tickets: list[Ticket], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    worded = []

    def asks(number: str) -> object:
        worded.append(number)
        return Ticket.objects.filter(number=number)

    question = Prepared(asks, number=str)  # type: ignore[arg-type, var-annotated]
    with django_assert_num_queries(2):
        assert question(number="none") == []
        assert question(number=tickets[0].number) == [tickets[0]]
    assert len(worded) == 2  # with two examples, so that nothing of one is taken for a constant


@pytest.mark.parametrize(
    "asks",
    [
        lambda name: Version.objects.filter(book=name[:1]),
        lambda name: Version.objects.filter(book__startswith=name),
        lambda name: Version.objects.filter(book=name, version__startswith=name),
        lambda name: Version.objects.none() if name == "" else Version.objects.all(),
    ],
)
def test_a_parameter_that_is_not_a_plain_value_is_refused(asks: object) -> None:
    with pytest.raises(TypeError):
        Prepared(asks, name=str)(name="a")  # type: ignore[arg-type]
