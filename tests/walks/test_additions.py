"""She sends first and adds the rest later under her ticket; the officer reads both, with their days."""

import pytest
from playwright.sync_api import Page, expect

from tests.support import canary
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock
from tests.walks.reporter import Paper

MORE = "Contoh lanjutan kenari-lanjutan-4419."
CALL = "sore, lewat kakak kenari-telepon-6127"
FILE_NAME, FILE_TEXT = "kenari-susulan-9034.txt", "Isi susulan kenari-isi-5582"
PLANTED = ["kenari-lanjutan-4419", "kenari-telepon-6127", "kenari-susulan-9034", "kenari-isi-5582"]


def begin(page: Page) -> None:
    """One sentence, sent first."""
    page.goto("/lapor/")
    page.fill("[data-what='intake.report.story']", "Contoh: dulu begini.")


def send_first(page: Page) -> Paper:
    """The button for later, with script."""
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("[name=later]")
    digits = page.locator("[data-digits]")
    expect(digits).not_to_be_empty()
    ticket = page.locator("[data-ticket]:not(form)").first.inner_text()
    return Paper(ticket, digits.inner_text())


def tell_more(page: Page) -> None:
    """Everything the page offers a little of."""
    page.fill("[data-what='intake.report.story']", MORE)
    page.check("[name=safe_now][value=unsafe]", force=True)
    page.check("[name=contact_via][value=none]", force=True)
    page.fill("[data-what='intake.report.contact_when']", CALL)
    page.locator("details:has(input[type=file]) > summary").click()
    file = {"name": FILE_NAME, "mimeType": "text/plain", "buffer": FILE_TEXT.encode()}
    page.set_input_files("input[type=file]", file)


def read_it(page: Page, office: Office, paper: Paper) -> None:
    """The officer reads the first words and the later ones, and opens the file."""
    page.goto(f"/kantor/kunci/?next=/kantor/laporan/{paper.ticket}/")
    unlock(page, person(office, "melati"))
    stories = page.locator("sealed-text[what='intake.report.story']")
    expect(stories.nth(0)).to_have_text("Contoh: dulu begini.")
    expect(stories.nth(1)).to_have_text(MORE)
    reach = page.locator(".reach")
    expect(reach).to_contain_text("Jangan hubungi saya")
    expect(reach.locator("sealed-text")).to_have_text(CALL)
    expect(page.locator("sealed-file")).to_contain_text(FILE_NAME)
    page.click("sealed-file [data-open]")
    expect(page.locator("sealed-file [data-view]")).to_contain_text(FILE_TEXT)
    page.goto("/kantor/?bahaya=unsafe")
    row = page.locator("tr", has_text=paper.ticket)
    expect(row).to_contain_text("ada tambahan")
    expect(row).to_contain_text("Tidak aman")


def test_what_is_added_is_sealed_in_the_browser_and_read(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    phone = page_phone()
    begin(phone)
    paper = send_first(phone)
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.post_data or ""))
    reporter.open_status(phone, paper)
    sent.clear()
    phone.click("a[href='/status/tambah/']")
    tell_more(phone)
    expect(phone.locator("[data-say=ready]")).to_be_visible()
    phone.fill("[name=ticket]", paper.ticket)
    phone.fill("[name=code]", paper.digits)
    phone.click("#tambah button.wide")
    expect(phone.locator("h1")).to_have_text("Tersimpan.")
    expect(phone.locator("[data-files]")).to_contain_text("Tersimpan")
    assert not any(paper.digits.replace(" ", "") in body.replace(" ", "") for body in sent)

    read_it(page_of("melati"), office_server, paper)
    assert canary.found(office_server.traces(), PLANTED) == []


@pytest.mark.parametrize("remembered", [True, False], ids=["cookie", "typed"])
def test_the_same_without_script(
    page_phone: PageMaker, page_of: PageOf, office_server: Office, *, remembered: bool
) -> None:
    phone = page_phone(java_script_enabled=False)
    begin(phone)
    paper = reporter.send_without_script(phone)
    if remembered:
        reporter.open_status_for_minutes(phone, paper)
        phone.click("a[href='/status/tambah/']")
    else:
        phone.goto("/status/tambah/")
        phone.fill("[name=ticket]", paper.ticket)
        phone.fill("[name=code]", paper.digits)
    tell_more(phone)
    phone.locator("#tambah button.wide").click()
    expect(phone.locator("[role=status]").first).to_contain_text("Tersimpan.")

    read_it(page_of("melati"), office_server, paper)
    assert canary.found(office_server.traces(), PLANTED) == []


def test_a_wrong_code_keeps_what_was_written(page_phone: PageMaker) -> None:
    phone = page_phone()
    begin(phone)
    paper = send_first(phone)
    phone.goto("/status/tambah/")
    tell_more(phone)
    expect(phone.locator("[data-say=ready]")).to_be_visible()
    phone.fill("[name=ticket]", paper.ticket)
    phone.fill("[name=code]", "0000 0000 0000 0000 0000")
    phone.click("#tambah button.wide")
    expect(phone.locator("[data-say=wrong]")).to_be_visible()
    expect(phone.locator("[data-what='intake.report.story']")).to_have_value(MORE)
    phone.fill("[name=code]", paper.digits)
    phone.click("#tambah button.wide")
    expect(phone.locator("h1")).to_have_text("Tersimpan.")
