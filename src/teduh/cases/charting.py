"""The picture of a risk over time: steps, no curve between two assessments. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from teduh.cases.rules import BANDS

LEFT, RIGHT, TOP, ROW = 96, 330, 16, 28  # units of the picture; a row for each band


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: the step line, its corners, days of retaliation, the row of each band."""

    path: str
    dots: tuple[tuple[int, int], ...]
    marks: tuple[int, ...]
    rows: tuple[tuple[str, int], ...]
    first: date
    last: date


def step_chart(points: Sequence[tuple[date, str]], marks: Sequence[date], until: date) -> Chart:
    """Day and band of each assessment, in their order, drawn until a day.

    Of several on one day the last one shows; retaliation before the first stands at its day.
    """
    first = points[0][0]
    days = max((until - first).days, 1)

    def across(day: date) -> int:
        share = min(max((day - first).days / days, 0), 1)
        return LEFT + round((RIGHT - LEFT) * share)

    dots = [(across(day), _row(band)) for day, band in points]
    path = f"M{dots[0][0]} {dots[0][1]}" + "".join(f"H{x}V{y}" for x, y in dots[1:])
    return Chart(
        path=f"{path}H{across(until)}",
        dots=tuple(dict(dots).items()),
        marks=tuple(sorted({across(day) for day in marks})),
        rows=tuple((band, _row(band)) for band in BANDS),
        first=first,
        last=max(until, first),
    )


def _row(band: str) -> int:
    return TOP + ROW * BANDS.index(band)
