"""What a case knows already about a part of the assessment, and where it was told: not asked again."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from teduh.cases import facts, queries
from teduh.cases.models import Case, Person
from teduh.cases.parts import Section
from teduh.cases.safety import WISHES
from teduh.cases.words import PersonRole
from teduh.intake.facts import QUESTIONS, WRITTEN, lines
from teduh.intake.models import Report
from teduh.vault.queries import newest

HOPED = frozenset({"intake.report.needs_note", "intake.report.hopes"})


@dataclass(frozen=True, slots=True)
class Known:
    """A fact and where it was told."""

    label: str | Promise
    value: str | Promise
    told: str


@dataclass(frozen=True, slots=True)
class KnownSealed:
    """Sealed words told elsewhere: which part of which item; `part` empty for a whole text."""

    label: str | Promise
    subject: str
    comp: str
    what: str
    item: str
    part: str
    told: str


def of_section(case: Case, section: Section, reports: Iterable[Report]) -> list[Known]:
    """The coded facts that belong to a part, each said once: by the case, else by a report."""
    found = [
        *_of_people(case, section.known),
        *_of_reports(reports, section.known),
        *_of_law(case, section.known),
    ]
    first: dict[str, Known] = {}
    for one in found:
        first.setdefault(str(one.label), one)
    return list(first.values())


def sealed_of(case: Case, section: Section, reports: Iterable[Report]) -> list[KnownSealed]:
    """The sealed words that belong to a part: of cards, of the plan, else of the reports."""
    if "address" in section.known:
        place = (case.code, "identity", "cases.person.card")
        return [
            KnownSealed(_("Alamat"), *place, one.item, "address", _place(one))
            for one in _survivors(case)
            if one.item
        ]
    if "wishes" not in section.known:
        return []
    wishes = newest(case.code, "cases.plan.wishes")
    if wishes:
        place = (case.code, "care", "cases.plan.wishes")
        return [KnownSealed(one.label, *place, wishes, one.part, _("rencana")) for one in WISHES]
    return [
        KnownSealed(label, report.ticket.number, "narrative", what, "", "", _report(report))
        for report in reports
        for label, what in WRITTEN
        if what in HOPED
    ]


def _of_people(case: Case, known: Collection[str]) -> Iterator[Known]:
    for person in _survivors(case):
        for label, value in facts.of_person(person, known):
            yield Known(label, value, _place(person))


def _of_reports(reports: Iterable[Report], known: Collection[str]) -> Iterator[Known]:
    wanted = {str(label) for label, question, _source in QUESTIONS if question in known}
    for report in reports:
        for label, value in lines(report):
            if str(label) in wanted:
                yield Known(label, value, _report(report))


def _of_law(case: Case, known: Collection[str]) -> Iterator[Known]:
    page = _("halaman Visum dan hukum")
    if "visum" in known and (steps := queries.visum_of(case)):
        yield Known(_("Visum"), steps[-1].get_to_display(), page)
    if "justice" in known and (stages := queries.justice_of(case)):
        yield Known(_("Tahap hukum"), stages[-1].get_stage_display(), page)
    if "protection" in known and (orders := queries.protections_of(case)):
        yield Known(_("Perlindungan"), orders[-1].get_kind_display(), page)


def _survivors(case: Case) -> list[Person]:
    return [one for one in queries.people_of(case) if one.role == PersonRole.SURVIVOR]


def _place(person: Person) -> str:
    return f"{person.get_role_display()} {person.number}"


def _report(report: Report) -> str:
    return _("laporan %s") % report.ticket.number
