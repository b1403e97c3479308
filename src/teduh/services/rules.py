"""Decisions about help: pure functions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# state -> where it may go. Nothing leaves an end.
MOVES: Mapping[str, frozenset[str]] = {
    "drafted": frozenset({"sent", "withdrawn"}),
    "sent": frozenset({"seen", "accepted", "refused", "served", "silent", "withdrawn"}),
    "seen": frozenset({"accepted", "refused", "served", "silent", "withdrawn"}),
    "silent": frozenset({"accepted", "refused", "served", "withdrawn"}),
    "accepted": frozenset({"served", "refused", "did_not_attend", "withdrawn"}),
    "served": frozenset({"completed", "did_not_attend", "withdrawn"}),
    "completed": frozenset(),
    "refused": frozenset(),
    "did_not_attend": frozenset(),
    "withdrawn": frozenset(),
}
ENDS = frozenset(state for state, onward in MOVES.items() if not onward)
WITH_PARTNER = frozenset({"sent", "seen", "silent", "accepted", "served"})
UNANSWERED = frozenset({"sent", "seen", "silent"})
BY_PARTNER = ("accepted", "refused", "served", "completed", "did_not_attend")  # what a partner says
# Help has not begun and nobody sees to it: another partner is offered, or somebody says why not.
UNMET = frozenset({"refused", "silent", "did_not_attend"})
REASONS: Mapping[str, tuple[str, ...]] = {  # end -> the reasons it may have
    "refused": ("full", "no_staff", "not_ours", "far", "knows", "more"),
    "completed": ("met", "planned", "onward", "her_choice"),
    "did_not_attend": ("transport", "hindered", "unwell", "unreached", "her_choice"),
    "withdrawn": (
        *("changed", "reoffered", "mistaken", "unsafe"),
        *("taken_back", "case_ended"),
    ),
}
BY_OFFICE = ("changed", "mistaken", "unsafe")  # why an officer takes one back, of their own
SETTLED = (
    "reoffered",
    "changed",
    "met",
    "unsafe",
    "case_ended",
)  # why nobody seeks another any more
# How long a partner may be silent; where a procedure in force promises `referral_answer`, its own
# time counts. Proposal, as in sop/data/penanganan.2026-2.toml.
ANSWER_WITHIN: Mapping[str, timedelta] = {
    "extreme": timedelta(hours=2),
    "high": timedelta(hours=6),
    "medium": timedelta(hours=24),
    "low": timedelta(days=3),
}
EMPLOYERS = frozenset({"company"})  # kinds of providers (code list 4.10) that may employ her

INVESTIGATED = frozenset({"lp", "lidik", "sidik"})  # stages (code list 4.22) in which police write
LETTER_WITHIN = timedelta(days=30)  # longer without a progress letter is asked about; a proposal


class WrongMove(Exception):
    """From where it stands it cannot go there."""


class Changed(Exception):
    """Somebody else was faster; carries the state in which it is now."""


class NoReason(Exception):
    """An end without a reason, or with one that is not of this end."""


class NotSent(Exception):
    """A referral that may not go out; carries why, as codes of `words.Lacks`."""

    def __init__(self, lacks: Collection[str]) -> None:
        super().__init__(",".join(lacks))
        self.lacks = tuple(lacks)


class Early(Exception):
    """It is said to have happened later than now, or before it was sent."""


def may_move(state: str, to: str) -> bool:
    """Whether a referral in a state may go to another."""
    return to in MOVES.get(state, frozenset())


def letter_is_late(stage: str, since: date, last: date | None, day: date) -> bool:
    """Whether to ask the police how it stands: no progress letter since the report, or the last one.

    `stage`: where the law stands; `since`: the day of the police report; `last`: when one came.
    """
    return stage in INVESTIGATED and day - max(since, last or since) > LETTER_WITHIN


def still(expected: str, state: str) -> bool:
    """Whether a referral is where somebody saw it: silence alone changes nothing for an answer."""
    return expected == state or {expected, state} <= UNANSWERED


def fits(to: str, reason: str) -> bool:
    """Whether a reason goes with a state: one of its own for an end, none for any other."""
    return reason in REASONS[to] if to in REASONS else not reason


@dataclass(frozen=True, slots=True)
class Agreed:
    """On what a referral rests when it is sent.

    `agency`: of the provider, empty where it has none here; `consent_agency`: of the consent that was
    chosen, empty for none; `holding`: whether it holds; `given_by`: who said yes, by the consent or,
    where nothing sealed is shared, as the officer heard it on `day`.
    """

    provider_kind: str
    offers: bool
    agency: str
    today: date
    consent_agency: str = ""
    holding: bool = False
    given_by: str = ""
    day: date | None = None
    child: bool = False
    guardian_in_conflict: bool = False
    responsible: bool = False
    restored: bool = (
        False  # a backup was put back, and nobody went through what was withdrawn since
    )


def lacks(told: Agreed) -> list[str]:
    """Why a referral may not be sent, as codes of `words.Lacks`; nothing where it may."""
    chosen = bool(told.consent_agency)
    heard = not chosen and bool(told.given_by)
    found = {
        "not_offered": not told.offers,
        "no_consent": not chosen and (bool(told.agency) or not (told.given_by and told.day)),
        "other_agency": chosen and told.consent_agency != told.agency,
        "not_holding": chosen and not told.holding,
        "restored": told.restored,
        "employer": told.given_by == "duty" and told.provider_kind in EMPLOYERS,
        "child_alone": heard and told.given_by == "self" and told.child,
        "no_child": heard and told.given_by == "guardian" and not told.child,
        "conflict": heard and told.given_by == "guardian" and told.guardian_in_conflict,
        "not_responsible": heard and told.given_by == "duty" and not told.responsible,
        "later": heard and told.day is not None and told.day > told.today,
    }
    return [code for code, stands in found.items() if stands]


# --- visum and health ----------------------------------------------------------------------------
HOUR = timedelta(hours=1)
# What is asked of a step of the visum (`cases.words.VisumStatus`); the rest only has its day.
# letter: its number, hour: when on that day; both are sealed.
STEP_ASKS: Mapping[str, frozenset[str]] = {
    "lp_made": frozenset({"day", "letter"}),
    "spv_requested": frozenset({"day", "who", "letter"}),
    "spv_issued": frozenset({"day", "who", "letter"}),
    "exam_scheduled": frozenset({"day", "provider", "hour"}),
    "emergency_care": frozenset({"day", "provider", "hour"}),
    "exam_done": frozenset({"day", "provider", "hour"}),
    "psych_report": frozenset({"day", "provider", "letter"}),
    "result_sent": frozenset({"day", "provider", "letter"}),
    "result_confirmed": frozenset({"day", "who", "letter"}),
}
AHEAD = frozenset({"exam_scheduled"})  # steps whose day may lie ahead
EXAMINES = ("svc_visum",)  # services (code list 4.9) of whoever may be named at a step
STEP_SERVICES: Mapping[str, tuple[str, ...]] = {
    "emergency_care": ("svc_visum", "svc_medical"),
    "psych_report": ("svc_visum", "svc_psych_mid", "svc_counsel"),
}
HEALTH_SERVICES = (
    "svc_medical",
    "svc_test",
    "svc_visum",
)  # of whoever may be asked for medical care
HEALTH_ANSWERS = frozenset({"given", "declined", "not_needed", "too_late"})
SEVERAL = frozenset({"follow_up", "other"})  # kinds of which more than one may be asked at once
HASHED = frozenset({"file"})  # things of which nothing is handed on without its SHA-256
SHA_DIGITS = 64


class WrongDay(Exception):
    """A day that lies ahead where nothing can, or before what it follows."""


class NotOffered(Exception):
    """A provider that does not give this service."""


class AskedAlready(Exception):
    """The same is asked of somebody and not answered yet."""


class NotYetLate(Exception):
    """Called too late while it may still be in time."""


@dataclass(frozen=True, slots=True)
class Left:
    """How much of a window is left. `state`: open, edge (perhaps still open: only the day of the
    violence is known, not its hour), past, always (never over), unknown (no day is known).

    `until`: when it is over, counted from the first moment of that day; `latest`: from its last.
    `hours`: whole hours that are left at least; at the edge, at most.
    """

    state: str
    until: datetime | None = None
    latest: datetime | None = None
    hours: int = 0


def left_of(hours: int | None, begin: datetime | None, end: datetime | None, at: datetime) -> Left:
    """How much of a window is left at `at`, where the violence lies between `begin` and `end`."""
    if hours is None:
        return Left("always")
    if begin is None or end is None:
        return Left("unknown")
    until, latest = begin + hours * HOUR, min(end, max(at, begin)) + hours * HOUR
    if at < until:
        return Left("open", until, latest, (until - at) // HOUR)
    if at < latest:
        return Left("edge", until, latest, (latest - at) // HOUR)
    return Left("past", until, latest)


def promised_until(left: Left) -> datetime | None:
    """The end that a promise of care may not outlast: the safe one, then the last possible one."""
    return {"open": left.until, "edge": left.latest}.get(left.state)


def may_be_late(left: Left) -> bool:
    """Whether it can be said that it is too late: only when it is so for certain."""
    return left.state == "past"


def fits_day(to: str, day: date, today: date) -> bool:
    """Whether a step of the visum may have this day."""
    return day <= today or to in AHEAD


def is_sha(text: str) -> bool:
    """Whether a text is a SHA-256 in hex, lower case."""
    return len(text) == SHA_DIGITS and not set(text) - set("0123456789abcdef")


def sha_fits(thing: str, sha: str) -> bool:
    """Whether a thing may be handed on with this SHA-256; a sealed file never without."""
    return is_sha(sha) if sha else thing not in HASHED


# --- rapid tests ---------------------------------------------------------------------------------
KIT_KINDS = ("pregnancy", "hiv", "syphilis", "hepatitis_b")
KIT_SOON = timedelta(days=30)  # before a batch expires its keepers hear of it; a proposal
KIT_LOW = 10  # under so many of a kind at a site its keepers hear of it; a setting, a proposal
KIT_MOST = 100_000  # of a batch: more is a slip of the pen


class NotEnough(Exception):
    """More than there is; carries how many there are."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class Expired(Exception):
    """A test whose time is over is never used."""


