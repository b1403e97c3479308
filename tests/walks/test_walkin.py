"""Somebody comes while the network is down: told once, locked on the computer, sent once it is back;
the computer, taken away in between and afterwards, tells nothing."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.support import canary, chromium
from tests.support.server import Office
from tests.walks.conftest import DESK, WAIT_MILLISECONDS
from tests.walks.people import person, sign_in

STORY, FRIEND, CHILD = "kenari-datang-7714 diceritakan", "kenari-teman-2205", "kenari-anak-9031"
WORDS = ("kenari-datang-7714", FRIEND, CHILD)


def in_profile(folder: Path, words: tuple[str, ...]) -> list[str]:
    files = [one for one in (folder / "profile").rglob("*") if one.is_file()]
    assert any("IndexedDB" in str(one) for one in files)
    return canary.found(files, words, canary.unpacked)


def test_a_talk_while_the_network_is_down(
    browser: Browser, office_server: Office, tmp_path: Path
) -> None:
    computer = chromium.launch_with_profile(
        browser.browser_type,
        tmp_path / "profile",
        base_url=office_server.url,
        locale="id-ID",
        **DESK,
    )
    computer.set_default_timeout(WAIT_MILLISECONDS)
    page = computer.pages[0]
    sign_in(page, person(office_server, "dahlia"))
    page.goto("/kantor/datang/")
    page.get_by_role("button", name="Pasang di komputer ini").click()
    expect(page.locator("[data-say=installed]")).to_be_visible()
    before = office_server.rows("intake_report")

    computer.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Hadapkan layar kepadanya").click()
    page.get_by_text("Untuk orang lain", exact=True).click()
    page.fill("[data-what='intake.report.companion']", FRIEND)
    page.get_by_text("Juru bahasa isyarat", exact=True).click()
    page.fill("[data-what='intake.report.story']", STORY)
    page.fill("[data-what='intake.report.child_voice']", CHILD)
    page.get_by_role("button", name="Kunci dan simpan").click()
    expect(page.locator("[data-done] [data-say=kept]")).to_be_visible()
    digits = page.locator("[data-done] [data-digits]")
    expect(digits).to_have_text(re.compile(r"(\d{4} ?){5}"))
    expect(page.locator("[data-done] [data-words]")).to_have_text(re.compile(r"(\w+ ?){6}"))
    code = digits.inner_text()
    page.get_by_role("button", name="Selesai, tamu berikutnya").click()
    expect(digits).to_be_empty()
    expect(page.locator("[data-what='intake.report.story']")).to_have_value("")
    page.get_by_role("button", name="Hadapkan layar kepadanya").click()
    expect(page.locator("[data-waiting]")).to_have_text("1")
    secrets = (*WORDS, code, code.replace(" ", ""))
    assert in_profile(tmp_path, secrets) == []

    computer.set_offline(False)
    expect(page.locator("[data-outbox]")).to_be_hidden()
    assert office_server.rows("intake_report") == before + 1
    with office_server.reading() as database:
        line = "SELECT channel, door, origin FROM intake_report ORDER BY id DESC LIMIT 1"
        assert database.execute(line).fetchone() == ("walkin", "other", "staff")
    computer.close()
    assert in_profile(tmp_path, secrets) == []
    assert canary.found(office_server.traces(), WORDS) == []
