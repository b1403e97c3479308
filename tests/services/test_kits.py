"""Rapid tests: counted without a name, never below zero, whoever keeps them hears once."""

from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.outbox.models import Message
from teduh.services import rules
from teduh.services.actions import kits as actions
from teduh.services.models import Batch, KitEntry, Shelf
from teduh.services.queries import kits as queries
from teduh.services.words import KitKind, KitMove
from tests.factories import AgencyFactory, MemberFactory, signed_in
from tests.factories.cases import AT
from tests.factories.directory import provider

pytestmark = pytest.mark.django_db
DAY = AT.date()
BROKEN = (IntegrityError,)


def keeper(kind: str = AgencyKind.OFFICE, role: str = "case_manager") -> Member:
    """Somebody with this role in an agency of this kind."""
    return MemberFactory(role=role, agency=AgencyFactory(kind=kind))


def received(by: Member, amount: int = 20, **told: Any) -> Batch:
    """A batch that came."""
    facts = {"kind": KitKind.HIV, "lot": "A1", "expires": date(2027, 11, 1), **told}
    delivery = actions.Delivery(amount=amount, **facts)
    return actions.receive(by=by, delivery=delivery, at=AT).batch


def moved(by: Member, batch: Batch, move: KitMove, amount: int) -> KitEntry:
    """One line of its ledger."""
    return actions.move(by=by, batch=batch, move=move, amount=amount, at=AT)


def proven(batch: Batch) -> int:
    """How many are left, which every line and the numbers agree on."""
    left = 0
    for number, entry in enumerate(batch.entries.order_by("number"), 1):
        left = rules.kits_after(left, entry.move, entry.amount)
        assert (entry.number, entry.left) == (number, left)
    batch.refresh_from_db()
    assert batch.left == left
    return left


MOVES = st.tuples(st.sampled_from(KitMove.values), st.integers(-2, 60))


@given(st.lists(MOVES, max_size=30))
def test_stock_is_never_below_zero(moves: list[tuple[str, int]]) -> None:
    left = 0
    for move, amount in moves:
        try:
            now = rules.kits_after(left, move, amount)
        except (rules.NotEnough, rules.WrongMove):
            continue
        assert now >= 0
        assert (now - left) == {"received": amount, "counted": amount - left}.get(move, -amount)
        left = now


@pytest.mark.parametrize(
    ("expires", "soon", "over"),
    [
        (DAY + timedelta(days=31), False, False),
        (DAY + timedelta(days=30), True, False),
        (DAY, True, False),
        (DAY - timedelta(days=1), True, True),
    ],
)
def test_a_batch_expires_after_its_last_day(expires: date, *, soon: bool, over: bool) -> None:
    assert rules.kit_expires_soon(expires, DAY) == soon
    assert rules.kit_expired(expires, DAY) == over


def test_limits_are_told_by_kind() -> None:
    assert rules.kit_limits("hiv=20 syphilis=0") == {
        "pregnancy": 10,
        "hiv": 20,
        "syphilis": 0,
        "hepatitis_b": 10,
    }
    for wrong in ("hiv", "hiv=-1", "covid=3", "hiv=x"):
        with pytest.raises(ValueError, match=wrong):
            rules.kit_limits(wrong)


def test_the_ledger_tells_how_many_are_left_and_never_for_whom() -> None:
    by = keeper()
    batch = received(by)
    moved(by, batch, KitMove.USED, 3)
    moved(by, batch, KitMove.SPOILED, 1)
    moved(by, batch, KitMove.COUNTED, 15)
    received(by, 5)
    assert proven(batch) == 20
    assert {field.name for field in KitEntry._meta.concrete_fields} == {
        *("id", "batch", "number", "move", "amount", "left", "day", "member")
    }
    rows = Row.objects.filter(verb__startswith="kit.")
    assert {row.subject for row in rows} == {""}
    assert rows.count() == 5


def test_what_cannot_be_leaves_no_line() -> None:
    by = keeper()
    batch = received(by, 2)
    for move, amount in ((KitMove.USED, 3), (KitMove.SPOILED, 9)):
        with pytest.raises(rules.NotEnough) as short:
            moved(by, batch, move, amount)
        assert short.value.left == 2
    with pytest.raises(rules.WrongMove):
        moved(by, batch, KitMove.USED, 0)
    with pytest.raises(rules.OtherExpiry):
        received(by, 1, expires=date(2028, 1, 1))
    old = received(by, 4, lot="B2", expires=DAY - timedelta(days=1))
    with pytest.raises(rules.Expired):
        moved(by, old, KitMove.USED, 1)
    moved(by, old, KitMove.SPOILED, 4)
    assert proven(batch) == 2
    assert proven(old) == 0


