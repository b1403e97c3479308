"""Helpers and their cards: who keeps the list, when a card counts, what wrong PINs do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.directory import actions, queries
from teduh.directory.models import Helper, HelperCard
from teduh.directory.rules import MISSES, About, NotReady, Standing, may_hold_card, may_sign
from tests.factories import AgencyFactory, MemberFactory, signed_in

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)
ABOUT = About("Contoh Ibu Kenanga", "pkk", "21.72.01.1001", DAY, date(2027, 11, 24), "active")


def changed(**changes: object) -> About:
    return About(**{**{name: getattr(ABOUT, name) for name in ABOUT.__slots__}, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"conduct": None}, False),
        ({"conduct": DAY + timedelta(days=1)}, False),
        ({"until": DAY}, True),
        ({"until": DAY - timedelta(days=1)}, False),
        ({"state": "paused"}, False),
        ({"state": "left"}, False),
    ],
)
def test_who_may_hold_a_card(changes: dict[str, object], *, may: bool) -> None:
    assert may_hold_card(changed(**changes), DAY) is may


@pytest.mark.parametrize(
    ("card", "may"),
    [
        (Standing(DAY, revoked=False, misses=0), True),
        (Standing(DAY, revoked=False, misses=MISSES - 1), True),
        (Standing(DAY, revoked=False, misses=MISSES), False),
        (Standing(DAY, revoked=True, misses=0), False),
        (Standing(DAY - timedelta(days=1), revoked=False, misses=0), False),
    ],
)
def test_whose_card_counts(card: Standing, *, may: bool) -> None:
    assert may_sign(card, ABOUT, DAY) is may
    assert not may_sign(card, changed(state="left"), DAY)


@pytest.fixture
def keeper(db: None) -> Member:
    return MemberFactory(role="supervisor", agency=AgencyFactory(kind=AgencyKind.OFFICE))


@pytest.fixture
def helper(keeper: Member) -> Helper:
    return actions.enter_helper(by=keeper, about=ABOUT, at=AT)


def card_of(keeper: Member, helper: Helper, number: str = "7K2M9QXR") -> HelperCard:
    return actions.issue_card(by=keeper, helper=helper, number=number, public=b"k" * 32, at=AT)


def test_a_new_card_takes_the_place_of_the_one_before(keeper: Member, helper: Helper) -> None:
    first, second = card_of(keeper, helper), card_of(keeper, helper, "00000002")
    first.refresh_from_db()
    assert (first.revoked, second.revoked, second.until) == (DAY, None, ABOUT.until)
    assert [queries.counts(one, DAY) for one in (first, second)] == [False, True]


def test_nobody_gets_a_card_before_the_code_of_conduct(keeper: Member) -> None:
    helper = actions.enter_helper(by=keeper, about=changed(conduct=None), at=AT)
    with pytest.raises(NotReady):
        card_of(keeper, helper)
    assert not HelperCard.objects.exists()


def test_wrong_pins_lock_a_card_and_a_right_one_forgives_them(
    keeper: Member, helper: Helper
) -> None:
    card = card_of(keeper, helper)
    for _ in range(MISSES - 1):
        actions.note_miss(card=HelperCard.objects.get(), at=AT)
    actions.note_use(card=card, at=AT)
    assert HelperCard.objects.get().misses == 0
    for _ in range(MISSES + 2):
        actions.note_miss(card=HelperCard.objects.get(), at=AT)
    assert not queries.counts(HelperCard.objects.get(), DAY)
    assert Row.objects.filter(verb="card.locked").count() == 1


def test_a_card_that_is_taken_back_counts_no_more(keeper: Member, helper: Helper) -> None:
    card_of(keeper, helper)
    actions.revoke_cards(by=keeper, helper=helper, at=AT)
    assert not queries.counts(HelperCard.objects.get(), DAY)
    assert Row.objects.filter(verb="card.revoked").count() == 1


def test_the_trail_and_the_address_name_nobody(keeper: Member, helper: Helper) -> None:
    card_of(keeper, helper)
    actions.qualify(by=keeper, helper=helper, topic="signs", day=DAY, at=AT)
    actions.qualify(by=keeper, helper=helper, topic="signs", day=DAY, at=AT)
    lines = Row.objects.filter(verb__in=("helper.entered", "card.issued", "helper.qualified"))
    assert lines.count() == 3
    assert not [one for one in lines if "Kenanga" in f"{one.subject}{one.detail}"]


@pytest.mark.parametrize("role", ["officer", "data_officer", "auditor", "city_it"])
def test_others_see_and_write_no_helper(keeper: Member, helper: Helper, role: str) -> None:
    other = MemberFactory(role=role, agency=keeper.agency)
    assert not queries.helpers_kept_by(other).exists()
    for write in (
        lambda: actions.enter_helper(by=other, about=ABOUT, at=AT),
        lambda: actions.mend_helper(by=other, helper=helper, about=ABOUT, at=AT),
        lambda: actions.qualify(by=other, helper=helper, topic="signs", day=DAY, at=AT),
        lambda: actions.revoke_cards(by=other, helper=helper, at=AT),
        lambda: card_of(other, helper),
    ):
        with pytest.raises(Forbidden):
            write()


def test_a_supervisor_of_another_agency_keeps_no_helpers(helper: Helper) -> None:
    police = MemberFactory(role="supervisor", agency=AgencyFactory(kind=AgencyKind.POLICE))
    with pytest.raises(Forbidden):
        actions.mend_helper(by=police, helper=helper, about=ABOUT, at=AT)


def test_a_card_and_its_pin_are_shown_once(keeper: Member, helper: Helper) -> None:
    Helper.objects.update(until=date(2099, 1, 1))
    client = signed_in(Client(), keeper)
    page = client.post(reverse("desk:issue_card", args=[helper.pk]))
    card = HelperCard.objects.get()
    text = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in text
    assert f"{card.number[:4]} {card.number[4:]}" in text
    later = client.get(reverse("directory:helper", args=[helper.pk])).content.decode()
    assert card.number in later
    assert "PIN" not in later.split("<main")[1].replace("Kartu dan PIN muncul sekali", "")
    assert "Kenanga" not in text.split("<main")[1]


def test_without_the_code_of_conduct_the_page_says_why(keeper: Member, helper: Helper) -> None:
    Helper.objects.update(conduct=None)
    client = signed_in(Client(), keeper)
    answer = client.post(reverse("desk:issue_card", args=[helper.pk]), follow=True)
    assert "kode etik" in answer.content.decode()
    assert not HelperCard.objects.exists()
