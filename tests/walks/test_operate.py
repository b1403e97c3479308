"""The book for operators, followed word for word: from a bare folder to an office, and its drills."""

import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import canary
from tests.support.server import free_port
from tests.walks import reporter
from tests.walks.conftest import DESK, PHONE
from tests.walks.people import Person, fresh_code, unlock

HOUSE = Path(__file__).resolve().parents[2]
BOOK = HOUSE / "docs" / "operate.md"
SECTION = re.compile(r"^## (\d+)\. .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PASSWORD = "empat-kata-tanpa-arti"
LONGEST = 600  # seconds; setting up a copy from nothing fetches everything


@dataclass
class Operator:
    """Somebody at a shell who copies one block after the other."""

    folder: Path
    code: Path
    port: int
    printed: str = ""

    def follow(self, *sections: int, without: str = "\0") -> None:
        """Run every block of these sections of the book."""
        for number in sections:
            for block in blocks(number):
                if without not in block:
                    self.run(block)

    def run(self, block: str) -> None:
        """Run one block in the shell that the one before has left; answers what it asks for."""
        state, log = self.folder / "state", self.folder / "log"
        script = f"set -euo pipefail; cd {self.folder}; source {state}\n{block}\n{{ umask -p; export -p; }} > {state}"
        state.touch()
        with log.open("w") as told:
            done = subprocess.run(
                ["bash", "-c", script],
                env=self.surroundings(),
                input=self.answer(block),
                stdout=told,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=LONGEST,
                check=False,
            )
        said = log.read_text(encoding="utf-8")
        self.printed += said
        assert done.returncode == 0, f"{block}\n{said}"

    def answer(self, block: str) -> str:
        """What the operator types: the printed root key, or three shares from their papers."""
        if "read -r public" in block:
            return re.findall(r"TEDUH_ROOT_PUBLIC=(\S+)", self.printed)[0] + "\n"
        if "teduh recover" in block:
            return "\n".join(
                [*re.findall(r"^[135]\. (.+)$", self.printed, re.MULTILINE)[:3], "", ""]
            )
        return ""

    def surroundings(self) -> dict[str, str]:
        """A bare shell, with other folders than the book's."""
        places = {
            "CODE": self.code,
            "SETTINGS": self.folder / "etc",
            "DATA": self.folder / "var",
            "BACKUPS": self.folder / "backups",
            "UNIT_KEYS": self.folder / "unit-keys",
            "STICK": self.folder / "stick",
            "PORT": self.port,
        }
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("TEDUH_", "PYTEST_"))}
        return {**kept, **{name: str(value) for name, value in places.items()}}

    def end(self) -> None:
        """End what is still running."""
        for name in ("serve.pid", "clock.pid"):
            with suppress(OSError, ValueError):
                os.kill(int((self.folder / "var" / name).read_text()), SIGTERM)

    def colleague(self, code: str) -> tuple[str, str]:
        """Link and phrase of a member, from the paper they were given."""
        found = re.search(rf"^{code}: https://[^/]+(\S+)  (.+)$", self.printed, re.MULTILINE)
        assert found
        return found[1], found[2]


def blocks(section: int) -> list[str]:
    """The commands of one section."""
    text = BOOK.read_text(encoding="utf-8")
    (found,) = [one[0] for one in SECTION.finditer(text) if int(one[1]) == section]
    return BLOCK.findall(found)


@contextmanager
def operator(folder: Path, code: Path) -> Iterator[Operator]:
    """An operator in a folder of their own."""
    made = Operator(folder, code, free_port())
    try:
        yield made
    finally:
        made.end()


def test_the_first_half_of_the_book_ends_in_an_office_that_answers(tmp_path: Path) -> None:
    """The sources of this very folder, built already."""
    with operator(tmp_path, HOUSE) as me:
        me.follow(1, 2, 3, 4, without="scripts/build")
        assert "/status/" in page_of(me.port, "/")
        me.follow(6, 7)
        assert "[!!] Cadangan utama" in me.printed
        me.run("teduh doctor || true")
        last = me.printed.rpartition("(unit keys)")[2]
        assert "[!!]" not in last, last
        assert (tmp_path / "stick" / "root.key").stat().st_mode & 0o777 == 0o600
        made = [
            path for path in tmp_path.rglob("*") if path.is_file() and "static" not in path.parts
        ]
        loose = {path.name for path in made if path.stat().st_mode & 0o077}
        assert loose <= {"state", "log"}  # of this test


@pytest.mark.long
def test_the_whole_book_on_a_copy_from_nothing(tmp_path: Path, browser: Browser) -> None:
    with operator(tmp_path, copy_of_the_sources(tmp_path / "code")) as me:
        me.follow(1, 2, 3, 4)
        page_of(me.port, "/")
        me.follow(6)
        context = browser.new_context(base_url=f"http://127.0.0.1:{me.port}", **DESK)
        page = context.new_page()
        who = come_in(page, me, "mawar")
        phone = browser.new_context(base_url=f"http://127.0.0.1:{me.port}", **PHONE).new_page()
        reporter.write(phone)
        paper = reporter.send(phone)
        unlock(page, who)
        page.goto(f"/kantor/laporan/{paper.ticket}/")
        story = page.locator("sealed-text[what='intake.report.story']")
        expect(story).to_have_text(reporter.SENTENCES["intake.report.story"])
        me.follow(7, 8)
        traces = [one for one in tmp_path.rglob("*") if one.is_file() and "code" not in one.parts]
        assert canary.found([one for one in traces if one.name != "log"], reporter.CANARIES) == []
        assert "0 forgotten subjects stay dead" in me.printed
        me.follow(9)
        assert "sealed parts opened again" in me.printed
        assert not (tmp_path / "var" / "drill").exists()
        me.follow(10)
        assert "are those of this release" in me.printed
        me.run(blocks(4)[0])
        page_of(me.port, "/")
        reporter.open_status(phone, paper)


def copy_of_the_sources(place: Path) -> Path:
    """What git would give, and nothing that was ever built from it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        if (HOUSE / name).is_file():
            shutil.copy2(HOUSE / name, place / name)
    return place


def come_in(page: Page, me: Operator, code: str) -> Person:
    """Choose a password by the printed link, set up the second factor."""
    link, phrase = me.colleague(code)
    email = f"{code}@contoh.invalid"
    page.goto(link)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main form button")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.click("main details summary")
    seed = page.locator("main details code").inner_text().replace(" ", "")
    who = Person(email, PASSWORD, phrase, seed)
    page.fill("[name=code]", fresh_code(who))
    page.click("main form button")
    expect(page.locator("ul.codes")).to_be_visible()
    return who


def page_of(port: int, path: str) -> str:
    """A page, asked for until somebody answers."""
    last = time.monotonic() + 60
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            line.request("GET", path)
            return line.getresponse().read().decode()
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)
        finally:
            line.close()