@pytest.mark.parametrize(
    ("kind", "role"),
    [("office", "officer"), ("office", "head"), ("health", "case_manager"), ("health", "partner_officer")],
)  # fmt: skip
def test_only_who_keeps_it_in_the_office_touches_the_stock(kind: str, role: str) -> None:
    batch = received(keeper())
    with pytest.raises(Forbidden):
        moved(keeper(kind, role), batch, KitMove.USED, 1)
    with pytest.raises(Forbidden):
        received(keeper(kind, role))
    assert queries.stock(keeper(kind, role), DAY) == []
    assert proven(batch) == 20


def test_the_database_keeps_every_line() -> None:
    by = keeper()
    first, second = received(by).entries.get(), moved(by, Batch.objects.get(), KitMove.USED, 1)
    wrong = [
        lambda: KitEntry.objects.filter(pk=first.pk).update(amount=1),
        lambda: KitEntry.objects.filter(pk=second.pk).delete(),
        lambda: KitEntry.objects.create(
            batch=first.batch, number=2, move="used", amount=1, left=1, day=DAY, member=by
        ),
    ]
    for act in wrong:
        with pytest.raises(BROKEN), transaction.atomic():
            act()


def test_its_keepers_hear_once_of_what_runs_out() -> None:
    by, supervisor = keeper(), keeper(role="supervisor")
    keeper(role="officer")
    batch = received(by, 12, expires=DAY + timedelta(days=31))
    Message.objects.all().delete()
    assert actions.look_at_kits(at=AT) == 0
    moved(by, batch, KitMove.USED, 3)
    assert actions.look_at_kits(at=AT) == 1  # nine of ten
    assert actions.look_at_kits(at=AT) == 0
    assert actions.look_at_kits(at=AT + timedelta(days=2)) == 1  # nearly expired
    assert Message.objects.count() == 2  # a waiting message is enough for each of the two
    assert Row.objects.filter(verb="kit.warned").count() == 2
    received(by, 30, lot="B2")
    assert actions.look_at_kits(at=AT + timedelta(days=2)) == 0
    assert Shelf.objects.get().low_told is None
    moved(by, Batch.objects.get(lot="B2"), KitMove.COUNTED, 0)
    assert actions.look_at_kits(at=AT + timedelta(days=2)) == 1  # and again once it is low again
    assert supervisor.pk in {one.pk for one in queries.keepers(AT)}


def test_the_page_asks_as_little_of_much_as_of_little() -> None:
    by = keeper()
    sites = [None, provider("svc_test"), provider("svc_test")]

    def asks() -> int:
        with CaptureQueriesContext(connection) as found:
            queries.stock(by, DAY)
        return len(found)

    received(by)
    few = asks()
    for site in sites:
        for kind in KitKind:
            received(by, site=site, kind=kind, lot=f"L{kind}")
    assert asks() == few == 4  # two of them about the member
    assert len(queries.stock(by, DAY)) == 12


def test_the_pages_take_and_show_it() -> None:
    by = keeper()
    client, where = signed_in(Client(), by), provider("svc_test", name="Contoh Puskesmas")
    page = reverse("services:kits")
    told = {"kind": "hiv", "lot": "C-1", "expires": "2027-01-31", "amount": "4", "site": where.code}
    assert client.post(page, {**told, "amount": "0"}).status_code == 422
    sent = client.post(page, told)
    batch = Batch.objects.get()
    assert sent.url == reverse("services:kit_batch", args=[batch.pk])
    assert client.post(page, {**told, "expires": "2027-02-01"}).status_code == 422
    assert client.post(sent.url, {"move": "used", "amount": "5"}).status_code == 422
    assert client.post(sent.url, {"move": "used", "amount": "1"}).status_code == 302
    assert client.post(sent.url, {"move": "received", "amount": "1"}).status_code == 422
    shown = client.get(page).content.decode()
    assert "Contoh Puskesmas" in shown
    assert "hampir habis" in shown
    assert "Dipakai" in client.get(sent.url).content.decode()
    assert proven(batch) == 3


@pytest.mark.parametrize(
    "turns", [1, pytest.param(12, marks=pytest.mark.long)], ids=["few", "many"]
)
@pytest.mark.django_db(transaction=True)
def test_sixteen_hands_at_once_never_take_more_than_there_is(turns: int) -> None:
    """Sixteen take five together where there is enough for ten of them; the last count stands."""
    by = keeper()
    batch = received(by, 50 * turns)
    short: list[int] = []
    broken: list[BaseException] = []

    def take() -> None:
        try:
            for _turn in range(turns):
                try:
                    moved(by, batch, KitMove.USED, 5)
                except rules.NotEnough as error:
                    short.append(error.left)
        except BaseException as error:
            broken.append(error)
        finally:
            connections.close_all()

    hands = [Thread(target=take) for _hand in range(16)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert broken == []
    assert proven(batch) == 0
    assert short == [0] * (6 * turns)
    assert batch.entries.count() == 1 + 10 * turns
