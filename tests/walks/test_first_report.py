"""A woman reports, an officer reads and answers, she reads the answer: the main job, whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.server import Office
from tests.walks.conftest import PageMaker
from tests.walks.people import person, sign_in, unlock

STORY = "Kisah uji: kata-kata kenari-7431 hanya untuk petugas."
NAME = "Contoh Penanda-9162"
SAFE_WAY = "lewat tetangga penanda-5507"
FILE_TEXT = "Isi bukti penanda-3388"
ANSWER = "Kami sudah membaca, balasan penanda-6619."
REPLY = "Terima kasih, kabar penanda-2274."
PLANTED = (
    "kenari-7431",
    "Penanda-9162",
    "penanda-5507",
    "penanda-3388",
    "penanda-6619",
    "penanda-2274",
)

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


@dataclass(frozen=True)
class Paper:
    """What she copies from the answer page."""

    ticket: str
    digits: str


def write_report(page: Page) -> None:
    """Fill in a few of the questions, as somebody with little time would."""
    page.goto("/lapor/")
    page.check("[name=safe_now][value=unsafe]", force=True)
    page.fill("[data-what='intake.report.story']", STORY)
    open_all(page)
    page.fill("[data-what='intake.report.name']", NAME)
    page.fill("[data-what='intake.report.contact_how']", SAFE_WAY)
    page.set_input_files(
        "input[type=file]",
        {"name": "bukti.txt", "mimeType": "text/plain", "buffer": FILE_TEXT.encode()},
    )


def open_all(page: Page) -> None:
    """Unfold every group of questions."""
    folded = page.locator("#lapor details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def report_with_script(page: Page) -> Paper:
    """Send it sealed in the browser."""
    write_report(page)
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#lapor button.wide")
    expect(page.locator("[data-digits]")).to_have_text(re.compile(r"(\d{4} ?){5}"))
    expect(page.locator("[data-files]")).to_contain_text("Tersimpan")
    expect(page.locator("[data-words]")).not_to_be_empty()
    return Paper(
        page.locator("[data-ticket]:not(form)").first.inner_text(),
        page.locator("[data-digits]").inner_text(),
    )


def read_and_answer(page: Page, office: Office, paper: Paper) -> None:
    """The officer unlocks, reads the same words, opens the same file, answers."""
    who = person(office, "melati")
    sign_in(page, who)
    page.goto(f"/kantor/kunci/?next=/kantor/laporan/{paper.ticket}/")
    unlock(page, who)
    expect(page.locator("sealed-text[what='intake.report.story']")).to_have_text(STORY)
    expect(page.locator("sealed-text[what='intake.report.name']")).to_have_text(NAME)
    expect(page.locator("sealed-text[what='intake.report.contact_how']")).to_have_text(SAFE_WAY)
    page.click("sealed-file [data-open]")
    expect(page.locator("sealed-file [data-view]")).to_contain_text(FILE_TEXT)
    page.fill("form[data-seal] textarea", ANSWER)
    page.locator("form[data-seal] button").last.click()
    expect(page.locator("sealed-text[what='chat.message.text']").last).to_have_text(ANSWER)
    page.click("button[value=taken]")
    expect(page.locator("main")).to_contain_text("Ditangani")
    page.goto("/kantor/")
    row = page.locator("tr", has_text=paper.ticket)
    expect(row.locator("sealed-card b")).to_have_text(NAME)
    page.goto(f"/kantor/laporan/{paper.ticket}/")


@pytest.mark.parametrize("native", [True, False], ids=["native", "old-browser"])
def test_a_report_sealed_in_the_browser_is_read_and_answered(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office, *, native: bool
) -> None:
    phone = page_phone()
    if not native:
        phone.add_init_script(OLD_BROWSER)
    paper = report_with_script(phone)

    desk = page_desk()
    read_and_answer(desk, office_server, paper)

    later = page_phone()
    if not native:
        later.add_init_script(OLD_BROWSER)
    later.goto("/status/pesan/")
    later.fill("#pesan [name=ticket]", paper.ticket)
    later.fill("#pesan [name=code]", paper.digits)
    later.click("#pesan button")
    expect(later.locator("[data-messages]")).to_contain_text(ANSWER)
    later.fill("[data-reply] textarea", REPLY)
    later.click("[data-reply] button")
    expect(later.locator("[data-messages]")).to_contain_text(REPLY)
    desk.reload()
    expect(desk.locator("sealed-text[what='chat.message.text']").last).to_have_text(REPLY)

    later.goto("/status/")
    later.fill("[name=ticket]", paper.ticket)
    later.fill("[name=code]", paper.digits)
    later.locator("main form button").first.click()
    expect(later.locator("main")).to_contain_text("Sedang ditelaah")
    assert nothing_readable(office_server.folder) == []


def test_the_same_without_script(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office
) -> None:
    phone = page_phone(java_script_enabled=False)
    write_report(phone)
    phone.locator("#lapor button.wide").click()
    phone.wait_for_url("**/lapor/tersimpan/")
    text = phone.locator("main").inner_text()
    ticket, digits = re.search(r"TDH-\w{4}-\w{4}", text), re.search(r"\d{4}(?:\s\d{4}){4}", text)
    assert ticket
    assert digits
    paper = Paper(ticket[0], digits[0])

    read_and_answer(page_desk(), office_server, paper)

    later = page_phone(java_script_enabled=False)
    later.goto("/status/")
    later.fill("[name=ticket]", paper.ticket)
    later.fill("[name=code]", paper.digits)
    later.locator("main form button").first.click()
    expect(later.locator("main")).to_contain_text("Sedang ditelaah")
    later.goto("/status/pesan/")
    expect(later.locator("main")).to_contain_text(ANSWER)
    later.fill("textarea[name=text]", REPLY)
    later.locator("form:has(textarea) button").last.click()
    expect(later.locator("main")).to_contain_text(REPLY)
    assert nothing_readable(office_server.folder) == []


def nothing_readable(folder: Path) -> list[str]:
    """Files of the office that hold one of the planted words; the canary of sealing.md 14."""
    return [
        f"{path.name}: {word}"
        for path, body in _bodies(folder)
        for word in PLANTED
        if word.encode() in body or word.lower().encode() in body.lower()
    ]


def _bodies(folder: Path) -> Iterator[tuple[Path, bytes]]:
    log = folder.with_suffix(".log")
    for path in (*folder.rglob("*"), log):
        if path.is_file():
            yield path, path.read_bytes()
