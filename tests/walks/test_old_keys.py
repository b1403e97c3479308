"""Two months later: one moves what hangs on the old key, another checks it, and the old key is gone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.support import pages
from tests.support.server import Office, office, ready_made
from tests.walks import reporter
from tests.walks.conftest import PageMaker
from tests.walks.people import person, sign_in, unlock
from tests.walks.waiting import until

OLD, NEW = "tim-asesmen-%' ORDER BY id LIMIT 1", "tim-asesmen-%' ORDER BY id DESC LIMIT 1"


@pytest.fixture(scope="module")
def office_server() -> Iterator[Office]:
    """An office of its own: this walk changes its keys."""
    with office("--empty", like=ready_made("--empty")) as started:
        yield started


def rows(server: Office, base: str, *lines: str) -> list[tuple[object, ...]]:
    """Ask or change one of the office's databases; answers what the last line gives."""
    with closing(sqlite3.connect(server.folder / base, timeout=20)) as held, held:
        found: list[tuple[object, ...]] = []
        for line in lines:
            found = held.execute(line).fetchall()
        return found


def days_pass(server: Office) -> str:
    """The new key is two months old; answers the kid of the old one."""
    since = "UPDATE vault_publickey SET since = date('now', '-{} days') WHERE kid IN (SELECT kid FROM vault_publickey WHERE kid LIKE '{})"
    [(old,)] = rows(
        server,
        "teduh.sqlite3",
        since.format(90, OLD),
        since.format(61, NEW),
        f"SELECT kid FROM vault_publickey WHERE kid LIKE '{OLD}",
    )
    return str(old)


def member(page: Page, server: Office, name: str) -> Page:
    """Somebody of the team before the page of old keys, with the padlock open."""
    who = person(server, name)
    sign_in(page, who)
    unlock(page, who)
    opened(page, "/kantor/kunci/lama/")
    return page


def opened(page: Page, address: str) -> None:
    """A page, with the padlock open."""
    page.goto(address)
    expect(page.locator("vault-padlock")).to_have_attribute("data-state", "open")


def key_is_there(server: Office, epoch: str) -> bool:
    """Whether the unit key of an epoch still exists."""
    found = rows(
        server, "shred.sqlite3", f"SELECT 1 FROM vault_unitkey WHERE unit = 'epoch:{epoch}'"
    )
    return bool(found)


def test_what_hung_on_an_old_key_opens_with_the_new_one_when_the_old_is_destroyed(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office
) -> None:
    phone = page_phone()
    reporter.write(phone)
    paper = reporter.send(phone)
    lead, who = page_desk(), person(office_server, "seroja")
    sign_in(lead, who)
    unlock(lead, who)
    for button in ("Buat kunci baru", "Tandatangani daftar"):
        opened(lead, "/kantor/kunci/tim/")
        lead.get_by_role("button", name=button).first.click()
        expect(lead.locator(".notice.success")).to_be_visible()
    old = days_pass(office_server)

    lead.goto("/kantor/kunci/")
    unlock(lead, who)
    lead.goto("/kantor/")
    lead.locator(".notice", has_text="menunggu dipindahkan").get_by_role("link").click()
    expect(lead.locator("vault-padlock")).to_have_attribute("data-state", "open")
    expect(lead.locator("dl.facts dd")).to_have_text(["4", "0", "0"])
    assert pages.barriers(lead) == []
    lead.get_by_role("button", name="Mulai memindahkan").click()
    expect(lead.locator("dl.facts dd")).to_have_text(["4", "4", "0"])
    assert pages.barriers(lead) == []

    other = member(page_desk(), office_server, "melati")
    other.get_by_role("button", name="Mulai memeriksa").click()
    expect(other.locator("dl.facts dd")).to_have_text(["4", "4", "4"])
    assert key_is_there(office_server, old)
    rows(office_server, "teduh.sqlite3", "UPDATE vault_secondlook SET at = datetime(at, '-8 days')")
    until(other, lambda: not key_is_there(office_server, old))

    other.goto("/kantor/kunci/")
    unlock(other, person(office_server, "melati"))
    other.goto(f"/kantor/laporan/{paper.ticket}/")
    story = other.locator("sealed-text[what='intake.report.story']")
    expect(story).to_have_text(reporter.SENTENCES["intake.report.story"])
