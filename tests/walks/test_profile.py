"""Somebody takes the phone afterwards and reads every file of the browser: no word is there.

History with the address and the title is what a browser keeps of every page; see the safety page.
The packed Chromium keeps neither history nor sessions: one that does is named by TEDUH_CHROMIUM, and
tests/house/test_every_form.py holds what keeps words out of its sessions.
"""

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.support import canary, chromium
from tests.support.elsewhere import Elsewhere
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PHONE, WAIT_MILLISECONDS
from tests.walks.reporter import CANARIES, Paper
from tests.walks.test_evidence import png

QUESTION, PHOTO, PLACE = "kenari-tanya-8206", "kenari-foto-3390.png", "kenari-lokasi-6147"
ON_THE_DISK = 6_000  # milliseconds; a browser writes its session down every 2.5 seconds
Phone = Callable[..., BrowserContext]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def phone(browser: Browser, office_server: Office, profile: Path) -> Phone:
    """A phone that keeps what it wants to keep: `phone(script=False)`."""

    def take(*, script: bool) -> BrowserContext:
        context = chromium.launch_with_profile(
            browser.browser_type,
            profile,
            base_url=office_server.url,
            locale="id-ID",
            java_script_enabled=script,
            **PHONE,
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        return context

    return take


def kept(profile: Path, words: list[str]) -> list[str]:
    """Which of these words lie in the profile, and where."""
    files = [one for one in profile.rglob("*") if one.is_file()]
    assert files
    return canary.found(files, words, canary.unpacked)


def cookies(profile: Path) -> set[str]:
    """Names of the cookies on the disk."""
    names: set[str] = set()
    for path in profile.rglob("Cookies"):
        with closing(sqlite3.connect(path)) as database:
            names |= {name for (name,) in database.execute("SELECT name FROM cookies")}
    return names


def secrets(page: Page, paper: Paper) -> list[str]:
    """All that nobody may find: what was typed, what was read, ticket and code as they are spelled."""
    words = page.locator("[data-words]").last.inner_text()
    assert len(words.split()) == 6
    return [*CANARIES, paper.ticket, paper.digits, paper.digits.replace(" ", ""), words]


def test_the_search_finds_what_a_browser_keeps(phone: Phone, profile: Path) -> None:
    """A word in a page's storage, and one in a script that came packed and lies in the cache."""
    context = phone(script=True)
    page = context.pages[0]
    page.goto("/lapor/")
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.evaluate("localStorage.setItem('contoh', 'kenari-simpan-0001')")
    context.close()
    found = {
        one.partition(": ")[2] for one in kept(profile, ["kenari-simpan-0001", "teduh/v1/kode"])
    }
    assert found == {"kenari-simpan-0001", "teduh/v1/kode"}


def test_after_the_quick_exit_no_file_holds_a_word(
    phone: Phone, profile: Path, neutral: Elsewhere
) -> None:
    context = phone(script=True)
    page = context.pages[0]
    page.goto("/")
    reporter.write(page)
    paper = reporter.send(page)
    nobody = secrets(page, paper)
    reporter.open_status(page, paper)
    page.click("[data-to-messages]")
    page.fill("[data-reply] textarea", reporter.REPLY)
    page.click("[data-reply] button.wide")
    expect(page.locator("[data-messages]")).to_contain_text(reporter.REPLY)
    page.goto("/tanya/")
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.fill("#tanya textarea", QUESTION)
    page.click("#tanya button.wide")
    expect(page.locator("[data-messages]")).to_contain_text(QUESTION)
    page.click("[data-attaching] button")
    photo = png(64, PLACE.encode())
    chosen: Any = {"name": PHOTO, "mimeType": "image/png", "buffer": photo}
    page.set_input_files("[data-attaching] input", chosen)
    page.click("[data-reply] button.wide")
    expect(page.locator("[data-files]")).to_contain_text("Tersimpan")
    page.wait_for_timeout(ON_THE_DISK)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(neutral.url)
    context.close()
    assert kept(profile, [*nobody, QUESTION, PHOTO, PLACE]) == []
    assert cookies(profile) <= {"x"}


def test_without_script_the_exit_leaves_no_word_either(
    phone: Phone, profile: Path, neutral: Elsewhere
) -> None:
    context = phone(script=False)
    page = context.pages[0]
    reporter.write(page)
    paper = reporter.send_without_script(page)
    nobody = secrets(page, paper)
    reporter.open_status_for_minutes(page, paper)
    page.goto("/status/pesan/")
    page.fill("[name=text]", reporter.REPLY)
    page.locator("main form button.wide").first.click()
    expect(page.locator("main")).to_contain_text(reporter.REPLY)
    page.wait_for_timeout(ON_THE_DISK)
    page.click(".exit a")
    page.wait_for_url(neutral.url)
    context.close()
    assert kept(profile, nobody) == []
    assert cookies(profile) <= {"x"}


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_that_dies_over_a_half_written_form_holds_no_word(
    phone: Phone, profile: Path, *, script: bool
) -> None:
    context = phone(script=script)
    page = context.pages[0]
    reporter.write(page)
    page.wait_for_timeout(ON_THE_DISK)
    kill(profile)
    with suppress(Error):
        context.close()
    assert kept(profile, CANARIES) == []
    assert cookies(profile) == set()


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_that_dies_over_ticket_and_code_holds_neither(
    phone: Phone, profile: Path, *, script: bool
) -> None:
    context = phone(script=script)
    page = context.pages[0]
    reporter.write(page)
    paper = reporter.send(page) if script else reporter.send_without_script(page)
    nobody = secrets(page, paper)
    page.wait_for_timeout(ON_THE_DISK)
    kill(profile)
    with suppress(Error):
        context.close()
    assert kept(profile, nobody) == []


def kill(profile: Path) -> None:
    """End every process of the browser that has this profile as a flat battery would."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(profile).encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
