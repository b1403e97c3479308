"""A case in the browser: opened from a report, told once, opened in place, locked again."""

import re

from playwright.sync_api import Page, expect

from tests.support.server import Office
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock


def open_report(page: Page) -> str:
    """The page of a report whose sender left a name; answers its ticket."""
    page.goto("/kantor/?keadaan=taken")
    opened = page.locator("tbody tr", has=page.locator("sealed-card[data-state=open]"))
    named = opened.filter(has_not_text="tanpa nama")
    named.first.locator("a").first.click()
    page.wait_for_url("**/kantor/laporan/**")
    return page.locator("h1").inner_text()


def test_a_case_is_opened_and_what_she_told_is_not_asked_again(
    page_of: PageOf, office_server: Office
) -> None:
    page = page_of("melati")
    unlock(page, person(office_server, "melati"))
    ticket = open_report(page)
    page.get_by_role("link", name="Buka kasus").click()
    name = page.locator("[data-part=name]")
    expect(name).not_to_have_value("")  # carried over from the report, opened in this browser
    known = name.input_value()
    page.locator("[data-part=note]").fill("kenari-kasus-3391")
    page.select_option("[name=main_kind]", "physical")
    page.get_by_role("button", name="Buka kasus").click()
    page.wait_for_url(re.compile(r"/kantor/kasus/KSS-[0-9A-Z]{4}-[0-9A-Z]{4}/$"))
    card = page.locator("sealed-parts").first
    expect(card.locator("[data-part=name]")).to_have_text(known)
    expect(card.locator("[data-part=note]")).to_have_text("kenari-kasus-3391")
    expect(page.locator("#janji")).to_contain_text("Visum")
    expect(page.get_by_role("link", name=ticket)).to_be_visible()
    page.locator("vault-padlock [data-when=open]").click()
    expect(card.locator("[data-part=name]")).to_have_text("••••••")
    for file in office_server.traces():
        assert b"kenari-kasus-3391" not in file.read_bytes()
