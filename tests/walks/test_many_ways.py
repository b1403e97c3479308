"""One ticket, whatever way it goes on: from WhatsApp into a sealed chat; by telephone, on the web, by chat."""

import re
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect

from tests.support import canary, gateway
from tests.support.gateway import FakeGateway
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock
from tests.walks.reporter import Paper
from tests.walks.test_chat import ANSWER, MORE, QUESTION, SOONER, TEXT, answer, ask, paper_of
from tests.walks.waiting import until

FROM, TOLD = "+6281200077318", "Contoh kenari-pesan-8413: apakah ada orang di sini?"
STORY, NEWS = "Contoh cerita kenari-telepon-2251.", "Contoh kabar kenari-kabar-9047."
WORDS = reporter.CANARY.findall(f"{TOLD} {QUESTION} {ANSWER} {MORE} {STORY} {NEWS}")


def test_a_message_on_whatsapp_is_answered_neutrally_and_goes_on_sealed(
    page_phone: PageMaker, page_of: PageOf, office_server: Office, line: FakeGateway
) -> None:
    phone, desk = page_phone(), page_of("melati")
    phone.add_init_script(SOONER)
    message = {"id": "wamid.1", "way": "whatsapp", "from": FROM}
    for _time in range(2):  # its first answer was lost
        told = gateway.bring(office_server.url, text=TOLD, **message)
        assert told == {"id": "wamid.1", "erase": True}
    for wrong in ({"key": "a-key-of-another-gateway-000000000000"}, {"way": "fax"}):
        with pytest.raises(HTTPError):  # what is refused is in no log either
            gateway.bring(office_server.url, text=TOLD, **{**message, "id": "wamid.0", **wrong})
    picture = {**message, "id": "wamid.2", "text": "", "more": True}
    assert gateway.bring(office_server.url, **picture)["erase"]
    until(desk, lambda: len(sent_to(line, FROM)) > 1)
    said, about_the_picture = sorted(sent_to(line, FROM), key=lambda text: "gambar" in text)
    for one in (said, about_the_picture):
        assert {"112", "110"} <= set(re.findall(r"\b\d{3}\b", one))
        assert not re.search(r"TDH|kenari|Teduh|PPA|kekerasan", one)
    assert "tanpa gambar atau suaranya" in about_the_picture

    [link] = {*re.findall(r"http\S+", f"{said} {about_the_picture}")}
    phone.goto(link)
    ask(phone)
    expect(phone.locator("[data-say=ready]")).to_be_visible()
    phone.click("#tanya button.wide")
    expect(phone.locator("[data-messages]")).to_contain_text(QUESTION)
    answer(desk, office_server, paper_of(phone))
    expect(phone.locator("[data-messages]")).to_contain_text(ANSWER)
    phone.click("[data-noted]")
    phone.fill("[data-reply] textarea", MORE)
    phone.click("[data-reply] button.wide")
    expect(desk.locator(TEXT).last).to_have_text(MORE)

    with office_server.reading() as rows:
        [(ticket,)] = rows.execute(
            "SELECT t.number FROM tickets_ticket t JOIN intake_report r ON r.ticket_id = t.id"
            " WHERE r.channel = 'whatsapp'"
        ).fetchall()
    desk.goto(f"/kantor/laporan/{ticket}/")
    stories = desk.locator("sealed-text[what='intake.report.story']")
    expect(stories).to_have_text([TOLD, re.compile("gambar, suara, atau berkas")])
    expect(desk.locator("main")).to_contain_text("dapat dibaca di perjalanan")
    assert canary.found(office_server.traces(), [*WORDS, FROM, FROM[1:]]) == []


def sent_to(line: FakeGateway, number: str) -> list[str]:
    """What has gone to one telephone."""
    return [one["text"] for one in line.sent if one["to"] == number]


def call(desk: Page) -> Paper:
    """A call on the hotline, filed while it lasts; what is read out."""
    desk.goto("/kantor/hotline/")
    expect(desk.locator("[data-start]")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("1")
    desk.fill("#id_story", STORY)
    desk.keyboard.press("Control+Enter")
    slip = desk.locator("[data-answer]")
    expect(slip.locator("[data-words] span")).to_have_count(6)
    ticket = "-".join(slip.locator("[data-ticket] span").all_inner_texts())
    digits = " ".join(slip.locator("[data-digits] span").all_inner_texts())
    with desk.expect_navigation():
        desk.click("[data-again]")
    return Paper(ticket, digits)


def make_it_her_own(phone: Page, read_out: Paper) -> Paper:
    """With the code from the telephone to one that nobody else knows, and on to the messages."""
    reporter.open_status(phone, read_out)
    phone.click("button[name=ganti]")
    expect(phone.locator("[data-new-code] [data-words]")).not_to_be_empty()
    own = Paper(read_out.ticket, phone.locator("[data-new-code] [data-digits]").inner_text())
    phone.click("[data-new-code] button")
    phone.click("[data-to-messages]")
    expect(phone.locator("[data-thread]")).to_be_visible()
    return own


def test_one_ticket_is_followed_by_telephone_on_the_web_by_chat_and_at_the_desk(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    desk, phone = page_of("melati"), page_phone()
    unlock(desk, person(office_server, "melati"))
    before = office_server.rows("intake_report")
    own = make_it_her_own(phone, call(desk))
    phone.fill("[data-reply] textarea", MORE)
    phone.click("[data-reply] button.wide")
    expect(phone.locator("[data-messages] li")).to_contain_text([MORE])

    desk.goto("/kantor/obrolan/")
    row = desk.locator(".queue a", has_text=own.ticket)
    expect(row).to_have_count(1)
    row.click()
    expect(desk.locator(TEXT)).to_have_text([MORE])
    desk.fill(".talk textarea", NEWS)
    desk.click("form[data-stay] button")
    expect(desk.locator(TEXT)).to_have_text([MORE, NEWS])
    later = page_phone(java_script_enabled=False)
    later.goto("/status/pesan/")
    reporter.show(later, own)
    expect(later.locator(".thread li")).to_contain_text([MORE, NEWS])

    desk.goto("/kantor/telepon/")
    desk.fill("#tiket", own.ticket)
    desk.fill("#kode", own.digits)
    desk.click("[data-messages-form] button")
    expect(desk.locator("[data-shown]")).to_contain_text("Sedang ditelaah")
    desk.goto("/kantor/?keadaan=semua")
    expect(desk.locator("tbody tr", has_text=own.ticket)).to_have_count(1)
    desk.goto(f"/kantor/laporan/{own.ticket}/")
    expect(desk.locator("sealed-text[what='intake.report.story']")).to_have_text([STORY])
    expect(desk.locator("#pesan sealed-text")).to_have_text([MORE, NEWS])
    assert office_server.rows("intake_report") == before + 1
    assert canary.found(office_server.traces(), WORDS) == []
