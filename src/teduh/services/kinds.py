"""Kinds of help over time: where one can go from where it stands, what is asked, how it ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ENDED = "ended"  # where every kind goes by a reason; no table names it
CARE, LEGAL = "care", "legal"  # compartments of a case in which a note may be sealed
CHOICE, DAY, YES, SEVERAL, RUPIAH = "choice", "day", "yes", "several", "rupiah"
FIELDS = frozenset({CHOICE, DAY, YES, SEVERAL, RUPIAH})
RESERVED = frozenset({"who", "to", "reason", "seen", "sealed"})  # what else its form sends
MEDIATION = "mediation"  # the one thing a kind may hang on: cases.rules.may_mediate
MOST_RUPIAH = 10**12  # a figure beyond it is a slip of the pen

Facts = Mapping[str, object]  # field -> code, codes, day as 2026-11-28, True, or integer rupiah
Words = Mapping[str, str]  # language -> text


class WrongTable(Exception):
    """A table of kinds that cannot be right; carries the place and the reason."""


class WrongStep(Exception):
    """Where this kind of help cannot go from where it stands."""


class Lacking(Exception):
    """What has to be told first: codes of fields, and `reason` for an end without one."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(",".join(self.fields))


class NotForThis(Exception):
    """A kind that the law does not allow in this case."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a field; `bars`: states that nobody enters while it stands."""

    code: str
    words: Words
    bars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """Something asked on the way; `needed`: states that nobody enters before it is told."""

    code: str
    kind: str
    words: Words
    needed: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """A state; `begins` and `meets`: events of the procedure that entering it tells."""

    code: str
    words: Words
    next: tuple[str, ...]
    begins: str = ""
    meets: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to end; `states`: from which it may, none for every one."""

    code: str
    words: Words
    good: bool = False
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of help over time, as its table tells it."""

    code: str
    note: str
    source: Words
    states: tuple[Stand, ...]
    fields: tuple[Field, ...]
    reasons: tuple[Reason, ...]
    hint: Words | None = None
    only: str = ""
    addresses: str = ""
    meets: str = ""

    @property
    def first(self) -> str:
        """The state in which it begins."""
        return self.states[0].code

    def state(self, code: str) -> Stand:
        """A state by its code. Raises WrongStep."""
        found = next((one for one in self.states if one.code == code), None)
        if found is None:
            raise WrongStep(code)
        return found

    def reason(self, code: str) -> Reason | None:
        """A reason by its code."""
        return next((one for one in self.reasons if one.code == code), None)


def ends_from(kind: Kind, state: str) -> tuple[Reason, ...]:
    """The reasons for which it may end where it stands."""
    return tuple(one for one in kind.reasons if not one.states or state in one.states)


def goes_to(kind: Kind, state: str) -> tuple[str, ...]:
    """Where it may go from a state, the end last; nowhere from the end."""
    if state == ENDED:
        return ()
    ending = (ENDED,) if ends_from(kind, state) else ()
    return (*kind.state(state).next, *ending)


def lacking(kind: Kind, to: str, facts: Facts) -> tuple[str, ...]:
    """Fields to be told, or answered otherwise, before a state is entered."""
    return tuple(
        one.code
        for one in kind.fields
        if (to in one.needed and not told(facts, one)) or to in _barred(one, facts)
    )


def told(facts: Facts, field: Field) -> bool:
    """Whether a field was answered; 0 rupiah is an answer, a box left empty is none."""
    answer = facts.get(field.code)
    return answer is not None and answer is not False and answer not in ("", [])


def _barred(field: Field, facts: Facts) -> frozenset[str]:
    answer = facts.get(field.code)
    chosen = answer if isinstance(answer, list) else [answer]
    return frozenset(bar for one in field.options if one.code in chosen for bar in one.bars)


def check_step(kind: Kind, state: str, to: str, facts: Facts, reason: str) -> None:
    """Whether a step may be made. Raises WrongStep, or Lacking with what is to be told first."""
    if to not in goes_to(kind, state):
        raise WrongStep(f"{state} to {to}")
    if (to == ENDED) != bool(reason):
        raise Lacking(["reason"])
    if to == ENDED:
        if reason not in {one.code for one in ends_from(kind, state)}:
            raise Lacking(["reason"])
        return
    missing = lacking(kind, to, facts)
    if missing:
        raise Lacking(missing)


def reached(kind: Kind, state: str) -> frozenset[str]:
    """Every state that can follow a state in any number of steps, and that state itself."""
    seen, waiting = set(), [state]
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting.extend(goes_to(kind, now))
    return frozenset(seen)


def faults(kind: Kind) -> list[str]:
    """What is wrong with a kind, as codes with their place; nothing where it can be used."""
    names = [one.code for one in kind.states]
    known = {*names, ENDED}
    found = [f"state {one}: twice" for one in sorted({n for n in names if names.count(n) > 1})]
    if ENDED in names:
        return [f"state {ENDED}: reserved"]
    if not names:
        return ["state: none"]
    named = (
        *((f"state {one.code}", one.next) for one in kind.states),
        *((f"field {one.code}", one.needed) for one in kind.fields),
        *((f"field {f.code}", option.bars) for f in kind.fields for option in f.options),
        *((f"reason {one.code}", one.states) for one in kind.reasons),
        *((("addresses", (kind.addresses,)),) if kind.addresses else ()),
    )
    found += [
        f"{place}: no state {one}" for place, states in named for one in states if one not in known
    ]
    if found:
        return found
    found += [
        f"state {one}: never reached" for one in names if one not in reached(kind, kind.first)
    ]
    found += [f"state {one}: no way to an end" for one in names if ENDED not in reached(kind, one)]
    return found + _faults_of_fields(kind)


def _faults_of_fields(kind: Kind) -> list[str]:
    found = []
    for what, rows in (("field", kind.fields), ("reason", kind.reasons)):
        codes = [one.code for one in rows]
        found += [
            f"{what} {one}: twice" for one in sorted({c for c in codes if codes.count(c) > 1})
        ]
    for one in kind.fields:
        if one.code in RESERVED:
            found.append(f"field {one.code}: reserved")
        if one.kind not in FIELDS:
            found.append(f"field {one.code}: no kind {one.kind}")
        if (one.kind in {CHOICE, SEVERAL}) != (len(one.options) > 1):
            found.append(f"field {one.code}: options")
    if kind.note not in {CARE, LEGAL}:
        found.append(f"note: {kind.note}")
    if kind.only not in {"", MEDIATION}:
        found.append(f"only: {kind.only}")
    return found
