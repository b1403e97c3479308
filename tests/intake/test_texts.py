"""Texts that are data: her rights, and the stories of the demo."""

import re
from typing import Any

from django.utils import translation

from teduh.intake import codes, texts
from teduh.intake.words import Door, State
from teduh.lib import codelists

# Words that would paint a scene; a demo story never needs them.
GRAPHIC = re.compile(r"\b(darah|telanjang|perkosa\w*|kelamin|pisau|bunuh\w*|cekik|pelaku)\b")


def stories() -> list[dict[str, Any]]:
    return list(texts.read("demo_stories")["stories"])


def replies() -> list[dict[str, Any]]:
    return list(texts.read("demo_stories")["replies"])


def test_her_rights_are_told_in_the_readers_language() -> None:
    with translation.override("en"):
        english = texts.rights("self")
    with translation.override("id"):
        indonesian, young = texts.rights("self"), texts.rights("young")
    assert len(english) == len(indonesian)
    assert set(english) & set(indonesian) == set()
    assert "gratis" in indonesian[0]
    assert not [right for right in young if "Anda" in right]
    assert not [right for right in indonesian if re.search(r"kamu|mu\b", right, re.IGNORECASE)]


def test_the_version_of_the_rights_fits_the_ticket() -> None:
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", texts.rights_version())


def test_every_kind_of_violence_has_a_story() -> None:
    known = {code for code, _label in codelists.load(codes.LISTS)["violence_type"].choices("id")}
    assert {story["kind"] for story in stories()} == known - {"unknown", "undisclosed"}


def test_every_story_says_that_it_is_one() -> None:
    for story in stories():
        assert story["story"].startswith("Contoh ")
        assert story["name"].startswith("Contoh ")
        assert story["door"] in Door.values


def test_no_story_is_graphic_and_none_stands_twice() -> None:
    told = [story["story"] for story in stories()]
    assert len(set(told)) == len(told)
    assert [one for one in told if GRAPHIC.search(one.lower())] == []


def test_there_is_a_reply_for_every_step_an_officer_takes() -> None:
    steps = {reply["step"] for reply in replies()}
    assert steps == {State.TAKEN, State.ASKED, State.PASSED, State.GUIDED}


def test_every_note_belongs_to_answers_that_can_be_given() -> None:
    lists = codelists.load(codes.LISTS)
    names = {"place": "place", "relation": "perpetrator_relation", "barriers": "barrier"}
    for note in texts.read("notes")["notes"]:
        name = names.get(note["question"], note["question"])
        known = {code for code, _label in lists[name].choices("id")}
        assert set(note["codes"]) <= known, note
        assert note["id"] != note["en"]


def test_work_school_and_home_each_have_a_note() -> None:
    for place in ("work", "school", "home_victim"):
        assert texts.notes([("place", place)])
    assert texts.notes([("place", ""), ("sex", "P")]) == []
