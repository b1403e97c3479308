"""What pages weigh, compressed as served, with a cold cache (ui.md)."""

import pytest
from playwright.sync_api import expect

from tests.support import pages
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock

KILOBYTE = 1000
WORK_LIST = 100 * KILOBYTE  # 25 rows, their cards from 14 months, everything
FULL_REPORT = 120 * KILOBYTE  # ten answers of 4 KiB at least, a file's card, messages, everything
MESSAGES = 27 * KILOBYTE  # the page, what opens the thread, eight slots, the office's list of keys
SCRIPTS = 24 * KILOBYTE


@pytest.mark.parametrize(
    ("address", "budget"),
    [("/", 10 * KILOBYTE), ("/lapor/", 10 * KILOBYTE), ("/status/", 10 * KILOBYTE)],
)
def test_a_public_page_is_light_before_any_script(
    page_phone: PageMaker, address: str, budget: int
) -> None:
    weight = pages.weigh(page_phone(java_script_enabled=False), address)
    assert weight.total <= budget, weight
    assert len(weight.answers) <= 3, weight


@pytest.mark.parametrize("address", ["/lapor/", "/status/", "/tanya/"])
def test_the_sealing_script_is_light(page_phone: PageMaker, address: str) -> None:
    weight = pages.weigh(page_phone(), address)
    scripts = {path: size for path, size in weight.scripts.items() if "exit" not in path}
    assert sum(scripts.values()) <= SCRIPTS, weight
    assert len(scripts) <= 2, weight


def test_a_full_work_list_is_light(page_of: PageOf) -> None:
    page = page_of("melati")
    weight = pages.weigh(page, "/kantor/?keadaan=semua")
    assert page.locator("tbody tr").count() == 25
    assert weight.total <= WORK_LIST, weight


def test_the_page_of_a_call_is_light(page_of: PageOf) -> None:
    weight = pages.weigh(page_of("melati"), "/kantor/hotline/")
    assert weight.total <= WORK_LIST, weight


def test_a_full_report_is_light_until_a_file_is_opened(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    phone, desk = page_phone(), page_of("melati")
    reporter.write(phone)
    address = f"/kantor/laporan/{reporter.send(phone).ticket}/"
    desk.goto(f"/kantor/kunci/?next={address}")
    unlock(desk, person(office_server, "melati"))
    story = desk.locator("sealed-text[what='intake.report.story']")
    with pages.scale(desk) as weight:
        desk.goto(address)
        expect(story).to_have_text(reporter.SENTENCES["intake.report.story"])
    assert weight.total <= FULL_REPORT, weight


def test_opened_messages_are_light(page_phone: PageMaker) -> None:
    page = page_phone()
    reporter.write(page)
    paper = reporter.send(page)
    with pages.scale(page) as weight:
        reporter.open_messages(page, paper)
    sealing = {path: size for path, size in weight.scripts.items() if "exit" not in path}
    assert sum(sealing.values()) <= SCRIPTS, weight
    assert weight.total - sum(sealing.values()) <= MESSAGES, weight
