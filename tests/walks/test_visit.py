"""A visit of three stations: a hospital marks its own, the office follows without asking anybody."""

from playwright.sync_api import expect

from tests.support import pages
from tests.support.server import Office
from tests.walks.conftest import PageOf

BACK = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_visit_is_followed_while_a_partner_marks_their_stations(
    page_of: PageOf, office_server: Office
) -> None:
    with office_server.reading() as rows:
        code, visit = rows.execute(
            "SELECT c.code, v.code FROM services_visit v JOIN cases_case c ON c.id = v.case_id"
        ).fetchone()
    officer, partner = page_of("melati"), page_of("flamboyan")
    officer.goto(f"/kantor/layanan/kasus/{code}/kunjungan/{visit}/")
    second = officer.locator(".stops li").nth(1)
    expect(second).to_contain_text("menunggu")

    partner.goto("/kantor/layanan/kunjungan/")
    pages.bars_nobody(partner, "services:stations")
    expect(partner.locator("body")).not_to_contain_text(code)
    expect(partner.locator("body")).not_to_contain_text("hukum")  # the third station is not theirs
    own = partner.locator("form.card", has_text="Visum")
    own.get_by_role("button", name="Mulai").click()
    expect(own).to_contain_text("sedang berjalan")

    officer.evaluate(BACK)
    expect(second).to_contain_text("sedang berjalan")
    own.get_by_role("button", name="Selesai").click()
    expect(own.get_by_role("button")).to_have_count(0)
    officer.evaluate(BACK)
    expect(second).to_contain_text("selesai")

    third = officer.locator(".stops li").nth(2)
    third.get_by_role("button", name="Mulai").click()
    third.get_by_role("button", name="Selesai").click()
    expect(officer.locator(".stops button")).to_have_count(0)
    expect(officer.locator(".card .heading").first).to_contain_text("selesai")
