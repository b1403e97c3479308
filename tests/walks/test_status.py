"""She looks up her ticket on a phone that is not hers alone: the code leaves no trace in it."""

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page, Request, expect

from tests.walks import reporter
from tests.walks.conftest import PageMaker
from tests.walks.reporter import Paper


@pytest.fixture
def paper(page_phone: PageMaker) -> Paper:
    """What she copied after a report of one sentence."""
    page = page_phone(java_script_enabled=False)
    page.goto("/lapor/")
    page.fill("[name=story]", "Contoh satu kalimat.")
    return reporter.send_without_script(page)


def sent_by(page: Page) -> list[str]:
    """Everything the page will send from now on, as text."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(unquote_plus(f"{request.url} {request.post_data or ''}").replace(" ", ""))

    page.on("request", note)
    return sent


def held_by(page: Page) -> str:
    """All that the document holds, also what cannot be seen."""
    fields = "[...document.querySelectorAll('input,textarea')].map((one) => one.value).join(' ')"
    return str(page.evaluate(f"document.documentElement.outerHTML + ' ' + {fields}"))


def test_with_script_the_code_never_leaves_the_page(page_phone: PageMaker, paper: Paper) -> None:
    page = page_phone()
    sent = sent_by(page)
    reporter.open_status(page, paper)
    expect(page.locator("main")).to_contain_text("Laporan diterima")
    assert any("auth=" in one for one in sent)
    assert not any(paper.digits.replace(" ", "") in one for one in sent)
    assert not page.context.cookies()
    assert paper.digits not in held_by(page)


def test_with_script_messages_open_one_tap_on_without_typing_again(
    page_phone: PageMaker, paper: Paper
) -> None:
    page = page_phone()
    sent = sent_by(page)
    reporter.open_status(page, paper)
    page.click("[data-to-messages]")
    expect(page.locator("[data-thread]")).to_be_visible()
    page.fill("[data-reply] textarea", reporter.REPLY)
    page.click("[data-reply] button.wide")
    expect(page.locator("[data-messages]")).to_contain_text(reporter.REPLY)
    assert not any(paper.digits.replace(" ", "") in one for one in sent)
    assert not any(reporter.REPLY.replace(" ", "") in one for one in sent)


@pytest.mark.parametrize("script", [True, False])
def test_her_wish_to_be_left_alone_needs_no_second_typing(
    page_phone: PageMaker, paper: Paper, *, script: bool
) -> None:
    page = page_phone(java_script_enabled=script)
    reporter.open_status(page, paper)
    page.click("main button[name=quiet]")
    expect(page.locator("button[name=quiet]")).to_have_text("Boleh hubungi saya lagi")
    page.click("main button[name=quiet]")
    expect(page.locator("button[name=quiet]")).to_have_text("Jangan hubungi saya lagi")


def test_a_wrong_code_is_said_and_what_was_typed_stays(page_phone: PageMaker, paper: Paper) -> None:
    page = page_phone()
    page.goto("/status/")
    reporter.show(page, Paper(paper.ticket, "0000 0000 0000 0000 0000"))
    expect(page.locator("[data-say=wrong]").first).to_be_visible()
    assert page.input_value("[name=ticket]") == paper.ticket


@pytest.mark.parametrize("script", [True, False])
def test_neither_reload_nor_the_way_back_shows_the_ticket_again(
    page_phone: PageMaker, paper: Paper, *, script: bool
) -> None:
    page = page_phone(java_script_enabled=script)
    reporter.open_status(page, paper)
    sent = sent_by(page)
    page.reload()
    expect(page.locator("h1:visible")).to_have_text("Cek status laporan")
    page.goto("/aman/")
    page.go_back()
    expect(page.locator("h1:visible")).to_have_text("Cek status laporan")
    assert not any(paper.ticket in one for one in sent)
    if script:
        assert paper.ticket not in held_by(page)


@pytest.mark.parametrize("script", [True, False])
def test_the_tick_is_offered_without_script_only(page_phone: PageMaker, *, script: bool) -> None:
    page = page_phone(java_script_enabled=script)
    page.goto("/status/")
    offered = page.locator("label:has([name=remember]):visible")
    expect(offered).to_have_count(0 if script else 1)
    if not script:
        expect(offered.locator("input")).not_to_be_checked()
