"""Plans of psychological support: how long, when looked at again, who may be slipping away."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date, timedelta

SHORTEST, LONGEST = 3, 12  # months: capability row 86 of the project
MOST_A_MONTH = 12  # sessions planned; more is a slip of the pen
LOOK_AGAIN = timedelta(days=31)  # a plan is looked at each month
SILENT = timedelta(days=21)  # after a plan began without a session; a proposal
PART, COMP = "psych", "part-psych"  # of the shared assessment, whose readers read the measures
LEFT, RIGHT, TOP, BOTTOM = 34, 330, 12, 112  # of the picture, in its own units


class WrongPlan(Exception):
    """A plan that is too short or too long, without a goal, or with what no list knows."""


class RunsAlready(Exception):
    """A plan runs in this case; one at a time."""


class PlanOver(Exception):
    """The plan has ended; nothing is written into it any more."""


def months_later(since: date, months: int) -> date:
    """The same day so many months later, the last of its month where it has none."""
    number = since.month - 1 + months
    year, month = since.year + number // 12, number % 12 + 1
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def check_plan(months: int, monthly: int, goals: Collection[str], known: Collection[str]) -> None:
    """Raises WrongPlan for one that cannot be."""
    if not SHORTEST <= months <= LONGEST:
        raise WrongPlan("months")
    if not 1 <= monthly <= MOST_A_MONTH:
        raise WrongPlan("monthly")
    if not goals or not set(goals) <= set(known) or len(set(goals)) != len(goals):
        raise WrongPlan("goals")


def look_again(since: date, looked: Sequence[date]) -> date:
    """The day on which a plan is to be looked at again."""
    return max([since, *looked]) + LOOK_AGAIN


def never_met(since: date, today: date, held: Collection[date], ahead: Collection[date]) -> bool:
    """Whether a plan runs for weeks and nobody met since, nor has a day to meet.

    Missed sessions and silence after the first are seen by `bookings.fading`.
    """
    silent = today - since >= SILENT
    return silent and all(day < since for day in held) and all(day < today for day in ahead)


def across(day: date, first: date, last: date) -> int:
    """Where a day lies in the picture, from left to right."""
    days = max((last - first).days, 1)
    share = min(max((day - first).days / days, 0), 1)
    return LEFT + round((RIGHT - LEFT) * share)


def height_of(score: float, most: int) -> int:
    """Where a score lies in the picture; browser/services/measures.ts draws by the same."""
    return BOTTOM - round((BOTTOM - TOP) * min(max(score / most, 0), 1))
