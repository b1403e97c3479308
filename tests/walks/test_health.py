"""A visum within its window: report to the police, letter, examination, result; her no to a medicine."""

from playwright.sync_api import Page, expect

from tests.support import pages
from tests.support.server import Office
from tests.walks import casework, reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock

TODAY = "new Date().toLocaleDateString('sv', {timeZone: 'Asia/Jakarta'})"
NUMBER = "LP/B/0042/XI/CONTOH"


def step(page: Page, label: str, number: str = "") -> None:
    """Keep a step of the visum from the page of health; ends there."""
    page.get_by_role("link", name=label, exact=True).click()
    if number:
        page.fill("[data-part=number]", number)
    casework.press(page, "Catat langkah")


def test_a_visum_within_its_window_and_her_no_to_a_medicine(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    phone = page_phone(java_script_enabled=False)
    phone.goto("/lapor/")
    phone.fill("[name=story]", "Contoh: kejadian hari ini.")
    paper = reporter.send_without_script(phone)
    page = page_of("melati")
    unlock(page, person(office_server, "melati"))
    page.goto(f"/kantor/kasus/buka/{paper.ticket}/")
    page.select_option("[name=main_kind]", "sexual")
    page.fill("[name=day]", page.evaluate(TODAY))
    casework.press(page, "Buka kasus")
    code = page.url.rstrip("/").rpartition("/")[2]

    page.goto(f"/kantor/layanan/kasus/{code}/kesehatan/")
    step(page, "Perawatan dulu, visum menyusul")
    expect(page.locator("#jendela")).to_contain_text("masih")
    step(page, "Laporan polisi dibuat", NUMBER)
    expect(page.locator("#visum [data-part=number]")).to_have_text(NUMBER)
    step(page, "Surat permintaan visum terbit")
    step(page, "Pemeriksaan selesai")
    step(page, "Hasil dikirim ke penyidik")
    step(page, "Hasil diterima penyidik")
    page.select_option("#layanan_kind", "hiv")
    casework.press(page, "Catat permintaan")
    page.get_by_role("link", name="Pencegahan HIV").click()
    pages.bars_nobody(page, "services:answer_health")
    page.select_option("[name=state]", "declined")
    casework.press(page, "Simpan")
    expect(page.locator("#layanan")).to_contain_text("ia memilih tidak")
    casework.go(page, code)
    for title in ("Visum: pemeriksaan", "Visum: batas 72 jam"):
        assert "ditepati" in casework.promise(page, title)
    assert office_server.rows("services_particulars") >= 6
