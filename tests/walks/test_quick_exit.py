"""Somebody comes into the room: the page is gone at once, and Back does not bring it again."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.elsewhere import Elsewhere
from tests.walks.conftest import PageMaker
from tests.walks.reporter import SENTENCES
from tests.walks.waiting import until

STORY = "[data-what='intake.report.story']"
# Runs after the exit's own listener and tells what can be seen then, before anything has answered.
WATCHER = """() => addEventListener("keydown", () => console.log(JSON.stringify({
  shown: getComputedStyle(document.documentElement).display,
  title: document.title,
  words: Array.from(document.querySelectorAll("textarea, input"), (one) => one.value).join(""),
})))"""


def typed(page: Page) -> None:
    """Somebody has come by the front page and typed."""
    page.goto("/")
    page.goto("/lapor/")
    page.fill(STORY, SENTENCES["intake.report.story"])


def test_esc_twice_blanks_at_once_and_leads_away(page_phone: PageMaker, neutral: Elsewhere) -> None:
    page, told, leaving = page_phone(), list[str](), list[Route]()
    page.route(neutral.url, lambda route: leaving.append(route))  # the page stays to be heard
    typed(page)
    page.on("console", lambda line: told.append(line.text))
    page.evaluate(WATCHER)
    page.keyboard.press("Escape")
    with page.expect_request(re.compile("/keluar/tanda/$")) as beacon:
        page.keyboard.press("Escape")
    until(page, lambda: leaving and len(told) > 1)
    leaving[0].continue_()
    page.wait_for_url(neutral.url)
    once, twice = [json.loads(line) for line in told if line.startswith("{")]
    assert (once["shown"], once["title"]) == ("block", "Teduh")
    assert (twice["shown"], twice["title"]) == ("none", "\u200b")
    story = SENTENCES["intake.report.story"]
    assert story in once["words"]
    assert story not in twice["words"]
    assert beacon.value.method == "POST"


@pytest.mark.parametrize("address", ["/hilang/", "/en/", "/status/pesan/"])
def test_every_public_page_is_left_as_quickly(
    page_phone: PageMaker, neutral: Elsewhere, address: str
) -> None:
    page = page_phone()
    page.goto(address)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(neutral.url)


def test_the_form_is_replaced_in_the_history(page_phone: PageMaker, neutral: Elsewhere) -> None:
    page = page_phone()
    typed(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(neutral.url)
    page.go_back()
    assert page.url.endswith("/")
    assert "/lapor/" not in page.url
    page.go_forward()
    assert page.url == neutral.url


def test_back_after_the_exit_finds_none_of_our_pages(
    page_phone: PageMaker, neutral: Elsewhere
) -> None:
    """Each page took the place of the one before: the skip link and the other language too."""
    page = page_phone()
    page.goto("/")
    for address in ("/bantuan/", "/lapor/", "/en/lapor/", "/lapor/"):
        page.click(f"main a[href='{address}'], nav a[href='{address}']")
        page.wait_for_url(f"**{address}")
    page.focus(".skip")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lapor/#isi")
    page.fill(STORY, SENTENCES["intake.report.story"])
    page.click(".exit a")
    page.wait_for_url(neutral.url)
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_away_and_back_shows_nothing_typed(
    page_phone: PageMaker, neutral: Elsewhere, *, script: bool
) -> None:
    page = page_phone(java_script_enabled=script)
    typed(page)
    page.click(".exit a")
    page.wait_for_url(neutral.url)
    assert set(neutral.referrers) == {""}
    page.go_back()
    if "/lapor/" not in page.url:
        page.goto("/lapor/")
    expect(page.locator(STORY)).to_have_value("")


def test_without_script_the_link_tells_the_browser_to_forget(
    page_phone: PageMaker, neutral: Elsewhere
) -> None:
    page = page_phone(java_script_enabled=False)
    page.goto("/")
    with page.expect_response("**/keluar/") as told:
        page.click(".exit a")
    answer = told.value
    assert answer.status == 303
    assert answer.header_value("location") == neutral.url
    assert answer.header_value("clear-site-data") == '"cache", "storage"'
    cookie, *rules = (answer.header_value("set-cookie") or "").split("; ")
    assert cookie == "x=1"
    assert {"HttpOnly", "Max-Age=1", "SameSite=Strict"} <= set(rules)


def test_a_picture_on_a_page_of_others_makes_nothing_forgotten(
    page_phone: PageMaker, neutral: Elsewhere
) -> None:
    """Storage holds an officer's open vault: an image anywhere could lock it over and over."""
    page = page_phone()
    page.goto("/")
    page.evaluate("sessionStorage.setItem('contoh', 'ada')")
    other = page.context.new_page()
    other.goto(neutral.url)
    address = page.evaluate("new URL('/keluar/tanda/', location).href")
    other.evaluate(
        "(address) => new Promise((done) => {"
        " const picture = new Image(); picture.onerror = done; picture.src = address; })",
        address,
    )
    assert page.evaluate("sessionStorage.getItem('contoh')") == "ada"
