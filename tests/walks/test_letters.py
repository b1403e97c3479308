"""A letter in the browser: its words sealed as they are typed, numbered, opened only on the print page."""

from playwright.sync_api import expect

from tests.support import canary
from tests.support.server import Office
from tests.walks.casework import opened, press
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock

PLANTED = {"to": "Contoh sekolah kenari-surat-8812", "asked": "Contoh ujian kenari-susulan-4471"}


def test_a_letter_to_a_school_is_written_numbered_and_read_on_paper_alone(
    page_of: PageOf, office_server: Office
) -> None:
    page = page_of("seroja")
    unlock(page, person(office_server, "seroja"))
    with office_server.reading() as rows:
        [code] = rows.execute(
            "SELECT c.code FROM services_letter r JOIN cases_case c ON c.id = r.case_id"
        ).fetchone()
    page.goto(f"/kantor/layanan/kasus/{code}/surat/baru/school/")
    opened(page)
    for field in ("signatory", "person"):
        page.select_option(f"[name={field}]", index=1)
    page.select_option("[name=agreed_by]", "self")
    page.select_option("[name=agreed_how]", "spoken")
    page.fill("[name=agreed_day]", "2026-01-05")
    for part, words in PLANTED.items():
        page.fill(f"[data-part={part}]", words)
    press(page, "Simpan konsep")
    expect(page.locator("[data-part=asked]")).to_have_value(PLANTED["asked"])
    press(page, "Beri nomor dan tanggal")
    page.get_by_role("link", name="Lihat untuk dicetak").click()
    letter = page.locator(".letter")
    for part, words in PLANTED.items():
        expect(letter.locator(f"[data-part={part}]")).to_have_text(words)
    expect(letter.locator("[data-part=name]")).not_to_have_text("")
    expect(letter).not_to_contain_text("UPTD")
    assert canary.found(office_server.traces(), PLANTED.values()) == []
