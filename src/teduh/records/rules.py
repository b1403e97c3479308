"""Decisions about what is kept: pure functions."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

JUSTICE_OVER = frozenset({"inkrah", "sp3", "diversi", "dicabut", "tidak_lanjut"})  # code list 4.22
PACKET_HOLDS = timedelta(days=3)  # so long after a grant a packet may be made; a proposal
PACKABLE = frozenset(  # what may go into a packet of evidence
    {"intake.evidence.body", "intake.report.story", "cases.note.text"}
)
_SHA = re.compile(r"[0-9a-f]{64}")
CONSENT_MOST = timedelta(days=180)  # a consent is asked again after that; a proposal
LINKS_MOST = 5  # links of one consent that stand at a time
YOUNGEST = frozenset({"0-5"})  # too young to be asked for an agreement of their own
NEEDED = {  # purpose -> the parts of a case that it needs; nothing else is ever shared for it
    "share_health": ("identity", "medical", "care", "part-bio", "part-disability"),
    "share_psych": ("identity", "care", "part-psych", "part-social", "part-needs"),
    "share_legal": ("identity", "legal", "part-legal"),
    "share_police": ("identity", "legal", "part-legal"),
    "share_social": ("identity", "care", "part-social", "part-disability", "part-needs"),
    "share_school": ("identity", "part-needs"),
    "share_ngo": ("identity", "care", "part-social", "part-spiritual", "part-needs"),
    "conference": ("legal", "medical", "care"),  # of these only what its pages show
}
SERVES = {  # purpose -> the kinds of agencies that serve it
    "share_health": ("health",),
    "share_psych": ("health", "social", "community"),
    "share_legal": ("legal", "community"),
    "share_police": ("police", "prosecution"),
    "share_social": ("social", "department"),
    "share_school": ("school", "department"),
    "share_ngo": ("community", "legal", "social"),
    "conference": (
        *("police", "prosecution", "health", "social", "legal", "school", "community"),
        "department",
    ),
}
AT_THE_TABLE = (
    "conference"  # a purpose for which the room of conferences shows what it needs, by no link
)
PARTS = {  # kind of agency -> the part of a case in which its words at a table lie (decision 63)
    "police": "legal",
    "prosecution": "legal",
    "legal": "legal",
    "health": "medical",
    "office": "work",
    "inspectorate": "work",
    "city_it": "work",
}
FOR_ALL = "care"  # the part of whoever has none of its own, in which wishes and dangers lie
NOT_BEGUN = frozenset({"waits"})  # the police were not told yet: no process runs


class SameHand(Exception):
    """Whoever asked answers too; it takes two."""


class NotDue(Exception):
    """The term of keeping is not over."""


class Stopped(Exception):
    """Something stands in the way; carries what, as codes with a comma between."""


class ReasonMissing(Exception):
    """Not met in full, and not a word why."""


class NotHolding(Exception):
    """A consent that was taken back, is over, or counts no more."""


class Early(Exception):
    """It is said to have happened later than now."""


class Unknown(Exception):
    """A code of no case and no report here; carries it."""


class NotGranted(Exception):
    """No supervisor has granted a packet for this hour."""


class WrongPacket(Exception):
    """A packet of things that may not be in it, or a hash that is none."""


class Closed(Exception):
    """A breach that two people have closed: nothing more is written in it."""


class NoCase(Exception):
    """Nothing is kept yet, or any more, of which a copy or an end could be asked."""


class AlreadyAsked(Exception):
    """The same waits for an answer already, or was answered meanwhile."""


class NoConsent(Exception):
    """A consent that does not count; carries why, as codes of `words.Lacks`."""

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(",".join(lacks))
        self.lacks = tuple(lacks)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the day after where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The latest day whose `years_after` is `day` or earlier."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def years_of_child(bands: Collection[str], by_age: Mapping[str, int]) -> int:
    """How long a child's case is kept from its opening: by the youngest in it, the longest where no
    band is known.
    """
    known = [by_age[band] for band in bands if band in by_age]
    return max(known or by_age.values())


def case_until(ended: date, opened: date, years: int, years_of_a_child: int) -> date:
    """The day from which a case may be erased; `years_of_a_child`: 0 where no child is in it."""
    until = years_after(ended, years)
    return max(until, years_after(opened, years_of_a_child)) if years_of_a_child else until


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rows of a case or report say, as far as it stops an erasure."""

    going: bool = False
    justice: tuple[str, ...] = ()  # the last stage of each course the law takes
    protected: bool = False
    promises: int = 0
    unread: int = 0
    asked: int = 0  # requests of the survivor that nobody answered yet
    held: bool = False


