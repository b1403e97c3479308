"""The threat model and the table of promises name tests that are there."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
TEXT = (HOUSE / "docs" / "threat-model.md").read_text(encoding="utf-8")
PROMISES = (HOUSE / "README.md").read_text(encoding="utf-8").split("\n## What is promised, and ")[1]
NAMED = sorted(set(re.findall(r"`((?:tests|browser)/[\w./-]+)`", TEXT + PROMISES)))


@pytest.mark.parametrize("path", NAMED)
def test_a_named_test_is_there_and_holds_tests(path: str) -> None:
    text = (HOUSE / path).read_text(encoding="utf-8")
    assert re.search(r"^(def test_|test\()", text, re.MULTILINE)


@pytest.mark.parametrize(
    "text", [TEXT.split("## What does not hold")[0], PROMISES.split("\n## ")[0]]
)
def test_every_line_of_what_holds_names_one(text: str) -> None:
    heads = ("| who", "| promised")
    told = [row for row in text.splitlines() if row.startswith("| ") and not row.startswith(heads)]
    assert told
    assert [row for row in told if "`tests/" not in row and "`browser/" not in row] == []
