"""Every field that members seal holds a planted word once, written in its own form, and no file does.

The forms are found by following the links of a case, so that a new one is filled without being named
here; a sealed field that no form reached fails the test unless it stands in WITHOUT_FORM. The short
twin, with the fields of a person, is in tests/walks/test_cases.py.
"""

import zlib
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLong

from teduh.vault.rules import CASES
from tests.support import canary
from tests.walks import casework, reporter
from tests.walks.casework import CASE_PAGE, press
from tests.walks.days import MONDAY, Days

pytestmark = pytest.mark.long
PARTS = ("care", "legal", "medical", "work")
WITHOUT_FORM = {  # known to the vault already; their forms come with other parts of the office
    *("protection.note", "justice.note", "incident.note", "conflict.note"),
    *("item.wishes", "item.minutes", "danger.note"),  # at a table: tests/walks/test_conferences.py
    *(f"{of}.{part}" for of in ("contribution", "decision") for part in PARTS),
    "arrival.text",  # out of another office's file, typed by nobody here
}
HOLDERS = "sealed-field, sealed-group"
WORDS = "textarea, input:not([type=radio]):not([type=checkbox])"
MANY = 50  # fields of a person, a plan and an instrument are more than these
NEEDED = "[name=followed]"  # a tick without which a form is not taken


@dataclass
class Planted:
    """What was written under which sealed field, and on which pages."""

    words: set[str] = field(default_factory=set)
    whats: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def fill(self, page: Page) -> None:
        """Fill every sealing form of the page shown, and send each."""
        address = page.url
        for n in range(page.locator("form[data-seal]").count()):
            if page.url != address:
                page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            casework.opened(page)
            form = page.locator("form[data-seal]").nth(n)
            self._seal(form)
            answer_in_the_open(form)
            send(page, form)

    def _seal(self, form: Locator) -> None:
        of_form = form.get_attribute("data-what") or ""
        for holder in form.locator(HOLDERS).all():
            what = holder.get_attribute("data-what") or of_form
            self.whats.add(field_of(what))
            for one in holder.locator(WORDS).all():
                word = word_of(what, one.get_attribute("data-part") or "text")
                one.fill(f"Contoh {word}")
                self.words.add(word)
            self._choose(holder)

    def _choose(self, holder: Locator) -> None:
        """A choice holds no word: what it looks like before it is sealed is searched for instead."""
        for kind, many in (("radio", ""), ("checkbox", "[")):
            every = holder.locator(f"[type={kind}]")
            for part in every.evaluate_all("all => [...new Set(all.map(one => one.dataset.part))]"):
                offered = holder.locator(f"[data-part={part}]")
                values = offered.evaluate_all("all => all.map(one => one.value)")
                value = "yes" if "yes" in values else values[0]
                holder.locator(f"[data-part={part}][value='{value}']").check(force=True)
                self.words.add(f'"{part}":{many}"{value}"')


def field_of(what: str) -> str:
    """A sealed field as the vault's list names it, without its room."""
    return what.partition(".")[2]


def word_of(what: str, part: str) -> str:
    """The planted word of one field."""
    return (
        f"kenari-{what.replace('.', '-')}-{part}-{zlib.crc32(f'{what} {part}'.encode()) % 10000:04}"
    )


def answer_in_the_open(form: Locator) -> None:
    """The first answer wherever one is still missing, and today wherever a day is."""
    for one in form.locator("select:visible").all():
        values = one.locator("option").evaluate_all("all => all.map(one => one.value)")
        if not one.input_value() and len(values) > 1:
            one.select_option(values[1])
    for one in form.locator("input[type=date]:visible").all():
        one.fill(f"{MONDAY:%Y-%m-%d}")
    for one in form.locator(NEEDED).all():
        one.check(force=True)
    open_ones = form.locator("input[type=radio][name]:not([data-part]):enabled")
    names = open_ones.evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in names:
        if not form.locator(f"[name={name}]:checked").count():
            form.locator(f"[name={name}]:enabled").first.check(force=True)


def send(page: Page, form: Locator) -> None:
    """Send the form; its page comes anew, or what it says instead fails the test."""
    here = page.url
    try:
        with page.expect_navigation():
            form.locator("button:not([type=button])").first.click()
    except TooLong as error:
        said = form.locator("[data-say]:visible").all_inner_texts()
        raise AssertionError(f"{here} was not taken: {said}") from error


def links_of(page: Page, code: str) -> list[str]:
    """The addresses of the same case that the page leads to, without what follows a question mark."""
    found = page.locator("main a[href]").evaluate_all("all => all.map(one => one.href)")
    paths = [urlsplit(one).path for one in found]
    return list(dict.fromkeys(one for one in paths if f"/kasus/{code}/" in one))


def walk_through(page: Page, code: str, planted: Planted) -> None:
    """Every page of the case that this member can be led to; asking for the end comes last."""
    start = f"/kantor/kasus/{code}/"
    ahead = [start]
    while ahead:
        ahead.sort(key=lambda one: one.endswith("/selesai/"))
        path = ahead.pop(0)
        planted.pages.add(path)
        page.goto(path)
        ahead += [one for one in links_of(page, code) if one not in planted.pages | set(ahead)]
        planted.fill(page)
        page.goto(path)  # what was just written leads on
        ahead += [one for one in links_of(page, code) if one not in planted.pages | set(ahead)]


def test_no_word_a_member_seals_lies_open_anywhere(days: Days) -> None:
    phone = days.phone()
    reporter.write(phone)
    paper = reporter.send(phone)
    planted, melati = Planted(), days.at_desk("melati")
    melati.goto(f"/kantor/kasus/buka/{paper.ticket}/")
    expect(melati.locator("#k-name")).not_to_have_value("")
    planted.fill(melati)
    opened = CASE_PAGE.search(melati.url)
    assert opened
    code = opened[1]
    melati.goto(f"/kantor/kasus/{code}/hak/")
    press(melati, "Semua dijelaskan hari ini")
    walk_through(melati, code, planted)
    seroja = days.at_desk("seroja")
    seroja.goto("/kantor/data/kebocoran/baru/")
    planted.fill(seroja)
    assert set(CASES) - planted.whats <= WITHOUT_FORM
    kept = days.rows(
        "SELECT DISTINCT what FROM vault_envelope WHERE what LIKE 'cases.%' OR what LIKE 'records.%'"
    )
    assert {field_of(what) for (what,) in kept} == planted.whats
    assert len(planted.words) > MANY
    assert canary.found(days.office.traces(), [code]) != []
    assert canary.found(days.office.traces(), planted.words | set(reporter.CANARIES)) == []
