"""Small parts of the pages of a case."""

import json
from collections.abc import Mapping, Sequence

from django import template
from django.utils.functional import Promise

from teduh.cases.models import Case, Goal, Person
from teduh.cases.queries import COUNTED
from teduh.cases.trend import EDGE, HIGH
from teduh.cases.words import State
from teduh.intake import codes
from teduh.sop.words import Band
from teduh.vault.bundles import Bundle, OpenableItem

register = template.Library()
KINDS = {Band.EXTREME: "danger", Band.HIGH: "danger", Band.MEDIUM: "warn", Band.LOW: "calm"}


@register.inclusion_tag("web/parts/badge.html")
def band(case: Case) -> dict[str, object]:
    """How much danger there is in a case, in a word and a colour."""
    told = Band(case.band)
    return {"text": told.label, "kind": KINDS[told]}


@register.filter
def state(case: Case) -> str | Promise:
    """Where a case stands, in words; on a list of many quicker than Django's own."""
    return State(case.state).label


@register.simple_tag
def coded(known: str, code: str) -> str:
    """The label of a code."""
    return codes.label(known, code)


@register.inclusion_tag("cases/parts/card.html")
def person_card(bundle: Bundle, person: Person) -> dict[str, object]:
    """Who somebody is, opened in place."""
    return {"subject": bundle.subject, "item": person.item}


@register.inclusion_tag("cases/parts/goal.html")
def sealed_goal(bundle: Bundle, goal: Goal) -> dict[str, object]:
    """What a goal says, opened in place."""
    return {"subject": bundle.subject, "item": goal.item}


@register.filter
def all_of(bundle: Bundle, what: str) -> list[OpenableItem]:
    """Every item of a kind, in the order in which they were kept."""
    return bundle.of(what)


@register.filter
def holds(bundle: Bundle, what: str) -> bool:
    """Whether there is anything of this kind to open."""
    return bundle.has(what)


@register.simple_tag
def labels(choices: Sequence[tuple[str, object]]) -> str:
    """Codes and their labels for a script to show."""
    return json.dumps({code: str(label) for code, label in choices}, ensure_ascii=False)


@register.filter
def of(rows: Mapping[int, str], key: int) -> str:
    """What stands under a key, or nothing."""
    return rows.get(key, "")


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """The word for a code."""
    return names[code]


@register.filter
def from_below(high: int) -> int:
    """Where a bar of this height begins, so that it stands on the ground of its picture."""
    return HIGH - EDGE - high


@register.filter
def few(count: int) -> str:
    """A number that was counted to `COUNTED`; one beyond it is "999+"."""
    return str(count) if count <= COUNTED else f"{COUNTED}+"
