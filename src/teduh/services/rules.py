"""Decisions about help: pure functions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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
