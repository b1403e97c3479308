"""A conversation: a question from the front page, an answer from the counsellor's desk, and on."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support import canary, pages
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.casework import open_case
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.days import Days
from tests.walks.people import person, unlock
from tests.walks.reporter import Paper
from tests.walks.test_evidence import png
from tests.walks.waiting import lose_one_answer

QUESTION = "Contoh pertanyaan kenari-tanya-5561: apakah saya bisa bicara di sini?"
ANSWER = "Contoh jawaban kenari-jawab-7702: bisa, pelan-pelan saja."
MORE = "Contoh lanjutan kenari-lanjut-3318."
PHOTO = "kenari-foto-4417.png"
SENT = "kenari-formulir-6620"  # a photo that the counsellor sends
PLACE = "kenari-lokasi-9925"  # what the camera wrote into it
SIDE, DRAWN = 3000, 2048  # pixels of the photo as sent, and drawn anew
WORDS = [*reporter.CANARY.findall(f"{QUESTION} {ANSWER} {MORE} {PHOTO} {SENT}"), PLACE]
SOONER = "const real = setInterval; window.setInterval = (run, wait) => real(run, wait / 5);"
TEXT = "sealed-text[what='chat.message.text']"


def ask(page: Page) -> None:
    """Come by the front page, and write one sentence."""
    page.goto("/")
    page.click("a[href='/tanya/']")
    page.check("[name=safe_now][value=unsafe]", force=True)
    page.fill("#tanya textarea", QUESTION)


def paper_of(page: Page) -> Paper:
    """What stands on the slip."""
    text = page.locator(".slip:visible").inner_text()
    ticket, digits = re.search(r"TDH-\w{4}-\w{4}", text), re.search(r"\d{4}(?:\s\d{4}){4}", text)
    assert ticket
    assert digits
    return Paper(ticket[0], digits[0])


def answer(desk: Page, office: Office, paper: Paper) -> None:
    """The counsellor finds her in the queue, takes her, begins with a sentence that is there."""
    desk.goto("/kantor/kunci/?next=/kantor/obrolan/")
    unlock(desk, person(office, "melati"))
    desk.click(f".queue a:has-text('{paper.ticket}')")
    expect(desk.locator(TEXT)).to_have_text(QUESTION)
    desk.click("button[value=ambil]")
    expect(desk.locator(".talk")).to_contain_text("Ditangani")
    desk.click("summary:has-text('Kalimat pembuka')")
    desk.locator("[data-put]").first.click()
    field = desk.locator(".talk textarea")
    expect(field).to_have_value(re.compile("Terima kasih sudah menulis"))
    field.fill(ANSWER)
    desk.click("form[data-stay] button")
    expect(desk.locator(TEXT).last).to_have_text(ANSWER)
    expect(field).to_have_value("")


def choose(page: Page, field: str, name: str = PHOTO) -> None:
    """A photo with the next message."""
    body = png(SIDE, PLACE.encode())
    page.set_input_files(field, {"name": name, "mimeType": "image/png", "buffer": body})


def send_form(desk: Page) -> None:
    """The counsellor sends a photo of a form without a word, and sees what left: the cleaned copy."""
    choose(desk, ".talk [data-attach]", f"{SENT}.png")
    desk.click("form[data-stay] button")
    expect(desk.locator(TEXT).last).to_have_text(f"Kami kirim berkas: {SENT}.jpg")
    expect(desk.locator(".talk [data-attach]")).to_have_value("")
    file = desk.locator(".talk sealed-file").last
    expect(file.locator("[data-name]")).to_have_text(f"{SENT}.jpg")
    file.locator("[data-open]").click()
    expect(file.locator("[data-view] img")).to_have_js_property("naturalWidth", DRAWN)


def save_form(page: Page, button: str) -> None:
    """She keeps it under a name that tells nothing; what the camera wrote is not in it."""
    with page.expect_download() as kept:
        page.click(button)
    assert kept.value.suggested_filename == "berkas.jpg"
    body = Path(kept.value.path()).read_bytes()
    assert body.startswith(b"\xff\xd8")
    assert PLACE.encode() not in body


def send_photo(page: Page) -> None:
    """A photo without a word; its name stands in the conversation, and it follows by itself."""
    page.click("[data-attaching] button")
    choose(page, "[data-attaching] input")
    page.click("[data-reply] button.wide")
    expect(page.locator("[data-messages] li").last).to_contain_text(f"Saya kirim berkas: {PHOTO}")
    expect(page.locator("[data-files]")).to_contain_text("Tersimpan")
    expect(page.locator("[data-attaching] input")).to_have_value("")


def look_at_photo(desk: Page) -> None:
    """The counsellor opens the copy without camera data first, and the original on purpose."""
    file = desk.locator(".talk sealed-file").last
    expect(file.locator("[data-name]")).to_have_text(PHOTO)
    file.locator("[data-open]").click()
    picture = file.locator("[data-view] img")
    expect(picture).to_have_js_property("naturalWidth", DRAWN)
    file.locator("[data-original]").click()
    expect(picture).to_have_js_property("naturalWidth", SIDE)


def report(page: Page, paper: Paper) -> None:
    """Make the conversation a report, without telling it again."""
    page.click("a:has-text('Jadikan laporan')")
    page.fill("[name=ticket]", paper.ticket)
    page.fill("[name=code]", paper.digits)
    page.check("[name=about][value=self]", force=True)
    page.click("#tambah button.wide")
    expect(page.locator("h1:visible")).to_have_text("Tersimpan.")


def test_a_question_answered_in_the_same_page_becomes_a_report_and_a_case(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    phone, desk = page_phone(), page_of("melati")
    for page in (phone, desk):
        page.add_init_script(SOONER)
    ask(phone)
    expect(phone.locator("[data-say=ready]")).to_be_visible()
    phone.click("#tanya button.wide")
    expect(phone.locator("[data-slip] [data-words]")).not_to_be_empty()
    expect(phone.locator("[data-messages]")).to_contain_text(QUESTION)
    paper = paper_of(phone)
    assert pages.barriers(phone) == []

    answer(desk, office_server, paper)
    assert pages.flaws(desk, ("light", "desk"), ("dark", "phone")) == []

    expect(phone.locator("[data-messages]")).to_contain_text(ANSWER)
    send_form(desk)
    phone.click("[data-messages] [data-open]")
    expect(phone.locator("[data-messages] canvas")).to_have_js_property("width", DRAWN)
    save_form(phone, "[data-messages] [data-save]")
    assert pages.barriers(phone) == []
    phone.click("[data-noted]")
    lose_one_answer(phone, "**/status/pesan/", "sealed")
    phone.fill("[data-reply] textarea", MORE)
    phone.click("[data-reply] button.wide")
    expect(phone.locator("[data-reply] [data-say=offline]")).to_be_visible()
    phone.click("[data-reply] button.wide")
    expect(phone.locator("[data-reply] [data-say=sent]")).to_be_visible()
    expect(phone.locator("[data-messages] li")).to_have_count(4)
    expect(phone.locator("[data-messages] canvas")).to_be_visible()  # what is open stays open
    expect(phone.locator("[data-messages] li").last).to_contain_text(MORE)
    desk.locator(".talk textarea").fill("Contoh draf yang tidak hilang.")
    expect(desk.locator(TEXT).last).to_have_text(MORE)
    field = desk.locator(".talk textarea")
    expect(field).to_have_value("Contoh draf yang tidak hilang.")
    lose_one_answer(desk, "**/kirim/", "sealed")
    desk.click("form[data-stay] button")
    expect(desk.locator("form[data-stay] [data-say=offline]")).to_be_visible()
    expect(field).to_have_value("Contoh draf yang tidak hilang.")
    desk.click("form[data-stay] button")
    expect(field).to_have_value("")
    expect(desk.locator(TEXT)).to_have_count(5)

    send_photo(phone)
    assert pages.barriers(phone) == []
    look_at_photo(desk)

    phone.click("button[value=nanti]")
    expect(phone.locator("[data-stage]")).to_contain_text("Kami menunggu")
    expect(desk.locator(".queue")).to_contain_text("belum bisa bicara")
    report(phone, paper)
    desk.goto(f"/kantor/laporan/{paper.ticket}/")
    names = desk.locator("sealed-file [data-name]")
    expect(names.filter(has_text=PHOTO)).to_be_visible()  # it came along
    expect(names.filter(has_text=SENT)).to_be_visible()
    open_case(desk, paper.ticket, "physical")
    desk.goto(f"/kantor/obrolan/?buka={paper.ticket}")
    expect(desk.locator(".talk")).to_contain_text("Lihat kasusnya")
    assert canary.found(office_server.traces(), WORDS) == []


def test_the_same_without_script(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    asking = page_phone()
    with pages.scripts_off(asking):
        ask(asking)
        asking.check("[name=remember]", force=True)
        asking.click("#tanya button.wide")
    paper = paper_of(asking)
    pages.bars_nobody_without_script(asking, "intake:asked")
    phone = page_phone(java_script_enabled=False, storage_state=asking.context.storage_state())
    with pages.scripts_off(asking):
        asking.click("a:has-text('Lanjut ke pesan')")

    desk = page_of("melati")
    answer(desk, office_server, paper)
    send_form(desk)

    phone.goto(asking.url)
    expect(phone.locator("main")).to_contain_text(ANSWER)
    save_form(phone, "button:has-text('Simpan berkas')")
    phone.fill("textarea[name=text]", MORE)
    choose(phone, "[name=files]")
    phone.locator("form:has(textarea) button").last.click()
    expect(phone.locator("main")).to_contain_text(MORE)
    expect(phone.locator("main")).to_contain_text(f"Saya kirim berkas: {PHOTO}")
    assert canary.found(office_server.traces(), WORDS) == []


def test_ninety_days_after_its_end_nothing_of_it_opens_and_the_page_says_so(days: Days) -> None:
    page = days.phone()
    ask(page)
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#tanya button.wide")
    paper = paper_of(page)
    page.click("[data-noted]")
    page.click("button[value=selesai]")
    expect(page.locator("[data-stage]")).to_contain_text("sudah selesai")

    days.until(days=91)
    page = days.phone()
    reporter.open_status(page, paper)
    page.click("[data-to-messages]")
    other = days.phone()
    reporter.open_messages(other, paper)
    for one in (page, other):
        expect(one.locator("[data-gone]:visible")).to_contain_text("sudah dihapus")
        for part in ("[data-messages]", "[data-reply]", "[data-older]"):
            expect(one.locator(part)).to_be_hidden()
    assert pages.flaws(other, ("light", "phone")) == []
    other.get_by_role("link", name="Tanya lagi, kapan saja").click()
    expect(other.locator("#tanya")).to_be_visible()