class OtherExpiry(Exception):
    """The same batch with another day on it."""


def kits_after(left: int, move: str, amount: int) -> int:
    """How many are left of `left` after a move of `amount`; of a count, just those counted.

    Raises NotEnough, WrongMove for an amount that says nothing.
    """
    if not (0 if move == "counted" else 1) <= amount <= KIT_MOST:
        raise WrongMove(move)
    now = {"received": left + amount, "counted": amount}.get(move, left - amount)
    if now < 0:
        raise NotEnough(left)
    if now > KIT_MOST:
        raise WrongMove(move)
    return now


def kit_expired(expires: date, today: date) -> bool:
    """Whether the last day of a batch is over; on that day it may still be used."""
    return today > expires


def kit_expires_soon(expires: date, today: date) -> bool:
    """Whether it is over within thirty days, or is already."""
    return expires <= today + KIT_SOON


def kit_limits(told: str) -> dict[str, int]:
    """Under how many of each kind stock is low, from `hiv=20 syphilis=5`; KIT_LOW for the rest.

    Raises ValueError.
    """
    limits = dict.fromkeys(KIT_KINDS, KIT_LOW)
    for one in told.split():
        kind, _sign, number = one.partition("=")
        if kind not in limits or not number.isdecimal():
            raise ValueError(one)
        limits[kind] = int(number)
    return limits