def in_court(stage: str) -> bool:
    """Whether the law is still at work after this stage."""
    return bool(stage) and stage not in JUSTICE_OVER | NOT_BEGUN


def stops(told: Standing) -> list[str]:
    """What stands in the way of erasing, as codes of `words.Stop`, the gravest first."""
    found = {
        "going": told.going,
        "court": any(map(in_court, told.justice)),
        "protection": told.protected,
        "promises": bool(told.promises),
        "messages": bool(told.unread),
        "request": bool(told.asked),
        "held": told.held,
    }
    return [code for code, stands in found.items() if stands]


def due_at(asked: datetime, hours: int) -> datetime:
    """Until when a request is to be answered: hours of the clock, nights and holidays too."""
    return asked + timedelta(hours=hours)


def needs_reason(outcome: str) -> bool:
    """Whether an answer is given with a reason: whatever is not met in full."""
    return outcome != "granted"


def breach_gaps(*, authority: bool, decided: Sequence[bool]) -> list[str]:
    """What is still to be done before a breach is closed, as codes of `words.Gap`.

    `authority`: it was told in writing; `decided`: for each person touched, whether somebody told
    them or found no safe way. Where nobody is named yet, nothing is decided.
    """
    gaps = {"authority": not authority, "touched": not decided or not all(decided)}
    return [code for code, stands in gaps.items() if stands]


def is_sha(text: str) -> bool:
    """Whether a text is a SHA-256 in lower hex."""
    return bool(_SHA.fullmatch(text))


def author_of(kid: str) -> str:
    """The code of the member whose signing key this is; empty for a reporter's."""
    name = kid.rpartition(".")[0]
    return name.removeprefix("tanda-") if name.startswith("tanda-") else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent as it was told: who gave it, when, for what, to whom; and what the case says.

    `tie`: of the guardian to the accused; `accused`: whether the rows of the case call the guardian
    so; `youngest`: whether every child harmed is too young to be asked; `responsible`: whether
    whoever writes it down supervises.
    """

    given_by: str
    day: date
    until: date
    today: date
    purpose: str
    agency_kind: str
    comps: tuple[str, ...]
    child: bool
    tie: str = ""
    accused: bool = False
    child_agrees: bool = False
    youngest: bool = False
    duty: str = ""
    responsible: bool = False


def part_of(agency_kind: str) -> str:
    """The part of a case in which the words of an agency at a table lie."""
    return PARTS.get(agency_kind, FOR_ALL)


def needed(purpose: str, agency_kind: str) -> frozenset[str]:
    """The parts that an agency of this kind may be let read for this purpose; at a table its own and
    the one for all.
    """
    parts = frozenset(NEEDED.get(purpose, ()))
    return parts & {part_of(agency_kind), FOR_ALL} if purpose == AT_THE_TABLE else parts


def lacks(told: Asked) -> list[str]:
    """Why a consent does not count, as codes of `words.Lacks`; nothing where it does."""
    by_self, by_guardian = told.given_by == "self", told.given_by == "guardian"
    by_duty = told.given_by == "duty"
    found = {
        "child_alone": by_self and told.child,
        "no_child": by_guardian and not told.child,
        "conflict": by_guardian and (told.accused or told.tie in {"accused", "household"}),
        "unsure": by_guardian and told.tie not in {"apart", "accused", "household"},
        "child_unasked": by_guardian and not (told.child_agrees or told.youngest),
        "no_duty": by_duty and not told.duty,
        "not_responsible": by_duty and not told.responsible,
        "nothing": not told.comps,
        "needless": not set(told.comps) <= needed(told.purpose, told.agency_kind),
        "wrong_agency": told.agency_kind not in SERVES.get(told.purpose, ()),
        "later": told.day > told.today,
        "too_long": not told.today <= told.until <= told.day + CONSENT_MOST,
    }
    return [code for code, stands in found.items() if stands]


def roles_needed(purpose: str) -> frozenset[str]:
    """Whose cards somebody reads for this purpose: those of the accused only for the law's sake."""
    own = {"survivor", "child"}
    return frozenset(own | {"accused"} if purpose in {"share_police", "share_legal"} else own)
