"""Every act of the trail can be read by a person."""

import re
from pathlib import Path

from django.utils import translation

from teduh.audit.words import DETAILS, VERBS
from teduh.cases.words import GoalState
from teduh.cases.words import State as CaseState
from teduh.chat.words import Side
from teduh.conferences.words import Done
from teduh.funding.words import Kind as EntryKind
from teduh.intake.words import State
from teduh.services.words import KitMove, SessionState
from teduh.services.words import State as ReferralState

ROOMS = Path(__file__).resolve().parents[2] / "src" / "teduh"
WRITTEN = re.compile(
    r'verb="([a-z_]+\.[a-z_]+)"|"(elevation\.[a-z]+|conflict\.[a-z]+(?:ed|ead))"'
    r'|else "(ticket\.[a-z]+)"|"((?:case\.part_|vault\.re)[a-z_]+)",'  # told on by a helper
    r'|_(?:note|tell)\([^")]*"([a-z_]+\.[a-z_]+)"'
)
COMPOSED = {
    *(f"report.{state}" for state in State.values if state != State.NEW),
    *(f"message.{side}" for side in Side.values),
    *(f"case.{state}" for state in CaseState.values if state != CaseState.OPEN),
    *(f"case.goal_{state}" for state in GoalState.values),
    *("case.lpsk_asked", "case.court_asked"),
    *(f"decision.{state}" for state in Done.values if state != Done.OPEN),
    *(f"kit.{move}" for move in KitMove.values),
    *(f"money.{kind}" for kind in EntryKind.values),
    *(f"referral.{state}" for state in ReferralState.values),
    *(f"session.{state}" for state in SessionState.values if state != SessionState.BOOKED),
}


TOLD = re.compile(r"\bdetail(?:: dict\[[^=]*\])?\s*=\s*\{([^}]*)\}")
KEY = re.compile(r'"([a-z_]+)":')


def recorded() -> set[str]:
    """Every verb that an action writes."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in ROOMS.rglob("*.py"))
    return {next(filter(None, found)) for found in WRITTEN.findall(text)} | COMPOSED


def test_every_act_has_its_words() -> None:
    assert recorded() - set(VERBS) == set()


def test_no_words_are_kept_for_an_act_that_is_gone() -> None:
    assert set(VERBS) - recorded() - {"audit.begin"} == set()


def keys() -> set[str]:
    """Every key of a detail that an action writes; `subjects` is the trail's own."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in ROOMS.rglob("*.py"))
    return {key for found in TOLD.findall(text) for key in KEY.findall(found)} | {"subjects"}


def test_every_detail_has_its_words_and_none_is_kept_for_one_that_is_gone() -> None:
    assert keys() == set(DETAILS)


def test_every_word_of_the_trail_is_said_in_both_languages() -> None:
    for language, other in (("id", "en"), ("en", "id")):
        with translation.override(language):
            here = {key: str(word) for key, word in VERBS.items()}
        with translation.override(other):
            there = {key: str(word) for key, word in VERBS.items()}
        assert [key for key in VERBS if here[key] == there[key]] == []
