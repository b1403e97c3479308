"""Letters of the office: what a template says, where a letter may go, how its number is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Words = Mapping[str, str]  # language -> text
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
PROVIDER, MEMBER, TYPED = "provider", "member", "typed"  # to whom: a provider, one of ours, sealed
CARD = frozenset({"name", "born", "address", "nik"})  # parts of a person's card a letter may show
OPEN = frozenset({"assigned", "case", "office", "service"})  # what a text may name in the open
PLACES = frozenset({"n", "code", "month_roman", "month", "year"})  # what a number may be made of
MOVES: Mapping[str, frozenset[str]] = {  # state -> where it may go; nothing leaves an end
    "drafted": frozenset({"issued", "cancelled"}),
    "issued": frozenset({"handed", "cancelled"}),
    "handed": frozenset(),
    "cancelled": frozenset(),
}
_NAMED = re.compile(r"\{(\w+)\}")


class WrongTemplate(Exception):
    """A template that cannot be right; carries the place and the reason."""


class WrongStep(Exception):
    """Where this letter cannot go from where it stands, or somebody wrote it anew meanwhile."""


class Lacking(Exception):
    """What the letter still needs: names of fields."""

    def __init__(self, *fields: str) -> None:
        self.fields = fields
        super().__init__(",".join(fields))


@dataclass(frozen=True, slots=True)
class Part:
    """Something typed into a letter, sealed in the browser."""

    code: str
    label: Words
    hint: Words
    needed: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a letter, one of three: open text, parts of her card, or a part that was typed."""

    text: str = ""
    card: tuple[str, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A letter as data. `about`: the subject it is printed with; `law`: what it rests on.

    `to`: PROVIDER of one of `kinds` (any where none is named), MEMBER, or TYPED. `consent`: it says
    who she is, so somebody agreed; `duty`: a duty by law may stand in its place. `discreet`: nothing
    printed names the unit, the law, or what happened; `form`: its own way to be numbered.
    """

    code: str
    version: str
    number_code: str
    title: Words
    about: str
    law: str
    confidence: str
    to: str
    kinds: tuple[str, ...]
    service: bool
    consent: bool
    duty: bool
    discreet: bool
    form: str
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]


def parsed(told: Mapping[str, object]) -> Template:
    """The template that a file says. Raises WrongTemplate."""
    known = {"text", "card", "typed"}
    parts = tuple(_part(one) for one in _rows(told, "part"))
    blocks = tuple(
        Block(str(one.get("text", "")), _codes(one, "card"), str(one.get("typed", "")))
        for one in _rows(told, "block")
        if set(one) <= known and len(one) == 1
    )
    code = str(told.get("code", ""))
    if len(blocks) != len(_rows(told, "block")) or not blocks:
        raise WrongTemplate(f"{code}: a block is one of {sorted(known)}")
    try:
        made = Template(
            code=code,
            version=str(told["version"]),
            number_code=str(told["number_code"]),
            title=_words(told, "title"),
            about=str(told["about"]),
            law=str(told["law"]),
            confidence=str(told["confidence"]),
            to=str(told["to"]),
            kinds=_codes(told, "kinds"),
            service=bool(told.get("service", False)),
            consent=bool(told["consent"]),
            duty=bool(told.get("duty", True)),
            discreet=bool(told.get("discreet", False)),
            form=str(told.get("format", "")),
            parts=parts,
            blocks=blocks,
        )
    except KeyError as error:
        raise WrongTemplate(f"{code}: {error} is missing") from error
    _check(made)
    return made


def _check(made: Template) -> None:
    named = {name for block in made.blocks for name in _NAMED.findall(block.text)}
    carded = {part for block in made.blocks for part in block.card}
    typed = {block.typed for block in made.blocks if block.typed}
    written = {one.code for one in made.parts} - ({"to"} if made.to == TYPED else set())
    wrong = {
        "to": made.to not in {PROVIDER, MEMBER, TYPED},
        "a text names what is not known": not named <= OPEN,
        "a card shows what is not in it": not carded <= CARD,
        "what is typed and what is printed differ": typed != written,
        "it shows who she is and nobody agreed": bool(carded) != made.consent,
        "assigned without anybody": ("assigned" in named) != (made.to == MEMBER),
        "service": ("service" in named) != made.service,
        "number": bool(made.form) and not number_fits(made.form),
        "a discreet letter names the unit": made.discreet and ("office" in named or not made.form),
    }
    for what, is_so in wrong.items():
        if is_so:
            raise WrongTemplate(f"{made.code}: {what}")


def number_fits(form: str) -> bool:
    """Whether numbers can be written in this form, and no two letters of a year share one."""
    named = set(_NAMED.findall(form))
    return {"n", "year"} <= named <= PLACES and not set("{}") & set(_NAMED.sub("", form))


def number_of(form: str, *, n: int, code: str, day: date) -> str:
    """The number of the n-th letter of a year, 12/UPTD-PPA/VER/XI/2026."""
    told = {
        "n": str(n),
        "code": code,
        "month_roman": ROMAN[day.month - 1],
        "month": f"{day.month:02}",
        "year": str(day.year),
    }
    return _NAMED.sub(lambda found: told[found[1]], form)


def filled(text: str, told: Mapping[str, str]) -> str:
    """A text with what it names in the open."""
    return _NAMED.sub(lambda found: told[found[1]], text)


def check_step(state: str, to: str) -> None:
    """Raises WrongStep where a letter cannot go there."""
    if to not in MOVES[state]:
        raise WrongStep(state)


def _rows(told: Mapping[str, object], name: str) -> list[dict[str, object]]:
    found = told.get(name, [])
    return found if isinstance(found, list) else []


def _codes(told: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = told.get(name, [])
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def _words(told: Mapping[str, object], name: str) -> Words:
    return {"id": str(told[name]), "en": str(told[f"{name}_en"])}


def _part(told: dict[str, object]) -> Part:
    return Part(
        str(told["code"]), _words(told, "label"), _words(told, "hint"), bool(told.get("needed"))
    )
