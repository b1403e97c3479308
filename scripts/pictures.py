"""Pictures of six pages, phone and desk, light and dark (called by scripts/pictures)."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402  after the path is set

from tests.support import chromium  # noqa: E402
from tests.support.server import Office, office  # noqa: E402
from tests.walks import reporter  # noqa: E402
from tests.walks.people import person, sign_in, unlock  # noqa: E402

if TYPE_CHECKING:
    from tests.walks.reporter import Paper

SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
    "desk": {"viewport": {"width": 1280, "height": 800}},
}
SCHEMES = ("light", "dark")
SETTLE = 1500  # milliseconds: sealed parts open, fonts are there


def main() -> None:
    """Start an office, walk through it once for each size and scheme."""
    parser = argparse.ArgumentParser(prog="scripts/pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=HOUSE / "docs" / "screenshots")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    chromium.point_playwright_at_node()
    with office() as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright.chromium)
        officer = _signed_in(browser, server)
        for size in SIZES:
            for scheme in SCHEMES:
                _public(browser, server, out, size, scheme)
                _office(browser, server, out, size, scheme, officer)
        browser.close()


@contextmanager
def _page(browser: Browser, server: Office, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, locale="id-ID", **options)
    yield context.new_page()
    context.close()


def _public(browser: Browser, server: Office, out: Path, size: str, scheme: str) -> None:
    with _page(browser, server, color_scheme=scheme, **SIZES[size]) as page:
        for name, address in (("front", "/"), ("form", "/lapor/")):
            page.goto(address)
            _take(page, out, f"{name}-{size}-{scheme}")
        paper = _reported(page)
        page.evaluate("scrollTo(0, 0)")
        _take(page, out, f"answer-{size}-{scheme}")
        reporter.open_status(page, paper)
        _take(page, out, f"status-{size}-{scheme}")


def _reported(page: Page) -> "Paper":
    page.fill("[data-what='intake.report.story']", "Contoh cerita untuk gambar ini.")
    page.wait_for_selector("[data-say=ready]:not([hidden])")
    page.click("#lapor button.wide")
    page.wait_for_selector("[data-words]:not(:empty)")
    return reporter.Paper(
        page.locator("[data-ticket]:not(form)").first.inner_text(),
        page.locator("[data-digits]").inner_text(),
    )


def _signed_in(browser: Browser, server: Office) -> dict[str, Any]:
    """The session and the tab of an officer with an open padlock, for the other pages."""
    with _page(browser, server, **SIZES["desk"]) as page:
        who = person(server, "melati")
        sign_in(page, who)
        unlock(page, who)
        tab = page.evaluate("JSON.stringify({...sessionStorage})")
        return {"storage_state": page.context.storage_state(), "tab": tab}


def _office(
    browser: Browser, server: Office, out: Path, size: str, scheme: str, officer: dict[str, Any]
) -> None:
    options = {**SIZES[size], "color_scheme": scheme, "storage_state": officer["storage_state"]}
    with _page(browser, server, **options) as page:
        page.add_init_script(
            f"for (const [k, v] of Object.entries({officer['tab']})) sessionStorage.setItem(k, v);"
        )
        page.goto("/kantor/?keadaan=taken")
        _take(page, out, f"worklist-{size}-{scheme}")
        page.locator("tbody tr", has_text="Contoh").first.locator("a").click()
        _take(page, out, f"report-{size}-{scheme}")


def _take(page: Page, out: Path, name: str) -> None:
    page.wait_for_timeout(SETTLE)
    page.screenshot(path=out / f"{name}.png")
    sys.stdout.write(f"{out / name}.png\n")


if __name__ == "__main__":
    main()
