"""The reporter of the walks: what she writes, how she sends it, how she comes back."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.support.server import Office

SENTENCES = {  # one for every sealed answer of the form; the longest word of each is its canary
    "intake.report.story": "Kisah uji: kata-kata kenari-kisah-7431 hanya untuk petugas.",
    "intake.report.who_did": "Contoh tetangga kenari-pelaku-1176",
    "intake.report.where_note": "di dekat pasar kenari-tempat-2093",
    "intake.report.needs_note": "teman bicara kenari-butuh-6650",
    "intake.report.hopes": "semoga tenang kenari-harapan-8812",
    "intake.report.name": "Contoh Kenari-Nama-9162",
    "intake.report.contact_how": "lewat tetangga kenari-kontak-5507",
    "intake.report.contact_when": "siang saja kenari-waktu-3741",
    "intake.report.contact_words": "dari toko kain kenari-sandi-4286",
    "intake.report.unsafe_officer": "Contoh petugas kenari-hindari-7718",
}
FILE_NAME = "kenari-berkas-2864.txt"
FILE_TEXT = "Isi bukti kenari-bukti-3388"
LARGE = FILE_TEXT.encode() * 150_000  # over 2.5 MB, from where Django would write a file by itself
ARRIVAL_SECONDS = 0.5  # until what was sent has been read
REPLY = "Terima kasih, kabar kenari-kabar-2274."
ANSWER = "Kami sudah membaca, balasan kenari-balasan-6619."  # what the officer writes
CANARY = re.compile(r"kenari-\w+-\d{4}", re.IGNORECASE)
CANARIES = CANARY.findall(" ".join((*SENTENCES.values(), FILE_NAME, FILE_TEXT, REPLY, ANSWER)))


@dataclass(frozen=True)
class Paper:
    """What she copies from the answer page."""

    ticket: str
    digits: str


def write(page: Page, file: bytes = FILE_TEXT.encode(), *, language: str = "") -> None:
    """Answer every question that is answered in words, and add a file; `language` may be "/en"."""
    page.goto(f"{language}/lapor/")
    page.check("[name=safe_now][value=unsafe]", force=True)
    _unfold(page)
    for what, sentence in SENTENCES.items():
        page.fill(f"[data-what='{what}']", sentence)
    evidence: Any = {"name": FILE_NAME, "mimeType": "text/plain", "buffer": file}
    page.set_input_files("input[type=file][multiple]", evidence)


def send(page: Page, *, files: bool = True) -> Paper:
    """Send it sealed in the browser, and wait until the file has followed, if there is one."""
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#lapor button.wide")
    expect(page.locator("[data-digits]")).to_have_text(re.compile(r"(\d{4} ?){5}"))
    if files:
        expect(page.locator("[data-files]")).to_contain_text(re.compile("Tersimpan|Kept"))
    expect(page.locator("[data-words]")).not_to_be_empty()
    return Paper(
        page.locator("[data-ticket]:not(form)").first.inner_text(),
        page.locator("[data-digits]").inner_text(),
    )


def send_without_script(page: Page) -> Paper:
    """Send it to be sealed by the server, and copy the answer."""
    page.locator("#lapor button.wide").click()
    page.wait_for_url(re.compile("/lapor/tersimpan/"))
    text = page.locator("main").inner_text()
    ticket, digits = re.search(r"TDH-\w{4}-\w{4}", text), re.search(r"\d{4}(?:\s\d{4}){4}", text)
    assert ticket
    assert digits
    return Paper(ticket[0], digits[0])


def open_status(page: Page, paper: Paper, *, language: str = "") -> None:
    """Ask for the stage with ticket and code."""
    page.goto(f"{language}/status/")
    show(page, paper)
    expect(page.locator("h1:visible")).to_have_text(paper.ticket)


def open_status_for_minutes(page: Page, paper: Paper) -> None:
    """The same without script, on a phone that shall remember for ten minutes."""
    page.goto("/status/")
    page.check("[name=remember]:visible", force=True)
    show(page, paper)
    expect(page.locator("h1")).to_have_text(paper.ticket)


def show(page: Page, paper: Paper) -> None:
    """Type what stands on the paper where a page asks for it, and send."""
    page.fill("[name=ticket]", paper.ticket)
    page.fill("[name=code]", paper.digits)
    page.locator("main form button.wide").first.click()


def open_messages(page: Page, paper: Paper, *, language: str = "") -> None:
    """Open the messages in the page, with the code that never leaves it."""
    page.goto(f"{language}/status/pesan/")
    page.fill("#pesan [name=ticket]", paper.ticket)
    page.fill("#pesan [name=code]", paper.digits)
    page.click("#pesan button")
    expect(page.locator("[data-opened]")).to_be_visible()


@contextmanager
def half_an_upload(started: Office) -> Iterator[None]:
    """A form of which the text and half of a file have arrived; the rest never comes."""
    place = urlsplit(started.url)
    fields = [f'name="{what.rpartition(".")[2]}"\r\n\r\n{said}' for what, said in SENTENCES.items()]
    fields.append(f'name="files"; filename="{FILE_NAME}"\r\n\r\n')
    body = "".join(f"\r\n--x\r\nContent-Disposition: form-data; {one}" for one in fields).encode()
    head = (
        f"POST /lapor/ HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {3 * len(LARGE)}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    with socket.create_connection((place.hostname or "", place.port or 0)) as line:
        line.sendall(head.encode() + body.lstrip() + LARGE)
        time.sleep(ARRIVAL_SECONDS)
        yield


def _unfold(page: Page) -> None:
    folded = page.locator("#lapor details:not([open]) > summary")
    while folded.count():
        folded.first.click()
