"""What a stranger reads first: it keeps its word, and every link leads somewhere."""

import re
from pathlib import Path

import polib
import pytest

from tests.house.test_repository import HOUSE, files

# Word for word, and no stronger claim anywhere (docs/sealing.md).
CLAIM = (
    "What you write is locked before it is stored. A stolen database or backup, or an "
    "administrator without a case key, cannot open it. If someone takes over our web server while "
    "you write, or your phone is watched, we cannot protect that moment."
)
PAGES = sorted(str(path.relative_to(HOUSE)) for path in files() if path.suffix == ".md")
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
ELSEWHERE = re.compile(r"[a-z]+:|#")
NEWER = re.compile(r"^(Replaces|Adds to) decision (\d+)", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def read(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


def said(name: str) -> str:
    """A document as one line, without the marks of a quotation."""
    return re.sub(r"\s+", " ", re.sub(r"^> ?", "", read(name), flags=re.MULTILINE))


def links(name: str) -> list[str]:
    """Addresses of pages, headings and pictures in a document, those of this repository."""
    found = ["".join(pair) for pair in LINK.findall(CODE.sub("", read(name)))]
    return [address for address in found if not ELSEWHERE.match(address)]


def test_the_readme_names_both_commands() -> None:
    commands = re.findall(r"^```\n(scripts/\w+)\n```$", read("README.md"), re.MULTILINE)
    assert commands == ["scripts/demo", "scripts/test"]


@pytest.mark.parametrize("name", ["README.md", "docs/sealing.md"])
def test_the_claim_stands_word_for_word_in_both_languages(name: str) -> None:
    english = polib.pofile(str(HOUSE / "locale/en/LC_MESSAGES/django.po"), encoding="utf-8")
    (indonesian,) = [entry.msgid for entry in english if entry.msgstr == CLAIM]
    form = read("src/teduh/intake/templates/intake/parts/send.html")
    assert indonesian in form
    assert CLAIM in said(name)
    assert indonesian in said(name)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_leads_somewhere(name: str) -> None:
    here = (HOUSE / name).parent
    lost = [one for one in links(name) if not (here / one.partition("#")[0]).exists()]
    assert lost == []


def test_every_decision_is_listed_once_in_order_under_its_title() -> None:
    listed = [(name, title) for _number, name, title, _newer in _rows()]
    assert listed == [(path.name, _title(path)) for path in _decisions()]


def test_a_decision_that_another_replaces_or_adds_to_names_it_in_the_list() -> None:
    newer: dict[str, str] = {}
    for path in _decisions():
        number = str(int(path.name[:4]))
        for how, old in NEWER.findall(path.read_text(encoding="utf-8")):
            newer[old] = {"Replaces": "replaced by ", "Adds to": "with "}[how] + number
    assert newer == {number: told for number, _name, _title, told in _rows() if told}


def test_no_two_decisions_share_a_number() -> None:
    numbers = [path.name[:4] for path in _decisions()]
    assert len(numbers) == len(set(numbers))


def test_every_folder_of_a_room_stands_in_the_plan() -> None:
    rooms = {path.parent.name for path in (HOUSE / "src/teduh").glob("*/__init__.py")}
    plan = read("README.md").partition("src/teduh/\n")[2].partition("browser/")[0]
    assert set(re.findall(r"^  (\w+)/ ", plan, re.MULTILINE)) == rooms


def _rows() -> list[tuple[str, str, str, str]]:
    """The list of decisions: number, file, title, what replaced it or adds to it."""
    row = r"^\| \[(\d+)\]\((\d{4}-[\w-]+\.md)\) \| (.+) \| ?(.*?) ?\|$"
    return re.findall(row, read("docs/decisions/README.md"), re.MULTILINE)


def _decisions() -> list[Path]:
    return sorted((HOUSE / "docs" / "decisions").glob("[0-9]*.md"))


def _title(path: Path) -> str:
    """The title of a decision, without its number."""
    return path.read_text(encoding="utf-8").partition("\n")[0].partition(". ")[2]
