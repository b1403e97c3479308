"""A voice instead of the written story: recorded on the form, sent sealed, heard at the office."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import chromium, pages
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PHONE, WAIT_MILLISECONDS, PageMaker
from tests.walks.people import person, sign_in, unlock
from tests.walks.test_evidence import file_named

FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
RECORDED = """async () => {
  const { files: [file] } = document.querySelector("[name=voice], [data-voice] input");
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const digits = Array.from(new Uint8Array(hash), (one) => one.toString(16).padStart(2, "0"));
  return { name: file.name, type: file.type, size: file.size, hash: digits.join("") };
}"""
# What the page has done with microphones: tracks it was given, and those still listening.
WATCH = """
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
window.tracks = [];
navigator.mediaDevices.getUserMedia = async (asked) => {
  const stream = await real(asked);
  window.tracks.push(...stream.getTracks());
  return stream;
};
"""
SOUND = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data\0\0\0\0"


@pytest.fixture
def phone(browser: Browser, office_server: Office) -> Iterator[Page]:
    """A phone whose microphone hums, and somebody who allows it."""
    humming = chromium.launch(browser.browser_type, extra_flags=FAKE)
    page = page_in(humming, office_server)
    yield page
    humming.close()


def page_in(browser: Browser, office_server: Office) -> Page:
    """The report form on a phone, watched."""
    home: dict[str, Any] = {"base_url": office_server.url, "locale": "id-ID", **PHONE}
    context = browser.new_context(**home)
    context.set_default_timeout(WAIT_MILLISECONDS)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto("/lapor/")
    expect(page.locator("[data-say=ready]")).to_be_visible()
    return page


def open_recorder(page: Page) -> None:
    """Tap for the recorder: nothing of it is there before, and nothing listens yet."""
    page.get_by_role("button", name="atau rekam suara").click()
    expect(page.get_by_role("button", name="Mulai merekam")).to_be_visible()
    assert page.evaluate("tracks.length") == 0


def record(page: Page, seconds: int = 2) -> None:
    """Record for some seconds."""
    page.get_by_role("button", name="Mulai merekam").click()
    expect(page.locator("[role=timer]")).to_have_text(re.compile(rf"0\.0[{seconds}-9] / 10\.00"))
    expect(page.locator("#lapor button.wide")).to_be_disabled()
    page.get_by_role("button", name="Berhenti merekam").click()
    expect(page.locator("[data-say=made]")).to_be_visible()
    expect(page.locator("#lapor button.wide")).to_be_enabled()


def listening(page: Page) -> int:
    """How many microphones are on."""
    return int(page.evaluate("tracks.filter((one) => one.readyState === 'live').length"))


def test_a_recording_stands_for_the_story_and_is_heard_at_the_office(
    phone: Page, page_desk: PageMaker, office_server: Office
) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    assert "/s/rekam.js" not in " ".join(asked)
    open_recorder(phone)
    record(phone)
    assert listening(phone) == 0
    assert pages.barriers(phone) == []
    sound = phone.locator("audio")
    expect(sound).to_be_visible()
    sound.evaluate("async (one) => { await one.play(); one.pause(); }")
    made = phone.evaluate(RECORDED)
    assert made["name"].startswith("suara.")
    assert made["size"] > 1_000

    paper = reporter.send(phone)  # not one word was written
    expect(phone.locator("[data-files]")).to_contain_text("suara.")

    desk = page_desk()
    said: list[str] = []
    desk.on("console", lambda message: said.append(message.text))
    who = person(office_server, "melati")
    sign_in(desk, who)
    desk.goto(f"/kantor/kunci/?next=/kantor/laporan/{paper.ticket}/")
    unlock(desk, who)
    file = file_named(desk, "suara.")
    file.locator("[data-open]").click()
    played = file.locator("audio")
    expect(played).to_be_visible()
    expect(file.locator("[data-hash]")).to_have_text(f"SHA-256 {made['hash']}")
    assert played.get_attribute("src", timeout=1_000).startswith("blob:")  # type: ignore[union-attr]
    seconds = played.evaluate(
        """async (one) => {
          one.muted = true;
          await one.play();
          await new Promise((resolve) => { one.ontimeupdate = resolve; });
          one.pause();
          return one.currentTime;
        }"""
    )
    assert seconds > 0
    assert pages.barriers(desk) == []
    desk.locator("vault-padlock button").click()
    expect(desk.locator("sealed-file audio")).to_have_count(0)
    expect(desk.locator("sealed-file [data-hash]")).to_be_empty()
    assert said == []


def test_a_recording_is_deleted_at_a_tap_and_made_again(phone: Page) -> None:
    open_recorder(phone)
    record(phone)
    first = phone.evaluate(RECORDED)["hash"]
    expect(phone.get_by_role("button", name="Mulai merekam")).to_be_hidden()
    phone.get_by_role("button", name="Hapus rekaman").click()
    expect(phone.locator("[data-say=deleted]")).to_be_visible()
    assert phone.evaluate("document.querySelector('[data-voice] input').files.length") == 0
    record(phone)
    assert phone.evaluate(RECORDED)["hash"] != first


@pytest.mark.parametrize(
    "leaving", ["document.forms[0].reset()", "dispatchEvent(new Event('pagehide'))"]
)
def test_leaving_ends_a_recording_and_keeps_nothing(phone: Page, leaving: str) -> None:
    open_recorder(phone)
    phone.get_by_role("button", name="Mulai merekam").click()
    expect(phone.locator("[role=timer]")).to_have_text(re.compile("0.0[1-9]"))
    assert listening(phone) == 1
    phone.evaluate(leaving)
    assert listening(phone) == 0
    phone.wait_for_timeout(500)  # what the recorder held back would come now
    assert phone.evaluate("document.querySelector('[data-voice] input').files.length") == 0
    expect(phone.locator("audio")).to_be_hidden()


def test_the_quick_exit_ends_a_recording_before_it_leads_away(phone: Page) -> None:
    open_recorder(phone)
    phone.get_by_role("button", name="Mulai merekam").click()
    expect(phone.locator("[role=timer]")).to_have_text(re.compile("0.0[1-9]"))
    phone.route("**/*", lambda _route: None)  # it leads nowhere: the page can be looked at
    on = "tracks.filter((one) => one.readyState === 'live').length"
    left = f"document.querySelector('[data-exit]').click(); return {on}"
    assert phone.evaluate(f"() => {{ {left} }}") == 0


def test_without_a_microphone_allowed_nothing_is_lost(
    browser: Browser, office_server: Office
) -> None:
    deaf = chromium.launch(browser.browser_type, extra_flags=FAKE[:1])
    try:
        page = page_in(deaf, office_server)
        page.context.grant_permissions([])
        page.fill("[data-what='intake.report.story']", "Kisah uji yang tetap ada.")
        open_recorder(page)
        page.get_by_role("button", name="Mulai merekam").click()
        expect(page.locator("[data-say=denied]")).to_contain_text("menulis saja sudah cukup")
        expect(page.locator("[data-what='intake.report.story']")).to_have_value(
            "Kisah uji yang tetap ada."
        )
        expect(page.get_by_role("button", name="Mulai merekam")).to_be_visible()
        assert pages.barriers(page) == []
        page.click("#lapor button.wide")
        expect(page.locator("[data-digits]")).to_have_text(re.compile(r"(\d{4} ?){5}"))
    finally:
        deaf.close()


def test_without_script_a_recording_is_a_file(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office
) -> None:
    page = page_phone(java_script_enabled=False)
    page.goto("/lapor/anak/")
    voice = page.locator("input[name=voice]")
    expect(voice).to_have_attribute("accept", "audio/*")
    voice.set_input_files({"name": "cerita.wav", "mimeType": "audio/wav", "buffer": SOUND})
    paper = reporter.send_without_script(page)
    desk = page_desk()
    who = person(office_server, "melati")
    sign_in(desk, who)
    desk.goto(f"/kantor/kunci/?next=/kantor/laporan/{paper.ticket}/")
    unlock(desk, who)
    expect(file_named(desk, "cerita.wav")).to_be_visible()


def test_only_the_form_of_a_report_may_ask_for_a_microphone(page_phone: PageMaker) -> None:
    page = page_phone()
    for address in ("/", "/status/", "/status/tambah/", "/tanya/", "/masuk/", "/lapor/suara/"):
        answer = page.request.get(address)
        assert "microphone=()" in answer.headers["permissions-policy"], address
        assert "media-src" not in answer.headers["content-security-policy"], address
    for address in ("/lapor/", "/lapor/anak/", "/lapor/orang-lain/", "/en/lapor/"):
        answer = page.request.get(address)
        assert "microphone=(self)" in answer.headers["permissions-policy"], address
        assert "media-src blob:" in answer.headers["content-security-policy"], address
