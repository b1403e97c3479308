"""Many reports from one address: the phone waits its turn by itself, the page without script says how."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from teduh.intake import flood
from tests.support.server import Office, office
from tests.walks import reporter
from tests.walks.conftest import PHONE, WAIT_MILLISECONDS


@pytest.fixture(scope="module")
def flooded() -> Iterator[Office]:
    """An office of its own, from whose one visitor came everything that is free at once."""
    with office("--empty") as started:
        yield started


def phone(browser: Browser, at: Office, **options: bool) -> Page:
    context = browser.new_context(base_url=at.url, locale="id-ID", **PHONE, **options)
    context.set_default_timeout(WAIT_MILLISECONDS)
    return context.new_page()


def send_many(page: Page, times: int) -> None:
    """Reports without script, as fast as they go."""
    for _time in range(times):
        form = page.request.get("/lapor/").text()
        drawn = dict(re.findall(r'name="(ticket|r|seed)" value="([^"]+)"', form))
        answer = page.request.post("/lapor/", form={**drawn, "story": "Contoh"}, max_redirects=0)
        assert answer.status == 303


def test_a_report_in_a_flood_waits_its_turn_and_arrives(browser: Browser, flooded: Office) -> None:
    send_many(phone(browser, flooded), flood.reports.pace.free)

    sealed = phone(browser, flooded)
    reporter.write(sealed)
    expect(sealed.locator("[data-say=ready]")).to_be_visible()
    sealed.click("#lapor button.wide")
    expect(sealed.locator("[data-say=waiting]")).to_be_visible()
    expect(sealed.locator("[data-digits]")).to_have_text(re.compile(r"(\d{4} ?){5}"))
    expect(sealed.locator("[data-files]")).to_contain_text("Tersimpan")

    plain = phone(browser, flooded, java_script_enabled=False)
    reporter.write(plain)
    plain.locator("#lapor button.wide").click()
    notice = plain.locator("[role=alert]").first
    expect(notice).to_contain_text("banyak laporan datang dari jaringan ini")
    for what, sentence in reporter.SENTENCES.items():
        expect(plain.locator(f"[data-what='{what}']")).to_have_value(sentence)
    seconds = re.search(r"(\d+) detik", notice.inner_text())
    assert seconds
    plain.wait_for_timeout(int(seconds[1]) * 1000)
    assert reporter.send_without_script(plain).ticket
