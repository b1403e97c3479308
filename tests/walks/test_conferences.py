"""Police and prosecution at one table with the office; and the screen of a meeting of the city."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.support import pages
from tests.support.server import Office
from tests.walks.casework import opened, press
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock

WISH, DECIDED, MINUTES = "kenari-ingin-4471", "kenari-putus-2290", "kenari-catat-8153"
SOON = f"{date.today() + timedelta(days=9):%Y-%m-%d}"
FAR = f"{date.today() + timedelta(days=30):%Y-%m-%d}"
ACCEPT = "Saya menerima pernyataan ini"


def agree(page: Page, code: str) -> None:
    """She agrees that the police talk about her case, and bakung reads what is legal in it."""
    page.goto(f"/kantor/data/kasus/{code}/persetujuan/")
    page.select_option("[name=agency]", label="Unit PPA Polres (contoh)")
    page.select_option("[name=purpose]", "conference")
    page.check("[name=comps][value=legal]")
    page.check("[name=given_by][value=self]")
    page.select_option("[name=how]", "spoken")
    press(page, "Simpan persetujuan")
    opened(page)
    given = page.locator("section", has_text="Dibahas dalam rapat kasus").first
    given.get_by_text("Contoh Bakung").click()
    with page.expect_navigation():
        given.get_by_role("button", name="Beri akses").click()


def plan(page: Page) -> str:
    """A conference with one officer of each, too far ahead to fill itself; answers its address."""
    page.goto("/kantor/rapat/baru/")
    page.fill("[name=day]", FAR)
    for code in ("bakung", "kantil"):
        page.check(f"[name=seats][value={code}]", force=True)
    press(page, "Simpan rencana")
    press(page, ACCEPT)
    return page.url


def test_each_agency_hears_and_prints_its_part_alone(
    page_of: PageOf, office_server: Office
) -> None:
    officer, police, law = page_of("melati"), page_of("bakung"), page_of("kantil")
    unlock(officer, person(office_server, "melati"))
    with office_server.reading() as rows:
        [code] = rows.execute(
            "SELECT c.code FROM cases_crew w JOIN cases_case c ON c.id = w.case_id"
            " JOIN access_member m ON m.id = w.member_id WHERE m.code = 'melati'"
            " AND w.until IS NULL AND c.closed_day IS NULL AND NOT c.child ORDER BY c.id"
        ).fetchone()
    meeting = plan(officer)
    for page in (police, law):
        page.goto(meeting)
        expect(page.locator("#agenda")).to_have_count(0)
        press(page, ACCEPT)
    agree(officer, code)
    officer.goto(meeting)
    officer.get_by_text("Tambah kasus menurut penilaian petugas").click()
    officer.fill("[name=case]", code)
    officer.select_option("[name=judgement]", "stalked")
    press(officer, "Masukkan ke agenda")
    press(officer, "Mulai rapat")
    press(officer, "Hadir: Contoh Bakung")
    police.reload()
    expect(police.locator("#agenda")).to_contain_text(code)
    law.reload()
    expect(law.locator("#agenda")).not_to_contain_text(code)

    officer.goto(f"/kantor/rapat/kasus/{code}/{meeting.rstrip('/').rsplit('/', 1)[1]}/")
    expect(officer.get_by_role("button", name="Sudah dibahas")).to_have_count(0)
    expect(officer.locator("#kabar")).to_contain_text("Tuliskan dulu keinginannya")
    opened(officer)
    officer.fill("#keinginan-isi", WISH)
    press(officer, "Simpan keinginannya")
    opened(officer)
    of_police = officer.locator("#lembaga-polres")
    of_police.get_by_text("Keputusan baru").click()
    of_police.locator("[name=doing]").select_option("patrol")
    of_police.locator("[name=due]").fill(SOON)
    of_police.locator("#putusan-polres").fill(DECIDED)
    press(officer, "Simpan keputusan: Unit PPA Polres (contoh)")
    opened(officer)
    officer.fill("#notulen-isi", MINUTES)
    press(officer, "Simpan notulen")
    press(officer, "Sudah dibahas")
    officer.select_option("[name=way]", "met")
    officer.select_option("[name=who]", "melati")
    officer.fill("#mengabari [name=until]", SOON)
    press(officer, "Simpan cara mengabari")
    pages.bars_nobody(officer, "conferences:item")
    officer.goto(meeting)
    press(officer, "Tutup rapat")
    expect(officer.locator("main")).to_contain_text("sudah diadakan")

    unlock(police, person(office_server, "bakung"))
    police.goto(meeting)
    police.get_by_role("link", name=code).click()
    expect(police.locator("main")).to_contain_text(DECIDED)
    expect(police.locator("main")).not_to_contain_text(WISH)
    pages.bars_nobody(police, "conferences:part")
    police.goto(f"{meeting}bagian/")
    expect(police.locator("main")).to_contain_text(DECIDED)
    law.goto(f"{meeting}bagian/")
    expect(law.locator("main")).not_to_contain_text(code)
    police.goto("/kantor/rapat/tugas/")
    row = police.locator("tr", has_text=code).first
    row.locator("[name=evidence]").select_option("met")
    with police.expect_navigation():
        row.get_by_role("button").click()
    expect(police.locator("tr", has_text=code).first).to_contain_text("dikerjakan")
    for file in office_server.traces():
        held = file.read_bytes()
        for word in (WISH, DECIDED, MINUTES):
            assert word.encode() not in held


def test_the_screen_of_the_city_is_turned_by_keys(page_of: PageOf, office_server: Office) -> None:
    page = page_of("seroja")
    with office_server.reading() as rows:
        [meeting] = rows.execute(
            "SELECT code FROM conferences_conference WHERE kind = 'city'"
        ).fetchone()
    page.goto(f"/kantor/rapat/{meeting}/")
    press(page, ACCEPT)
    press(page, "Mulai rapat")
    page.goto(f"/kantor/rapat/{meeting}/layar/")
    title = page.locator("h1")
    expect(title).to_contain_text("Rapat lintas dinas")
    pages.bars_nobody(page, "conferences:screen")
    page.keyboard.press("ArrowRight")
    expect(title).not_to_contain_text("Rapat lintas dinas")
    expect(page.locator(".watermark")).to_contain_text("Contoh Seroja")
    page.keyboard.press("ArrowLeft")
    expect(title).to_contain_text("Rapat lintas dinas")
