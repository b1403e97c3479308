"""An officer writes while the padlock closes, or the session ends: not a word is lost, none is kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import flaws
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import Person, fresh_code, open_beside, person, sign_in, unlock
from tests.walks.reporter import Paper

TEXT = "Contoh kabar yang panjang penanda-4471."
BOX, SEND = "form[data-seal] textarea", "form[data-seal] button"
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"


@pytest.fixture
def paper(page_phone: PageMaker) -> Paper:
    """A report with a file."""
    phone = page_phone()
    reporter.write(phone)
    return reporter.send(phone)


@pytest.fixture
def page(paper: Paper, page_of: PageOf, office_server: Office) -> Page:
    """The officer's page of it, open, with a message begun."""
    desk = page_of("melati")
    begin(desk, paper, person(office_server, "melati"))
    return desk


def begin(page: Page, paper: Paper, who: Person) -> None:
    page.goto(f"/kantor/kunci/?next=/kantor/laporan/{paper.ticket}/")
    unlock(page, who)
    expect(page.locator("sealed-file")).to_contain_text(reporter.FILE_NAME)
    page.fill(BOX, TEXT)


def test_the_padlock_closes_and_is_opened_beside(page: Page, office_server: Office) -> None:
    expect(page.locator("sealed-file [data-save]")).to_be_visible()
    page.click("vault-padlock [data-when=open]")
    expect(page.locator("sealed-file [data-open]")).to_be_hidden()
    expect(page.locator("sealed-file [data-save]")).to_be_hidden()
    page.click(SEND)
    expect(page.locator("[data-say=locked]")).to_be_visible()
    with page.expect_popup() as beside:
        page.click("[data-say=locked] a")
    open_beside(beside.value, person(office_server, "melati"))
    assert TEXT not in page.evaluate(KEPT)
    expect(page.locator("sealed-file [data-open]")).to_be_visible()
    expect(page.locator(BOX)).to_have_value(TEXT)
    page.click(SEND)
    expect(page.locator("sealed-text[what='chat.message.text']").last).to_have_text(TEXT)


def test_the_padlock_itself_opens_beside_only_while_somebody_writes(page: Page) -> None:
    link = page.locator("vault-padlock a")
    page.click("vault-padlock [data-when=open]")
    with page.expect_popup() as beside:
        link.click()
    beside.value.close()
    expect(page.locator(BOX)).to_have_value(TEXT)
    page.fill(BOX, "")
    link.click()
    page.wait_for_url("**/kantor/kunci/?next=*")


def test_the_session_ends_and_what_was_written_is_sent_after_the_next_one(
    page_desk: PageMaker, paper: Paper, office_server: Office
) -> None:
    page, who = page_desk(), person(office_server, "kenanga")
    sign_in(page, who)
    begin(page, paper, who)
    elsewhere = page.context.new_page()
    elsewhere.goto("/kantor/akun/logout/")
    elsewhere.click("main form button")
    page.click(SEND)
    expect(page.locator("[data-say=over]")).to_be_visible()
    with page.expect_popup() as beside:
        page.click("[data-say=over] a")
    come_in(beside.value, who)
    open_beside(beside.value, who)
    expect(page.locator(BOX)).to_have_value(TEXT)
    page.click(SEND)
    expect(page.locator("sealed-text[what='chat.message.text']").last).to_have_text(TEXT)


def test_a_form_of_a_session_that_is_over_leads_back_in(
    page_desk: PageMaker, office_server: Office
) -> None:
    page = page_desk()
    sign_in(page, person(office_server, "seroja"))
    page.goto("/kantor/akun/logout/")
    page.context.clear_cookies()
    page.click("main form button")
    expect(page.locator("h1")).to_have_text("Sesi Anda sudah berakhir")
    assert flaws(page, ("light", "desk"), ("dark", "phone")) == []
    page.click("main a")
    page.wait_for_url("**/kantor/akun/login/")


def test_without_script_no_word_of_a_message_leaves(page: Page) -> None:
    address = page.url
    other = page.context.browser.new_context(  # type: ignore[union-attr]
        storage_state=page.context.storage_state(), java_script_enabled=False
    )
    plain = other.new_page()
    plain.goto(address)
    assert "JavaScript mati di peramban ini" in plain.content()
    expect(plain.locator(SEND)).to_be_disabled()
    assert plain.locator(BOX).get_attribute("name") is None
    other.close()


def come_in(page: Page, who: Person) -> None:
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", who.password)
    page.click("main button[type=submit]")
    page.fill("[name=code]", fresh_code(who))
    page.click("main button[type=submit]")
    page.wait_for_url("**/kantor/kunci/?tab=1")
