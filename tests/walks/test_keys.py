"""A month turns over: a new team key, a newly signed list, a new colleague who comes to read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support import pages
from tests.support.server import Office, office, ready_made
from tests.walks import reporter
from tests.walks.conftest import PageMaker
from tests.walks.people import Person, fresh_code, person, sign_in, unlock
from tests.walks.waiting import until

NEW = "Contoh Pinang"
EMAIL, PASSWORD = "pinang@contoh.invalid", "empat-kata-tanpa-arti"


@pytest.fixture(scope="module")
def office_server() -> Iterator[Office]:
    """An office of its own: this walk changes its keys."""
    with office("--empty", like=ready_made("--empty")) as started:
        yield started


def keys_page(page: Page) -> None:
    """The page of keys, with the padlock open."""
    page.goto("/kantor/kunci/tim/")
    expect(page.locator("vault-padlock")).to_have_attribute("data-state", "open")


def ask(page: Page, name: str) -> None:
    """Press the button whose answer the browser makes, and wait for the page's word."""
    page.get_by_role("button", name=name).first.click()
    expect(page.locator(".notice.success")).to_be_visible()


def invited(lead: Page, server: Office) -> str:
    """Invite a colleague; answers the link of the message that the clock lays down."""
    lead.goto("/kantor/anggota/undang/")
    lead.fill("[name=name]", NEW)
    lead.fill("[name=email]", EMAIL)
    lead.select_option("[name=agency]", label="UPTD PPA (contoh)")
    lead.check("[name=roles][value=officer]", force=True)
    lead.get_by_text("Tim asesmen").click()
    lead.click("main form button")
    links: list[str] = []

    def has_come() -> bool:
        texts = [
            one.read_text(encoding="utf-8") for one in Path(server.folder, "outbox").glob("*.txt")
        ]
        found = [
            re.search(r"https?://[^/\s]+(/kantor/\S+)", text) for text in texts if EMAIL in text
        ]
        links[:] = [one[1] for one in found if one]
        return bool(links)

    until(lead, has_come)
    return links[0]


def join(page: Page, link: str) -> Person:
    """Choose a password, set up the second factor, make a phrase; answers who that is."""
    page.goto(link)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main form button")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.click("main details summary")
    seed = page.locator("main details code").inner_text().replace(" ", "")
    who = Person(EMAIL, PASSWORD, "", seed)
    page.fill("[name=code]", fresh_code(who))
    page.click("main form button")
    expect(page.locator("ul.codes")).to_be_visible()
    page.goto("/kantor/kunci/frasa/")
    expect(page.locator("[data-phrase-shown]")).to_have_text(re.compile(r"^(\w+ ){5}\w+$"))
    phrase = page.locator("[data-phrase-shown]").inner_text()
    page.fill("#again", "kata lain")
    page.click("[data-new-phrase] button")
    expect(page.locator("[data-say=different]")).to_be_visible()
    page.fill("#again", phrase)
    page.click("[data-new-phrase] button")
    expect(page.locator("[data-fingerprint-shown]")).to_have_text(re.compile(r"^\w{4}( \w{4}){3}$"))
    assert pages.barriers(page) == []
    return Person(EMAIL, PASSWORD, phrase, seed)


def test_keys_are_renewed_and_a_new_colleague_reads(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office
) -> None:
    lead, who = page_desk(), person(office_server, "seroja")
    sign_in(lead, who)
    unlock(lead, who)
    newcomer = page_desk()
    joined = join(newcomer, invited(lead, office_server))
    told = newcomer.locator("[data-fingerprint-shown]").inner_text()

    keys_page(lead)
    ask(lead, "Buat kunci baru")
    keys_page(lead)
    expect(lead.locator("[data-fingerprint]")).to_have_text(told)
    assert pages.barriers(lead) == []
    lead.check("[data-confirmed]", force=True)
    ask(lead, "Tandatangani daftar")
    lead.goto("/kantor/kunci/")  # the new key comes with the next opening
    unlock(lead, who)
    keys_page(lead)
    ask(lead, "Beri kunci")

    phone = page_phone()
    reporter.write(phone)
    paper = reporter.send(phone)
    newcomer.goto("/kantor/kunci/")
    unlock(newcomer, joined)
    newcomer.goto(f"/kantor/laporan/{paper.ticket}/")
    story = newcomer.locator("sealed-text[what='intake.report.story']")
    expect(story).to_have_text(reporter.SENTENCES["intake.report.story"])
