"""Indonesian is the source; whoever switches to English meets no Indonesian sentence."""

import re
from collections import Counter

import polib
import pytest

from tests.support import messages

# Names, and words that both languages write alike.
SAME_IN_BOTH = {
    "Teduh",
    "Bahasa Indonesia",
    "English",
    "Status",
    "Ticket",
    "Unit",
    "WhatsApp",
    "SMS",
    "Email",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def english() -> dict[tuple[str, str], polib.POEntry]:
    return messages.english()


def texts_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_marked_sentence_has_its_english() -> None:
    lacking = [f"{one.place}: {one.msgid!r}" for one in messages.missing()]
    assert not lacking, "python -m tests.support.messages prints them:\n" + "\n".join(lacking)


def test_no_sentence_is_translated_twice() -> None:
    entries = Counter((entry.msgctxt, entry.msgid) for entry in polib.pofile(str(messages.ENGLISH)))
    assert [key for key, times in entries.items() if times > 1] == []


def test_no_translation_is_empty_or_a_guess(english: dict[tuple[str, str], polib.POEntry]) -> None:
    unfinished = [
        entry.msgid for entry in english.values() if entry.fuzzy or not all(texts_of(entry))
    ]
    assert unfinished == []


def test_no_english_sentence_equals_its_indonesian_source(
    english: dict[tuple[str, str], polib.POEntry],
) -> None:
    alike = {entry.msgid for entry in english.values() if entry.msgid in texts_of(entry)}
    assert {text for text in alike if re.search(r"[a-z]", text)} <= SAME_IN_BOTH


def test_translations_keep_every_placeholder(
    english: dict[tuple[str, str], polib.POEntry],
) -> None:
    changed = [
        entry.msgid
        for entry in english.values()
        for text in texts_of(entry)
        if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(entry.msgid))
        or (not entry.msgid_plural and _lost(entry.msgid, text))
    ]
    assert changed == []


def _lost(source: str, text: str) -> set[str]:
    return set(PLACEHOLDER.findall(source)) - set(PLACEHOLDER.findall(text))


def test_no_translation_is_left_of_a_sentence_that_is_gone(
    english: dict[tuple[str, str], polib.POEntry],
) -> None:
    used = {(one.context, one.msgid) for one in messages.marked()}
    assert sorted(msgid for context, msgid in set(english) - used) == []
