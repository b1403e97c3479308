"""The threat model names tests that are there."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
TEXT = (HOUSE / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:tests|browser)/[\w./-]+)`", TEXT)))


@pytest.mark.parametrize("path", NAMED)
def test_a_named_test_is_there_and_holds_tests(path: str) -> None:
    text = (HOUSE / path).read_text(encoding="utf-8")
    assert re.search(r"^(def test_|test\()", text, re.MULTILINE)


def test_every_line_of_what_holds_names_one() -> None:
    rows = TEXT.split("## What does not hold")[0].splitlines()
    told = [row for row in rows if row.startswith("| ") and not row.startswith("| who")]
    assert told
    assert [row for row in told if "`tests/" not in row and "`browser/" not in row] == []
