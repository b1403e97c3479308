"""A ship of people who return: one occasion, one short form after the other."""

import re

from playwright.sync_api import expect

from tests.support import canary, pages
from tests.support.server import Office
from tests.walks.conftest import PageOf

NAME = "Contoh Kenari-Penumpang-4075"


def test_one_person_after_the_other(page_of: PageOf, office_server: Office) -> None:
    page = page_of("dahlia")
    page.goto("/kantor/jemput/")
    page.select_option("[name=occasion]", "returned")
    page.get_by_role("button", name="Mulai", exact=True).click()
    page.wait_for_url(re.compile(r"/jemput/\d+/"))
    pages.bars_nobody(page, "desk:gathering")
    for number in range(2):
        expect(page.locator("h1 + .hint b")).to_have_text(f"{number}")
        page.fill("[data-what='intake.report.name']", f"{NAME} {number}")
        page.get_by_role("button", name="Kunci dan simpan").click()
        expect(page.locator("[data-answer] [data-digits]")).to_have_text(
            re.compile(r"(\d{4} ?){5}")
        )
        page.get_by_role("link", name="Orang berikutnya").click()
    expect(page.locator("h1 + .hint b")).to_have_text("2")
    assert office_server.rows("intake_gathered") == 2
    assert canary.found(office_server.traces(), [NAME]) == []
