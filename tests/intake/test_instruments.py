"""Instruments as data: read, refused with the place, loaded by a city, kept in every version."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from teduh.config.health import house
from teduh.config.rules import Level
from teduh.intake import instruments
from teduh.intake.instruments import UnknownInstrument, WrongInstrument

DAY = date(2026, 11, 24)
OWN = """
name = "{name}"
version = "{version}"
kind = "full"
from = {since}
title = {{ id = "Milik kota", en = "Of the city" }}
intro = {{ id = "Contoh", en = "Example" }}
unanswered = "low"
[bands]
high = 2
[part]
all = {{ id = "Semua", en = "All" }}
[[question]]
key = "one"
part = "all"
id = "Satu?"
en = "One?"
weight = 2
"""


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A folder of a city's own."""
    settings.TEDUH_INSTRUMENTS = str(tmp_path)
    instruments._all.cache_clear()
    yield tmp_path
    instruments._all.cache_clear()


def put(folder: Path, version: str, since: str, name: str = "kota", file: str = "") -> None:
    """One file of a city."""
    text = OWN.format(name=name, version=version, since=since)
    (folder / (file or f"{name}.{version}.toml")).write_text(text, encoding="utf-8")


def valid(**change: Any) -> dict[str, Any]:
    """The words of an instrument, some of them others."""
    return {
        "name": "kota",
        "version": "1",
        "kind": "full",
        "title": {"id": "a", "en": "b"},
        "intro": {"id": "a", "en": "b"},
        "unanswered": "medium",
        "bands": {"medium": 1, "high": 2},
        "part": {"all": {"id": "a", "en": "b"}},
        "question": [{"key": "one", "part": "all", "id": "a", "en": "b", "weight": 1}],
        **change,
    }


def test_what_is_shipped_has_every_question_in_two_languages() -> None:
    for kind in ("full", "short"):
        [one] = instruments.in_force(kind, DAY)
        for question in one.questions:
            assert question.text["id"].endswith("?")
            assert question.text["en"].endswith("?")


def test_before_its_first_day_nothing_is_in_force() -> None:
    assert instruments.in_force("full", date(2025, 12, 31)) == []


def test_a_city_loads_its_own_which_come_first(folder: Path) -> None:
    put(folder, "1", "2026-02-01")
    put(folder, "2", "2026-11-01")
    put(folder, "3", "2027-01-01")
    found = [(one.name, one.version) for one in instruments.in_force("full", DAY)]
    assert found == [("kota", "2"), ("lengkap", "2026-1")]
    assert instruments.named("kota", "1").title["id"] == "Milik kota"


def test_the_doctor_names_what_is_in_force_and_the_file_that_is_broken(folder: Path) -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    [fine] = house.risk_instruments(now)
    assert (fine.level, "lengkap.2026-1" in fine.text) == (Level.GOOD, True)
    instruments._all.cache_clear()
    (folder / "rusak.1.toml").write_text("name = ", encoding="utf-8")
    [broken] = house.risk_instruments(now)
    assert (broken.level, "rusak.1.toml" in broken.text) == (Level.BAD, True)


def test_a_version_nobody_has_is_unknown() -> None:
    with pytest.raises(UnknownInstrument):
        instruments.named("lengkap", "1999-1")


@pytest.mark.parametrize(
    ("name", "file"), [("kota", "lain.1.toml"), ("lengkap", "lengkap.2026-1.toml")]
)
def test_a_file_of_another_name_or_twice_the_same_is_refused(
    folder: Path, name: str, file: str
) -> None:
    put(folder, "2026-1", "2026-02-01", name, file)
    with pytest.raises(WrongInstrument):
        instruments.in_force("full", DAY)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"unanswered": "worse"},
        {"bands": {"worse": 1}},
        {"bands": {}},
        {"bands": {"medium": 3, "high": 2}},
        {"bands": {"medium": 0}},
        {"together": {"high": 0}},
        {"question": []},
        {"question": [valid()["question"][0] | {"weight": -1}]},
        {"question": [valid()["question"][0] | {"floor": "worse"}]},
        {"question": valid()["question"] * 2},
        {"question": [valid()["question"][0] | {"part": "other"}]},
        {"part": {"all": {"id": "a", "en": "b"}, "unused": {"id": "a", "en": "b"}}},
        {"title": {"id": "a"}},
        {"part": None},
    ],
)
def test_an_instrument_that_cannot_be_trusted_is_refused(change: dict[str, Any]) -> None:
    assert instruments.read(valid())
    with pytest.raises(WrongInstrument):
        instruments.read(valid(**change))


def test_a_browser_gets_no_words() -> None:
    [one] = instruments.in_force("short", DAY)
    told = instruments.told(one)
    assert set(told["questions"][0]) == {"key", "weight", "floor"}
    assert instruments.said(one.title) == "Saringan singkat"
