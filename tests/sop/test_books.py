"""Procedures are read from their files, and one that cannot be kept is refused with its place."""

import copy
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from teduh.access.roles import ROLES
from teduh.sop import books
from teduh.sop.rules import UnknownStep, WrongBook
from teduh.sop.words import Band

SHIPPED = sorted(books.DATA.glob("*.*.toml"))
DAY = date(2026, 12, 1)


def told() -> dict[str, Any]:
    return tomllib.loads((books.DATA / "penanganan.2026-1.toml").read_text())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_procedure_is_whole_and_named_like_its_file(path: Any) -> None:
    book = books.read(tomllib.loads(path.read_text()))
    assert path.name == f"{book.name}.{book.version}.toml"
    assert all(step.source for step in book.steps.values())


def test_the_version_of_the_day_is_in_force_and_an_older_one_stays_readable() -> None:
    book = books.in_force("penanganan", DAY)
    assert book.version == "2026-1"
    assert books.step("penanganan", "2025-1", "triage").key == "triage"
    with pytest.raises(UnknownStep):
        books.in_force("penanganan", date(2020, 1, 1))
    with pytest.raises(UnknownStep):
        books.step("penanganan", "2025-1", "dance")


def test_nothing_automatic_ever_meets_the_first_contact() -> None:
    step = books.in_force("penanganan", DAY).steps["first_contact"]
    assert not step.automatic
    assert step.stops == ("message.office",)


def test_more_danger_never_means_more_time() -> None:
    for step in books.in_force("penanganan", DAY).steps.values():
        waits = [step.within[band] for band in Band.values]
        assert waits == sorted(waits)


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda one: one["within"].pop("low"), "every band"),
        (lambda one: one["within"].update(none="1h"), "every band"),
        (lambda one: one["within"].update(low="soon"), "no time"),
        (lambda one: one.update(stops=[]), "ever meet"),
        (lambda one: one.update(starts=[]), "ever begin"),
        (lambda one: one.update(stops=["sun.shines"]), "sun.shines"),
        (
            lambda one: one.update(calendar="office", within=dict.fromkeys(Band.values, "3d")),
            "in hours",
        ),
        (lambda one: one.update(rungs=[]), "rungs"),
        (lambda one: one["rungs"].reverse(), "rungs"),
        (lambda one: one.update(owner="mayor"), "mayor"),
        (lambda one: one["title"].pop("en"), "title"),
        (lambda one: one.update(calendar="moon"), "moon"),
        (lambda one: one.pop("source"), "source"),
    ],
)
def test_a_procedure_that_cannot_be_kept_is_refused(change: Change, why: str) -> None:
    broken = copy.deepcopy(told())
    change(broken["step"][0])
    with pytest.raises(WrongBook, match=why):
        books.read(broken)


def test_every_event_has_words_in_both_languages() -> None:
    broken = told()
    del broken["event"]["case.opened"]["en"]
    with pytest.raises(WrongBook, match="id and en"):
        books.read(broken)


NAMED = {
    "risk_assessment": (("case.opened",), "2h 6h 24h 24h"),
    "visum_contact": (("case.physical", "case.sexual"), "2h 2h 2h 2h"),
    "visum_examination": (("case.physical", "case.sexual"), "24h 24h 24h 24h"),
    "visum_window": (("violence.dated",), "72h 72h 72h 72h"),
    "police_told": (("case.sexual",), "72h 72h 72h 72h"),
    "lpsk_request": (("protection.given",), "24h 24h 24h 24h"),
    "review": (("risk.assessed", "review.done"), "1d 3d 14d 30d"),
    "conference": (("risk.high",), "14d 14d 14d 14d"),
}


@pytest.mark.parametrize("key", NAMED)
def test_what_law_and_programme_promise_is_promised(key: str) -> None:
    step = books.in_force("penanganan", DAY).steps[key]
    starts, times = NAMED[key]
    assert step.starts == starts
    assert list(step.within.values()) == [books.span(one) for one in times.split()]


def test_a_number_of_no_law_and_no_programme_is_a_proposal() -> None:
    lawful = {
        step.key for step in books.in_force("penanganan", DAY).steps.values() if not step.proposal
    }
    assert lawful == {
        "rights_told",
        "police_told",
        "protection_end",
        "protection_end_home",
        "protection_end_court",
        "lpsk_request",
        "court_request",
    }


def test_a_step_stands_there_once() -> None:
    broken = told()
    broken["step"].append(broken["step"][0])
    with pytest.raises(WrongBook, match="twice"):
        books.read(broken)


def test_the_office_is_closed_on_the_days_of_the_decree() -> None:
    hours = books.office_hours()
    assert hours.of(date(2026, 12, 25)) is None
    assert hours.of(date(2026, 12, 26)) is None  # a Saturday
    assert hours.of(date(2026, 12, 28)) is not None
    named = tomllib.loads((books.DATA / "days.toml").read_text())["free"]
    days = [row["day"] for row in named]
    assert days == sorted(set(days))
    assert max(days) - min(days) > timedelta(days=365)


def test_every_role_has_a_name_for_the_printed_page() -> None:
    step = books.in_force("penanganan", DAY).steps["triage"]
    assert {step.owner, *(rung.role for rung in step.rungs)} <= set(ROLES)
