"""Decisions about meetings of agencies: pure functions."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from teduh.records import rules as records

MOVES = {
    "planned": frozenset({"under_way", "called_off"}),
    "under_way": frozenset({"held", "called_off"}),
    "held": frozenset[str](),
    "called_off": frozenset[str](),
}
GRAVE = frozenset({"high", "extreme"})
DECIDED = timedelta(
    days=60
)  # what is decided is due within what its promise runs: conference_decision
YEAR = timedelta(days=365)  # "12 months" of case standards 3.6
HALF = timedelta(days=182)
OFTEN = 3  # incidents in a year, "e.g. 3, locally 5": case standards 3.6
LAW_DAYS = timedelta(days=14)  # so long a step of the law is news for the table; a proposal
AHEAD = timedelta(days=35)  # so far ahead a series has its meetings; a proposal
SOON = timedelta(days=14)  # so long before a meeting its agenda fills itself; a proposal
MOST_WEEKS = 13  # between two meetings of a series
FLAG = YEAR  # so long after a conference a case is known to have had one: case standards 3.9


class WrongMove(Exception):
    """A state from which a meeting, an item or a decision cannot go there."""


class NotReady(Exception):
    """Something has to stand first; carries what, as codes of `words.Lacks`."""

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(",".join(lacks))
        self.lacks = tuple(lacks)


class NotDeclared(Exception):
    """Whoever asks has not accepted the declaration, or an older one than stands now."""


class Twice(Exception):
    """It stands already."""


class WrongDay(Exception):
    """A day that is over, or more than a year ahead."""


def may_move(state: str, to: str) -> bool:
    """Whether a meeting may go there."""
    return to in MOVES.get(state, frozenset())


def in_time(told: date, day: date) -> None:
    """Raises WrongDay unless `told` is within the year that begins on `day`; a proposal."""
    if not day <= told <= day + YEAR:
        raise WrongDay


def days_of(starts: date, every: int, since: date, until: date) -> Iterator[date]:
    """The days of a series from `since` to `until`, both included; `every`: weeks between two."""
    step = timedelta(weeks=every)
    day = starts + step * max(0, -((starts - since) // step))
    while day < since:
        day += step
    while day <= until:
        yield day
        day += step


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows of a case say, as far as it calls for a conference.

    `incidents`: days of what was done to her and of acts of revenge; `held`: days on which this
    case was discussed before; `stuck`: a promise is missed beyond the rung of the head; `law`: days
    of steps of the law.
    """

    band: str
    assessed: date | None = None
    incidents: tuple[date, ...] = ()
    held: tuple[date, ...] = ()
    stuck: bool = False
    law: tuple[date, ...] = ()


def triggers(facts: Facts, day: date) -> list[str]:
    """Why a case belongs on the agenda on `day`, as codes of `words.Trigger`; nothing where it does not.

    Case standards 3.6 and 3.9: a high score that was not yet discussed; three incidents or more in
    twelve months and more of them in the later half; an incident within twelve months after a
    conference; a promise stuck at the head; a step of the law in the last two weeks. What the last
    conference knew already does not call for another; a stuck promise does as long as it is stuck.
    """
    last = max(facts.held, default=None)
    told = [one for one in facts.incidents if one <= day]
    new = [one for one in told if last is None or one > last]
    year = [one for one in told if one > day - YEAR]
    later = [one for one in year if one > day - HALF]
    rises = len(year) >= OFTEN and len(later) > len(year) - len(later)
    fresh = last is None or (facts.assessed is not None and facts.assessed > last)
    law = [one for one in facts.law if day - LAW_DAYS <= one <= day]
    found = {
        "score": facts.band in GRAVE and fresh,
        "escalation": rises and bool(new),
        "repeat": last is not None and any(one <= last + YEAR for one in new),
        "stuck": facts.stuck,
        "legal": any(last is None or one > last for one in law),
    }
    return [code for code, stands in found.items() if stands]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a case on the agenda.

    `allowed`: whether she has agreed, or a duty stands in for it, for any agency at the table;
    `there`: whether somebody of such an agency is present.
    """

    open: bool
    waiting: bool
    wishes: bool
    allowed: bool
    there: bool


def lacks(told: Standing) -> list[str]:
    """What keeps it from being discussed, as codes of `words.Lacks`; nothing where it may be."""
    if not told.waiting:
        return ["over"]
    found = {
        "not_open": not told.open,
        "wishes": not told.wishes,
        "basis": not told.allowed,
        "nobody": told.allowed and not told.there,
    }
    return [code for code, stands in found.items() if stands]


def gaps(items: Sequence[tuple[str, bool]]) -> list[str]:
    """What keeps a meeting from being closed: of each item its state and whether feedback is agreed."""
    found = {
        "waiting": any(state == "waiting" for state, _told in items),
        "feedback": any(state == "discussed" and not told for state, told in items),
    }
    return [code for code, stands in found.items() if stands]


def part_of(agency_kind: str) -> str:
    """The part of a case in which the words of an agency lie."""
    return records.part_of(agency_kind)


def is_late(state: str, due: date, day: date) -> bool:
    """Whether a decision is open after its day."""
    return state == "open" and due < day


def progress(decisions: Collection[tuple[str, date]], day: date) -> str:
    """How the decisions about a case stand together: of each its state and its last day."""
    if not decisions:
        return "none"
    if any(is_late(state, due, day) for state, due in decisions):
        return "late"
    return "runs" if any(state == "open" for state, _due in decisions) else "done"


def span_of(opened: date, day: date) -> str:
    """How long a case is open, as a code of `words.Span`."""
    days = (day - opened).days
    bounds = ((7, "week"), (30, "month"), (90, "quarter"))
    return next((code for most, code in bounds if days <= most), "longer")


def veils(
    cases: Sequence[int],
    words: tuple[Sequence[str], Sequence[str]],
    shuffle: Callable[[list[int]], None],
    choose: Callable[[Sequence[str]], str],
) -> list[tuple[int, str]]:
    """For each case a pseudonym of two words that no other has, in an order that tells nothing.

    Only `shuffle` and `choose` decide, and nothing of the case.
    """
    order, taken, found = list(cases), set[str](), []
    shuffle(order)
    for one in order:
        name = f"{choose(words[0])} {choose(words[1])}"
        while name in taken:
            name = f"{choose(words[0])} {choose(words[1])}"
        taken.add(name)
        found.append((one, name))
    return found


def shown(counts: Mapping[str, int], least: int) -> dict[str, int]:
    """Those of these counts that may be shown: none under `least`, and none from which a hidden one
    follows when they are taken from the total.

    Where something is hidden, at least two are, and together they are no fewer than `least`.
    """
    ranked = sorted(((n, code) for code, n in counts.items() if n), reverse=True)
    visible = [(n, code) for n, code in ranked if n >= least]
    hidden = [n for n, _code in ranked if n < least]
    while hidden and visible and (len(hidden) < 2 or sum(hidden) < least):
        hidden.append(visible.pop()[0])
    return {code: n for n, code in visible}


def often(held: Sequence[Collection[str]], least: int) -> set[str]:
    """Of what each of these holds, that which may be shown: shared by `least` at the fewest, and
    lacking to none of them or to as many.
    """
    counts = Counter(code for some in held for code in set(some))
    return {
        code for code, n in counts.items() if code in shown({code: n, "": len(held) - n}, least)
    }
