"""Cards of helpers and parcels, by the examples both sides keep to."""

import json
from pathlib import Path
from typing import Any

import pytest

from teduh.vault import helpercards, parcels, suite
from teduh.vault.packages import unb64
from tests.vectors import field

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "field.json").read_text(encoding="utf-8")
)
CARD, PARCEL = VECTORS["card"], VECTORS["parcel"]


def test_the_examples_come_out_the_same_again() -> None:
    assert field.everything() == VECTORS


def test_what_the_card_signed_is_believed_and_nothing_else() -> None:
    public, body = unb64(CARD["public"]), unb64(CARD["body"])
    assert helpercards.signed(public, body, CARD["sig"])
    tanda = unb64(CARD["tanda"])
    for other in (
        helpercards.statement(CARD["inst"], CARD["number"], "TDH-0000-0000", tanda),
        helpercards.statement("kota-lain", CARD["number"], CARD["ticket"], tanda),
        helpercards.statement(CARD["inst"], "00000000", CARD["ticket"], tanda),
        helpercards.statement(CARD["inst"], CARD["number"], CARD["ticket"], bytes(32)),
    ):
        assert not helpercards.signed(public, other, CARD["sig"])


@pytest.mark.parametrize("sig", ["", "*", "AAAA", "A" * 86])
def test_what_is_no_signature_is_none(sig: str) -> None:
    assert not helpercards.signed(unb64(CARD["public"]), unb64(CARD["body"]), sig)


def test_a_card_without_its_pin_makes_another_key() -> None:
    drawn = helpercards.draw("kota-contoh")
    right = helpercards.seed_of("kota-contoh", drawn.number, drawn.secret, drawn.pin)
    assert suite.sign_public(right) == drawn.public
    wrong = helpercards.seed_of("kota-contoh", drawn.number, drawn.secret, "")
    assert suite.sign_public(wrong) != drawn.public
    assert (len(drawn.number), len(drawn.secret), len(drawn.pin)) == (8, 26, 6)


def test_a_parcel_opens_as_what_was_told() -> None:
    locked = parcels.seal(PARCEL["told"], unb64(PARCEL["public"]), PARCEL["inst"])
    assert parcels.open_with(unb64(PARCEL["seed"]), locked, PARCEL["inst"]) == PARCEL["told"]
