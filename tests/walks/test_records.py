"""What the law asks of kept records, where a browser seals or opens: a breach, a packet of evidence."""

import hashlib
import re
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.support import pages
from tests.support.server import Office
from tests.walks.casework import opened
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock


def test_a_breach_is_sealed_where_it_is_written(page_of: PageOf, office_server: Office) -> None:
    page = page_of("seroja")
    unlock(page, person(office_server, "seroja"))
    page.goto("/kantor/data/kebocoran/baru/")
    page.select_option("[name=kind]", "lost")
    page.fill("[name=subjects]", "KSS-0000-0000")
    page.fill("[data-part=happened]", "kenari-bocor-7714")
    opened(page)
    page.get_by_role("button", name="Simpan kebocoran").click()
    expect(page.locator("[data-say=mend]")).to_contain_text("KSS-0000-0000")
    page.fill("[name=subjects]", "")
    page.get_by_role("button", name="Simpan kebocoran").click()
    page.wait_for_url(re.compile(r"/kantor/data/kebocoran/BCR-[0-9A-Z]{4}-[0-9A-Z]{4}/$"))
    expect(page.locator("[data-part=happened]")).to_have_text("kenari-bocor-7714")
    for file in office_server.traces():
        assert b"kenari-bocor-7714" not in file.read_bytes()


def test_a_packet_is_put_together_from_what_opens_in_the_browser(
    page_of: PageOf, office_server: Office, tmp_path: Path
) -> None:
    officer, supervisor = page_of("melati"), page_of("seroja")
    unlock(officer, person(office_server, "melati"))
    officer.goto("/kantor/kasus/?keadaan=going&saya=1")
    code = officer.locator("tbody tr a b").first.inner_text()
    officer.goto(f"/kantor/kasus/{code}/catatan/")
    officer.fill("#catatan", "kenari-paket-5582")
    opened(officer)
    officer.get_by_role("button", name="Simpan catatan").click()
    expect(officer.locator("#catatan-lama")).to_contain_text("kenari-paket-5582")
    address = f"/kantor/data/kasus/{code}/paket/"
    officer.goto(address)
    officer.select_option("[name=receiver]", "court")
    officer.select_option("[name=basis]", "agreed")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Minta izin penyelia").click()
    supervisor.goto(address)
    with supervisor.expect_navigation():
        supervisor.get_by_role("button", name="Izinkan tiga hari").click()
    officer.goto(address)
    opened(officer)
    officer.get_by_role("button", name="Susun dan unduh").click()
    expect(officer.locator("[data-say=empty]")).to_be_visible()
    chosen = officer.locator("article", has_text="kenari-paket-5582").locator("[data-choose]")
    chosen.check()
    with officer.expect_download() as coming:
        officer.get_by_role("button", name="Susun dan unduh").click()
    packet = tmp_path / "paket.zip"
    coming.value.save_as(packet)
    with zipfile.ZipFile(packet) as inside:
        assert inside.testzip() is None
        listed, text = inside.namelist()
        content, told = inside.read(text), inside.read(listed).decode()
    assert content.startswith(b"kenari-paket-5582\n\nAngka acak berkas ini: ")
    assert hashlib.sha256(content).hexdigest() in told
    officer.get_by_role("link", name="Cetak daftarnya").first.click()
    expect(officer.locator("main")).to_contain_text(hashlib.sha256(packet.read_bytes()).hexdigest())
    expect(officer.locator("main")).to_contain_text(hashlib.sha256(content).hexdigest())
    pages.bars_nobody(officer, "records:packet_print")
    for file in office_server.traces():
        assert b"kenari-paket-5582" not in file.read_bytes()
