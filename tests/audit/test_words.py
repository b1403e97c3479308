"""Every act of the trail can be read by a person."""

import re
from pathlib import Path

from teduh.audit.words import VERBS
from teduh.chat.words import Side
from teduh.intake.words import State

ROOMS = Path(__file__).resolve().parents[2] / "src" / "teduh"
WRITTEN = re.compile(r'verb="([a-z_]+\.[a-z_]+)"|"(elevation\.[a-z]+)"|else "(ticket\.[a-z]+)"')
COMPOSED = {f"report.{state}" for state in State.values if state != State.NEW} | {
    f"message.{side}" for side in Side.values
}


def recorded() -> set[str]:
    """Every verb that an action writes."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in ROOMS.rglob("*.py"))
    return {next(filter(None, found)) for found in WRITTEN.findall(text)} | COMPOSED


def test_every_act_has_its_words() -> None:
    assert recorded() - set(VERBS) == set()


def test_no_words_are_kept_for_an_act_that_is_gone() -> None:
    assert set(VERBS) - recorded() - {"audit.begin"} == set()
