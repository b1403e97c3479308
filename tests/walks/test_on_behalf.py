"""A police desk files on behalf of somebody; the network asks about her ticket, the office answers."""

from typing import Any

from playwright.sync_api import expect

from tests.support import canary, pages
from tests.support.server import Office
from tests.walks.conftest import PageOf
from tests.walks.people import open_beside, person, unlock

NUMBER, STORY = "LP/B/0142/XI/2026", "Contoh ringkasan polisi kenari-polisi-6602."
NAME, LETTER = "Contoh Kenari-Surat-1185", b"Contoh surat kenari-surat-9920."
WORDS = ("kenari-polisi-6602", NAME, "kenari-surat-9920")


def test_an_agency_files_the_network_asks_and_the_office_answers(
    page_of: PageOf, office_server: Office
) -> None:
    police, network, desk = page_of("bakung"), page_of("kemuning"), page_of("melati")
    unlock(police, person(office_server, "bakung"))
    police.goto("/kantor/mitra/lapor/police/")
    expect(police.locator("[data-own-open]")).to_be_visible()
    police.check("[name=agreed][value=herself]", force=True)
    police.check("[name=own_visum][value=asked]", force=True)
    police.fill("[name=reference]", NUMBER)
    police.fill("[data-what='intake.report.story']", STORY)
    police.click("vault-padlock [data-when=open]")
    expect(police.locator("[data-own-locked]")).to_be_visible()
    with police.expect_popup() as beside:
        police.click("vault-padlock a")
    open_beside(beside.value, person(office_server, "bakung"))
    expect(police.locator("[data-own-open]")).to_be_visible()
    expect(police.locator("[name=own_visum][value=asked]")).to_be_checked()
    expect(police.locator("[data-what='intake.report.story']")).to_have_value(STORY)
    pages.bars_nobody(police, "desk:on_behalf")
    police.click("form[data-file-report] .button")
    expect(police.locator(".slip-out [data-words] span")).to_have_count(6)
    ticket = "-".join(police.locator(".slip-out [data-ticket] span").all_inner_texts())
    police.click("[data-again]")
    row = police.locator("tr", has_text=NUMBER)
    expect(row).to_contain_text("Laporan diterima")
    expect(row).not_to_contain_text(STORY)
    pages.bars_nobody(police, "desk:partners")

    police.click(f"text={ticket}")
    expect(police.locator("main sealed-text")).to_have_text(STORY)
    pages.bars_nobody(police, "desk:filing")

    network.goto("/kantor/mitra/antrean/")
    network.select_option("[name=ticket]", ticket)
    network.click("main form .button")
    expect(network.locator(".timeline")).to_contain_text(ticket)
    pages.bars_nobody(network, "desk:network")

    desk.goto("/kantor/mitra/")
    asked = desk.locator("form.ask", has_text=ticket)
    asked.locator("[value=today]").click()
    expect(desk.locator("form.ask", has_text=ticket)).to_have_count(0)
    unlock(desk, person(office_server, "melati"))
    desk.goto(f"/kantor/laporan/{ticket}/")
    expect(desk.locator("main")).to_contain_text(STORY)
    expect(desk.locator("main")).to_contain_text(NUMBER)
    network.reload()
    expect(network.locator(".timeline")).to_contain_text("dijawab hari ini")
    assert canary.found(office_server.traces(), WORDS) == []


def test_a_letter_of_a_national_line_is_locked_and_only_number_and_stage_go_back(
    page_of: PageOf, office_server: Office
) -> None:
    desk = page_of("melati")
    unlock(desk, person(office_server, "melati"))
    desk.goto("/kantor/mitra/lapor/sapa129/")
    desk.check("[name=agreed][value=herself]", force=True)
    desk.fill("[name=reference]", "129-2026.004512")
    desk.fill("[data-what='intake.report.name']", NAME)
    letter: Any = {"name": "surat.txt", "mimeType": "text/plain", "buffer": LETTER}
    desk.set_input_files("input[type=file]", letter)
    desk.click("form[data-file-report] .button")
    expect(desk.locator(".slip-out [data-files]")).to_contain_text("Tersimpan")
    ticket = "-".join(desk.locator(".slip-out [data-ticket] span").all_inner_texts())
    desk.click("[data-again]")
    expect(desk.locator("tr", has_text=ticket)).to_contain_text("Nomor 129-2026.004512:")
    desk.goto(f"/kantor/laporan/{ticket}/")
    expect(desk.locator("main")).to_contain_text("surat.txt")
    assert canary.found(office_server.traces(), WORDS) == []
