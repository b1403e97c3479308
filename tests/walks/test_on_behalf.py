"""A police desk files on behalf of somebody; the network asks about her ticket, the office answers."""

from playwright.sync_api import expect

from tests.support.pages import flaws
from tests.support.server import Office
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock

NUMBER, STORY = "LP/B/0142/XI/2026", "Contoh ringkasan polisi penanda-3."


def test_an_agency_files_the_network_asks_and_the_office_answers(
    page_of: PageOf, office_server: Office
) -> None:
    police, network, desk = page_of("bakung"), page_of("kemuning"), page_of("melati")
    police.goto("/kantor/mitra/lapor/police/")
    police.check("[name=agreed][value=herself]", force=True)
    police.check("[name=own_visum][value=asked]", force=True)
    police.fill("[name=reference]", NUMBER)
    police.fill("[data-what='intake.report.story']", STORY)
    police.evaluate("scrollTo(0, 0)")  # what the head of the page covers is no target
    assert flaws(police, ("light", "phone"), ("dark", "desk")) == []
    police.click("form[data-file-report] .button")
    expect(police.locator(".slip-out [data-words] span")).to_have_count(6)
    ticket = "-".join(police.locator(".slip-out [data-ticket] span").all_inner_texts())
    police.click("[data-again]")
    row = police.locator("tr", has_text=NUMBER)
    expect(row).to_contain_text("Laporan diterima")
    expect(row).not_to_contain_text(STORY)
    assert flaws(police, ("light", "phone"), ("dark", "desk")) == []

    network.goto("/kantor/mitra/antrean/")
    network.select_option("[name=ticket]", ticket)
    network.click("main form .button")
    expect(network.locator(".timeline")).to_contain_text(ticket)
    assert flaws(network, ("light", "phone"), ("dark", "desk")) == []

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
