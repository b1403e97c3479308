"""Code lists: wordings for whom they are meant, and the lists that ship."""

from pathlib import Path

import pytest

from teduh.intake import codes
from teduh.lib import codelists

SHIPPED = codelists.load(codes.LISTS)
ANSWERED = sorted(set(SHIPPED) - {"danger"})
PLAIN = ("violence_type", "place", "perpetrator_relation", "needs", "barrier", "danger")
YOUNG = ("violence_type", "needs", "danger")
TOLD = """
version = "1"

[[fruit]]
code = "salak"
id = "Salak"
en = "Snake fruit"
id_plain = "Buah bersisik"
id_young = "Si sisik"

[[fruit]]
code = "duku"
id = "Duku"
en = "Langsat"
"""


@pytest.fixture
def fruit(tmp_path: Path) -> codelists.CodeList:
    path = tmp_path / "fruit.toml"
    path.write_text(TOLD, encoding="utf-8")
    return codelists.load(path)["fruit"]


def test_a_code_is_told_in_the_language_of_the_reader(fruit: codelists.CodeList) -> None:
    assert fruit.label("salak", "id") == "Salak"
    assert fruit.label("salak", "en") == "Snake fruit"


def test_a_language_without_wording_falls_back_to_indonesian(fruit: codelists.CodeList) -> None:
    assert fruit.label("salak", "ms") == "Salak"


def test_an_unknown_code_is_shown_as_it_is(fruit: codelists.CodeList) -> None:
    assert fruit.label("manggis", "id") == "manggis"


def test_plain_and_young_words_are_used_where_there_are_some(fruit: codelists.CodeList) -> None:
    assert fruit.choices("id", plain=True) == [("salak", "Buah bersisik"), ("duku", "Duku")]
    assert fruit.choices("id", young=True) == [("salak", "Si sisik"), ("duku", "Duku")]
    assert fruit.choices("en", young=True) == [("salak", "Snake fruit"), ("duku", "Langsat")]


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.toml"
    path.write_text(TOLD.replace('"duku"', '"salak"'), encoding="utf-8")
    with pytest.raises(ValueError, match="fruit"):
        codelists.load(path)


@pytest.mark.parametrize("name", ANSWERED)
def test_every_question_can_be_left_open(name: str) -> None:
    known = {entry.code for entry in SHIPPED[name].entries}
    assert {"unknown", "undisclosed"} <= known


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_code_is_told_in_both_languages(name: str) -> None:
    for entry in SHIPPED[name].entries:
        assert {"id", "en"} <= set(entry.wordings), entry.code
        for kind in ("plain", "young"):
            pair = [f"{language}_{kind}" in entry.wordings for language in ("id", "en")]
            assert pair[0] == pair[1], entry.code


@pytest.mark.parametrize("name", PLAIN)
def test_what_a_citizen_chooses_from_has_plain_words(name: str) -> None:
    assert [one.code for one in SHIPPED[name].entries if "id_plain" not in one.wordings] == []


@pytest.mark.parametrize("name", YOUNG)
def test_what_a_teenager_chooses_from_has_young_words(name: str) -> None:
    assert [one.code for one in SHIPPED[name].entries if "id_young" not in one.wordings] == []


def test_no_two_choices_read_the_same() -> None:
    for name, one in SHIPPED.items():
        for language in ("id", "en"):
            for plain, young in ((False, False), (True, False), (True, True)):
                told = [label for _code, label in one.choices(language, plain=plain, young=young)]
                assert len(set(told)) == len(told), name


def test_every_status_of_a_case_has_a_public_stage() -> None:
    told = {one.code: one.wordings.get("stage_id") for one in SHIPPED["case_status"].entries}
    silent = {code for code, stage in told.items() if not stage}
    assert silent == {"unknown", "undisclosed"}
    assert all("ditolak" not in (stage or "").lower() for stage in told.values())
