"""She presses send before she has said anything: she is told so at the button, and goes on."""

import re

from playwright.sync_api import expect

from tests.walks.conftest import PageMaker


def test_an_empty_form_is_answered_at_the_button_and_one_answer_sends_it(
    page_phone: PageMaker,
) -> None:
    page = page_phone()
    page.goto("/lapor/")
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#lapor button.wide")
    told = page.locator(".send [data-error-for=__all__]")
    expect(told).to_contain_text("Satu jawaban atau satu kalimat sudah cukup")
    page.check("[name=safe_now][value=safe]", force=True)
    page.click("#lapor button.wide")
    expect(page.locator("[data-digits]")).to_have_text(re.compile(r"(\d{4} ?){5}"))
