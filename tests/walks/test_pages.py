"""Pages as the browser meets them: nothing bars anybody, nothing scrolls sideways, little is sent."""

import pytest

from tests.support import pages
from tests.walks.conftest import PageMaker

PUBLIC = (
    "/",
    "/bantuan/",
    "/lapor/",
    "/lapor/anak/",
    "/tanya/",
    "/status/",
    "/aman/",
    "/en/",
    "/en/lapor/",
    "/en/status/",
    "/kantor/akun/login/",
)
KILOBYTE = 1000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_bars_nobody_and_fits_a_phone(
    page_phone: PageMaker, address: str, scheme: str
) -> None:
    page = page_phone(color_scheme=scheme)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert pages.too_wide(page) == 0
    assert pages.barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PUBLIC)
def test_without_scripts_it_bars_nobody_either(
    page_phone: PageMaker, address: str, scheme: str
) -> None:
    page = page_phone(color_scheme=scheme)
    with pages.scripts_off(page):
        page.goto(address)
    assert pages.too_wide(page) == 0
    assert pages.barriers(page) == []


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_says_nothing_in_the_console_and_asks_nobody_else(
    page_desk: PageMaker, address: str
) -> None:
    page = page_desk()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    home = page.url.split("/")[2]
    assert said == []
    assert {url.split("/")[2] for url in asked} == {home}
    assert page.context.cookies() == [] or address.startswith("/kantor/")


@pytest.mark.parametrize(
    ("address", "budget"),
    [("/", 10 * KILOBYTE), ("/lapor/", 10 * KILOBYTE), ("/status/", 10 * KILOBYTE)],
)
def test_a_public_page_is_light_before_any_script(
    page_phone: PageMaker, address: str, budget: int
) -> None:
    weight = pages.weigh(page_phone(java_script_enabled=False), address)
    assert weight.total <= budget, weight
    assert len(weight.answers) <= 3, weight


@pytest.mark.parametrize("address", ["/lapor/", "/status/"])
def test_the_sealing_script_is_light(page_phone: PageMaker, address: str) -> None:
    weight = pages.weigh(page_phone(), address)
    scripts = {path: size for path, size in weight.scripts.items() if "exit" not in path}
    assert sum(scripts.values()) <= 24 * KILOBYTE, weight
    assert len(scripts) <= 2, weight
