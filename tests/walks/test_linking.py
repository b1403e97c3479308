"""Two reports of one person: a guess with its reasons, one asks, another agrees, both show it."""

import re

from playwright.sync_api import Page, expect

from tests.support import pages
from tests.support.server import Office
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock
from tests.walks.reporter import send_without_script


def report_as(page: Page, name: str, contact: str) -> str:
    """A report that says who she is; answers its ticket."""
    page.goto("/lapor/")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.fill("[data-what='intake.report.name']", name)
    page.fill("[data-what='intake.report.contact_how']", contact)
    return send_without_script(page).ticket


def test_two_spellings_of_one_person_are_linked_by_two(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    phone = page_phone(java_script_enabled=False)
    first = report_as(phone, "Hj. Soemijati Uji", "0812 5555 7421")
    second = report_as(phone, "Ibu Sumiyati Uji", "WA 0813-6666-7421")
    page = page_of("melati")
    unlock(page, person(office_server, "melati"))
    with page.expect_response(re.compile(f"/{first}/kartu/")):  # its card goes into the list
        page.goto(f"/kantor/laporan/{first}/")
    page.goto(f"/kantor/laporan/{second}/")
    page.locator("#kaitan").scroll_into_view_if_needed()
    guess = page.locator("#kaitan [data-candidates] li", has_text=first)
    expect(guess.locator("[data-why]")).to_have_text(
        "nama sama, ejaan lain: sumiyati uji / soemijati uji; angka akhir nomor sama: 7421"
    )
    assert pages.flaws(page, ("light", "desk"), ("dark", "phone")) == []
    page.goto(f"/kantor/kasus/buka/{second}/")  # the last place where a repeat can be missed
    expect(guess).to_be_visible()
    guess.get_by_role("link", name="Usulkan kaitan").click()
    expect(page.locator("#dengan")).to_have_value(first)
    page.get_by_role("button", name="Usulkan kepada orang kedua").click()
    expect(page.get_by_role("heading", name=first)).to_be_visible()
    pages.bars_nobody(page, "cases:links")
    colleague = page_of("kenanga")
    colleague.goto("/kantor/kasus/kaitan/")
    colleague.get_by_role("link", name=second).click()
    colleague.get_by_role("button", name="Ya, sama").click()
    expect(colleague.locator("main")).to_contain_text("Disepakati")
    for here, there in ((first, second), (second, first)):
        page.goto(f"/kantor/laporan/{here}/")
        page.locator("#kaitan").scroll_into_view_if_needed()
        expect(page.locator(f"#kaitan [data-linked='{there}']")).to_contain_text("disepakati")
    page.goto("/kantor/")
    page.fill("#cari", "Bu Soemiyati Uji")
    for ticket in (first, second):
        expect(page.locator("[data-results] a", has_text=ticket)).to_be_visible()
