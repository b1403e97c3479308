"""Decisions about cases: pure functions."""

from collections.abc import Collection, Iterable, Mapping

IN_HAND = frozenset({"in_service", "referred", "legal", "monitoring", "closed", "transferred"})
MOVES: dict[str, frozenset[str]] = {
    "open": frozenset({"assessed", "closed", "transferred"}),
    "assessed": frozenset({"planned", "closed", "transferred"}),
    "planned": IN_HAND - {"monitoring"},
    "in_service": IN_HAND - {"in_service"},
    "referred": IN_HAND - {"referred"},
    "legal": IN_HAND - {"legal"},
    "monitoring": IN_HAND - {"monitoring"},
    "closed": frozenset({"reopened"}),
    "reopened": frozenset({"assessed", "planned"}) | IN_HAND,
    "transferred": frozenset({"reopened"}),
}
BY_HAND = frozenset({"in_service", "referred", "legal", "monitoring"})  # the rest has its own page
ENDED = frozenset({"closed", "transferred"})
BANDS = ("extreme", "high", "medium", "low")  # code list 4.14, the highest first
SEXUAL, PHYSICAL = "sexual", "physical"  # kinds of violence that a visum belongs to


class WrongMove(Exception):
    """A state this case cannot go to from where it stands."""


class CodeTaken(Exception):
    """The code belongs to another case; the page draws a new one."""


class InAnotherCase(Exception):
    """A report that another case tells already; carries its ticket."""


class UnknownCode(Exception):
    """A code that its list does not hold."""


class ChangedMeanwhile(Exception):
    """Somebody else has written here since the page was shown."""


def may_move(state: str, to: str) -> bool:
    """Whether a case in `state` may go to state `to`."""
    return to in MOVES.get(state, frozenset())


def highest(bands: Iterable[str]) -> str:
    """The highest of these bands; medium where there is none (not saying is not safe)."""
    return min(bands, key=BANDS.index, default="medium")


def clocks_of(kinds: Collection[str]) -> list[str]:
    """The events that a new incident of these kinds tells the procedure (visum, police)."""
    return [f"case.{kind}" for kind in (PHYSICAL, SEXUAL) if kind in kinds]


GBV_ORDER: tuple[tuple[str, str], ...] = (  # question answered yes -> core type, top first
    ("penetration", "rape"),
    ("sexual_contact", "sexual_assault"),
    ("assault", "physical_assault"),
    ("forced_marriage", "forced_marriage"),
    ("denial", "denial"),
    ("emotional", "emotional"),
)


def gbv_type(answers: Mapping[str, bool]) -> str:
    """The one core type of an incident by the decision order of case_standards.md 3.1."""
    return next((found for asked, found in GBV_ORDER if answers.get(asked)), "none")
