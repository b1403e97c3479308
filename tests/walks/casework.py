"""What members do with a case in the browser, one act each, on a page of theirs."""

import re

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLong

from tests.walks.reporter import Paper

CASE_PAGE = re.compile(r"/kantor/kasus/(KSS-[0-9A-Z]{4}-[0-9A-Z]{4})/$")


def opened(page: Page) -> None:
    """Wait until the padlock of a page is open, as it is at once on a machine with little to do."""
    expect(page.locator("vault-padlock")).to_have_attribute("data-state", "open")


def press(page: Page, name: str) -> None:
    """Press the one button of this name; its page, or the next, has come when this returns."""
    button = page.get_by_role("button", name=name, exact=True)
    if page.locator("form[data-seal]", has=button).count():
        opened(page)
    try:
        with page.expect_navigation():
            button.click()
    except TooLong as error:
        said = page.locator("[data-say]:visible").all_inner_texts()
        raise AssertionError(f"{name} on {page.url} was not taken: {said}") from error


def take(page: Page, paper: Paper, answer: str = "") -> None:
    """Take a report in hand, with a first answer to its sender."""
    page.goto(f"/kantor/laporan/{paper.ticket}/")
    if answer:
        page.fill("#message-text", answer)
        press(page, "Kunci lalu kirim")
    press(page, "Tangani laporan ini")


def open_case(page: Page, ticket: str, kind: str, **facts: str) -> str:
    """Open a case from a report; answers its code. `facts`: choices of the survivor's form."""
    page.goto(f"/kantor/kasus/buka/{ticket}/")
    for name, value in facts.items():
        page.select_option(f"[name={name}]", value)
    page.select_option("[name=main_kind]", kind)
    press(page, "Buka kasus")
    found = CASE_PAGE.search(page.url)
    assert found
    return found[1]


def go(page: Page, code: str, part: str = "") -> None:
    """One page of a case."""
    page.goto(f"/kantor/kasus/{code}/{part}")


def assess(page: Page, code: str, *yes: str, rest: str = "no") -> None:
    """Answer the instrument: these questions with yes, all others with `rest`; seal it."""
    go(page, code, "risiko/")
    expect(page.locator("[data-risk=score]")).not_to_have_text("–")
    page.locator(f"[data-part][value={rest}]").evaluate_all(
        "all => all.forEach(one => one.click())"
    )
    for key in yes:
        page.check(f"[data-part={key}][value=yes]", force=True)
    press(page, "Kunci dan simpan")


def visum(page: Page, code: str, to: str, **facts: str) -> None:
    """Keep a step of the visum."""
    go(page, code, "hukum/")
    page.select_option("[name=to]", to)
    for name, value in facts.items():
        page.select_option(f"[name={name}]", value)
    press(page, "Catat langkah visum")


def promise(page: Page, title: str) -> str:
    """What the page of a case or report says of one promise."""
    told = page.locator("#janji li", has_text=title).last.text_content() or ""
    return " ".join(told.split())


def review(page: Page, code: str, rating: str, note: str) -> None:
    """Keep a review, with her own word for how she is."""
    go(page, code, "tinjauan/")
    page.select_option("[name=rating]", rating)
    page.fill("#catatan", note)
    press(page, "Simpan tinjauan")
