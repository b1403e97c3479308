"""What may be counted of tickets: what survivors said of us, month by month."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from teduh.tickets.models import Opinion
from teduh.tickets.rules import FEW
from teduh.tickets.words import OpinionAnswer, OpinionQuestion


@dataclass(frozen=True, slots=True)
class Month:
    """How many said what to each question; no `answers` where fewer than `FEW` said anything."""

    month: date
    given: int
    answers: dict[str, dict[str, int]]


def opinions() -> list[Month]:
    """Every month in which somebody said something, the newest first."""
    rows: dict[date, list[Opinion]] = {}
    for one in Opinion.objects.order_by("-month"):
        rows.setdefault(one.month, []).append(one)
    return [Month(month, len(said), _answers(said)) for month, said in rows.items()]


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
