"""Other offices: their cards, the proven part of their slices, their receipts, by the shared examples."""

import json
from datetime import date
from typing import Any

import pytest

from teduh.vault import peers
from teduh.vault.packages import SignedStatement, unb64
from teduh.vault.rules import Refused
from tests.vectors import transfer

TOLD: dict[str, Any] = json.loads(transfer.PLACE.read_text(encoding="utf-8"))
OURS, THEIRS = transfer.OURS, transfer.THEIRS
DAY = date.fromisoformat(TOLD["day"])
LATE = date(2027, 6, 1)


def root(inst: str) -> bytes:
    """The root key of one of the two."""
    return unb64(TOLD["offices"][inst]["card"]["root"])


def statement(told: dict[str, str]) -> SignedStatement:
    """As it travelled."""
    return SignedStatement(unb64(told["body"]), unb64(told["sig"]))


def head(change: dict[str, Any], **other: Any) -> peers.Head:
    """What the other office's server is shown of our slice."""
    told = {"root": root(OURS), "inst": THEIRS, "day": DAY, **other}
    return peers.read_head(json.dumps(TOLD["slice"] | change), **told)


def receipt(change: dict[str, Any], **other: Any) -> None:
    """Their receipt, looked at here."""
    said = {"root": root(THEIRS), "inst": OURS, "peer": THEIRS, "code": transfer.CODE}
    told = said | {"cmp": TOLD["cmp"], "day": DAY} | other
    peers.check_receipt(json.dumps(json.loads(TOLD["taken"]) | change), **told)


def flipped(text: str) -> str:
    """Another text of the same length."""
    return ("B" if text[0] == "A" else "A") + text[1:]


def test_the_examples_come_out_the_same_again_but_for_chance() -> None:
    made = json.loads(json.dumps(transfer.example()))
    for one in (made, TOLD):
        one["slice"] = {**one["slice"], "wrap": ""}
    assert made == TOLD


def test_a_card_says_who_it_is_and_two_cards_never_the_same_code() -> None:
    cards = [peers.read_card(json.dumps(one["card"]), DAY) for one in TOLD["offices"].values()]
    prints = [peers.print_of(one.inst, one.root) for one in cards]
    assert prints == [one["print"] for one in TOLD["offices"].values()]
    assert len({*prints, peers.print_of(OURS, root(THEIRS))}) == 3
    assert all(len(one.replace(" ", "")) == 24 for one in prints)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": peers.FILE},
        {"v": 2},
        {"name": " "},
        {"inst": "kota-tiga"},
        {"inst": "../x"},
        {"root": TOLD["offices"][OURS]["card"]["root"]},
        {"package": TOLD["offices"][OURS]["card"]["package"]},
        {"package": {}},
        {"team": TOLD["offices"][OURS]["card"]["team"]},
    ],
)
def test_a_card_that_is_not_whole_is_refused(change: dict[str, Any]) -> None:
    card = TOLD["offices"][THEIRS]["card"]
    with pytest.raises(Refused):
        peers.read_card(json.dumps(card | change), DAY)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"v":1}', "[" * 5000])
def test_what_is_no_file_of_ours_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        peers.read_card(text, DAY)
    with pytest.raises(Refused):
        peers.sender_of(text)


def test_an_old_card_is_refused() -> None:
    with pytest.raises(Refused, match="date"):
        peers.read_card(json.dumps(TOLD["offices"][THEIRS]["card"]), date(2026, 12, 6))


def test_a_supervisors_word_is_about_one_office_and_one_root() -> None:
    told, key = statement(TOLD["approvals"][OURS]), unb64(TOLD["offices"][OURS]["member"]["public"])
    peers.approved(told, inst=OURS, peer=THEIRS, root=root(THEIRS), key=key)
    for wrong in (
        {"root": root(OURS)},
        {"peer": "kota-tiga"},
        {"inst": THEIRS},
        {"key": bytes(32)},
    ):
        right = {"inst": OURS, "peer": THEIRS, "root": root(THEIRS), "key": key}
        with pytest.raises(Refused):
            peers.approved(told, **right | wrong)


def test_the_proven_part_of_a_slice_says_who_made_it_for_whom() -> None:
    found = head({})
    assert (found.inst, found.code, found.cmp) == (OURS, transfer.CODE, TOLD["cmp"])
    without = {name: told for name, told in TOLD["slice"].items() if name not in {"wrap", "items"}}
    assert peers.sender_of(json.dumps(without)) == OURS


@pytest.mark.parametrize(
    ("change", "other"),
    [
        ({"to": OURS}, {}),
        ({}, {"inst": OURS}),
        ({}, {"root": root(THEIRS)}),
        ({}, {"day": LATE}),
        ({"from": THEIRS}, {}),
        ({"code": "ALH-0000-0000"}, {}),
        ({"d": flipped(TOLD["slice"]["d"])}, {}),
        ({"descSig": flipped(TOLD["slice"]["descSig"])}, {}),
        ({"by": TOLD["offices"][THEIRS]["member"]["kid"]}, {}),
        ({"key": TOLD["offices"][THEIRS]["member"]["public"]}, {}),
        ({"package": TOLD["offices"][THEIRS]["card"]["package"]}, {}),
        ({"package": None}, {}),
    ],
)
def test_a_slice_that_was_changed_or_is_for_another_is_refused(
    change: dict[str, Any], other: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        head(change, **other)


def test_a_receipt_counts_for_its_own_transfer_only() -> None:
    receipt({})
    for other in ({"code": "ALH-0000-0000"}, {"cmp": "x" * 43}, {"inst": "kota-tiga"}):
        with pytest.raises(Refused, match="place"):
            receipt({}, **other)


@pytest.mark.parametrize(
    ("change", "other"),
    [
        ({"sig": flipped(json.loads(TOLD["taken"])["sig"])}, {}),
        ({"body": TOLD["approvals"][THEIRS]["body"]}, {}),
        ({"key": TOLD["offices"][OURS]["member"]["public"]}, {}),
        ({"package": TOLD["offices"][OURS]["card"]["package"]}, {}),
        ({"kind": peers.CARD}, {}),
        ({}, {"root": root(OURS)}),
        ({}, {"peer": OURS}),
        ({}, {"day": LATE}),
    ],
)
def test_a_receipt_that_was_changed_or_is_not_theirs_is_refused(
    change: dict[str, Any], other: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        receipt(change, **other)
