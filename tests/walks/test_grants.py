"""A survivor agrees that a hospital reads something, and takes it back while they read it."""

from playwright.sync_api import expect

from tests.support import pages
from tests.support.server import Office
from tests.walks.casework import opened
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock

SECRET, LATER = "kenari-bagi-3391", "kenari-baru-8842"
BACK = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_consent_is_given_read_and_taken_back(page_of: PageOf, office_server: Office) -> None:
    officer, partner = page_of("melati"), page_of("flamboyan")
    unlock(officer, person(office_server, "melati"))
    officer.goto("/kantor/kasus/?keadaan=going&saya=1")
    code = officer.locator("tbody tr a b").first.inner_text()
    card, consents = f"/kantor/kasus/{code}/orang/1/", f"/kantor/data/kasus/{code}/persetujuan/"
    officer.goto(card)
    opened(officer)
    expect(officer.locator("[data-part=name]")).not_to_have_value("")  # what was kept has come
    officer.fill("[data-part=contact]", SECRET)
    with officer.expect_navigation():
        officer.get_by_role("button", name="Simpan").click()

    officer.goto(consents)
    officer.select_option("[name=agency]", label="RSUD Rujukan (contoh)")
    officer.select_option("[name=purpose]", "share_psych")
    officer.check("[name=comps][value=identity]")
    officer.check("[name=given_by][value=self]")
    officer.select_option("[name=how]", "spoken")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Simpan persetujuan").click()
    opened(officer)
    given = officer.locator("section", has_text="Psikolog atau konselor").first
    given.get_by_text("Contoh Flamboyan").click()
    with officer.expect_navigation():
        given.get_by_role("button", name="Beri akses").click()
    row = officer.locator("[data-granted]", has_text="Contoh Flamboyan").first
    expect(row).to_have_attribute("data-state", "signed")

    unlock(partner, person(office_server, "flamboyan"))
    partner.goto("/kantor/data/dibagikan/")
    pages.bars_nobody(partner, "records:shared")
    partner.get_by_role("link", name=code).click()
    expect(partner.locator("[data-part=contact]").first).to_have_text(SECRET)
    pages.bars_nobody(partner, "records:shared_case")

    before = officer.context.new_page()  # a page that was open before, and is written in after
    before.goto(card)
    opened(before)
    expect(before.locator("[data-part=contact]")).to_have_value(SECRET)
    officer.goto(consents)
    opened(officer)
    taken = officer.locator("section", has_text="Psikolog atau konselor").first
    expect(taken).to_contain_text("Dibuka 2 kali")  # without script too
    taken.locator("[name=who]").select_option("survivor")
    with officer.expect_navigation():
        taken.get_by_role("button", name="Tarik sekarang").click()
    expect(officer.locator("[data-renew]")).to_be_hidden()  # the next keys are made already

    partner.evaluate(BACK)
    expect(partner.locator("[data-gone]")).to_be_visible()
    expect(partner.locator("body")).not_to_contain_text(SECRET)
    answer = partner.reload()
    assert answer is not None
    assert answer.status == 404

    before.fill("[data-part=contact]", LATER)
    with before.expect_navigation():
        before.get_by_role("button", name="Simpan").click()
    officer.goto(card)
    opened(officer)
    expect(officer.locator("[data-part=contact]")).to_have_value(LATER)
    for file in office_server.traces():
        held = file.read_bytes()
        assert SECRET.encode() not in held
        assert LATER.encode() not in held
