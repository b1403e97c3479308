"""Decisions about reports: pure functions."""

from collections.abc import Collection

from teduh.vault.rules import LATE_EPOCH_DAYS, PREVIOUS_EPOCH_DAYS

MOVES: dict[str, frozenset[str]] = {
    "new": frozenset({"taken", "asked", "passed", "duplicate", "guided", "case"}),
    "taken": frozenset({"asked", "passed", "duplicate", "guided", "case"}),
    "asked": frozenset({"taken", "asked", "passed", "duplicate", "guided", "case"}),
    "passed": frozenset({"taken"}),
    "duplicate": frozenset({"taken", "case"}),
    "guided": frozenset({"taken"}),
    "case": frozenset(),  # its case goes on from here
}
WAITING = frozenset({"asked", "guided"})  # with the sender, or closed: her word brings it back
CHILD_BANDS = frozenset({"0-5", "6-12", "13-17"})  # child: under 18 (UU 35/2014)
HOUSEHOLD = frozenset({"spouse", "parent", "step_parent", "sibling"})  # UU 23/2004, article 2
FACTS_NEEDED = 2  # that agree with the sealed identity, before a lost code is replaced
SPOKEN = frozenset({"phone", "walkin", "outreach"})  # channels on which a member talks with her
REFERRED = frozenset({"referral", "police", "health"})  # channels on which agencies file
OFFLINE = frozenset({"responder", "walkin"})  # channels whose reports may have waited for a line
WAYS = {"phone": "sms", "whatsapp": "whatsapp", "email": "email"}
BAND_ORDER = {"extreme": 0, "high": 1, "medium": 2, "low": 3}
DANGER_ORDER = {"unsafe": 0, "unsure": 1, "": 2, "safe": 3}


class WrongMove(Exception):
    """A state this report cannot go to from where it stands."""


class UnknownCode(Exception):
    """A code that its list does not hold."""


class NoGuidance(Exception):
    """Nothing was written to the sender: there is no guidance to be told of."""


class Held(Exception):
    """A conversation that a colleague answers for."""


class NotAgreed(Exception):
    """She has not agreed to hear of news by another way than her ticket."""


class AddedMeanwhile(Exception):
    """Another addition took this number; count again."""


class TicketTaken(Exception):
    """The ticket number belongs to another report; the sender draws again."""


class TooFewFacts(Exception):
    """Fewer facts agreed than it takes to give somebody a new code."""


def may_move(state: str, to: str) -> bool:
    """Whether a report in `state` may go to state `to`."""
    return to in MOVES.get(state, frozenset())


def after_her_word(state: str, *, in_hand: bool) -> str:
    """Where a report stands once its sender wrote; `in_hand`: an officer has taken it before.

    What lies with a partner, or is told of by another report, stays there and is marked.
    """
    if state not in WAITING:
        return state
    return "taken" if in_hand else "new"


def to_be_read_first(urgency: int, *, child: bool, unread: bool) -> bool:
    """Whether a report is worked in bulk only if somebody says so: danger, a child, new words."""
    return urgency == 0 or child or unread


def is_spoken(channel: str) -> bool:
    """Whether a member who files a report by this channel has talked with whoever reports."""
    return channel in SPOKEN


def is_referred(channel: str) -> bool:
    """Whether another agency files on this channel, and nobody of the office."""
    return channel in REFERRED


def days_behind(channel: str) -> int:
    """For how many days after a team's new key a report may still be sealed to the one before."""
    return LATE_EPOCH_DAYS if channel in OFFLINE else PREVIOUS_EPOCH_DAYS


def danger_of(level: str) -> str:
    """What a level of signs in the field says to the question of danger; green says nothing."""
    return {"red": "unsafe", "amber": "unsure"}.get(level, "")


def enough_facts(facts: Collection[str]) -> None:
    """Raises TooFewFacts unless so many different ones agreed."""
    if len(set(facts)) < FACTS_NEEDED:
        raise TooFewFacts(len(set(facts)))


def is_child(door: str, age_band: str) -> bool:
    """Whether the person harmed is known to be a child."""
    return door == "young" or age_band in CHILD_BANDS


def is_own(door: str) -> bool:
    """Whether whoever came by this door is the one it is about."""
    return door in {"self", "young"}


def is_domestic(question: str, code: str) -> bool:
    """Whether an answer tells of violence in a household (UU 23/2004, article 2)."""
    return (question, code) == ("place", "home_victim") or (
        question == "relation" and code in HOUSEHOLD
    )


def urgency(danger: str) -> int:
    """Order in the work list, 0 first: unsafe, not known, skipped, safe."""
    return DANGER_ORDER.get(danger, 2)


def rings(urgency: int, *, child: bool) -> bool:
    """Whether word of a report may not wait for the morning: danger, not sure, or a child."""
    return child or urgency <= DANGER_ORDER["unsure"]


def more_urgent(kept: int, danger: str) -> int:
    """The urgency after an answer that came later: it can only rise by itself."""
    return min(kept, urgency(danger)) if danger else kept


def way_of(contact_via: str, *, quiet: bool) -> str:
    """By which way she may get word that there is news; empty where by none."""
    return WAYS.get(reach_by(contact_via, quiet=quiet), "")


def more_urgent_band(kept: int, band: str) -> int:
    """The urgency after a screen came to this band: it can only rise by itself."""
    return min(kept, BAND_ORDER[band])


def danger_now(urgency: int, danger: str) -> str:
    """What counts as told about danger: what came later, or was screened, where it is graver."""
    return {0: "unsafe", 1: "unsure"}.get(urgency, danger)


def reach_by(contact_via: str, *, quiet: bool) -> str:
    """The way that is open to reach her: a later wish for quiet ends every other one."""
    return "none" if quiet else contact_via
