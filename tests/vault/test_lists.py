"""Cards of a team's list: kept, replaced, refused, handed out, and dead with their subject."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Mention, Row
from teduh.lib.actors import COMMAND
from teduh.vault import actions, queries, suite, units
from teduh.vault.envelope import (
    Compartment,
    Place,
    Words,
    make_compartment,
    open_item,
    seal,
    sign_statement,
    unwrap,
    wrap,
)
from teduh.vault.keywork import MadeList, read_list
from teduh.vault.models import Card
from teduh.vault.models import Compartment as Kept
from teduh.vault.packages import SealedItem, SealedWrap, b64, compact, header_of
from teduh.vault.rules import LIST, LIST_CARD, Refused
from tests.factories import MemberFactory, TeamFactory
from tests.vault.reports import AT, DAY, TICKET, Office, keep, sealed

pytestmark = pytest.mark.django_db
NAME = "asesmen.2026-11"
TEXT = b'{"t":"TDH-7K2M-9QXR","n":"Contoh Mawar","p":"4321"}'


@pytest.fixture
def melati(office: Office) -> Member:
    """The member of the assessment team whose keys the office made; one report is there."""
    keep(sealed())
    return MemberFactory(code="melati", role="officer", team=TeamFactory(code="asesmen"))


def a_list(office: Office, **said: object) -> tuple[Compartment, MadeList]:
    """A fresh list of the team, and as a browser sends it."""
    made = make_compartment(Place("tanjungpinang", NAME, LIST))
    if said:
        made = replace(made, d=compact({**as_said(made), **said}))
    by, epoch = office.signer("melati"), queries.team_key("asesmen")
    assert epoch
    sig = sign_statement(by.seed, "teduh/v1/desc", made.d)
    only = SealedWrap(epoch.kid, wrap(made, epoch.kid, bytes(epoch.public)))
    return made, MadeList(made.d, by.kid, sig, only, as_said(made))


def as_said(made: Compartment) -> dict[str, Any]:
    """What a descriptor says."""
    told = read_list(
        compact({"d": b64(made.d), "by": "", "sig": b64(bytes(64)), "wrap": _a_wrap()}).decode()
    )
    assert told
    return told.said


def _a_wrap() -> dict[str, str]:
    return {"kid": "x", "w": b64(bytes(1168))}


def a_card(office: Office, into: Compartment, text: bytes = TEXT, **changed: Any) -> SealedItem:
    """A card, signed by the member."""
    words = replace(Words(LIST_CARD, 0, "staff", DAY, "card-256"), **changed)
    return seal(into, office.signer("melati"), words, text)


def put(by: Member, card: SealedItem, made: MadeList | None, **told: Any) -> None:
    """Keep a card."""
    given = {"team": "asesmen", "subject": TICKET, "at": AT, **told}
    actions.keep_card(by=by, card=card, made=made, **given)


def test_the_first_card_brings_its_list_and_both_open_for_the_team(
    office: Office, melati: Member
) -> None:
    opened, made = a_list(office)
    put(melati, a_card(office, opened), made)
    lists = actions.hand_out_cards(by=melati, subjects=[TICKET, "TDH-0000-0001"], at=AT)
    (bundle,) = lists.bundles
    assert bundle.subject == lists.places[TICKET].list == NAME
    (found,), (item,) = bundle.compartments, bundle.items
    ((kid, w),) = found.wraps
    place = Place("tanjungpinang", NAME, LIST)
    again = unwrap(found.d, kid, w, office.team_seed("asesmen"), place)
    whole = SealedItem(item.hdr, item.ct, item.sig, header_of(item.hdr))
    signer = dict(bundle.signers)[str(whole.said["by"])]
    assert open_item(again, whole, LIST_CARD, signer) == TEXT
    assert (found.by, found.sig) == (made.by, made.sig)
    assert "TDH-0000-0001" not in lists.places


def test_showing_a_list_is_one_line_that_names_its_subjects(office: Office, melati: Member) -> None:
    opened, made = a_list(office)
    put(melati, a_card(office, opened), made)
    actions.hand_out_cards(by=melati, subjects=[TICKET], at=AT)
    row = Row.objects.get(verb="vault.list_read")
    assert list(Mention.objects.filter(number=row.number).values_list("subject", flat=True)) == [
        TICKET
    ]
    actions.hand_out_cards(by=melati, subjects=["TDH-0000-0001"], at=AT)
    assert Row.objects.filter(verb="vault.list_read").count() == 1


def test_a_later_card_takes_the_place_of_the_first(office: Office, melati: Member) -> None:
    opened, made = a_list(office)
    put(melati, a_card(office, opened), made)
    later = a_card(office, opened, TEXT.replace(b"Mawar", b"Kenanga"))
    put(melati, later, None)
    assert Card.objects.get().item == later.item
    assert Kept.objects.filter(comp=LIST).count() == 1


def test_a_search_that_knows_all_cards_hears_of_one_made_again(
    office: Office, melati: Member
) -> None:
    opened, made = a_list(office)
    put(melati, a_card(office, opened), made)
    _cards, last = actions.hand_out_search(by=melati, after=0, at=AT)
    assert actions.hand_out_search(by=melati, after=last, at=AT)[0].places == {}
    later = a_card(office, opened, TEXT.replace(b"Mawar", b"Kenanga"))
    put(melati, later, None)
    again, _last = actions.hand_out_search(by=melati, after=last, at=AT)
    assert again.places[TICKET].item == later.item


def test_a_new_month_has_a_new_list(office: Office, melati: Member) -> None:
    opened, made = a_list(office)
    put(melati, a_card(office, opened), made)
    with pytest.raises(Refused, match="list"):
        put(melati, a_card(office, opened), None, at=AT + timedelta(days=30))
    assert queries.list_to_write("asesmen", AT.date() + timedelta(days=30)).compartments == ()


def test_two_browsers_that_make_the_same_list_leave_one(office: Office, melati: Member) -> None:
    first, made = a_list(office)
    put(melati, a_card(office, first), made)
    second, other = a_list(office)
    with pytest.raises(Refused, match="place"):
        put(melati, a_card(office, second), other)
    assert Kept.objects.get(comp=LIST).cmp == first.cmp


def _foreign(office: Office) -> MadeList:
    _opened, made = a_list(office)
    return replace(made, by=office.signer("cempaka").kid)


def _wrapped_elsewhere(office: Office) -> MadeList:
    _opened, made = a_list(office)
    return replace(made, wrap=replace(made.wrap, kid="tim-pendampingan-202611.00000000"))


WRONG: dict[str, tuple[Callable[[Office], MadeList], str]] = {
    "signed by nobody": (lambda o: replace(a_list(o)[1], sig=bytes(64)), "signature"),
    "in a colleague's name": (_foreign, "signature"),
    "of another month": (lambda o: a_list(o, subject="asesmen.2026-10")[1], "descriptor"),
    "of another office": (lambda o: a_list(o, inst="kota-lain")[1], "descriptor"),
    "of another part": (lambda o: a_list(o, comp="identity")[1], "descriptor"),
    "without commitment": (lambda o: a_list(o, kc="AA")[1], "descriptor"),
    "for another team": (_wrapped_elsewhere, "readers"),
}


@pytest.mark.parametrize(("make", "reason"), WRONG.values(), ids=WRONG)
def test_a_list_that_is_not_what_it_should_be_is_refused(
    office: Office, melati: Member, make: Callable[[Office], MadeList], reason: str
) -> None:
    opened, _made = a_list(office)
    with pytest.raises(Refused, match=f"^{reason}$"):
        put(melati, a_card(office, opened), make(office))
    assert not Kept.objects.filter(comp=LIST).exists()
    assert not Card.objects.exists()


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"d":"","by":"","sig":"","wrap":{}}'])
def test_a_list_of_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_list(text)


def test_no_list_is_no_list() -> None:
    assert read_list("") is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"what": "intake.report.name"}, "place"),
        ({"pad": "pow2-4k"}, "size"),
        ({"orig": "browser"}, "origin"),
    ],
)
def test_a_card_that_is_none_is_refused(
    office: Office, melati: Member, changed: dict[str, str], reason: str
) -> None:
    opened, made = a_list(office)
    with pytest.raises(Refused, match=reason):
        put(melati, a_card(office, opened, **changed), made)


def test_a_card_goes_into_no_list_of_another_team(office: Office, melati: Member) -> None:
    opened, made = a_list(office)
    with pytest.raises(Forbidden):
        put(melati, a_card(office, opened), made, team="pendampingan")


def test_another_team_is_handed_no_card(office: Office, melati: Member) -> None:
    opened, made = a_list(office)
    put(melati, a_card(office, opened), made)
    stranger = MemberFactory(role="officer", team=TeamFactory(code="pendampingan"))
    lists = actions.hand_out_cards(by=stranger, subjects=[TICKET], at=AT)
    assert (lists.bundles, dict(lists.places)) == ((), {})
    assert not Row.objects.filter(verb="vault.list_read").exists()


def test_the_table_holds_a_card_only_under_its_subjects_unit(
    office: Office, melati: Member
) -> None:
    """With the list's key, yet without the unit key, an old backup gives no name."""
    opened, made = a_list(office)
    card = a_card(office, opened)
    put(melati, card, made)
    stored = bytes(Card.objects.get().stored)
    assert card.ct not in stored
    unit = units.find(units.unit_of(TICKET, LIST))
    assert unit
    assert suite.disclose(unit, stored, suite.sha256(card.hdr)) == card.ct


def test_forgetting_a_subject_takes_its_card_from_the_list(
    office: Office,
    melati: Member,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    opened, made = a_list(office)
    put(melati, a_card(office, opened), made)
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=COMMAND, subject=TICKET, at=AT)
    assert actions.hand_out_cards(by=melati, subjects=[TICKET], at=AT).bundles == ()
    with pytest.raises(Refused, match="subject"):
        put(melati, a_card(office, opened), None)
