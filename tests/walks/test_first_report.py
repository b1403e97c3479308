"""A woman reports, an officer reads and answers, she reads the answer: the main job, whole."""

import pytest
from playwright.sync_api import Page, expect

from tests.support import canary
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock
from tests.walks.reporter import ANSWER, CANARIES, FILE_NAME, FILE_TEXT, REPLY, SENTENCES, Paper

# A browser from before native X25519 and Ed25519.
OLD_BROWSER = """
for (const name of ["generateKey", "importKey", "sign", "verify", "deriveBits"]) {
  const native = SubtleCrypto.prototype[name];
  SubtleCrypto.prototype[name] = function (...given) {
    const text = JSON.stringify(given, (_key, value) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? "" : value);
    if (/Ed25519|X25519/.test(text)) return Promise.reject(new DOMException("", "NotSupportedError"));
    return native.apply(this, given);
  };
}
"""


def read_and_answer(page: Page, office: Office, paper: Paper) -> None:
    """The officer unlocks, reads the same words, opens the same file, answers."""
    page.goto(f"/kantor/kunci/?next=/kantor/laporan/{paper.ticket}/")
    unlock(page, person(office, "melati"))
    for what, sentence in SENTENCES.items():
        expect(page.locator(f"sealed-text[what='{what}']").first).to_have_text(sentence)
    expect(page.locator("sealed-file")).to_contain_text(FILE_NAME)
    page.click("sealed-file [data-open]")
    expect(page.locator("sealed-file [data-view]")).to_contain_text(FILE_TEXT)
    page.fill("form[data-seal] textarea", ANSWER)
    page.locator("form[data-seal] button").last.click()
    expect(page.locator("sealed-text[what='chat.message.text']").last).to_have_text(ANSWER)
    page.click("button[value=taken]")
    expect(page.locator("main")).to_contain_text("Ditangani")
    page.goto("/kantor/?keadaan=taken")
    row = page.locator("tr", has_text=paper.ticket)
    expect(row.locator("sealed-card b")).to_have_text(SENTENCES["intake.report.name"])
    page.fill("#cari", "kenari contoh")
    expect(page.locator("[data-results] a", has_text=paper.ticket)).to_be_visible()
    page.fill("#cari", "nama yang tidak ada")
    expect(page.locator("[data-search] [data-say=none]")).to_be_visible()
    page.goto(f"/kantor/laporan/{paper.ticket}/")


def read_out_to_a_caller(desk: Page, paper: Paper) -> None:
    """The officer types what the caller says, and reads the stage; the code is nowhere after it."""
    desk.goto("/kantor/telepon/")
    desk.fill("#tiket", paper.ticket)
    desk.fill("#kode", "1" * 20)
    desk.click("[data-messages-form] button")
    expect(
        desk.locator("[data-say=code], [data-say=wrong]").locator("visible=true")
    ).to_be_visible()
    desk.fill("#kode", paper.digits)
    desk.click("[data-messages-form] button")
    expect(desk.locator("[data-shown]")).to_contain_text("Sedang ditelaah")
    expect(desk.locator("#kode")).to_have_value("")
    desk.click("text=Penelepon berikutnya")
    expect(desk.locator("#tiket")).to_have_value("")


@pytest.mark.parametrize("native", [True, False], ids=["native", "old-browser"])
def test_a_report_sealed_in_the_browser_is_read_and_answered(
    page_phone: PageMaker, page_of: PageOf, office_server: Office, *, native: bool
) -> None:
    phone, later, desk = page_phone(), page_phone(), page_of("melati")
    for page in () if native else (phone, later):
        page.add_init_script(OLD_BROWSER)
    reporter.write(phone)
    paper = reporter.send(phone)

    read_and_answer(desk, office_server, paper)

    reporter.open_messages(later, paper)
    expect(later.locator("[data-messages]")).to_contain_text(ANSWER)
    later.fill("[data-reply] textarea", REPLY)
    later.click("[data-reply] button.wide")
    expect(later.locator("[data-messages]")).to_contain_text(REPLY)
    desk.reload()
    expect(desk.locator("sealed-text[what='chat.message.text']").last).to_have_text(REPLY)
    reporter.open_status(later, paper)
    expect(later.locator("main")).to_contain_text("Sedang ditelaah")
    read_out_to_a_caller(desk, paper)
    assert canary.found(office_server.traces(), CANARIES) == []


def test_the_same_without_script(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    phone = page_phone(java_script_enabled=False)
    reporter.write(phone)
    paper = reporter.send_without_script(phone)

    read_and_answer(page_of("melati"), office_server, paper)

    later = page_phone(java_script_enabled=False)
    reporter.open_status_for_minutes(later, paper)
    expect(later.locator("main")).to_contain_text("Sedang ditelaah")
    later.goto("/status/pesan/")
    expect(later.locator("main")).to_contain_text(ANSWER)
    later.fill("textarea[name=text]", REPLY)
    later.locator("form:has(textarea) button").last.click()
    expect(later.locator("main")).to_contain_text(REPLY)
    assert canary.found(office_server.traces(), CANARIES) == []
