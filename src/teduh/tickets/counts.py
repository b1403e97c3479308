"""What may be counted of tickets: what survivors said of us, month by month."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from teduh.tickets.models import Opinion
from teduh.tickets.rules import FEW
from teduh.tickets.words import OpinionAnswer, OpinionQuestion


@dataclass(frozen=True, slots=True)
class Month:
    """How many said what to each question.

    No `answers` where fewer than `FEW` said anything, or while the month goes on: whoever looked
    before and after a case ended would read what she said.
    """

    month: date
    given: int
    answers: dict[str, dict[str, int]]


def opinions(day: date) -> list[Month]:
    """Every month until `day` in which somebody said something, the newest first."""
    rows: dict[date, list[Opinion]] = {}
    for one in Opinion.objects.order_by("-month"):
        rows.setdefault(one.month, []).append(one)
    now = day.replace(day=1)
    return [
        Month(month, len(said), _answers(said) if month < now else {})
        for month, said in rows.items()
    ]


def _answers(said: list[Opinion]) -> dict[str, dict[str, int]]:
    if len(said) < FEW:
        return {}
    found = {
        question: Counter(getattr(one, question) for one in said)
        for question in OpinionQuestion.values
    }
    return {
        question: {answer: told[answer] for answer in OpinionAnswer.values}
        for question, told in found.items()
    }
