"""The people of the walks and how they come in: accounts as the demo prints them."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.support import totp
from tests.support.server import Office

SEED = re.compile(r"TOTP\D*: ([A-Z2-7]{16,})")
used_steps: dict[tuple[str, str, Callable[[], float]], int] = {}  # by office, member and clock


@dataclass(frozen=True)
class Person:
    """One member of the demo office."""

    email: str
    password: str
    phrase: str
    seed: str
    office: str = ""  # its address: what one office has taken, another has not seen


def person(office: Office, name: str) -> Person:
    """The member with this name, read from what the demo printed."""
    seed = SEED.search(office.said)
    row = re.search(
        rf"^({name}@\S+)\s+(\S+)\s+(\S.*?)\s{{2,}}(\S.*?)\s*$", office.said, re.MULTILINE
    )
    assert seed, f"the demo printed no second factor:\n{office.said}"
    assert row, f"the demo printed no {name}:\n{office.said}"
    return Person(row[1], row[2], phrase=row[4], seed=seed[1], office=office.url)


def sign_in(page: Page, who: Person, now: Callable[[], float] = time.time) -> None:
    """Password, then the six digits; ends on the first page of the desk.

    `now`: the time of the office, in seconds since 1970.
    """
    page.goto("/kantor/akun/login/")
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", who.password)
    page.click("main button[type=submit]")
    page.fill("[name=code]", fresh_code(who, now))
    page.click("main button[type=submit]")
    page.wait_for_url("**/kantor/")


def unlock(page: Page, who: Person) -> None:
    """Type the sealing phrase; ends where the unlock page leads."""
    if "/kantor/kunci/" not in page.url:
        page.goto("/kantor/kunci/")
    page.fill("[data-phrase]", who.phrase)
    page.click("[data-unlock] button")
    page.wait_for_url(lambda url: "/kantor/kunci/" not in url)


def open_beside(page: Page, who: Person) -> None:
    """Type the sealing phrase in a tab beside a page that is being written; the tab closes itself."""
    page.fill("[data-phrase]", who.phrase)
    with page.expect_event("close"):
        page.click("[data-unlock] button")


def fresh_code(who: Person, now: Callable[[], float] = time.time) -> str:
    """Six digits that were not used before."""
    # The office takes no code twice, but the next one too: phones drift. A third sign-in waits.
    used = used_steps.get((who.office, who.email, now), 0)
    while used > now() // totp.STEP:
        time.sleep(0.5)
    step = max(used + 1, int(now() // totp.STEP))
    used_steps[who.office, who.email, now] = step
    return totp.code(who.seed, step * totp.STEP)
