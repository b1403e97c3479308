"""An office whose days go by when a walk says so: its processes, its clock and its browsers together."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import server
from tests.support.moved import Clock
from tests.walks import reporter
from tests.walks.people import person, sign_in, unlock

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
WAIT_MILLISECONDS = 20_000  # two cores may be busy with another walk
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # eight in the morning in the city


@dataclass
class Days:
    """An office, the time in it, and who sits before which page."""

    browser: Browser
    office: server.Office
    clock: Clock
    contexts: list[BrowserContext] = field(default_factory=list)
    seats: dict[str, Page] = field(default_factory=dict)

    def phone(self) -> Page:
        """A phone that nobody has used."""
        return self._page(PHONE)

    def at_desk(self, name: str, *, reads: bool = True) -> Page:
        """The page of a member who has signed in since the time last moved, with an open padlock."""
        if name not in self.seats:
            page, who = self._page(DESK), person(self.office, name)
            sign_in(page, who, self.clock.seconds)
            if reads:
                unlock(page, who)
            self.seats[name] = page
        return self.seats[name]

    def until(self, **span: float) -> None:
        """Let it be so long after the first morning (`days=3, hours=1`); the clock has beaten then.

        Whoever sat at a desk has gone home.
        """
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        self.seats.clear()
        self.clock.go(MONDAY + timedelta(**span))
        self.beat()

    def beat(self) -> None:
        """Start the clock process, let it look once, end it politely."""
        told = {**self.clock.surroundings, "TEDUH_QUIET_HOURS": ""}
        with subprocess.Popen(
            [sys.executable, str(server.HOUSE / "manage.py"), "clock"],
            cwd=server.HOUSE,
            env=server.surroundings(self.office.folder, self.office.temp, told),
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "The clock runs.\n"
            process.terminate()  # it finishes the look it has begun
            assert process.wait() == 0

    def stage(self, paper: reporter.Paper) -> tuple[str, str]:
        """Stage and next step, as the holder of the paper reads them on a phone."""
        page = self.phone()
        reporter.open_status(page, paper)
        here = page.locator(".stages [aria-current]:visible b")
        expect(here).to_have_count(1)
        told = here.inner_text(), page.locator(".nextstep:visible").inner_text()
        page.close()
        return told

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What the office's database answers."""
        with closing(sqlite3.connect(self.office.folder / "teduh.sqlite3")) as database:
            return database.execute(statement, values).fetchall()

    def missed(self, subject: str, step: str) -> list[int]:
        """The moments of a promise that nobody kept: missed, then a rung of its ladder each."""
        found = self.rows(
            "SELECT m.moment FROM sop_miss m JOIN sop_promise p ON p.id = m.promise_id"
            " WHERE p.subject = ? AND p.step = ? ORDER BY m.id",
            subject,
            step,
        )
        return [moment for (moment,) in found]

    def letters_to(self, name: str) -> int:
        """How many messages have left for a member."""
        sent = Path(self.office.folder, "outbox").glob("*.txt")
        return sum(f"{name}@contoh.invalid" in one.read_text(encoding="utf-8") for one in sent)

    def _page(self, options: dict[str, Any]) -> Page:
        context = self.browser.new_context(
            base_url=self.office.url, locale="id-ID", timezone_id="Asia/Jakarta", **options
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        context.clock.set_fixed_time(self.clock.now)
        self.contexts.append(context)
        return context.new_page()


@contextmanager
def days_of(browser: Browser, folder: Path) -> Iterator[Days]:
    """An empty office on a Monday morning."""
    clock = Clock(folder, MONDAY - timedelta(minutes=10))
    told = {**clock.surroundings, "TEDUH_QUIET_HOURS": ""}
    made = server.ready_made("--empty", environment=told, name="monday")
    clock.go(MONDAY)
    with server.office("--empty", environment=told, like=made) as started:
        days = Days(browser, started, clock)
        try:
            yield days
        finally:
            for context in days.contexts:
                context.close()
