"""What a form answers when there is nothing to send, or something that cannot be sent."""

import re

from playwright.sync_api import Page, expect

from tests.walks import reporter
from tests.walks.conftest import PageMaker

CODE = re.compile(r"(\d{4} ?){5}")


def ready(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-say=ready]")).to_be_visible()


def test_an_empty_form_is_answered_at_the_button_and_one_answer_sends_it(
    page_phone: PageMaker,
) -> None:
    page = page_phone()
    ready(page, "/lapor/")
    page.click("#lapor button.wide")
    told = page.locator(".send [data-error-for=__all__]")
    expect(told).to_contain_text("Satu jawaban atau satu kalimat sudah cukup")
    page.check("[name=safe_now][value=safe]", force=True)
    page.click("#lapor button.wide")
    expect(page.locator("[data-digits]")).to_have_text(CODE)


def test_a_file_too_large_is_named_and_everything_else_is_sent(page_phone: PageMaker) -> None:
    page = page_phone()
    reporter.write(page)
    page.evaluate("document.querySelector('[data-max-bytes]').dataset.maxBytes = 100")
    small, large = ({"name": f"{n}.txt", "mimeType": "text/plain"} for n in ("kecil", "besar"))
    page.set_input_files(
        "input[type=file][multiple]",
        [{**large, "buffer": b"x" * 101}, {**small, "buffer": b"x" * 100}],
    )
    expect(page.locator("[data-too-large]")).to_have_text(
        "Lebih besar dari 25 MB, tidak ikut terkirim: besar.txt"
    )
    paper = reporter.send(page)
    rows = page.locator("[data-files] li")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="besar.txt")).to_contain_text("tidak ikut terkirim")
    expect(rows.filter(has_text="kecil.txt")).to_contain_text("Tersimpan")

    ready(page, "/status/tambah/")
    page.evaluate("document.querySelector('[data-max-bytes]').dataset.maxBytes = 100")
    page.fill("[data-what='intake.report.story']", "Contoh tambahan.")
    page.locator("details:has(input[type=file]) > summary").click()
    page.set_input_files("input[type=file][multiple]", {**large, "buffer": b"x" * 101})
    expect(page.locator("[data-too-large] b")).to_have_text("besar.txt")
    page.fill("[name=ticket]", paper.ticket)
    page.fill("[name=code]", paper.digits)
    page.click("#tambah button.wide")
    expect(page.locator("[data-files] li")).to_contain_text("besar.txt")
    expect(page.locator("[data-files] li")).to_contain_text("tidak ikut terkirim")


def test_on_a_phone_danger_is_asked_on_the_first_screen_and_the_promises_come_before_the_story(
    page_phone: PageMaker,
) -> None:
    for address, form in (("/lapor/", "#lapor"), ("/lapor/anak/", "#lapor"), ("/tanya/", "#tanya")):
        page = page_phone(java_script_enabled=False)
        page.goto(address)
        tops = [
            (page.locator(place).first.bounding_box() or {"y": -1})["y"]
            for place in ("[name=safe_now]", ".promises", f"{form} textarea")
        ]
        assert tops == sorted(tops), address
        assert 0 < tops[0] < 740
        page.click(f"{form} button.wide")
        told = page.locator("#kabar").bounding_box()
        assert told, address
        assert 0 <= told["y"] < 200  # what went wrong is in sight
