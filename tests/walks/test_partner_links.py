"""Somebody without an account reads by a link and six words; guessed, shared, and taken back."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from teduh.vault import codes
from tests.support import pages
from tests.support.server import Office
from tests.walks.casework import opened
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock

SECRET = "kenari-tautan-5520"
BACK = "document.dispatchEvent(new Event('visibilitychange'))"


def make_link(officer: Page, consents: str, number: str) -> tuple[str, str]:
    """Link and words of one more link under a consent, as its page shows them once."""
    officer.goto(consents)
    opened(officer)
    place = officer.locator(f"#{number}")
    place.locator("summary").click()
    place.get_by_role("button", name="Buat tautan sekali pakai").click()
    expect(place.locator("[data-made]")).to_be_visible()
    words = place.locator("[data-words]").text_content() or ""
    return place.locator("[data-address]").input_value(), words.strip()


def enter(page: Page, words: str, outcome: str) -> None:
    """Type the words; what the page then says, or opens."""
    page.fill("#kata", words)
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(page.locator(outcome)).to_be_visible()


def test_a_link_and_six_words_open_one_part_on_one_phone(
    page_of: PageOf, page_phone: PageMaker, office_server: Office
) -> None:
    officer = page_of("melati")
    unlock(officer, person(office_server, "melati"))
    officer.goto("/kantor/kasus/?keadaan=going&saya=1")
    code = officer.locator("tbody tr a b").first.inner_text()
    officer.goto(f"/kantor/kasus/{code}/orang/1/")
    opened(officer)
    expect(officer.locator("[data-part=name]")).not_to_have_value("")  # what was kept has come
    officer.fill("[data-part=contact]", SECRET)
    with officer.expect_navigation():
        officer.get_by_role("button", name="Simpan").click()
    consents = f"/kantor/data/kasus/{code}/persetujuan/"
    officer.goto(consents)
    officer.select_option("[name=agency]", label="RSUD Rujukan (contoh)")
    officer.select_option("[name=purpose]", "share_health")
    officer.check("[name=comps][value=identity]")
    officer.check("[name=given_by][value=self]")
    officer.select_option("[name=how]", "spoken")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Simpan persetujuan").click()
    number = officer.locator("section.card[id]").first.get_attribute("id") or ""

    guessed, _words = make_link(officer, consents, number)
    stranger = page_phone()
    stranger.goto(guessed)
    for _ in range(4):
        enter(stranger, codes.spell_words(codes.draw()), "[data-say=wrong]")
    enter(stranger, codes.spell_words(codes.draw()), "[data-say=over]")

    link, words = make_link(officer, consents, number)
    phone = page_phone()
    phone.goto(link)
    enter(phone, " ".join(word[:4] for word in words.upper().split()), "[data-shown]")
    expect(phone.locator("[data-shown] [data-part=contact]").first).to_have_text(SECRET)
    pages.bars_nobody(phone, "link:open")
    phone.reload()
    enter(phone, words, "[data-shown]")
    stranger.goto(link)
    enter(stranger, words, "[data-say=elsewhere]")

    officer.goto(consents)
    opened(officer)
    rows = officer.locator(f"#{number} [data-granted]")
    expect(rows).to_have_count(2)
    for row in rows.all():
        expect(row).to_have_attribute("data-state", "signed")
    expect(rows.last).to_contain_text("5 kali kata pembukanya salah.")
    expect(rows.first).to_contain_text("1 kali dicoba di perangkat lain")
    expect(rows.first).to_contain_text("Dibuka 2 kali")
    officer.locator(f"#{number} [name=who]").select_option("survivor")
    with officer.expect_navigation():
        officer.locator(f"#{number}").get_by_role("button", name="Tarik sekarang").click()

    phone.evaluate(BACK)
    expect(phone.locator("[data-gone]")).to_be_visible()
    expect(phone.locator("body")).not_to_contain_text(SECRET)
    answer = phone.reload()
    assert answer is not None
    assert answer.status == 404
    fragment = urlsplit(link).fragment
    assert len(fragment) == 22
    for file in office_server.traces():
        held = file.read_bytes()
        for planted in (SECRET, fragment, words):
            assert planted.encode() not in held
