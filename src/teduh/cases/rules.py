"""Decisions about cases: pure functions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
MERGED = "merged"  # closed for this it is never opened again: the case that stays goes on
GOING = frozenset(MOVES) - ENDED
BANDS = ("extreme", "high", "medium", "low")  # code list 4.14, the highest first
HIGH = frozenset({"extreme", "high"})
QUIET_DAYS = {  # without contact, by risk; as often as it is reviewed: code list 4.14, a proposal
    "extreme": 1,
    "high": 3,
    "medium": 14,
    "low": 30,
}
SEXUAL, PHYSICAL = "sexual", "physical"  # kinds of violence that a visum belongs to
MEDIATION = "svc_mediation"
MANAGER = "manager"  # the place of whoever stands in where a part has no writer


LISTED = 5  # persons whose cards the list of cases names; their items fill a column of the vault
LISTED_ACCUSED = 2  # of them accused, so that who is accused again is found
GRANT_DAYS = (1, 7, 30)  # for which a part of the assessment may be given to read; a proposal
TRACES = timedelta(hours=72)  # since the violence: samples and prevention of HIV (WHO guidance)
GLASS = timedelta(minutes=30)  # an opening in need (docs/sealing.md, part 9)


GRAVE = ("extreme", "high")  # bands that weigh on whoever walks along
SAMPLES = 5  # cases a supervisor has before them for review; a proposal


class KeptFrom(Exception):
    """A conflict of interest keeps who would take over from some cases; carries their codes."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class WrongMove(Exception):
    """A state this case cannot go to from where it stands."""


class CodeTaken(Exception):
    """The code belongs to another case; the page draws a new one."""


class InAnotherCase(Exception):
    """A report that another case tells already; carries its ticket."""


class SameHand(Exception):
    """Whoever asked answers too; it takes two."""


class SameCase(Exception):
    """A case that would be merged with itself."""


class OtherTeam(Exception):
    """Cases sealed to two teams: whoever walks with one could not open the other."""


class OlderCard(Exception):
    """The card of an office of which a newer one is kept: its keys may be gone."""


class OtherRoot(Exception):
    """An office known already comes with another root key: a new one, or somebody else."""


class NoConsent(Exception):
    """Nobody who may agree to it has agreed."""


class ArrivedAlready(Exception):
    """A transfer that has become a case here before; carries the code of that case."""


class TooSoon(WrongMove):
    """A step before another that it needs; carries, as codes, those of which one must stand."""

    def __init__(self, needed: Collection[str]) -> None:
        super().__init__(",".join(sorted(needed)))
        self.needed = frozenset(needed)


class NotReady(Exception):
    """Something has to stand first; carries what, as a code."""


class UnknownCode(Exception):
    """A code that its list does not hold."""


class WrongScore(Exception):
    """A score or band that no answers of its instrument could come to."""


class ReasonMissing(Exception):
    """Less danger than was computed, and not a word why."""


class ChangedMeanwhile(Exception):
    """Somebody else has written here since the page was shown."""


def may_move(state: str, to: str) -> bool:
    """Whether a case in `state` may go to state `to`."""
    return to in MOVES.get(state, frozenset())


GOALS_SHARE = 0.75  # of the agreed goals reached; a proposal of ours, not law or programme
IN_A_ROW = 2  # good reviews until recovery is called sustained (programme, quarterly measures)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What one review saw; `rating` is hers, 1 to 5, or None where she skipped it."""

    band: str
    agreed: int
    reached: int
    rating: int | None


def good(review: Reviewed, rating_before: int | None) -> bool:
    """Low risk, enough of the agreed goals reached, and she feels no worse than before."""
    worse = None not in (review.rating, rating_before) and review.rating < rating_before  # type: ignore[operator]
    enough = review.agreed > 0 and review.reached >= GOALS_SHARE * review.agreed
    return review.band == BANDS[-1] and enough and not worse


def sustained(reviews: Sequence[Reviewed]) -> bool:
    """Whether the last two reviews, one after the other, were good."""
    ratings: list[int | None] = [None]
    for one in reviews:
        ratings.append(one.rating or ratings[-1])
    marks = [good(one, before) for one, before in zip(reviews, ratings, strict=False)]
    return len(marks) >= IN_A_ROW and all(marks[-IN_A_ROW:])


