"""The coded questions of each short form, from data/papers.toml, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from teduh.intake import texts


@dataclass(frozen=True, slots=True)
class Question:
    """One question, its label, and its answers as code and label."""

    code: str
    label: str
    answers: tuple[tuple[str, str], ...]


def questions(paper: str) -> list[Question]:
    """The questions of a form; the hand-over of a national line has none of its own."""
    language = (get_language() or "id")[:2]
    return [
        Question(
            one["code"],
            one[language],
            tuple((option["code"], option[language]) for option in one["options"]),
        )
        for one in texts.read("papers").get(paper, ())
    ]


def lines(paper: str, told: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was answered, as label and label."""
    given = dict(told)
    return [
        (one.label, dict(one.answers)[given[one.code]])
        for one in questions(paper)
        if given.get(one.code) in dict(one.answers)
    ]
