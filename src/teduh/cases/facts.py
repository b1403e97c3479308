"""Coded facts of persons and incidents as lines to read. Nothing sealed passes here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teduh.audit.models import Row
from teduh.cases import queries, rules
from teduh.cases.models import Case, Incident, Person
from teduh.cases.words import Lowering, RetaliationKind, State
from teduh.intake import codes
from teduh.intake.queries import area_name
from teduh.sop.words import Band

Line = tuple[str | Promise, str | Promise]

PERSON: tuple[tuple[str | Promise, str, str], ...] = (  # label, field, code list
    (_("Jenis kelamin"), "sex", "sex"),
    (_("Umur"), "age_band", "age_band"),
    (_("Disabilitas"), "disability", "disability"),
    (_("Pendidikan"), "education", "education"),
    (_("Pekerjaan"), "occupation", "occupation"),
    (_("Status perkawinan"), "marital", "marital_status"),
    (_("Hubungan dengan penyintas"), "relation", "perpetrator_relation"),
)
SEVERAL: tuple[tuple[str | Promise, str, str], ...] = (  # label, question, code list
    (_("Juga"), "kinds", "violence_type"),
    (_("Rincian"), "subtypes", "violence_subtype"),
    (_("Bentuk eksploitasi"), "exploitation", "exploitation_form"),
    (_("Yang menunda laporan"), "barriers", "barrier"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something on the way of a case."""

    day: date
    text: str
    who: str
    danger: bool = False


def way_of(case: Case) -> list[Event]:
    """Steps, assessments and retaliation in the order of their days."""
    return [_event(turn) for turn in queries.turns_of(case)]


def _event(turn: queries.Turn) -> Event:
    if turn.what == queries.STEP:
        return Event(turn.day, str(State(turn.first).label), turn.who)
    if turn.what == queries.ASSESSMENT:
        confirmed = turn.third == Lowering.CONFIRMED
        band = Band(rules.counting(turn.first, turn.second, confirmed=confirmed))
        return Event(turn.day, gettext("Risiko: %s") % band.label, turn.who)
    kind = RetaliationKind(turn.first)
    return Event(turn.day, gettext("Pembalasan: %s") % kind.label, turn.who, danger=True)


def of_person(person: Person, among: Collection[str] | None = None) -> list[Line]:
    """What is known of somebody; `among`: only these fields."""
    lines: dict[str, Line] = {
        field: (label, codes.label(known, getattr(person, field)))
        for label, field, known in PERSON
        if getattr(person, field)
    }
    if person.nationality:
        lines["nationality"] = (_("Kewarganegaraan"), person.get_nationality_display())
    if person.interpreter:
        lines["interpreter"] = (_("Juru bahasa"), _("perlu"))
    if person.returned:
        lines["returned"] = (_("Pekerja migran yang dipulangkan"), _("ya"))
    return [line for field, line in lines.items() if among is None or field in among]


def of_incident(incident: Incident) -> list[Line]:
    """What is known of an incident."""
    lines: list[Line] = []
    for label, question, known in SEVERAL:
        said = [
            codes.label(known, one.code) for one in incident.codes.all() if one.question == question
        ]
        if said:
            lines.append((label, ", ".join(said)))
    if incident.gbv:
        lines.append((_("Golongan GBV"), incident.get_gbv_display()))
    if incident.place:
        lines.append((_("Tempat"), codes.label("place", incident.place)))
    if incident.area_code:
        lines.append((_("Kelurahan"), area_name(incident.area_code)))
    return lines


def folded(trail: Iterable[Row]) -> list[tuple[Row, int]]:
    """Lines of a trail, newest first; what one hand did again and again is its newest, with a count."""
    found = []
    for _same, lines in groupby(trail, key=lambda row: (row.by_kind, row.by_code, row.verb)):
        newest, *older = lines
        found.append((newest, 1 + len(older)))
    return found
