"""What a partner is shown of a case: the current pieces of what was granted, and no more."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from teduh.cases import parts
from teduh.cases.models import Case
from teduh.cases.queries import goals_of, people_of
from teduh.cases.safety import BAG, SAFETY, WISHES
from teduh.cases.sharing import parts_of
from teduh.records import rules
from teduh.vault.models import Envelope
from teduh.vault.queries import newest

Line = tuple[str, str | Promise, str]  # part, label, labels of its codes as JSON


@dataclass(frozen=True, slots=True)
class Piece:
    """One sealed item to show; without `lines` it is a plain text."""

    title: str | Promise
    comp: str
    what: str
    item: str
    lines: tuple[Line, ...] = ()


def pieces(case: Case, purpose: str, comps: Collection[str]) -> list[Piece]:
    """The current items in these compartments that this purpose needs, in the order of the page."""
    if purpose == rules.AT_THE_TABLE:
        return []
    found = [*_people(case, purpose), *_plan(case), *_law(case), *_parts(case)]
    return [one for one in found if one.comp in comps and one.item]


def _people(case: Case, purpose: str) -> Iterator[Piece]:
    lines: tuple[Line, ...] = (
        ("name", _("Nama"), ""),
        ("contact", _("Nomor atau alamat yang aman"), ""),
        ("when", _("Waktu aman dan kata sandi percakapan"), ""),
        ("born", _("Tempat dan tanggal lahir"), ""),
        ("address", _("Alamat"), ""),
    )
    for one in people_of(case):
        if one.role in rules.roles_needed(purpose):
            title = f"{one.get_role_display()} {one.number}"
            yield Piece(title, "identity", "cases.person.card", one.item, lines)


def _plan(case: Case) -> Iterator[Piece]:
    bag = json.dumps({code: str(label) for code, label in BAG})
    wishes = tuple((one.part, one.label, "") for one in WISHES)
    safety = tuple((one.part, one.label, bag if one.part == "bag" else "") for one in SAFETY)
    for title, what, lines in (
        (_("Kebutuhan dan harapannya"), "cases.plan.wishes", wishes),
        (_("Rencana keselamatan"), "cases.safety.plan", safety),
    ):
        yield Piece(title, "care", what, newest(case.code, what), lines)
    for goal in goals_of(case):
        title = _("Tujuan %d") % goal.number
        yield Piece(title, "care", "cases.goal.text", goal.item)


def _law(case: Case) -> Iterator[Piece]:
    titles = {
        "cases.protection.note": _("Perlindungan"),
        "cases.justice.note": _("Tahap hukum"),
    }
    rows = Envelope.objects.filter(compartment__subject=case.code, what__in=titles)
    for what, item in rows.order_by("id").values_list("what", "item"):
        yield Piece(titles[what], "legal", what, item)


def _parts(case: Case) -> Iterator[Piece]:
    written = parts_of(case)
    for section in parts.sections():
        row = written.get(section.code)
        if row is not None:
            lines = tuple(
                (one.code, one.words, json.dumps(dict(one.choices)) if one.choices else "")
                for one in section.asked
            )
            yield Piece(section.words, section.comp, section.what, row.item, lines)
