"""The small picture of the reviews: where each point of it lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from teduh.cases.models import Review

WIDE, HIGH, EDGE = 320, 120, 16  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Point:
    """One review in the picture; `y` of her own rating, none where she skipped it; `bar` of goals."""

    x: int
    y: int | None
    bar: int


def points(reviews: Sequence[Review]) -> list[Point]:
    """A place for each review, from left to right."""
    step = (WIDE - 2 * EDGE) // max(1, len(reviews) - 1)
    room = HIGH - 2 * EDGE
    return [
        Point(
            EDGE + number * step,
            HIGH - EDGE - (one.rating - 1) * room // 4 if one.rating else None,
            room * one.reached // max(1, one.agreed),
        )
        for number, one in enumerate(reviews)
    ]


def line(drawn: Sequence[Point]) -> str:
    """Her ratings as one line, as SVG writes it."""
    return " ".join(f"{one.x},{one.y}" for one in drawn if one.y is not None)
