"""A long conversation at the reporter's phone: eight at a time, in answers that tell nothing."""

from playwright.sync_api import Response, expect

from tests.support import pages
from tests.walks import reporter
from tests.walks.conftest import PageMaker

LONG = "".join(f"bagian-{n:02d}".ljust(1020, ".") for n in range(1, 11))  # ten messages
SOONER = "const real = setInterval; window.setInterval = (run, wait) => real(run, wait / 20);"
LARGEST = 21_000  # bytes: what opens the thread, eight slots, and the list of keys made small


def test_a_long_thread_is_read_by_the_eight_in_answers_of_one_size(page_phone: PageMaker) -> None:
    phone = page_phone()
    reporter.write(phone)
    paper = reporter.send(phone)

    page = page_phone()
    page.add_init_script(SOONER)
    answers: list[tuple[int, str]] = []

    def told(answer: Response) -> None:
        if answer.request.method == "POST" and answer.url.endswith("/status/pesan/"):
            answers.append((answer.status, answer.headers.get("content-length", "")))

    page.on("response", told)
    reporter.open_messages(page, paper)
    thread, older = page.locator("[data-messages]"), page.locator("[data-older] button")
    expect(thread).to_contain_text("Belum ada pesan")
    expect(older).to_be_hidden()

    page.fill("[data-reply] textarea", LONG)
    page.click("[data-reply] button.wide")
    expect(page.locator("[data-reply] [data-say=sent]")).to_be_visible()
    expect(thread.locator("li")).to_have_count(8)
    older.click()
    expect(thread.locator("li")).to_have_count(10)
    expect(thread).to_contain_text("bagian-01")
    expect(older).to_be_hidden()
    assert pages.barriers(page) == []
    assert pages.too_wide(page) == 0

    again = page_phone()
    again.on("response", told)
    reporter.open_messages(again, paper)
    expect(again.locator("[data-messages] li")).to_have_count(8)
    again.fill("[data-reply] textarea", "Satu lagi.")
    again.click("[data-reply] button.wide")
    expect(again.locator("[data-messages] li").last).to_contain_text("Satu lagi.")
    expect(thread.locator("li").last).to_contain_text("Satu lagi.")  # the other window has polled
    expect(thread.locator("li")).to_have_count(11)
    with page.expect_response(lambda answer: answer.status == 304):
        pass  # nothing new: the next turn says only that
    (size,) = {size for status, size in answers if status == 200}
    assert int(size) <= LARGEST
    assert {status for status, _size in answers} == {200, 304}
