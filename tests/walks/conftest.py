"""A browser and a running office for every walk; only this machine is reachable."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support import chromium, gateway
from tests.support.elsewhere import Elsewhere, elsewhere
from tests.support.gateway import FakeGateway
from tests.support.server import Office, office, ready_made
from tests.walks.days import DESK, PHONE, WAIT_MILLISECONDS, Days, days_of
from tests.walks.people import person, sign_in

PageMaker = Callable[..., Page]
PageOf = Callable[[str], Page]
expect.set_options(timeout=WAIT_MILLISECONDS)  # whoever waits for what a page shows waits as long


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let walks speak to this machine, and to no other."""
    for item in items:
        if item.path.is_relative_to(__file__.rsplit("/", 1)[0]):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of the run."""
    chromium.point_playwright_at_node()
    with sync_playwright() as playwright:
        started = chromium.launch(playwright.chromium)
        yield started
        started.close()


@pytest.fixture(scope="session")
def neutral() -> Iterator[Elsewhere]:
    """Where the quick exit leads."""
    with elsewhere() as served:
        yield served


@pytest.fixture(scope="session")
def line() -> Iterator[FakeGateway]:
    """What sends to telephones, and brings in what is written there."""
    with gateway.running() as started:
        yield started


@pytest.fixture(scope="session")
def office_server(neutral: Elsewhere, line: FakeGateway) -> Iterator[Office]:
    """An office with its members, its keys, and a page of reports in its work list."""
    told = {
        "TEDUH_EXIT_URL": neutral.url,
        "TEDUH_WHATSAPP_URL": line.url,
        "TEDUH_WHATSAPP_KEY": gateway.KEY,
        "TEDUH_INBOUND_KEY": gateway.KEY,
        "TEDUH_MEETING_LEAST": "2",  # so small a city has few cases
    }
    wishes = ("--reports", "30")
    with office(*wishes, environment=told, like=ready_made(*wishes)) as started:
        yield started


@pytest.fixture
def make_page(browser: Browser, office_server: Office) -> Iterator[PageMaker]:
    """Open a page with a context of its own, so that nobody shares a cookie with anybody."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> Page:
        # An address without a host starts at the office.
        home: dict[str, Any] = {"base_url": office_server.url, "locale": "id-ID"}
        context = browser.new_context(**{**home, **options})
        context.set_default_timeout(WAIT_MILLISECONDS)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page_phone(make_page: PageMaker) -> PageMaker:
    """Make a page the size of a cheap phone: `page_phone(java_script_enabled=False)`."""
    return lambda **options: make_page(**{**PHONE, **options})


@pytest.fixture
def page_desk(make_page: PageMaker) -> PageMaker:
    """Make a page the size of an office screen: `page_desk(color_scheme="dark")`."""
    return lambda **options: make_page(**{**DESK, **options})


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Cookies of members who have signed in: a code of the second factor works only once."""
    return {}


@pytest.fixture
def page_of(page_desk: PageMaker, office_server: Office, sessions: dict[str, Any]) -> PageOf:
    """Make a page of a member who is signed in: `page_of("melati")`."""

    def make(name: str) -> Page:
        if name in sessions:
            return page_desk(storage_state=sessions[name])
        page = page_desk()
        sign_in(page, person(office_server, name))
        sessions[name] = page.context.storage_state()
        return page

    return make


@pytest.fixture
def days(browser: Browser, tmp_path: Path) -> Iterator[Days]:
    """An empty office whose days go by when the test says so."""
    with days_of(browser, tmp_path) as begun:
        yield begun
