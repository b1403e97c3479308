"""Words that must never stand on a page (wording list, "phrases never to use")."""

import re
from pathlib import Path

import pytest

import teduh
from teduh.web.wording import never_said

SOURCES = Path(teduh.__file__).parent
NEVER = never_said()
TEMPLATES = sorted(SOURCES.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_page_never_blames(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    assert [phrase for phrase in NEVER if re.search(rf"\b{phrase}\b", text)] == []


@pytest.mark.parametrize("room", ["intake", "tickets", "chat"])
def test_public_pages_never_call_somebody_a_victim(room: str) -> None:
    for path in (SOURCES / room).rglob("templates/**/*.html"):
        if "web/public.html" in path.read_text(encoding="utf-8"):
            assert "korban" not in path.read_text(encoding="utf-8").lower(), path
