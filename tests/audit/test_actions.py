"""The trail only grows, and every row proves the one before it."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from teduh.audit import actions, queries
from teduh.audit.models import Head, Row
from teduh.audit.rules import NoTransaction, TrailOnlyGrows
from teduh.lib.actors import CLOCK, Actor, ActorKind

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MEMBER = Actor(ActorKind.MEMBER, "abc234")

pytestmark = pytest.mark.django_db


def three_lines() -> None:
    for number in range(3):
        actions.record(by=MEMBER, verb="report.read", subject=f"TDH-0000-000{number}", at=AT)


def test_a_line_follows_from_the_one_before() -> None:
    actions.record(by=CLOCK, verb="a.b", subject="x", at=AT)
    actions.record(by=CLOCK, verb="a.c", subject="y", at=AT)
    second, first = Row.objects.all()[:2]
    assert second.previous == first.hash
    assert second.number == first.number + 1
    assert actions.verify() is None


def test_the_first_line_ever_is_the_beginning() -> None:
    three_lines()
    assert Row.objects.get(number=1).verb == "audit.begin"
    assert Row.objects.count() == 4


def test_several_lines_at_once_follow_from_each_other(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    three_lines()
    with django_assert_num_queries(3):
        actions.record_each(by=MEMBER, verb="vault.read", subjects=["x", "y", "z"], at=AT)
    actions.record(by=CLOCK, verb="a.b", subject="x", at=AT)
    rows = Row.objects.filter(verb="vault.read").order_by("number")
    assert [one.subject for one in rows] == ["x", "y", "z"]
    assert actions.verify() is None


def test_an_empty_trail_is_whole() -> None:
    assert actions.verify() is None


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NoTransaction):
        actions.record(by=CLOCK, verb="a.b", subject="x", at=AT)
    with pytest.raises(NoTransaction):
        actions.record_each(by=CLOCK, verb="a.b", subjects=["x"], at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_line_goes_with_what_failed() -> None:
    with transaction.atomic():
        three_lines()

    def fail() -> None:
        with transaction.atomic():
            actions.record(by=CLOCK, verb="never", subject="x", at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Row.objects.filter(verb="never").exists()
    assert actions.verify() is None


def test_a_row_is_never_changed_or_removed_by_the_program() -> None:
    three_lines()
    row = Row.objects.get(number=2)
    row.verb = "something else"
    with pytest.raises(TrailOnlyGrows):
        row.save()
    with pytest.raises(TrailOnlyGrows):
        row.delete()
    with pytest.raises(TrailOnlyGrows):
        Row.objects.all().delete()
    with pytest.raises(TrailOnlyGrows):
        Row.objects.filter(number=2).update(verb="x")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_row SET verb = 'x' WHERE number = 3",
        "DELETE FROM audit_row WHERE number = 3",
    ],
)
def test_the_database_refuses_too(statement: str) -> None:
    three_lines()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert actions.verify() is None


def unguarded(statement: str) -> None:
    """What somebody with the database in hand can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_row DISABLE TRIGGER audit_row_no_change")
            cursor.execute(statement)
            cursor.execute("ALTER TABLE audit_row ENABLE TRIGGER audit_row_no_change")
            return
        cursor.execute("DROP TRIGGER audit_row_no_change")
        cursor.execute("DROP TRIGGER audit_row_no_removal")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE audit_row SET subject = 'TDH-FALSE' WHERE number = 3", 3),
        ("UPDATE audit_row SET by_code = 'zzz' WHERE number = 2", 2),
        ("DELETE FROM audit_row WHERE number = 3", 3),
        ("DELETE FROM audit_row WHERE number = 1", 1),
        ("DELETE FROM audit_row WHERE number = 4", 4),
        ("DELETE FROM audit_row", 1),
    ],
)
def test_verify_names_the_first_broken_row(statement: str, number: int) -> None:
    three_lines()
    unguarded(statement)
    broken = actions.verify()
    assert broken is not None
    assert broken.number == number


def test_the_command_names_the_broken_row(capsys: pytest.CaptureFixture[str]) -> None:
    three_lines()
    call_command("verify_audit")
    assert "4 rows" in capsys.readouterr().out
    unguarded("UPDATE audit_row SET detail = 'x' WHERE number = 2")
    with pytest.raises(CommandError, match="row 2"):
        call_command("verify_audit")


def test_a_list_writes_one_line_that_names_its_subjects() -> None:
    shown = ["TDH-AAAA-AAAA", "TDH-BBBB-BBBB"]
    actions.record(by=MEMBER, verb="cards.read", subject="asesmen", at=AT, subjects=shown)
    (row,) = queries.touching("TDH-BBBB-BBBB")
    assert row.verb == "cards.read"
    assert list(queries.touching("TDH-CCCC-CCCC")) == []


def test_the_head_is_one_row() -> None:
    three_lines()
    number, newest = queries.head()
    assert (number, newest) == (4, Row.objects.get(number=4).hash)
    assert Head.objects.count() == 1
