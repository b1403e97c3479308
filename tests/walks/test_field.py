"""A volunteer without signal: installs by a tap, refers in three, and it arrives once; the phone,
taken away in between and afterwards, tells nothing."""

import json
import re
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import canary, chromium, pages
from tests.support.server import Office
from tests.walks.conftest import PHONE, WAIT_MILLISECONDS, PageMaker, PageOf

WEEK = 8 * 86_400  # seconds, and a day more
INSTALLED = 60_000  # bytes, compressed as served (issue 5)
REACH, WORDS = "0812 kenari-jangkau-1177", "Kisah uji kenari-lapangan-4420."
LEFT = """async () => ({
  stores: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


@pytest.fixture
def phone(browser: Browser, office_server: Office, tmp_path: Path) -> BrowserContext:
    """A phone that keeps what it wants to keep, under tmp_path/profile."""
    context = chromium.launch_with_profile(
        browser.browser_type,
        tmp_path / "profile",
        base_url=office_server.url,
        locale="id-ID",
        **PHONE,
    )
    context.set_default_timeout(WAIT_MILLISECONDS)
    return context


def refer(page: Page) -> None:
    """Three taps, with words for those who have the time."""
    page.get_by_text("Bahaya sekarang", exact=True).tap()
    page.locator("[name=area]").nth(3).locator("xpath=..").tap()
    page.get_by_text("Tambahkan, kalau perlu").tap()
    page.fill("#reach", REACH)
    page.fill("#words", WORDS)
    page.get_by_role("button", name="Kirim", exact=True).tap()


def card_of(desk: Page) -> tuple[str, str]:
    """A new card for a PKK cadre, as it is printed, and its PIN."""
    desk.goto("/kantor/relawan/")
    desk.get_by_role("link", name="Contoh Ibu Wangi").click()
    desk.get_by_role("button", name="Buat kartu").click()
    printed = desk.locator(".helper-card .code")
    expect(printed).to_have_count(2)
    assert pages.barriers(desk) == []
    return printed.first.inner_text().replace(" ", ""), printed.last.inner_text()


def in_profile(folder: Path, words: list[str]) -> list[str]:
    """Which of these words lie in a file of the phone."""
    files = [one for one in (folder / "profile").rglob("*") if one.is_file()]
    assert any("IndexedDB" in str(one) for one in files)
    return canary.found(files, words, canary.unpacked)


def test_a_volunteer_refers_without_signal(
    phone: BrowserContext, page_of: PageOf, office_server: Office, tmp_path: Path
) -> None:
    card, pin = card_of(page_of("seroja"))
    page = phone.pages[0]
    page.goto("/lapangan/")
    page.get_by_role("button", name="Pasang").tap()
    expect(page.locator("[data-say=installed]")).to_be_visible()
    before = office_server.rows("intake_report")

    phone.set_offline(True)
    page.clock.set_fixed_time(time.time() + WEEK)
    page.reload()
    page.goto(f"/lapangan/#{card}")
    expect(page.locator("[data-read]")).to_be_visible()
    assert "#" not in page.url
    page.fill("#pin", pin)
    refer(page)
    expect(page.locator("[data-say=kept]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_text("1")
    digits = page.locator("[data-digits]")
    expect(digits).to_have_text(re.compile(r"(\d{4} ?){5}"))
    code = digits.inner_text()
    page.get_by_role("button", name="Selesai").tap()
    expect(digits).to_be_empty()
    expect(page.locator("#words")).to_have_value("")
    # Not the ticket: twelve are drawn ahead and tell nobody of anything (decisions/0036).
    secrets = [*canary_of(REACH, WORDS), code, code.replace(" ", ""), card[8:]]
    assert in_profile(tmp_path, secrets) == []

    phone.set_offline(False)
    expect(page.locator("[data-outbox]")).to_be_hidden()
    page.reload()
    assert office_server.rows("intake_report") == before + 1
    with office_server.reading() as database:
        line = "SELECT channel, urgency FROM intake_report ORDER BY id DESC LIMIT 1"
        assert database.execute(line).fetchone() == ("responder", 0)
        note = "SELECT level, proof, profile FROM intake_fieldnote ORDER BY id DESC LIMIT 1"
        assert database.execute(note).fetchone() == ("red", "proven", "pkk")

    page.get_by_role("button", name="Hapus dari ponsel ini").tap()
    page.get_by_role("button", name="Ketuk sekali lagi").tap()
    page.wait_for_url(lambda url: "/lapangan/" not in url)
    page.goto("/aman/")
    assert page.evaluate(LEFT) == {"stores": [], "caches": [], "workers": 0}
    phone.close()
    assert in_profile(tmp_path, secrets) == []
    assert canary.found(office_server.traces(), canary_of(REACH, WORDS)) == []


def canary_of(*texts: str) -> list[str]:
    """The planted word of each."""
    return re.findall(r"kenari-\w+-\d{4}", " ".join(texts))


def test_all_that_is_installed_is_light(office_server: Office) -> None:
    def fetched(address: str) -> bytes:
        """As it came over the line, packed."""
        asked = urllib.request.Request(office_server.url + address)
        asked.add_header("Accept-Encoding", "br")
        with urllib.request.urlopen(asked) as answer:
            return bytes(answer.read())

    worker = fetched("/lapangan/kerja.js")
    shell = json.loads(worker.decode().partition("self.SHELL=")[2].partition(";")[0])
    sizes = {address: len(fetched(address)) for address in shell["addresses"]}
    sizes["supplies"] = len(fetched("/lapangan/bekal/"))
    assert sum(sizes.values()) + len(worker) <= INSTALLED, sizes


def test_it_bars_nobody_while_a_referral_waits(phone: BrowserContext) -> None:
    page = phone.pages[0]
    page.goto("/lapangan/")
    expect(page.locator("[data-refer]")).to_be_visible()
    page.route("**/lapangan/kirim/", lambda route: route.abort())
    refer(page)
    expect(page.locator("[data-say=kept]")).to_be_visible()
    expect(page.locator("[data-outbox]")).to_be_visible()
    assert pages.flaws(page, ("light", "phone"), ("dark", "desk")) == []
    phone.close()


def test_the_form_a_poster_opens_bars_nobody(page_phone: PageMaker) -> None:
    page = page_phone()
    page.goto("/k/2172011002/")
    expect(page.locator("[name=place_area]")).to_have_value("21.72.01.1002")
    pages.bars_nobody(page, "intake:safe_point")
