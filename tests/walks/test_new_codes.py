"""She has lost her code, gets another at the desk, and makes it her own on her phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support import pages
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock
from tests.walks.reporter import Paper

BEFORE, AFTER = "Contoh kabar lama penanda-1.", "Contoh kabar baru penanda-2."


@pytest.fixture
def paper(page_phone: PageMaker) -> Paper:
    """What she copied after a report that says who she is."""
    page = page_phone(java_script_enabled=False)
    page.goto("/lapor/")
    page.fill("[name=story]", "Contoh satu kalimat.")
    for summary in page.locator("#lapor details > summary").all():
        summary.click()
    page.fill("[name=name]", "Contoh Kenanga")
    page.fill("[name=contact_words]", "dari toko kain")
    return reporter.send_without_script(page)


def answer(page: Page, ticket: str, text: str) -> None:
    """The officer writes to whoever holds the ticket."""
    page.goto(f"/kantor/laporan/{ticket}/")
    page.fill("#message-text", text)
    page.click("#pesan form button.button")
    expect(page.locator("#pesan .thread")).to_contain_text(text)


def test_a_lost_code_is_replaced_and_changed_at_the_first_use(
    page_phone: PageMaker, page_of: PageOf, office_server: Office, paper: Paper
) -> None:
    desk, phone = page_of("melati"), page_phone()
    unlock(desk, person(office_server, "melati"))
    answer(desk, paper.ticket, BEFORE)

    desk.goto(f"/kantor/laporan/{paper.ticket}/kode/")
    expect(desk.locator("main")).to_contain_text("dari toko kain")
    for fact in ("name", "words"):
        desk.check(f"[name=facts][value={fact}]", force=True)
    desk.check("[name=met][value=here]", force=True)
    pages.bars_nobody(desk, "desk:reissue")
    desk.click("[data-reissue] button.button")
    expect(desk.locator(".slip-out [data-words] span")).to_have_count(6)
    slip = Paper(
        paper.ticket, " ".join(desk.locator(".slip-out [data-digits] span").all_inner_texts())
    )

    phone.goto("/status/")
    reporter.show(phone, paper)
    expect(phone.locator("[data-say=wrong]").first).to_be_visible()
    reporter.open_status(phone, slip)
    phone.click("button[name=ganti]")
    expect(phone.locator("[data-new-code] [data-words]")).not_to_be_empty()
    assert pages.barriers(phone) == []
    own = Paper(paper.ticket, phone.locator("[data-new-code] [data-digits]").inner_text())
    phone.click("[data-new-code] button")
    phone.click("[data-to-messages]")
    expect(phone.locator("[data-thread]")).to_be_visible()
    expect(phone.locator("[data-messages]")).not_to_contain_text(BEFORE)

    phone.fill("[data-reply] textarea", reporter.REPLY)
    phone.click("[data-reply] button.wide")
    expect(phone.locator("[data-messages]")).to_contain_text(reporter.REPLY)
    desk.goto(f"/kantor/laporan/{paper.ticket}/")
    expect(desk.locator("#pesan .thread")).to_contain_text(reporter.REPLY)
    expect(desk.locator("#pesan .thread")).to_contain_text(BEFORE)
    answer(desk, paper.ticket, AFTER)
    later = page_phone(java_script_enabled=False)
    later.goto("/status/pesan/")
    reporter.show(later, own)
    expect(later.locator(".thread")).to_contain_text(
        re.compile(f"{reporter.REPLY}.*{AFTER}", re.DOTALL)
    )
    with pages.scripts_off(phone):
        reporter.open_status_for_minutes(phone, own)
        phone.goto("/status/kode/")
    pages.bars_nobody_without_script(phone, "intake:change")
