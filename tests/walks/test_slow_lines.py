"""Phones with a bad signal: they may take their time, and keep nobody waiting."""

from contextlib import ExitStack

from playwright.sync_api import Browser, Page, expect

from tests.support.server import Office, office, ready_made
from tests.walks import reporter
from tests.walks.conftest import PHONE
from tests.walks.reporter import LARGE, half_an_upload

SLOW = 6  # more than the large uploads that are read at the same time


def test_slow_uploads_keep_nobody_else_waiting(browser: Browser) -> None:
    # Each process counts its own places.
    with office(
        "--empty", environment={"TEDUH_PROCESSES": "1"}, like=ready_made("--empty")
    ) as started:
        context = browser.new_context(base_url=started.url, **PHONE, java_script_enabled=False)
        _slow_ones(context.new_page(), started)


def _slow_ones(page: Page, started: Office) -> None:
    with ExitStack() as slow:
        for _phone in range(SLOW):
            slow.enter_context(half_an_upload(started))
        reporter.write(page, LARGE)
        reporter.send_without_script(page)
    expect(page.locator(".notice")).to_contain_text(reporter.FILE_NAME)  # left out, and said so

    reporter.write(page, LARGE)  # the places are free again
    reporter.send_without_script(page)
    expect(page.locator(".files")).to_contain_text(f"{reporter.FILE_NAME} Tersimpan")
    expect(page.locator(".notice")).to_have_count(0)
