"""Two officers write in one plan at the same time: nobody's words are lost, nobody's overlooked."""

from playwright.sync_api import Page, expect

from tests.support.pages import flaws
from tests.support.server import Office
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock

HOPES, REFUSES = "#w-hopes", "#w-refuses"


def plan_of(page: Page, address: str) -> None:
    """The plan, once what is kept of it stands in its fields."""
    page.goto(address)
    expect(page.locator(HOPES)).not_to_have_value("")


def save(page: Page) -> None:
    """Try to keep what was written."""
    page.get_by_role("button", name="Simpan rencana").click()


def test_who_saves_second_sees_the_first_words_before_saving(
    page_of: PageOf, office_server: Office
) -> None:
    melati, seroja = page_of("melati"), page_of("seroja")
    unlock(melati, person(office_server, "melati"))
    unlock(seroja, person(office_server, "seroja"))
    melati.goto("/kantor/kasus/?keadaan=in_service")
    melati.locator("main a[href*='/kantor/kasus/KSS-']").first.click()
    melati.get_by_role("link", name="Rencana", exact=True).click()
    address = melati.url
    plan_of(melati, address)
    plan_of(seroja, address)

    seroja.fill(HOPES, "Contoh: kembali bekerja di kios.")
    save(seroja)
    expect(seroja.locator("[name=seen]")).not_to_have_value(melati.input_value("[name=seen]"))

    melati.fill(HOPES, "Contoh: kakaknya ikut menjaga.")
    melati.fill(REFUSES, "Contoh: tidak pindah kota.")
    melati.check("[data-part=bag][value=money]", force=True)
    melati.check("[name=copy][value=safe]", force=True)
    save(melati)
    expect(melati.locator("[data-say=mend]")).to_contain_text("Ada yang menyimpan lebih dulu")
    beside = melati.locator("[data-beside]")
    expect(beside.locator("[data-part=hopes]")).to_have_text("Contoh: kembali bekerja di kios.")
    expect(melati.locator(HOPES)).to_have_value("Contoh: kakaknya ikut menjaga.")
    expect(melati.locator(REFUSES)).to_have_value("Contoh: tidak pindah kota.")
    expect(melati.locator("[data-part=bag][value=money]")).to_be_checked()
    expect(melati.locator("[name=copy][value=safe]")).to_be_checked()
    assert flaws(melati, ("light", "phone")) == []

    both = "Contoh: kembali bekerja di kios; kakaknya ikut menjaga."
    melati.fill(HOPES, both)
    save(melati)
    expect(melati.get_by_role("link", name="Cetak rencana keselamatan")).to_be_visible()
    plan_of(seroja, address)
    expect(seroja.locator(HOPES)).to_have_value(both)
    expect(seroja.locator(REFUSES)).to_have_value("Contoh: tidak pindah kota.")
    expect(seroja.locator("[data-part=bag][value=money]")).to_be_checked()
