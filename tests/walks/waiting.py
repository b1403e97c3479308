"""Waiting for what no page shows: a row, a file, a message of the clock; and a line that breaks."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, Route

LONGEST = 60  # seconds; nobody waits longer than it takes


def until(page: Page, holds: Callable[[], object]) -> None:
    """Wait until something holds, while the browser goes on."""
    last = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < last, "it never came to hold"
        page.wait_for_timeout(50)


def lose_one_answer(page: Page, address: str, words: str = "") -> None:
    """Let the next post that holds these words arrive, and the line break before its answer."""
    lost: list[str] = []

    def carry(route: Route) -> None:
        sent = route.request.post_data or ""
        if lost or route.request.method != "POST" or words not in sent:
            return route.fallback()
        lost.append(sent)
        route.fetch()
        return route.abort()

    page.route(address, carry)
