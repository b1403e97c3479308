"""Letters as data: what a template may say, how numbers are written, where a letter may go."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.directory import codes
from teduh.services import letter_table as table
from teduh.services.letters import (
    MOVES,
    WrongStep,
    WrongTemplate,
    check_step,
    filled,
    number_fits,
    number_of,
    parsed,
)
from teduh.services.words import LetterState

USUAL = "{n}/UPTD-PPA/{code}/{month_roman}/{year}"
TOLD = tomllib.loads((table.PLACE / "visum.toml").read_text(encoding="utf-8"))
TELLS = (
    "kekerasan",
    "visum",
    "penyintas",
    "ppa",
    "polisi",
    "lapor",
    "korban",
    "dampingi",
    "asesmen",
)


def test_six_letters_at_least_each_with_its_law_and_a_number_of_its_own() -> None:
    found = table.templates()
    assert {"visum", "referral", "assignment", "protection", "school", "restitution"} <= set(found)
    assert all(one.law and one.confidence for one in found.values())
    assert len({one.number_code for one in found.values()}) == len(found)
    assert {kind for one in found.values() for kind in one.kinds} <= codes.known("agency_type")


def test_the_letter_to_a_school_tells_nothing_of_the_violence() -> None:
    school = table.templates()["school"]
    printed = " ".join([school.title["id"], school.about, *(one.text for one in school.blocks)])
    number = number_of(
        table.number_form(school), n=1, code=school.number_code, day=date(2026, 11, 24)
    )
    assert [word for word in TELLS if word in f"{printed} {number}".casefold()] == []
    assert school.discreet
    assert not school.duty
    assert [one.card for one in school.blocks if one.card] == [("name",)]


def test_an_assignment_names_nobody_but_who_is_sent() -> None:
    letter = table.templates()["assignment"]
    assert not letter.consent
    assert not [one for one in letter.blocks if one.card]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"law": None}, "missing"),
        ({"to": "everybody"}, "to"),
        ({"consent": False}, "nobody agreed"),
        ({"part": []}, "differ"),
        ({"block": []}, "block"),
        ({"block": [{"text": "a", "card": ["name"]}]}, "block"),
        ({"block": [*TOLD["block"], {"text": "{facts}"}]}, "not known"),
        ({"block": [*TOLD["block"], {"text": "{service}"}]}, "service"),
        ({"block": [*TOLD["block"], {"text": "{assigned}"}]}, "assigned"),
        ({"block": [*TOLD["block"], {"card": ["note"]}]}, "not in it"),
        ({"discreet": True}, "discreet"),
        ({"format": "{n}"}, "number"),
    ],
)
def test_what_is_no_template(change: dict[str, Any], why: str) -> None:
    told = {name: value for name, value in (TOLD | change).items() if value is not None}
    with pytest.raises(WrongTemplate, match=why):
        parsed(told)


@pytest.mark.parametrize(
    ("form", "fits"),
    [
        (USUAL, True),
        ("{n}/{year}", True),
        ("{year}.{month}.{n}", True),
        ("{n}/{code}", False),
        ("{year}", False),
        ("{n}/{year}/{name}", False),
        ("{n}/{year}/{", False),
        ("{n.__class__}/{n}/{year}", False),
    ],
)
def test_how_numbers_may_be_written(form: str, *, fits: bool) -> None:
    assert number_fits(form) is fits


def test_a_number() -> None:
    assert number_of(USUAL, n=12, code="VER", day=date(2026, 11, 24)) == "12/UPTD-PPA/VER/XI/2026"
    assert number_of("{n}-{month}-{year}", n=1, code="", day=date(2027, 1, 2)) == "1-01-2027"


@given(
    st.sampled_from([USUAL, "{n}/{year}", "{n}/{code}/{month_roman}/{year}"]),
    st.lists(st.tuples(st.integers(1, 9999), st.dates()), min_size=2, max_size=2),
)
def test_no_two_letters_share_a_number(form: str, two: list[tuple[int, date]]) -> None:
    numbers = {number_of(form, n=n, code="X", day=day) for n, day in two}
    assert (len(numbers) == 2) >= (len({(n, day.year) for n, day in two}) == 2)


def test_what_is_named_in_a_text_is_not_looked_at_again() -> None:
    assert filled("{case} {office}", {"case": "{office}", "office": "x"}) == "{office} x"


def test_where_a_letter_may_go() -> None:
    assert set(MOVES) == set(LetterState.values)
    for state, onward in MOVES.items():
        for to in set(MOVES) - onward:
            with pytest.raises(WrongStep):
                check_step(state, to)
        for to in onward:
            check_step(state, to)
