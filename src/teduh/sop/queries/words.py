"""Promises and procedures in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from teduh.access.roles import role_label
from teduh.sop.rules import Book, Step
from teduh.sop.words import Band, Calendar


@dataclass(frozen=True, slots=True)
class Described:
    """A step of a procedure in words."""

    title: str
    within: list[tuple[str | Lazy, str]]
    nudge: str
    calendar: str | Lazy
    owner: str | Lazy
    rungs: list[tuple[str | Lazy, str]]
    source: str
    proposal: bool
    begins: str
    meets: str
    comes_after: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happens, in words, and the titles of the steps it begins or meets."""

    title: str
    begins: list[str]
    meets: list[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What one step, or one event, says in two versions; an empty side is not there at all."""

    title: str
    facts: list[tuple[str, str, str]]  # about what, in the first, in the second


def differences(first: Book, second: Book) -> list[Change]:
    """What the second version says otherwise, step by step in its order; what is gone comes last."""
    told = []
    for key in dict.fromkeys((*second.steps, *first.steps)):
        before, now = _facts(first, key), _facts(second, key)
        facts = [
            (about, before.get(about, ""), now.get(about, ""))
            for about in dict.fromkeys((*now, *before))
            if before.get(about) != now.get(about)
        ]
        if facts:
            title = (second.steps.get(key) or first.steps[key]).title
            told.append(Change(words_of(title), facts))
    return told


def _facts(book: Book, key: str) -> dict[str, str]:
    """Everything a step says, by what it is about; nothing where the version has no such step."""
    step = book.steps.get(key)
    if step is None:
        return {}
    one = _described(book, step)
    within = {f"{_('Waktu')}: {band}": span for band, span in one.within}
    return {
        _("Nama"): one.title,
        **within,
        _("Yang dihitung"): str(one.calendar),
        _("Memulai"): one.begins,
        _("Menepati"): one.meets,
        _("Sesudah langkah"): one.comes_after or "–",
        _("Siapa"): str(one.owner),
        _("Diingatkan"): one.nudge,
        _("Bila terlambat"): ", ".join(f"{role}: {span}" for role, span in one.rungs),
        _("Sumber"): one.source,
        _("Usulan"): _("ya") if one.proposal else _("tidak"),
    }


def described(book: Book) -> list[Described]:
    """The steps of a procedure in words, for its printed page."""
    return [_described(book, step) for step in book.steps.values()]


def _described(book: Book, step: Step) -> Described:
    return Described(
        title=words_of(step.title),
        within=[(Band(band).label, span_in_words(step.within[band])) for band in Band.values],
        nudge=span_in_words(step.nudge),
        calendar=(Calendar.OFFICE if step.office_hours else Calendar.ALWAYS).label,
        owner=role_label(step.owner),
        rungs=[(role_label(one.role), span_in_words(one.after)) for one in step.rungs],
        source=words_of(step.source),
        proposal=step.proposal,
        begins="; ".join(_event(book, name) for name in step.starts),
        meets="; ".join(_event(book, name) for name in step.stops),
        comes_after="; ".join(words_of(book.steps[key].title) for key in step.comes_after),
    )


def _event(book: Book, name: str) -> str:
    return words_of(book.events[name]) if name in book.events else name


def events_of(book: Book) -> list[Event]:
    """What may happen, and which steps it begins or meets, in the order of the file."""
    told: dict[str, Event] = {}
    for step in book.steps.values():
        for name in (*step.starts, *step.stops):
            told.setdefault(name, Event(_event(book, name), [], []))
        for name in step.starts:
            told[name].begins.append(words_of(step.title))
        for name in step.stops:
            told[name].meets.append(words_of(step.title))
    order = list(book.events) or list(told)
    return [told[name] for name in order]


def words_of(title: Mapping[str, str]) -> str:
    """What a file says in the language of the page."""
    return title[(get_language() or "id")[:2]]


def span_in_words(span: timedelta) -> str:
    """A time in its largest one or two units: "2 jam 5 menit"."""
    minutes = int(span.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    told = []
    if days:
        told.append(ngettext("%(n)d hari", "%(n)d hari", days) % {"n": days})
    if hours:
        told.append(ngettext("%(n)d jam", "%(n)d jam", hours) % {"n": hours})
    if minutes and not (days and hours):
        told.append(ngettext("%(n)d menit", "%(n)d menit", minutes) % {"n": minutes})
    return " ".join(told) or _("kurang dari 1 menit")
