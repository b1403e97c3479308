"""The ledger: nothing falls below zero, nothing is entered twice, nothing is written over."""

import os
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.funding import actions, queries, rules
from teduh.funding.models import Entry, Line
from teduh.funding.words import Memo
from tests.factories import AgencyFactory, MemberFactory
from tests.factories.money import AT, a_line, proven

pytestmark = pytest.mark.django_db
LONG = bool(os.environ.get("TEDUH_LONG"))
REFUSED = (
    rules.NotEnough,
    rules.NotAnAmount,
    rules.NotReversible,
    rules.NotOpen,
    rules.KeyTaken,
)


@pytest.fixture
def head() -> Member:
    """Who keeps the money."""
    return MemberFactory(role="head", agency=AgencyFactory(), second_factor=False)


def told(by: Member, line: Line, amount: int, key: str, **more: Any) -> dict[str, Any]:
    """What every entry says."""
    return {
        "by": by,
        "line": line,
        "amount": amount,
        "memo": Memo.OTHER,
        "key": key,
        "at": AT,
    } | more


def test_what_is_promised_is_left_for_nobody_else(head: Member) -> None:
    line = a_line(head, planned=1_000)
    actions.commit(**told(head, line, 700, "a"))
    with pytest.raises(rules.NotEnough):
        actions.spend(**told(head, line, 301, "b"))
    actions.spend(**told(head, line, 300, "c"))
    assert proven(line).balance == rules.Balance(1_000, 700, 300)


def test_a_payment_out_of_a_promise_cannot_be_larger_than_what_is_open(head: Member) -> None:
    line = a_line(head, planned=1_000)
    promised = actions.commit(**told(head, line, 600, "a"))
    actions.spend(**told(head, line, 400, "b", of=promised))
    with pytest.raises(rules.NotEnough):
        actions.spend(**told(head, line, 201, "c", of=promised))
    assert queries.rest_of(promised) == 200
    assert proven(line).balance.left == 400


def test_what_is_not_paid_goes_back_and_nothing_is_paid_out_of_it_then(head: Member) -> None:
    line = a_line(head, planned=1_000)
    promised = actions.commit(**told(head, line, 600, "a"))
    paid = actions.spend(**told(head, line, 200, "b", of=promised))
    back = actions.release(by=head, entry=promised, memo=Memo.NOT_NEEDED, key="c", at=AT)
    assert back is not None
    assert back.amount == 400
    with pytest.raises(rules.NotOpen):
        actions.spend(**told(head, line, 1, "d", of=Entry.objects.get(pk=promised.pk)))
    actions.reverse(by=head, entry=paid, memo=Memo.MISTAKE, key="e", at=AT)
    assert proven(line).balance == rules.Balance(1_000, 0, 0)


def test_the_same_key_enters_nothing_a_second_time(head: Member) -> None:
    line = a_line(head, planned=1_000)
    first = actions.spend(**told(head, line, 300, "a"))
    assert actions.spend(**told(head, line, 300, "a")) == first
    with pytest.raises(rules.KeyTaken):
        actions.spend(**told(head, line, 301, "a"))
    with pytest.raises(rules.KeyTaken):
        actions.plan(**told(head, line, 300, "a"))
    assert proven(line).spent == 300


@pytest.mark.parametrize("again", ["a2", "a3"])
def test_an_entry_is_taken_back_once(head: Member, again: str) -> None:
    line = a_line(head, planned=1_000)
    paid = actions.spend(**told(head, line, 300, "a"))
    back = actions.reverse(by=head, entry=paid, memo=Memo.MISTAKE, key="a2", at=AT)
    if again == "a2":
        assert actions.reverse(by=head, entry=paid, memo=Memo.MISTAKE, key="a2", at=AT) == back
    else:
        with pytest.raises(rules.NotReversible):
            actions.reverse(by=head, entry=paid, memo=Memo.MISTAKE, key=again, at=AT)
    with pytest.raises(rules.NotReversible):
        actions.reverse(by=head, entry=back, memo=Memo.MISTAKE, key="a4", at=AT)
    assert proven(line).spent == 0


def test_a_plan_that_was_promised_already_cannot_be_taken_back(head: Member) -> None:
    line = a_line(head)
    planned = actions.plan(**told(head, line, 500, "a"))
    actions.commit(**told(head, line, 1, "b"))
    with pytest.raises(rules.NotEnough):
        actions.reverse(by=head, entry=planned, memo=Memo.CHANGE, key="c", at=AT)
    assert proven(line).planned == 500


@pytest.mark.parametrize("amount", [0, -1, rules.MOST + 1])
def test_no_amount_that_is_none(head: Member, amount: int) -> None:
    line = a_line(head, planned=1_000)
    with pytest.raises(rules.NotAnAmount):
        actions.plan(**told(head, line, amount, "a"))
    assert proven(line).planned == 1_000


def test_only_who_keeps_the_money_of_the_same_agency_moves_it(head: Member) -> None:
    line = a_line(head, planned=1_000)
    colleague = MemberFactory(role="officer", agency=head.agency, second_factor=False)
    stranger = MemberFactory(role="head", agency=AgencyFactory(), second_factor=False)
    for by in (colleague, stranger):
        with pytest.raises(Forbidden):
            actions.commit(**told(by, line, 1, "x"))
        assert queries.one(by, line.pk) is None
    assert proven(line).committed == 0


