"""Pictures of pages of a running Teduh: phone and desk, light and dark (called by scripts/look)."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from playwright.sync_api import sync_playwright  # noqa: E402  after the path is set

from tests.support import chromium  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"phone": (360, 740), "desk": (1280, 800)}
SCHEMES = ("light", "dark")


def main() -> None:
    """Take the pictures that the command line asks for and print where they lie."""
    wish = _wish()
    wish.out.mkdir(parents=True, exist_ok=True)
    chromium.point_playwright_at_node()
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright.chromium)
        for size, scheme, page in _pages(browser, wish):
            for url in wish.urls:
                _take(page, url, wish, f"{size}-{scheme}")
        browser.close()


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/look", description=__doc__)
    parser.add_argument("urls", nargs="+", metavar="URL")
    parser.add_argument("--out", type=Path, default=HOUSE / "var" / "look")
    parser.add_argument("--size", choices=SIZES, action="append", help="default: both")
    parser.add_argument("--scheme", choices=SCHEMES, action="append", help="default: both")
    parser.add_argument("--full", action="store_true", help="the whole page, not one screen")
    parser.add_argument("--no-js", action="store_true", help="with scripts switched off")
    parser.add_argument("--cookie", help="name=value, such as teduh_kantor=…, to be signed in")
    parser.add_argument("--zoom", type=float, default=1.0, help="2 shows the page at 200 %%")
    parser.add_argument("--name", help="start of the file names; default: made from the address")
    return parser.parse_args()


def _pages(browser: "Browser", wish: argparse.Namespace) -> "Iterator[tuple[str, str, Page]]":
    for size in wish.size or SIZES:
        width, height = SIZES[size]
        for scheme in wish.scheme or SCHEMES:
            context = browser.new_context(
                viewport={"width": int(width / wish.zoom), "height": int(height / wish.zoom)},
                device_scale_factor=wish.zoom,
                color_scheme=scheme,
                java_script_enabled=not wish.no_js,
                locale="id-ID",
                is_mobile=size == "phone",
                has_touch=size == "phone",
            )
            if wish.cookie:
                context.add_cookies([_cookie(wish.cookie, wish.urls[0])])
            yield size, scheme, context.new_page()
            context.close()


def _cookie(pair: str, url: str) -> Any:
    name, _, value = pair.partition("=")
    return {"name": name, "value": value, "url": "{0.scheme}://{0.netloc}".format(urlsplit(url))}


def _take(page: "Page", url: str, wish: argparse.Namespace, kind: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    answer = page.goto(url, wait_until="load")
    name = wish.name or urlsplit(url).path.strip("/").replace("/", "-") or "front"
    path = wish.out / f"{name}-{kind}.png"
    page.screenshot(path=path, full_page=wish.full)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    overflow = f" · {wide} px too wide" if wide > 0 else ""
    sys.stdout.write(f"{answer.status if answer else '-'} {path}{overflow}\n")
    for line in said:
        sys.stdout.write(f"    {line}\n")


if __name__ == "__main__":
    main()
