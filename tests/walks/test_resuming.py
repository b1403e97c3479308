"""Evidence on a bad line: it goes on by itself, and in another page where it stopped."""

import re
import sqlite3
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker
from tests.walks.people import person, sign_in, unlock
from tests.walks.reporter import Paper
from tests.walks.test_evidence import file_named

PIECES = "**/lapor/berkas/"
PIECE = 16 * 65_552
PAUSE = 2  # seconds at least between two tries of a page
BODY = bytes(n * 7 % 251 for n in range(3 * 1024 * 1024 + 10))  # four pieces
STORY = "Kisah uji tentang sambungan yang putus."


def begin(page: Page) -> None:
    """A report with one large file, on its way."""
    page.goto("/lapor/")
    page.fill("[data-what='intake.report.story']", STORY)
    page.set_input_files(
        "[name=files], [data-what='intake.evidence.body'][multiple]",
        {"name": "rekaman.bin", "mimeType": "application/octet-stream", "buffer": BODY},
    )
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#lapor button.wide")


def paper_of(page: Page) -> Paper:
    """What she copies; the file may still be on its way."""
    digits = page.locator("[data-digits]")
    expect(digits).to_have_text(re.compile(r"(\d{4} ?){5}"))
    ticket = page.locator("[data-ticket]:not(form)").first.inner_text()
    return Paper(ticket, digits.inner_text())


def pieces_kept(started: Office, paper: Paper) -> tuple[int, bool]:
    """How many pieces of her file have come, and whether that is all."""
    found: sqlite3.Cursor
    with started.reading() as database:
        found = database.execute(
            "SELECT pieces, whole FROM vault_envelope JOIN vault_compartment c"
            " ON c.id = compartment_id WHERE c.subject = ? AND what = 'intake.evidence.body'",
            [paper.ticket],
        )
        pieces, whole = found.fetchone()
    return int(pieces), bool(whole)


class Line:
    """A line that lets some pieces through, and drops every one after them until it is mended.

    `dropped`: when, in seconds.
    """

    def __init__(self, page: Page, *, good: int) -> None:
        self.good, self.sent = good, 0
        self.dropped: list[float] = []
        page.route(PIECES, self._carry)

    def _carry(self, route: Route) -> None:
        self.sent += 1
        if self.sent > self.good:
            self.dropped.append(time.monotonic())
            route.abort("internetdisconnected")
        else:
            route.continue_()


def test_a_file_waits_for_the_line_and_goes_on_by_itself(
    page_phone: PageMaker, office_server: Office
) -> None:
    page = page_phone()
    line = Line(page, good=2)
    begin(page)
    paper = paper_of(page)
    files = page.locator("[data-files]")
    expect(files).to_contain_text("Menunggu sambungan")
    expect(files.get_by_role("button", name="Coba lagi")).to_be_visible()
    assert pieces_kept(office_server, paper) == (2, False)
    assert all(later - one >= PAUSE for one, later in pairwise(line.dropped))

    line.good = 1_000
    expect(files).to_contain_text("Tersimpan")
    expect(files.get_by_role("button", name="Coba lagi")).to_be_hidden()
    assert pieces_kept(office_server, paper) == (4, True)
    reporter.open_status(page_phone(), paper)  # of files that are whole the page says nothing


def test_a_file_of_a_conversation_goes_on_when_it_is_chosen_again(
    page_phone: PageMaker, office_server: Office
) -> None:
    page = page_phone()
    page.goto("/tanya/")
    page.fill("#tanya textarea", STORY)
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#tanya button.wide")
    paper = paper_of(page)
    Line(page, good=2)
    attach(page)
    expect(page.locator("[data-files]")).to_contain_text("Menunggu sambungan")
    page.context.close()
    assert pieces_kept(office_server, paper) == (2, False)

    page = page_phone()
    reporter.open_messages(page, paper)
    attach(page)
    expect(page.locator("[data-files]")).to_contain_text("Tersimpan")
    assert pieces_kept(office_server, paper) == (4, True)
    expect(page.locator("[data-messages] li")).to_have_count(2)  # the question, and the file: once


def attach(page: Page) -> None:
    """The large file with the next message."""
    page.click("[data-attaching] button")
    chosen: Any = {"name": "rekaman.bin", "mimeType": "", "buffer": BODY}
    page.set_input_files("[data-attaching] input", chosen)
    page.click("[data-reply] button.wide")


def test_a_closed_tab_loses_nothing_that_was_sent(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office, tmp_path: Path
) -> None:
    page = page_phone()
    Line(page, good=2)
    begin(page)
    paper = paper_of(page)
    expect(page.locator("[data-files]")).to_contain_text("Menunggu sambungan")
    page.context.close()
    assert pieces_kept(office_server, paper) == (2, False)

    page = page_phone()  # another phone: nothing but paper and file
    reporter.open_status(page, paper)
    expect(page.locator("main")).to_contain_text("Berkas: 0 sampai utuh, 1 belum.")
    page.get_by_role("link", name="Tambah informasi").click()
    kept = office_server.rows("intake_addition")

    say_what_is_left(page, paper)
    page.goto("/status/tambah/")
    sizes: list[int] = []
    page.on(
        "request",
        lambda sent: (
            sizes.append(len(sent.post_data_buffer or b"")) if "berkas" in sent.url else None
        ),
    )
    choose(page, "nama-lain.bin", BODY)
    reporter.show(page, paper)
    expect(page.locator("h1")).to_have_text("Dilanjutkan.")
    expect(page.locator("[data-files]")).to_contain_text("Tersimpan")
    expect(page.locator("[data-left]")).to_be_hidden()
    assert len(sizes) == 2
    assert sum(sizes) < len(BODY) - 2 * PIECE + 10_000  # only what was missing
    assert pieces_kept(office_server, paper) == (4, True)
    assert office_server.rows("intake_addition") == kept + 1  # of the words alone

    desk = page_desk()
    who = person(office_server, "melati")
    sign_in(desk, who)
    desk.goto(f"/kantor/kunci/?next=/kantor/laporan/{paper.ticket}/")
    unlock(desk, who)
    with desk.expect_download() as download:
        file_named(desk, "rekaman.bin").locator("[data-save]").click()
    download.value.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == BODY


def choose(page: Page, name: str, body: bytes) -> None:
    """Choose a file on the page for additions."""
    chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": body}
    page.set_input_files("#tambah input[type=file]", [chosen])  # type: ignore[list-item]
    expect(page.locator("[data-say=ready]")).to_be_visible()


def say_what_is_left(page: Page, paper: Paper) -> None:
    """Words without the file: the page says that one is still waiting."""
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.fill("[data-what='intake.report.story']", "Tambahan uji.")
    reporter.show(page, paper)
    expect(page.locator("h1")).to_have_text("Tersimpan.")
    expect(page.locator("[data-left]")).to_contain_text("Masih ada 1 berkas")