def test_every_entry_is_in_the_trail_and_names_nobody(head: Member) -> None:
    line = a_line(head, planned=1_000)
    actions.commit(**told(head, line, 700, "a", subject="DKG-AAAA-BBBB"))
    row = Row.objects.get(verb="money.committed")
    assert (row.subject, row.by_code) == (f"ANG-{line.pk}", head.code)
    assert "DKG-AAAA-BBBB" in row.detail
    assert "700" in row.detail


@pytest.mark.parametrize(
    "change",
    [
        {"spent": F("planned") + 1},
        {"committed": -1},
        {"planned": F("committed") - 1},
    ],
)
def test_the_database_itself_refuses_a_line_below_zero(
    head: Member, change: dict[str, object]
) -> None:
    line = a_line(head, planned=1_000)
    actions.commit(**told(head, line, 400, "a"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(**change)


def test_the_database_itself_refuses_to_change_or_remove_an_entry(head: Member) -> None:
    line = a_line(head, planned=1_000)
    last = actions.spend(**told(head, line, 400, "a"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=last.pk).update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=last.pk).delete()


@dataclass
class Plain:
    """A line as a plain model: what each key said, and what is still open."""

    planned: int = 0
    free: int = 0
    promised: dict[str, int] = field(default_factory=dict)
    done: dict[str, tuple[str, int, str]] = field(default_factory=dict)  # key -> kind, rupiah, of
    taken_back: set[str] = field(default_factory=set)
    spent: int = 0

    def do(self, kind: str, amount: int, key: str, of: str) -> bool:
        """Whether it may be; done where it may."""
        if key in self.done:
            return self.done[key] == (kind, amount, of)
        if kind == "plan":
            self.planned, self.free = self.planned + amount, self.free + amount
        elif kind == "commit" and self.free >= amount:
            self.free, self.promised[key] = self.free - amount, amount
        elif kind == "spend" and not of and self.free >= amount:
            self.free, self.spent = self.free - amount, self.spent + amount
        elif kind == "spend" and self.promised.get(of, -1) >= amount:
            self.promised[of] -= amount
            self.spent += amount
        else:
            return False
        self.done[key] = (kind, amount, of)
        return True

    def take_back(self, key: str) -> bool:
        """The same for taking back what was entered under a key."""
        if key in self.taken_back:
            return False
        kind, amount, of = self.done[key]
        if kind == "plan":
            if self.free < amount:
                return False
            self.planned, self.free = self.planned - amount, self.free - amount
        elif kind == "commit":
            if not self.promised[key]:
                return False
            self.free += self.promised.pop(key)
        else:
            self.spent -= amount
            if of in self.promised:
                self.promised[of] += amount
            else:
                self.free += amount
        self.taken_back.add(key)
        return True


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["plan", "commit", "commit", "spend", "spend", "pay", "pay", "back"]),
        st.integers(1, 60),
        st.integers(0, 11),  # under which key
        st.integers(0, 11),  # which of those before
    ),
    max_size=24 if LONG else 12,
)


@settings(
    max_examples=300 if LONG else 12,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_is_done_the_line_says_what_a_plain_count_says(
    head: Member, steps: list[tuple[str, int, int, int]]
) -> None:
    with transaction.atomic():
        line, plain, rows = a_line(head), Plain(), dict[str, Entry]()
        actions.plan(**told(head, line, 100, "p"))
        plain.do("plan", 100, "p", "")
        for number, (kind, amount, key, which) in enumerate(steps):
            if kind == "back":
                if not rows:
                    continue
                name = sorted(rows)[which % len(rows)]
                may = plain.take_back(name)
                act = actions.reverse
                wish: dict[str, Any] = {"entry": rows[name], "key": f"b{number}", "at": AT}
                wish |= {"by": head, "memo": Memo.MISTAKE}
            else:
                promised = [one for one, row in sorted(rows.items()) if row.kind == "committed"]
                of = promised[which % len(promised)] if kind == "pay" and promised else ""
                kind = "spend" if kind == "pay" else kind
                name = f"k{key}"
                may = plain.do(kind, amount, name, of)
                act = getattr(actions, kind)
                wish = told(head, line, amount, name)
                wish |= {"of": Entry.objects.get(pk=rows[of].pk)} if of else {}
            if may:
                done = act(**wish)
                if kind != "back":
                    rows[name] = done
            else:
                with pytest.raises(REFUSED):
                    act(**wish)
            now = proven(line)
            assert (now.planned, now.spent, now.balance.left) == (
                plain.planned,
                plain.spent,
                plain.free,
            )
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "turns", [1, pytest.param(12, marks=pytest.mark.long)], ids=["few", "many"]
)
@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_at_once_never_overspend_and_never_pay_twice(
    head: Member, turns: int
) -> None:
    """Sixteen hands ask together for more than there is; every key is sent by two of them."""
    line = a_line(head, planned=500 * turns)
    refused: list[Exception] = []
    broken: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(turns):
                key = f"{turn}:{number % 8}"
                act = actions.commit if number % 8 < 4 else actions.spend
                try:
                    act(**told(head, line, 100, key))
                except rules.NotEnough as error:
                    refused.append(error)
        except BaseException as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    now = proven(line)
    assert now.balance.left == 0
    assert now.committed + now.spent == 500 * turns
    assert refused
    assert Entry.objects.filter(line=line).count() == 1 + 5 * turns
