"""Many reports from one address: the phone waits its turn by itself, the page without script says how."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from teduh.intake import flood
from tests.support.server import Office, office, ready_made
from tests.walks import reporter
from tests.walks.conftest import PHONE, WAIT_MILLISECONDS
from tests.walks.people import person, sign_in


@pytest.fixture(scope="module")
def flooded(browser: Browser) -> Iterator[Office]:
    """An office of its own, from whose one visitor came everything that is free at once."""
    # Each process counts for itself (decision 11); with one, it is known when it has enough.
    with office(
        "--empty", environment={"TEDUH_PROCESSES": "1"}, like=ready_made("--empty")
    ) as started:
        context = browser.new_context(base_url=started.url)
        send_many(context.new_page(), flood.reports.pace.free)
        context.close()
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
    assert send_in_turn(plain, notice).ticket


def send_in_turn(page: Page, notice: Locator) -> reporter.Paper:
    """Wait as long as the page says, and send again."""
    seconds = re.search(r"(\d+) detik", notice.inner_text())
    assert seconds
    page.wait_for_timeout(int(seconds[1]) * 1000)
    return reporter.send_without_script(page)


def test_an_officer_works_a_flood_on_a_phone_and_danger_stays_to_be_read(
    browser: Browser, flooded: Office
) -> None:
    unsafe = phone(browser, flooded)
    reporter.write(unsafe)
    expect(unsafe.locator("[data-say=ready]")).to_be_visible()
    unsafe.click("#lapor button.wide")
    expect(unsafe.locator("[data-digits]")).to_be_visible()
    in_danger = unsafe.locator("[data-ticket]:not(form)").first.inner_text()
    plain = phone(browser, flooded, java_script_enabled=False)
    plain.goto("/lapor/")
    plain.fill("[data-what='intake.report.story']", "Contoh pertanyaan.")
    plain.locator("#lapor button.wide").click()
    one_of_many = send_in_turn(plain, plain.locator("[role=alert]").first)

    desk = phone(browser, flooded, java_script_enabled=False)
    sign_in(desk, person(flooded, "melati"))
    desk.goto("/kantor/?banjir=1")
    desk.get_by_role("link", name="Centang semua").click()
    desk.check(f"[name=ticket][value='{in_danger}']")
    desk.click("[name=to][value=taken]")
    expect(desk.locator("main")).to_contain_text("Belum ada yang berubah")
    expect(desk.locator(".urgent [name=read]").first).not_to_be_checked()
    expect(desk.locator("main")).to_contain_text("Sedang ditelaah")
    desk.click("main form button")
    expect(desk.locator("main .card")).to_contain_text(one_of_many.ticket)
    expect(desk.locator("main")).not_to_contain_text(in_danger)

    reporter.open_status(plain, one_of_many)
    expect(plain.locator("[aria-current]")).to_contain_text("Sedang ditelaah")
    desk.goto(f"/kantor/laporan/{in_danger}/")
    expect(desk.locator(".heading")).to_contain_text("Baru")
