"""A caller gives her name: from the key to the row, among 5,000 cards, also on a PC four times as slow.

Chromium slows pages, but no Workers: the slow figure is computed, as if nothing of it were waiting
but the pause after the last key.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from teduh.access.models import Member
from teduh.lib.codes import CROCKFORD
from teduh.vault import demo, rules, suite, units
from teduh.vault.actions import keep_card
from teduh.vault.models import Card
from tests.bench.rows import Row, p95
from tests.support import chromium
from tests.support.server import office
from tests.walks.people import person, sign_in, unlock

CARDS, SLOWER, TURNS = 5_000, 4, 5
WAIT = 120_000  # milliseconds
PAUSE = 60  # milliseconds after the last key, as browser/vault/search.ts has it
TEAM, OFFICER = "asesmen", "melati"
HER = "Hj. Soemijati Uji"
TYPED = ("Ibu Sumiyati Uji", "sumijati", "bu soemiyati", "uji sumiyati", "Sumiyatri Uji")
FIRST = ["Siti", "Nur", "Muhammad", "Moh.", "Sri", "Dewi", "Achmad", "Contoh", "Soemirah", "Wayan"]
MIDDLE = ["Melati", "Kenanga", "Teladan", "Cemara", "Seroja", "Mawar", "Anggrek", "Delima"]
LAST = ["Contohan", "Teladanto", "Cemarawati", "Melatiningsih", "Kenangasari", "Mawarni"]
FOUND = """([text, her]) => new Promise((done) => {
  const results = document.querySelector("[data-results]");
  const field = document.querySelector("#cari");
  const look = () => results.textContent.includes(her) && done(performance.now() - begun);
  new MutationObserver(look).observe(results, { childList: true, subtree: true });
  const begun = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def measure() -> Iterator[Row]:
    """Fill a list, open it once, then search."""
    home = Path(os.environ["TEDUH_VAR"])
    chromium.point_playwright_at_node()
    with office("--reports", "30", folder=home) as server:
        _fill()
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright.chromium)
            page = browser.new_context(base_url=server.url, locale="id-ID").new_page()
            page.set_default_timeout(WAIT)
            sign_in(page, person(server, OFFICER))
            unlock(page, person(server, OFFICER))
            yield from _searched(page)
            browser.close()


def _searched(page: Page) -> Iterator[Row]:
    page.goto("/kantor/")
    page.wait_for_selector("vault-padlock[data-state=open]")
    yield Row("search: fetched and indexed, once", CARDS, _find(page, TYPED[0]), "ms")
    times = [_find(page, typed) for _turn in range(TURNS) for typed in TYPED]
    slow = [PAUSE + SLOWER * max(0.0, one - PAUSE) for one in times]
    yield Row("search: from the last key to the row, p95", CARDS, p95(times), "ms")
    yield Row("the same where all but the pause takes 4 times", CARDS, p95(slow), "ms", 300)


def _find(page: Page, typed: str) -> float:
    """Milliseconds until her row stands there."""
    page.fill("#cari", "")
    expect(page.locator("[data-results] li")).to_have_count(0)
    return float(page.evaluate(FOUND, [typed, HER]))


def _fill() -> None:
    """So many cards in the list of this month, hers the last."""
    now, officer = timezone.now(), Member.objects.get(code=OFFICER)
    units.make_many([units.unit_of(_ticket(n), rules.LIST) for n in range(CARDS)])
    place = {"team": TEAM, "member": OFFICER, "at": now}
    card, made = demo.seal_card(subject=_ticket(0), name=HER, **place)
    keep_card(by=officer, team=TEAM, subject=_ticket(0), card=card, made=made, at=now)
    row, found = Card.objects.get(subject=_ticket(0)), []
    for n in range(1, CARDS):
        name = f"{FIRST[n % 10]} {MIDDLE[n // 8 % 8]} {LAST[n // 64 % 6]}{n // 32}"
        card, _none = demo.seal_card(subject=_ticket(n), name=name, **place)
        unit = units.find(units.unit_of(_ticket(n), rules.LIST))
        assert unit
        stored = suite.enclose(unit, card.ct, suite.sha256(card.hdr))
        found.append(
            Card(
                compartment_id=row.compartment_id,
                subject=_ticket(n),
                team_code=TEAM,
                item=card.item,
                hdr=card.hdr,
                stored=stored,
                sig=card.sig,
            )
        )
    Card.objects.bulk_create(found)


def _ticket(n: int) -> str:
    symbols = ""
    for _place in range(4):
        n, rest = divmod(n, len(CROCKFORD))
        symbols = CROCKFORD[rest] + symbols
    return f"TDH-ZZZZ-{symbols}"
