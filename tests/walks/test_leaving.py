"""She goes on to another page; whoever presses Back finds nothing of what was opened or shown.

A browser may keep a page as it was left. What it does then is played here by its two events.
"""

from playwright.sync_api import Page, expect

from tests.walks import reporter
from tests.walks.conftest import PageMaker
from tests.walks.test_status import held_by, paper  # noqa: F401  a fixture

STORY = "[data-what='intake.report.story']"
EVENT = "(name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true }))"


def leave(page: Page) -> None:
    page.evaluate(EVENT, "pagehide")


def come_back(page: Page) -> None:
    page.evaluate(EVENT, "pageshow")


def test_ticket_and_code_of_a_report_go_with_her(page_phone: PageMaker) -> None:
    page = page_phone()
    page.goto("/lapor/")
    page.fill(STORY, reporter.SENTENCES["intake.report.story"])
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#lapor button.wide")
    expect(page.locator("[data-words]")).not_to_be_empty()
    shown = [
        page.locator(f"[data-{one}]").last.inner_text() for one in ("ticket", "digits", "words")
    ]
    leave(page)
    left = held_by(page)
    assert not [one for one in (*shown, reporter.SENTENCES["intake.report.story"]) if one in left]
    come_back(page)
    page.wait_for_url("**/status/")


def test_a_form_that_is_still_being_written_is_not_lost(page_phone: PageMaker) -> None:
    page = page_phone()
    page.goto("/lapor/")
    page.fill(STORY, "Contoh yang belum selesai.")
    leave(page)
    come_back(page)
    assert page.url.endswith("/lapor/")
    expect(page.locator(STORY)).to_have_value("Contoh yang belum selesai.")


def test_an_opened_ticket_and_its_messages_are_closed(
    page_phone: PageMaker,
    paper: reporter.Paper,  # noqa: F811
) -> None:
    page = page_phone()
    reporter.open_status(page, paper)
    page.click("[data-to-messages]")
    page.fill("[data-reply] textarea", reporter.REPLY)
    page.click("[data-reply] button.wide")
    expect(page.locator("[data-messages]")).to_contain_text(reporter.REPLY)
    page.fill("[data-reply] textarea", "Contoh yang belum terkirim.")
    leave(page)
    left = held_by(page)
    assert not [one for one in (paper.ticket, paper.digits, reporter.REPLY) if one in left]
    expect(page.locator("h1:visible")).to_have_text("Cek status laporan")
    expect(page.locator("[data-reply] textarea")).to_be_hidden()


def test_a_reply_that_was_begun_is_there_for_the_same_ticket_only(
    page_phone: PageMaker,
    paper: reporter.Paper,  # noqa: F811
) -> None:
    page, other = page_phone(), page_phone(java_script_enabled=False)
    reporter.open_messages(page, paper)
    page.fill("[data-reply] textarea", "Contoh yang belum terkirim.")
    leave(page)
    reporter.show(page, paper)
    expect(page.locator("[data-opened]")).to_be_visible()
    expect(page.locator("[data-reply] textarea")).to_have_value("Contoh yang belum terkirim.")
    leave(page)
    other.goto("/lapor/")
    other.fill("[name=story]", "Contoh orang lain.")
    reporter.show(page, reporter.send_without_script(other))
    expect(page.locator("[data-opened]")).to_be_visible()
    expect(page.locator("[data-reply] textarea")).to_have_value("")
