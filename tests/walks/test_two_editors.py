"""Two officers write in one plan at the same time: nobody's words are lost, nobody's overlooked."""

from playwright.sync_api import Page, expect

from tests.support.pages import flaws
from tests.support.server import Office
from tests.walks import casework, reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock

HOPES, REFUSES = "#w-hopes", "#w-refuses"


def plan_of(page: Page, code: str) -> None:
    """The plan of a case, with the padlock open."""
    casework.go(page, code, "rencana/")
    casework.opened(page)


def save(page: Page) -> None:
    """Try to keep what was written."""
    page.get_by_role("button", name="Simpan rencana").click()


def test_who_saves_second_sees_the_first_words_before_saving(
    page_of: PageOf, page_phone: PageMaker, office_server: Office
) -> None:
    phone = page_phone(java_script_enabled=False)
    phone.goto("/lapor/")
    phone.fill("[name=story]", "Contoh satu kalimat.")
    paper = reporter.send_without_script(phone)
    melati, seroja = page_of("melati"), page_of("seroja")
    unlock(melati, person(office_server, "melati"))
    unlock(seroja, person(office_server, "seroja"))
    code = casework.open_case(melati, paper.ticket, "psychological")
    melati.get_by_text("Masukkan ke tim").click()
    melati.select_option("[name=anggota]", "seroja")
    melati.select_option("[name=peran]", "counsellor")
    with melati.expect_navigation():
        melati.locator("#tim details button").click()
    plan_of(melati, code)
    plan_of(seroja, code)

    seroja.fill(HOPES, "Contoh: kembali bekerja di kios.")
    with seroja.expect_navigation():
        save(seroja)

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
    said, shown = melati.locator("[data-say=mend]").bounding_box(), beside.bounding_box()
    assert said
    assert shown
    assert said["y"] < shown["y"]  # "below" is where the page says it
    assert flaws(melati, ("light", "phone")) == []

    both = "Contoh: kembali bekerja di kios; kakaknya ikut menjaga."
    melati.fill(HOPES, both)
    save(melati)
    expect(melati.get_by_role("link", name="Cetak rencana keselamatan")).to_be_visible()
    plan_of(seroja, code)
    expect(seroja.locator(HOPES)).to_have_value(both)
    expect(seroja.locator(REFUSES)).to_have_value("Contoh: tidak pindah kota.")
    expect(seroja.locator("[data-part=bag][value=money]")).to_be_checked()
