"""A counsellor measures with a survivor: drawn from what the browser opened, gone once it is locked."""

from playwright.sync_api import expect

from tests.support import pages
from tests.support.server import Office
from tests.walks import casework
from tests.walks.conftest import PageOf
from tests.walks.days import PHONE
from tests.walks.people import person, unlock


def test_what_a_counsellor_measures_is_drawn_and_gone_once_locked(
    page_of: PageOf, office_server: Office
) -> None:
    with office_server.reading() as rows:
        code, who = rows.execute(
            "SELECT c.code, m.code FROM services_psychplan p JOIN cases_case c ON c.id = p.case_id"
            " JOIN access_member m ON m.id = p.member_id WHERE p.ended_day IS NULL"
        ).fetchone()
    page = page_of(who)
    page.set_viewport_size(PHONE["viewport"])
    unlock(page, person(office_server, who))
    page.goto(f"/kantor/layanan/kasus/{code}/pendampingan/psikologis/")
    drawn = page.locator("[data-trend]").first
    dots, rows_of = drawn.locator("circle"), drawn.locator("[data-x]")
    expect(drawn.locator("[data-score]").first).to_have_text("2")
    before = rows_of.count()
    expect(dots).to_have_count(before)

    page.locator("#ukur [data-part=r][value='8']").check(force=True)
    casework.press(page, "Simpan ukuran")
    expect(rows_of).to_have_count(before + 1)
    expect(drawn.locator("[data-score]").last).to_have_text("8")
    expect(dots).to_have_count(before + 1)
    pages.bars_nobody(page, "services:psych")

    page.get_by_role("button", name="Kunci sekarang").click()
    expect(dots).to_have_count(0)
    expect(drawn.locator("[data-score]").last).to_be_empty()
