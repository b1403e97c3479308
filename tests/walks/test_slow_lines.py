"""Phones with a bad signal: they may take their time, and keep nobody waiting."""

from contextlib import ExitStack

from playwright.sync_api import expect

from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker
from tests.walks.reporter import LARGE, half_an_upload

SLOW = 6  # more than the large uploads that are read at the same time


def test_slow_uploads_keep_nobody_else_waiting(
    page_phone: PageMaker, office_server: Office
) -> None:
    page = page_phone(java_script_enabled=False)
    with ExitStack() as slow:
        for _phone in range(SLOW):
            slow.enter_context(half_an_upload(office_server))
        reporter.write(page, LARGE)
        reporter.send_without_script(page)
    expect(page.locator(".notice")).to_contain_text(reporter.FILE_NAME)  # left out, and said so

    reporter.write(page, LARGE)  # the places are free again
    reporter.send_without_script(page)
    expect(page.locator(".files")).to_contain_text(f"{reporter.FILE_NAME} Tersimpan")
    expect(page.locator(".notice")).to_have_count(0)
