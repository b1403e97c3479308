"""What a browser sends of a form with sealed words."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from teduh.cases.models import Case
from teduh.vault import demo
from teduh.vault.packages import MadeCompartment, SealedItem, SignedStatement, b64
from tests.factories.cases import AT, CaseOffice, opened, sealed_item

Sent = tuple[str, dict[str, Any]]
Sends = Callable[[CaseOffice], Sent]


@dataclass(frozen=True)
class Of:
    """A template, and what its forms send."""

    template: str
    sends: tuple[Sends, ...]


def text(item: SealedItem) -> str:
    """An envelope as a form field."""
    return json.dumps({"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)})


def statement(told: SignedStatement) -> str:
    """A signed statement as a form field."""
    return json.dumps({"body": b64(told.body), "sig": b64(told.sig)})


def compartments(made: tuple[MadeCompartment, ...]) -> str:
    """New compartments as a form field."""
    return json.dumps(
        [
            {
                "d": b64(one.d),
                "by": one.by,
                "sig": b64(one.sig),
                "wraps": [{"kid": each.kid, "w": b64(each.w)} for each in one.wraps],
            }
            for one in made
        ]
    )


def in_case(name: str, what: str, *names: str, **told: object) -> Sends:
    """A form of a case with one sealed text and these open fields."""

    def sent(at: CaseOffice) -> Sent:
        case = opened(at)
        words = {"sealed": text(sealed_item(case, what)), **told}
        return reverse(name, args=[case.code, *names]), words

    return sent


def in_part(case: Case, comp: str, what: str) -> dict[str, str]:
    """Words in a part that nobody has written in before, with its compartment."""
    of = {"subject": case.code, "team": case.team_code, "member": "melati"}
    made = demo.make_case(**of, comps=[comp])
    item = demo.seal_for_case(**of, what=what, text="{}", at=AT, made=made)
    return {"sealed": text(item), "made": compartments(made)}
