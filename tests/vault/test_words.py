"""The 2,048 words of the secret code: easy to read out, to type and to live with."""

import re
from pathlib import Path

import pytest

from teduh.vault import codes

COUNT = 2048  # 11 bits a word
SHORTEST, LONGEST = 4, 7
WHOLE = 4  # a shorter stem is compared as a whole word
INNOCENT = {"hadiah", "megah", "paham", "serbuk", "susul", "tinjau"}  # only begin alike
# No word begins like these: violent, sexual, medical, religious, insulting, political, alcohol,
# weapons, names, and whatever would tell what a slip of paper is about.
NEVER = (Path(__file__).parent / "words_never.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def words() -> tuple[str, ...]:
    return codes.words()


def test_there_are_2048_of_them_in_order(words: tuple[str, ...]) -> None:
    assert len(words) == COUNT
    assert list(words) == sorted(set(words))


def test_each_is_four_to_seven_plain_letters(words: tuple[str, ...]) -> None:
    odd = [one for one in words if not re.fullmatch(rf"[a-z]{{{SHORTEST},{LONGEST}}}", one)]
    assert odd == []


def test_four_letters_are_enough_to_tell_a_word(words: tuple[str, ...]) -> None:
    assert len({one[:4] for one in words}) == COUNT


def test_one_slip_of_the_pen_never_makes_another_word(words: tuple[str, ...]) -> None:
    """No word is another with one letter changed, added or lost (edit distance of two)."""
    changed = [f"{word[:n]}?{word[n + 1 :]}" for word in words for n in range(len(word))]
    lost = {word[:n] + word[n + 1 :] for word in words for n in range(len(word))}
    assert len(set(changed)) == len(changed)
    assert lost & set(words) == set()


def test_none_hurts_tells_or_names_anybody(words: tuple[str, ...]) -> None:
    stems = tuple(stem for stem in NEVER if len(stem) >= WHOLE)
    assert {one for one in words if one.startswith(stems)} - INNOCENT == set()
    assert set(words) & set(NEVER) == set()
