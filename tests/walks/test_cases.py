"""A case in the browser: opened from a report, told once, opened in place, locked again."""

import re

from playwright.sync_api import Page, expect

from tests.support import canary, pages
from tests.support.server import Office
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock
from tests.walks.waiting import lose_one_answer

PLANTED = {  # every sealed field of a case: tests/walks/test_case_canaries.py, in the long run
    "nik": "kenari-nik-5538",
    "address": "Contoh jalan kenari-alamat-7204",
    "note": "kenari-kasus-3391",
}


def open_report(page: Page) -> str:
    """The page of a report whose sender left a name; answers its ticket."""
    page.goto("/kantor/?keadaan=taken")
    opened = page.locator("tbody tr", has=page.locator("sealed-card[data-state=open]"))
    named = opened.filter(has_not_text="tanpa nama")
    named.first.locator("a").first.click()
    page.wait_for_url("**/kantor/laporan/**")
    return page.locator("h1").inner_text()


def try_twice(page: Page, code: str) -> None:
    """An attempt to reach her, without a word, whose first answer gets lost: it is kept once."""
    page.goto(f"/kantor/kasus/{code}/catatan/")
    form = page.locator("form", has=page.locator("#kontak"))
    form.locator("[name=way]").select_option("phone")
    form.locator("[name=outcome]").select_option("no_answer")
    form.locator("[name=followed]").check(force=True)
    lose_one_answer(page, "**/catatan/kontak/")
    form.get_by_role("button").click()
    expect(form.locator("[data-say=offline]")).to_be_visible()
    with page.expect_navigation():
        form.get_by_role("button").click()
    expect(page.locator(".timeline li")).to_have_count(1)


def test_a_case_is_opened_and_what_she_told_is_not_asked_again(
    page_of: PageOf, office_server: Office
) -> None:
    page = page_of("melati")
    unlock(page, person(office_server, "melati"))
    ticket = open_report(page)
    page.get_by_role("link", name="Buka kasus").click()
    name = page.locator("[data-part=name]")
    expect(name).not_to_have_value("")  # carried over from the report, opened in this browser
    known = name.input_value()
    page.get_by_text("NIK, tempat dan tanggal lahir, alamat").click()
    for part, word in PLANTED.items():
        page.fill(f"[data-part={part}]", word)
    page.select_option("[name=main_kind]", "physical")
    lose_one_answer(page, "**/kasus/buka/**")
    page.get_by_role("button", name="Buka kasus").click()
    expect(page.locator("[data-say=offline]")).to_be_visible()
    with page.expect_response("**/kartu/"):  # the list gets to know her
        page.get_by_role("button", name="Buka kasus").click()
    page.wait_for_url(re.compile(r"/kantor/kasus/KSS-[0-9A-Z]{4}-[0-9A-Z]{4}/$"))
    card = page.locator("sealed-parts").first
    expect(card.locator("[data-part=name]")).to_have_text(known)
    expect(card.locator("[data-part=note]")).to_have_text(PLANTED["note"])
    expect(card.locator("[data-part=address]")).to_have_text(PLANTED["address"])
    expect(page.locator("#janji")).to_contain_text("Visum")
    expect(page.get_by_role("link", name=ticket)).to_be_visible()
    code = page.locator("h1").inner_text()
    try_twice(page, code)
    page.goto("/kantor/kasus/?saya=1")
    row = page.locator("tbody tr", has_text=code)
    expect(row.locator("sealed-card b")).to_have_text(known)
    page.fill("#cari", known)
    found = page.locator("[data-results] a", has_text=code)
    expect(found).to_have_attribute("href", f"/kantor/kasus/{code}/")
    page.locator("vault-padlock [data-when=open]").click()
    expect(row.locator("sealed-card b")).to_have_text("••••••")
    expect(found).to_have_count(0)
    page.go_back()
    expect(card.locator("[data-part=name]")).to_have_text("••••••")
    assert canary.found(office_server.traces(), PLANTED.values()) == []


def answer(page: Page, key: str, value: str = "yes") -> None:
    """One answer of the instrument."""
    page.check(f"[data-part={key}][value={value}]")


def test_a_risk_is_computed_where_it_is_answered_and_only_its_band_leaves(
    page_of: PageOf, office_server: Office
) -> None:
    page = page_of("melati")
    unlock(page, person(office_server, "melati"))
    open_report(page)
    page.get_by_role("link", name=re.compile("Saringan singkat")).click()
    for key in ("worse", "watched", "could_kill"):
        answer(page, key)
    expect(page.locator("[data-risk=band]")).to_have_text("Tinggi")
    pages.bars_nobody(page, "desk:screen")
    page.get_by_role("button", name="Simpan tingkat").click()
    page.get_by_role("link", name="Buka kasus").click()
    expect(page.locator("[data-part=name]")).not_to_have_value("")
    page.select_option("[name=main_kind]", "psychological")
    page.get_by_role("button", name="Buka kasus").click()
    page.get_by_role("link", name="Risiko", exact=True).click()
    band, final = page.locator("[data-risk=band]"), page.locator("[name=final]")
    expect(band).to_have_text("Sedang")  # nothing asked yet is not low
    answer(page, "weapon")
    answer(page, "jealousy")
    expect(band).to_have_text("Tinggi")
    expect(page.locator("[data-risk=score]")).to_have_text("6")
    expect(page.locator("[data-risk=floors] li")).to_have_count(1)
    expect(final).to_have_value("high")
    final.select_option("low")
    expect(page.locator("[data-risk=lower]")).to_be_visible()
    page.get_by_role("button", name="Kunci dan simpan").click()
    expect(page.locator("[data-say=mend]")).to_be_visible()  # why, is still to be said
    page.select_option("[name=reason]", "safe")
    page.get_by_role("button", name="Kunci dan simpan").click()
    expect(page.locator("#putusan")).to_be_visible()
    expect(page.locator("#riwayat td").nth(1)).to_contain_text("Tinggi")
    expect(page.locator("[data-part=weapon][value=yes]")).to_be_checked()
    expect(page.locator("[data-risk=score]")).to_have_text("6")
    page.locator("vault-padlock [data-when=open]").click()
    expect(page.locator("[data-part=weapon][value=yes]")).not_to_be_checked()
