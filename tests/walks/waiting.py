"""Waiting for what no page shows: a row, a file, a message of the clock."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

LONGEST = 60  # seconds; nobody waits longer than it takes


def until(page: Page, holds: Callable[[], object]) -> None:
    """Wait until something holds, while the browser goes on."""
    last = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < last, "it never came to hold"
        page.wait_for_timeout(50)
