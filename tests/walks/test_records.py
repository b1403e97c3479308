"""What the law asks of kept records, where a browser seals: a breach, written and read again."""

import re

from playwright.sync_api import expect

from tests.support.server import Office
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock


def test_a_breach_is_sealed_where_it_is_written(page_of: PageOf, office_server: Office) -> None:
    page = page_of("seroja")
    unlock(page, person(office_server, "seroja"))
    page.goto("/kantor/data/kebocoran/baru/")
    page.select_option("[name=kind]", "lost")
    page.fill("[name=subjects]", "KSS-0000-0000")
    page.fill("[data-part=happened]", "kenari-bocor-7714")
    page.get_by_role("button", name="Simpan kebocoran").click()
    expect(page.locator("[data-say=mend]")).to_contain_text("KSS-0000-0000")
    page.fill("[name=subjects]", "")
    page.get_by_role("button", name="Simpan kebocoran").click()
    page.wait_for_url(re.compile(r"/kantor/data/kebocoran/BCR-[0-9A-Z]{4}-[0-9A-Z]{4}/$"))
    expect(page.locator("[data-part=happened]")).to_have_text("kenari-bocor-7714")
    for file in office_server.traces():
        assert b"kenari-bocor-7714" not in file.read_bytes()
