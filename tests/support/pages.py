"""What can be measured on a page in the browser: weight on the wire, barriers, overflow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
Dress = tuple[Literal["light", "dark"], Literal["phone", "desk"]]
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desk": {"width": 1280, "height": 800},
}
WITH_SCRIPT: tuple[Dress, ...] = (("light", "desk"), ("dark", "phone"))
WITHOUT_SCRIPT: tuple[Dress, ...] = (("light", "phone"), ("dark", "desk"))
RUN = """async (tags) => (
  await axe.run(document, { runOnly: tags, resultTypes: ["violations"] })
).violations"""
BESIDE_THE_PAGE = 5  # stops of the browser's own, more than it has
USED = """Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary"))
  .filter((one) => !one.disabled && one.type !== "hidden" && one.checkVisibility({ visibilityProperty: true }))"""
TABBING = f"""() => {{
  window.tabbed = new Set();
  document.addEventListener("focusin", ({{ target }}) => tabbed.add(target));
  return {USED}.length;
}}"""
# Of a row of radio buttons Tab comes to one; arrows lead to the others.
UNTABBED = f"""() => {USED}.filter((one) => !tabbed.has(one) && !Array.from(tabbed).some(
  (other) => one.type === "radio" && other.type === "radio" && other.name === one.name,
)).map((one) => one.outerHTML.slice(0, 120))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Weight:
    """What one page fetched: path of each answer and the bytes of its body, compressed as served."""

    answers: dict[str, int]

    @property
    def total(self) -> int:
        """Everything, in bytes."""
        return sum(self.answers.values())

    def of(self, *endings: str) -> int:
        """Bytes of the answers whose path ends in one of these."""
        return sum(size for path, size in self.answers.items() if path.endswith(endings))

    @property
    def scripts(self) -> dict[str, int]:
        """The scripts among them."""
        return {path: size for path, size in self.answers.items() if path.endswith(".js")}


@contextmanager
def scale(page: Page) -> Iterator[Weight]:
    """Add up what comes while this is open, compressed as served, with a cold cache."""
    paths: dict[str, str] = {}
    headers: dict[str, int] = {}
    answers: dict[str, int] = {}
    protocol = page.context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def begun(event: dict[str, Any]) -> None:
        paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def headed(event: dict[str, Any]) -> None:
        headers[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def ended(event: dict[str, Any]) -> None:
        request = event["requestId"]
        body = int(event["encodedDataLength"]) - headers.get(request, 0)
        path = paths.get(request, "")
        answers[path] = answers.get(path, 0) + body

    protocol.on("Network.requestWillBeSent", begun)
    protocol.on("Network.responseReceived", headed)
    protocol.on("Network.loadingFinished", ended)
    yield Weight(answers)
    page.wait_for_timeout(200)  # an answer counts when its last byte is in
    protocol.detach()


def weigh(
    page: Page, address: str, *, until: Literal["load", "networkidle"] = "networkidle"
) -> Weight:
    """Open a page with a cold cache and weigh it; `load` is enough where no script fetches more."""
    with scale(page) as weight:
        page.goto(address, wait_until=until)
    return weight


@contextmanager
def scripts_off(page: Page) -> Iterator[None]:
    """Keep scripts from running while a page is opened; afterwards only a measurement may run.

    A context made with `java_script_enabled=False` is for walks: axe never ends there.
    """
    protocol = page.context.new_cdp_session(page)
    protocol.send("Emulation.setScriptExecutionDisabled", {"value": True})
    yield
    protocol.send("Emulation.setScriptExecutionDisabled", {"value": False})
    protocol.detach()


def barriers(page: Page) -> list[str]:
    """What axe finds, one line for each element."""
    # Run through the debugger's door: the page's own policy lets no foreign script in.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, RULES)
    return [
        f"{rule['id']}: {node['html'][:120]} — {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> int:
    """Pixels that stand out to the right of the screen; 0 when nothing scrolls sideways."""
    return max(0, int(page.evaluate("document.documentElement.scrollWidth - innerWidth")))


def out_of_reach(page: Page) -> list[str]:
    """What can be seen and used on a page, and is not come to by Tab from end to end."""
    for _step in range(page.evaluate(TABBING) + BESIDE_THE_PAGE):
        page.keyboard.press("Tab")
    return [f"{urlsplit(page.url).path}: {html}" for html in page.evaluate(UNTABBED)]


def flaws(page: Page, *dresses: Dress) -> list[str]:
    """Barriers, and what is too wide, in each of these dresses, one line each."""
    found = []
    for scheme, size in dresses:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(SIZES[size])
        page.evaluate("scrollTo(0, 0)")  # else the head of the page covers half of a target
        where = f"{urlsplit(page.url).path} {scheme} {size}"
        found += [f"{where}: {line}" for line in barriers(page)]
        wide = too_wide(page)
        found += [f"{where}: {wide} px too wide"] if wide else []
    return found


def bars_nobody(page: Page, name: str) -> None:
    """Hold that the page a walk came to bars nobody: with script, by keyboard, without script.

    `name`: of its address; test_every_page.py looks for it in the walk.
    """
    assert resolve(urlsplit(page.url).path).view_name == name
    assert flaws(page, *WITH_SCRIPT) + out_of_reach(page) == []
    beside = page.context.new_page()
    with scripts_off(beside):
        answer = beside.goto(page.url.partition("#")[0])
    assert answer is not None
    assert (answer.status, beside.url) == (200, page.url.partition("#")[0])
    bars_nobody_without_script(beside, name)
    beside.close()


def bars_nobody_without_script(page: Page, name: str) -> None:
    """The same of a page that was opened with its scripts off, such as one that is shown once."""
    assert resolve(urlsplit(page.url).path).view_name == name
    assert flaws(page, *WITHOUT_SCRIPT) + out_of_reach(page) == []
