"""Procedures are read from their files, and one that cannot be kept is refused with its place."""

import copy
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from teduh.access.roles import ROLES
from teduh.sop import books, queries
from teduh.sop.rules import UnknownStep, WrongBook
from teduh.sop.words import Band

SHIPPED = sorted(books.DATA.glob("*.*.toml"))
IN_USE = books.shipped()["penanganan", "2026-1"].book
DAY = date(2026, 12, 1)


def told() -> dict[str, Any]:
    return tomllib.loads((books.DATA / "penanganan.2026-1.toml").read_text())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_procedure_is_whole_and_named_like_its_file(path: Any) -> None:
    book = books.read(tomllib.loads(path.read_text()))
    assert path.name == f"{book.name}.{book.version}.toml"
    assert all(step.source for step in book.steps.values())


@pytest.mark.django_db
def test_the_version_of_the_day_is_in_force_and_an_older_one_stays_readable() -> None:
    book = queries.in_force("penanganan", DAY)
    assert book.version == "2026-1"
    assert queries.in_force("penanganan", date(2025, 12, 31)).version == "2025-1"
    assert queries.step("penanganan", "2025-1", "triage").key == "triage"
    with pytest.raises(UnknownStep):
        queries.in_force("penanganan", date(2020, 1, 1))
    with pytest.raises(UnknownStep):
        queries.step("penanganan", "2025-1", "dance")


def test_nothing_automatic_ever_meets_the_first_contact() -> None:
    step = IN_USE.steps["first_contact"]
    assert not step.automatic
    assert step.stops == ("message.office",)


def test_more_danger_never_means_more_time() -> None:
    for step in IN_USE.steps.values():
        waits = [step.within[band] for band in Band.values]
        assert waits == sorted(waits)


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda one: one["within"].pop("low"), "setiap risiko"),
        (lambda one: one["within"].update(none="1h"), "setiap risiko"),
        (lambda one: one["within"].update(low="soon"), "bukan waktu"),
        (lambda one: one.update(stops=[]), "menepatinya"),
        (lambda one: one.update(starts=[]), "memulainya"),
        (lambda one: one.update(stops=["sun.shines"]), "sun.shines"),
        (
            lambda one: one.update(calendar="office", within=dict.fromkeys(Band.values, "3d")),
            "jam kerja",
        ),
        (lambda one: one.update(rungs=[]), "rungs"),
        (lambda one: one["rungs"].reverse(), "rungs"),
        (lambda one: one.update(owner="mayor"), "mayor"),
        (lambda one: one["title"].pop("en"), "title"),
        (lambda one: one.update(calendar="moon"), "moon"),
        (lambda one: one.pop("source"), "source"),
        (lambda one: one["within"].update(low="99999d"), "terlalu lama"),
        (lambda one: one["within"].update(low=3), "bukan waktu"),
        (lambda one: one.update(title="Kontak"), "title"),
        (lambda one: one.update(proposal="ja"), "true atau false"),
        (lambda one: one.update(key="Kontak Pertama"), "huruf kecil"),
        (lambda one: one.update(comes_after=["dance"]), "dance"),
        (lambda one: one.update(rungs=[3]), "penanganan"),
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
    with pytest.raises(WrongBook, match="id dan en"):
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
    step = IN_USE.steps[key]
    starts, times = NAMED[key]
    assert step.starts == starts
    assert list(step.within.values()) == [books.span(one) for one in times.split()]


def test_a_number_of_no_law_and_no_programme_is_a_proposal() -> None:
    lawful = {step.key for step in IN_USE.steps.values() if not step.proposal}
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
    with pytest.raises(WrongBook, match="dua kali"):
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
    step = IN_USE.steps["triage"]
    assert {step.owner, *(rung.role for rung in step.rungs)} <= set(ROLES)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name = ", "TOML"),
        ("[" * 5000, "TOML"),
        ('name = "penanganan"', "version"),
        ('name = "penanganan"\nversion = 3', "penanganan.3"),
        ('name = "Penanganan"\nversion = "1"', "huruf kecil"),
        ('name = "penanganan"\nversion = "1"\nfrom = "besok"', "hari pertamanya"),
        ('name = "penanganan"\nversion = "1"\nfrom = 2027-01-01\ntitle = "x"', "title"),
        (
            'name = "penanganan"\nversion = "1"\nfrom = 2027-01-01\nstep = 3\ntitle = {id="x", en="x"}',
            "penanganan.1",
        ),
    ],
)
def test_a_text_that_is_no_procedure_is_refused(text: str, why: str) -> None:
    with pytest.raises(WrongBook, match=why):
        books.parse(text)


def test_an_adopted_file_is_as_it_was_adopted() -> None:
    assert {key for key, one in books.shipped().items() if one.adopted} == {
        ("penanganan", "2025-1"),
        ("penanganan", "2026-1"),
    }
    assert not any(one.edited for one in books.shipped().values())


OF_HELP = {
    "referral_answer",
    "referral_service",
    "health_order",
    "session_missed",
    "hearing",
    "takedown",
    "stay_end",
    "support_decision",
    "conference_decision",
}


def test_the_next_version_waits_for_two_and_promises_the_network_and_help() -> None:
    found = books.shipped()["penanganan", "2026-2"]
    assert not found.adopted
    more = found.book.steps.keys() - IN_USE.steps.keys()
    assert more == {"network_answer"} | OF_HELP
    assert {key: step for key, step in found.book.steps.items() if key not in more} == IN_USE.steps
    step = found.book.steps["network_answer"]
    assert [str(one) for one in step.within.values()] == ["1 day, 0:00:00"] * len(Band)
    assert [rung.role for rung in step.rungs] == ["supervisor", "head"]