RECOVERED = frozenset({"goals_met", "court_final"})
ENDED_BY = {  # reason of closure -> why what was still promised need not be met
    "self": "declined",
    "transferred": "elsewhere",
    "out_scope": "elsewhere",
    "moved": "elsewhere",
    "duplicate": "double",
    "unreachable": "no_need",
    "deceased": "no_need",
    "insufficient": "no_need",
    "false_entry": "no_need",
}
LIFTS_LAW = frozenset({"transferred", "duplicate", "deceased", "false_entry"})
NOT_TOLD = LIFTS_LAW | {"unreachable", "insufficient"}  # nobody whom rights could be told
GOES_ON = frozenset(
    {"stay_end", "hearing", "conference_decision"}
)  # what no closure ends by itself
GOES_WITH_THE_CASE = frozenset({"review", "closure_review"})  # promises that end with it by nature


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What stands in the way of a closure: running promises by step, the rest as counts."""

    lawful: Collection[str]  # steps a law asks for
    own: Collection[str]  # steps the office has promised by itself
    goals: int
    rights: int
    reviews: int
    messages: int


def ended_by(reason: str) -> str:
    """Why what was promised need not be met once a case ends for this reason."""
    return ENDED_BY.get(reason, "no_need")


def closure_gaps(reason: str, facts: ClosingFacts) -> list[str]:
    """What is still to be done before a case ends for this reason, as codes; nothing is waived by hand."""
    promised = set() if reason in ENDED_BY else set(facts.own) - GOES_WITH_THE_CASE
    promised |= GOES_ON & set(facts.own)
    if reason not in LIFTS_LAW:
        promised |= set(facts.lawful)
    gaps = {
        "promises": bool(promised),
        "goals": bool(facts.goals) and reason in RECOVERED,
        "review": not facts.reviews and reason in RECOVERED,
        "rights": bool(facts.rights) and reason not in NOT_TOLD,
        "messages": bool(facts.messages),
    }
    return [gap for gap, stands in gaps.items() if stands]


def rights_told(all_of_them: Collection[str], told: Collection[str]) -> bool:
    """Whether every right was told."""
    return set(all_of_them) <= set(told)


def next_of(days: Iterable[date | None], today: date) -> date | None:
    """The soonest of these days that is not over; None where each is."""
    return min((one for one in days if one and one >= today), default=None)


def highest(bands: Iterable[str]) -> str:
    """The highest of these bands; medium where there is none (not saying is not safe)."""
    return min(bands, key=BANDS.index, default="medium")


def is_lower(band: str, than: str) -> bool:
    """Whether a band means less danger than another."""
    return BANDS.index(band) > BANDS.index(than)


def counting(computed: str, final: str, *, confirmed: bool) -> str:
    """The band of an assessment that counts: below the computed one only once it is confirmed."""
    return computed if is_lower(final, computed) and not confirmed else final


def events_of_risk(band: str) -> tuple[str, ...]:
    """What a first or risen band tells the procedure: a plan, and a conference where it is high."""
    return ("risk.assessed", "risk.high") if band in HIGH else ("risk.assessed",)


def clocks_of(kinds: Collection[str]) -> list[str]:
    """The events that a new incident of these kinds tells the procedure (visum, police)."""
    return [f"case.{kind}" for kind in (PHYSICAL, SEXUAL) if kind in kinds]


ECONOMIC = frozenset({"economic", "ex_income", "ex_debt"})  # violence that leaves her without means
SUPPORT_DAYS = 3  # until temporary support was offered; a proposal of ours


def asks_support(kinds: Collection[str], exploitation: Collection[str]) -> bool:
    """Whether an incident leaves somebody without means, so that support is to be offered."""
    return not ECONOMIC.isdisjoint({*kinds, *exploitation})


VISUM_CALLED = frozenset(  # the hospital is in it: what the promise "visum_contact" asks for
    {"offered", "emergency_care", "lp_made", "spv_requested", "spv_issued", "exam_scheduled"}
)
VISUM_DONE = frozenset({"exam_done", "result_sent", "result_confirmed"})
VISUM_SEEN = frozenset({"exam_done", "emergency_care"})  # somebody looked at her
VISUM_NEEDS: dict[str, tuple[frozenset[str], ...]] = {  # of each of these one stands before
    "offered": (),
    "emergency_care": (),  # care never waits for a letter; the visum may be written from the record
    "lp_made": (),
    "spv_requested": (frozenset({"lp_made"}),),  # an investigator asks, on a report to the police
    "spv_issued": (frozenset({"lp_made"}),),
    "exam_scheduled": (),
    "delayed": (),
    "exam_done": (),  # the letter may follow
    "psych_report": (),  # a line of its own: it neither meets nor replaces an examination
    "result_sent": (VISUM_SEEN, frozenset({"spv_issued"})),
    "result_confirmed": (frozenset({"result_sent"}),),
    "declined": (),
    "not_needed": (),
}
VISUM_STEPS = ("visum_contact", "visum_examination", "visum_window")
PROTECTION_DAYS = {  # UU 12/2022 article 42; UU 23/2004 articles 16 and 32
    "tpks": 14,
    "pkdrt": 7,
    "court": 365,
}
PROTECTION_EVENTS = {
    "tpks": "protection.given",
    "pkdrt": "protection.given_home",
    "court": "protection.ordered",
}
PROTECTION_STEPS = {  # the step of the procedure that warns before an order of this kind ends
    "tpks": "protection_end",
    "pkdrt": "protection_end_home",
    "court": "protection_end_court",
}
REACHING_OUT = frozenset({"phone", "text", "visit"})  # not her ticket, and not when she comes
GUARDIANS = frozenset({"parent", "step_parent"})
COMPLAINT_KINDS = frozenset({"physical", "psychological", "sexual"})  # UU 23/2004, 51-53


def visum_lacks(status: str, stood: Collection[str]) -> frozenset[str]:
    """Of which steps one must stand before this one, where none does; empty when it may be taken."""
    return next((one for one in VISUM_NEEDS[status] if one.isdisjoint(stood)), frozenset())


def visum_event(status: str) -> str:
    """What a status tells the procedure; empty for what neither meets nor ends a promise."""
    if status in VISUM_DONE:
        return "visum.examined"
    return "visum.offered" if status in VISUM_CALLED else ""


def may_mediate(kinds: Collection[str], *, accused_is_child: bool) -> bool:
    """Whether the law lets a case be settled outside court (UU 12/2022 article 23).

    Never sexual violence; where the accused is a child, diversion is the court's own path.
    """
    return SEXUAL not in kinds or accused_is_child


def complaint_offence(kinds: Collection[str], relations: Collection[str]) -> bool:
    """Whether part of it may be an offence only on complaint (UU 23/2004 articles 51 to 53).

    A hint to ask a lawyer, never an answer: minor physical or psychological violence at home, and
    sexual violence between spouses.
    """
    spouse = "spouse" in relations
    minor = bool({"physical", "psychological"} & set(kinds)) and spouse
    return minor or (SEXUAL in kinds and spouse)


def guardian_in_conflict(relations: Collection[str]) -> bool:
    """Whether a parent is accused: then no consent for the child is asked of that parent."""
    return bool(GUARDIANS & set(relations))


def path_of_accused(age_band: str) -> str:
    """The path of the law for an accused of this age (UU 11/2012): empty for adults.

    `care`: under 12, no charge, the family and Bapas decide; `edge`: a band that holds 12 too;
    `juvenile`: 12 to 17, the child court, diversion where the law allows it.
    """
    return {"0-5": "care", "6-12": "edge", "13-17": "juvenile"}.get(age_band, "")


def writes_part(writers: Collection[str], mine: Collection[str], crew: Collection[str]) -> bool:
    """Whether these places (`mine`) write a part; where nobody's does, the case manager's do.

    `crew`: every place in the team of the case.
    """
    return bool(set(writers) & set(mine)) or (MANAGER in mine and not set(writers) & set(crew))


REPEATS = frozenset({"survivor", "accused"})  # links that raise the risk: again she, again he


class LinkedAlready(Exception):
    """The same was asked or agreed before."""


def has_in_hand(member: int, hands: Collection[int]) -> bool:
    """Whether somebody stands for a report or case; where nobody has it in hand, everybody who reads it."""
    return not hands or member in hands


def may_ask_link(
    member: int, one: Collection[int], other: Collection[int], *, supervises: bool
) -> bool:
    """Whether somebody may ask to link two: who has one of them in hand, or supervises."""
    return supervises or has_in_hand(member, one) or has_in_hand(member, other)


def may_answer_link(
    member: int, asker: int, one: Collection[int], other: Collection[int], *, supervises: bool
) -> bool:
    """Whether somebody may answer: who has the one in hand that the asker has not, or supervises.

    Where the asker has both, any second person who may see both.
    """
    if member == asker:
        return False
    theirs = [hands for hands in (one, other) if not has_in_hand(asker, hands)]
    return supervises or not theirs or any(has_in_hand(member, hands) for hands in theirs)
