"""Planted words are nowhere: after a refused form, a failure of ours, a crash, without a temp folder."""

import base64
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from teduh.config.demo import MEMBERS
from teduh.intake.channels import KINDS
from tests.support import canary
from tests.support.server import BY_SCRIPT, Office, office, ready_made
from tests.walks import reporter
from tests.walks.conftest import PHONE, PageMaker
from tests.walks.reporter import CANARIES, LARGE, SENTENCES, half_an_upload

SECOND_START = 5  # seconds (issue: the second start of scripts/demo)
WORD = "kenari-Contoh-1234"
WALKS = {  # way in -> the walk that plants words on it and searches every file of the office for them
    "callcenter": "test_hotline.py",
    "chat": "test_chat.py",
    "outreach": "test_outreach.py",
    "phone": "test_hotline.py",  # drafts too
    "referral": "test_on_behalf.py",
    "responder": "test_field.py",
    "walkin": "test_walkin.py",
    "web": "test_first_report.py",
    "whatsapp": "test_many_ways.py",  # the number and the answer on their way out too
}
PROFILES = {  # and the walk that searches every file of the browser, its stores and caches
    "chat": "test_profile.py",
    "responder": "test_field.py",
    "walkin": "test_walkin.py",
    "web": "test_profile.py",
}
AT_DESKS = {"callcenter", "outreach", "phone", "referral", "whatsapp"}  # keep nothing in a browser


def test_every_way_in_has_a_walk_that_searches_for_planted_words() -> None:
    assert set(WALKS) == set(KINDS)
    for name in WALKS.values():
        said = (Path(__file__).parent / name).read_text(encoding="utf-8")
        assert "canary.found(office_server.traces()" in said, name
    for name in PROFILES.values():
        said = (Path(__file__).parent / name).read_text(encoding="utf-8")
        assert "canary.found(files, " in said, name
    assert set(PROFILES) == set(KINDS) - AT_DESKS


@pytest.mark.parametrize(
    "spell",
    [
        str.encode,
        lambda word: word.upper().encode(),
        lambda word: word.encode("utf-16-le"),
        lambda word: base64.b64encode(word.encode()),
        lambda word: base64.urlsafe_b64encode(f"a{word}?".encode()),
        lambda word: base64.b64encode(f"ab{word}ab".encode()),
    ],
)
def test_the_search_finds_a_word_in_every_spelling(
    tmp_path: Path, spell: Callable[[str], bytes]
) -> None:
    place = tmp_path / "teduh.sqlite3-wal"
    place.write_bytes(os.urandom(5000) + spell(WORD) + os.urandom(5000))
    assert canary.found([place], [WORD]) == [f"{place.name}: {WORD}"]
    assert canary.found([place], ["kenari-Lain-5678"]) == []


def test_a_refused_form_keeps_every_word_in_the_page_and_none_behind_it(
    page_phone: PageMaker, office_server: Office
) -> None:
    page = page_phone(java_script_enabled=False)
    reporter.write(page)
    page.locator("#lapor [name=r]").evaluate("field => { field.value = 'x' }")
    page.locator("#lapor button.wide").click()
    for what, sentence in SENTENCES.items():
        expect(page.locator(f"[data-what='{what}']")).to_have_value(sentence)
    assert canary.found(office_server.traces(), CANARIES) == []


def test_a_report_with_a_large_file_needs_no_temp_folder(browser: Browser, tmp_path: Path) -> None:
    nowhere = without_temp(tmp_path)
    refused = [sys.executable, "-c", "import tempfile; tempfile.mkstemp()"]
    assert subprocess.run(
        refused, env={**os.environ, **nowhere}, capture_output=True, check=False
    ).returncode
    with (
        office("--empty", environment=nowhere, like=ready_made("--empty")) as started,
        phone(browser, started) as page,
    ):
        reporter.write(page, LARGE)
        paper = reporter.send_without_script(page)
        reporter.open_status(page, paper)
        assert canary.found(started.traces(), [paper.ticket]) != []
        assert canary.found(started.traces(), CANARIES) == []


def test_a_crash_leaves_the_report_and_no_word_of_it(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "var"
    with (
        office("--empty", folder=home) as started,
        phone(browser, started) as page,
        half_an_upload(started),
        started.reading(),
    ):
        assert started.rows("access_member") == len(MEMBERS)
        assert started.rows("intake_report") == 0
        reporter.write(page, LARGE)
        paper = reporter.send_without_script(page)
        started.crash()
        journal = started.folder / "teduh.sqlite3-wal"
        assert canary.found([journal], [paper.ticket]) != []
        assert canary.found(started.traces(), CANARIES) == []
    with office(command=BY_SCRIPT, folder=home) as again, phone(browser, again) as page:
        assert again.seconds < SECOND_START
        assert again.rows("intake_report") == 1
        reporter.open_status(page, paper)
        assert canary.found(again.traces(), CANARIES) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_failure_of_ours_repeats_no_word(browser: Browser, *, script: bool) -> None:
    """A row nobody foresaw breaks the receiving: neither page nor log nor database says any of it."""
    with (
        office("--empty", like=ready_made("--empty")) as started,
        phone(browser, started, script=script) as page,
    ):
        reporter.write(page, LARGE)
        number = spoil(started, "seven")
        if script:
            expect(page.locator("[data-say=ready]")).to_be_visible()
        with page.expect_response(lambda one: one.request.method == "POST") as told:
            page.locator("#lapor button.wide").click()
        answer = told.value
        assert answer.status == 500
        assert "Ada gangguan di pihak kami" in answer.text()
        assert [word for word in CANARIES if word in answer.text()] == []
        assert "TypeError at" in started.log.read_text(encoding="utf-8")
        assert started.rows("tickets_ticket") == 0
        assert canary.found(started.traces(), CANARIES) == []
        spoil(started, number)
        if script:  # what she wrote is still in the page
            page.locator("#lapor button.wide").click()
            expect(page.locator("[data-words]")).not_to_be_empty()
            assert started.rows("intake_report") == 1


def spoil(started: Office, number: object) -> object:
    """Write this as the number of the trail's newest row; answers what stood there."""
    with closing(sqlite3.connect(started.folder / "teduh.sqlite3")) as database:
        (before,) = database.execute("SELECT number FROM audit_head").fetchone()
        database.execute("UPDATE audit_head SET number = ?", (number,))
        database.commit()
    return before


def without_temp(folder: Path) -> dict[str, str]:
    """Surroundings in which nobody finds a folder for temporary files."""
    nowhere = str(folder / "nowhere")
    (folder / "sitecustomize.py").write_text(f"import tempfile\ntempfile.tempdir = {nowhere!r}\n")
    return {"TMPDIR": nowhere, "SQLITE_TMPDIR": nowhere, "PYTHONPATH": str(folder)}


@contextmanager
def phone(browser: Browser, started: Office, *, script: bool = False) -> Iterator[Page]:
    """A phone at this office, without scripts unless told."""
    context = browser.new_context(
        base_url=started.url, locale="id-ID", java_script_enabled=script, **PHONE
    )
    yield context.new_page()
    context.close()
