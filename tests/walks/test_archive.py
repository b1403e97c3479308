"""A case of long ago: two put it into the archive, the old key goes, one of each side opens it again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.support import pages
from tests.support.server import Office, office, ready_made
from tests.walks import casework, reporter
from tests.walks.conftest import PageMaker
from tests.walks.people import person, sign_in, unlock
from tests.walks.waiting import until

TEAMS = "kid LIKE 'tim-asesmen-%'"
FIRST = f"(SELECT min(id) FROM vault_publickey WHERE {TEAMS})"


@pytest.fixture(scope="module")
def office_server() -> Iterator[Office]:
    """An office of its own: this walk changes its keys."""
    with office("--empty", like=ready_made("--empty")) as started:
        yield started


def change(server: Office, base: str, *lines: str) -> list[tuple[object, ...]]:
    """Change one of the office's databases; answers what the last line gives."""
    with closing(sqlite3.connect(server.folder / base, timeout=20)) as held, held:
        found: list[tuple[object, ...]] = []
        for line in lines:
            found = held.execute(line).fetchall()
        return found


def a_year_passes(server: Office, code: str) -> None:
    """The case ended and the team's key changed, both months ago."""
    resting = "INSERT INTO vault_resting (subject, team_code, since)"
    change(
        server,
        "teduh.sqlite3",
        f"UPDATE vault_publickey SET since = date('now', '-120 days') WHERE id = {FIRST}",
        f"UPDATE vault_publickey SET since = date('now', '-61 days') WHERE {TEAMS} AND id > {FIRST}",
        "UPDATE cases_case SET state = 'closed', closed_for = 'goals_met',"
        " opened_day = date('now', '-110 days'), closed_day = date('now', '-90 days')",
        f"{resting} VALUES ('{code}', 'asesmen', date('now', '-90 days'))",
        f"{resting} SELECT number, 'asesmen', date('now', '-90 days') FROM tickets_ticket",
    )


def key_of_old_epoch(server: Office) -> bool:
    """Whether the unit key of the team's first epoch still exists."""
    [(kid,)] = change(
        server, "teduh.sqlite3", f"SELECT kid FROM vault_publickey WHERE id = {FIRST}"
    )
    asked = f"SELECT 1 FROM vault_unitkey WHERE unit = 'epoch:{kid}'"
    return bool(change(server, "shred.sqlite3", asked))


def member(page: Page, server: Office, name: str) -> Page:
    """Somebody at a desk, with the padlock open."""
    who = person(server, name)
    sign_in(page, who)
    unlock(page, who)
    return page


def work(page: Page, address: str, button: str) -> None:
    """Do one job on a page of keys to its end, when the page comes again."""
    page.goto(address)
    casework.opened(page)
    assert pages.barriers(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def test_a_case_of_long_ago_opens_again_by_one_of_each_side(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office
) -> None:
    phone = page_phone()
    reporter.write(phone)
    paper = reporter.send(phone)
    lead, who = member(page_desk(), office_server, "seroja"), person(office_server, "seroja")
    casework.take(lead, paper)
    code = casework.open_case(lead, paper.ticket, "psychological")
    for button in ("Buat kunci baru", "Tandatangani daftar"):
        lead.goto("/kantor/kunci/tim/")
        casework.opened(lead)
        lead.get_by_role("button", name=button).first.click()
        expect(lead.locator(".notice.success")).to_be_visible()
    a_year_passes(office_server, code)

    lead.goto("/kantor/kunci/")
    unlock(lead, who)
    other = member(page_desk(), office_server, "melati")
    old = "/kantor/kunci/lama/"
    work(lead, old, "Mulai memindahkan")
    work(lead, old, "Mulai menyimpan ke arsip")
    work(other, old, "Mulai memeriksa")
    work(other, old, "Mulai menyimpan ke arsip")
    expect(other.locator(".heading .badge")).to_have_text("selesai")
    for table in ("vault_secondlook", "vault_pair"):
        change(office_server, "teduh.sqlite3", f"UPDATE {table} SET at = datetime(at, '-8 days')")
    until(other, lambda: not key_of_old_epoch(office_server))

    casework.go(lead, code)
    assert pages.barriers(lead) == []
    lead.select_option("#arsip", "court")
    casework.press(lead, "Minta dari arsip")
    page = "/kantor/kunci/arsip/"
    for holder in ("teratai", "wijaya"):
        work(member(page_desk(), office_server, holder), page, "Beri separuh kunci saya")
    work(lead, page, "Satukan dan buka")
    expect(lead.get_by_text("Tidak ada yang diminta dari arsip.")).to_be_visible()
    lead.goto(f"/kantor/laporan/{paper.ticket}/")
    story = lead.locator("sealed-text[what='intake.report.story']")
    expect(story).to_have_text(reporter.SENTENCES["intake.report.story"])
