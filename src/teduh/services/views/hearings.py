"""Hearings and deadlines: those of a case, and the calendar of whoever goes along."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries as cases
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import Asked, asked
from teduh.lib.timing import local_day
from teduh.services import hearing_days as rules
from teduh.services import hearing_table as table
from teduh.services.actions import hearings as actions
from teduh.services.hearing_forms import HearingForm, OutcomeForm, WhenForm
from teduh.services.queries import hearings as queries
from teduh.services.views.frame import page

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.services.models import Hearing

IDS = "{}-%s"  # of the fields of a row: each has forms of its own
APPEAL, VERDICT = "appeal", "verdict"


@dataclass(frozen=True, slots=True)
class Row:
    """A hearing as a page shows it."""

    hearing: "Hearing"
    day: date
    outcome_form: OutcomeForm | None = None
    when_form: WhenForm | None = None
    open: bool = False  # one of its forms was refused
    now: datetime | None = None

    @property
    def name(self) -> str:
        """What it is."""
        return table.label("kind", self.hearing.kind)

    @property
    def deadline(self) -> bool:
        """Whether it is a day until which something must be done."""
        kind = table.entry("kind", self.hearing.kind)
        return kind is not None and kind.deadline

    @property
    def place(self) -> str:
        """Where it is; nothing where nobody said."""
        return table.label("place", self.hearing.place) if self.hearing.place else ""

    @property
    def outcome(self) -> str:
        """How it went."""
        return table.label("outcome", self.hearing.outcome) if self.hearing.outcome else ""

    @property
    def notable(self) -> bool:
        """Whether its outcome can be noted: it has begun, or is a deadline."""
        return self.deadline or (self.now is not None and self.hearing.at <= self.now)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def of_case(request: HttpRequest, code: str) -> HttpResponse:
    """The hearings and deadlines of a case, and one more."""
    of = asked(request, code)
    if request.method == "GET":
        return _page(request, of)
    form = HearingForm(request.POST, members=_walkers(of))
    if not form.is_valid():
        return _page(request, of, 422, form=form)
    told = form.cleaned_data
    day = actions.Day(
        told["kind"], form.when(told["kind"]), form.people[told["companion"]], told["place"]
    )
    try:
        actions.set_hearing(by=of.member, case=of.case, day=day, at=of.at)
    except rules.WrongDay:
        form.add_error("day", _("Pilih hari ini atau sesudahnya, paling jauh tiga tahun lagi."))
        return _page(request, of, 422, form=form)
    except (Forbidden, WrongMove):
        messages.error(request, _("Belum tersimpan. Lihat keadaan kasusnya, lalu coba lagi."))
        return _page(request, of, 409, form=form)
    return redirect("services:hearings", code=of.case.code)


@needs(Right.WORK_CASES)
@require_POST
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """How one went, another day for it, or that it will not be."""
    of = asked(request, code)
    hearing = queries.hearing_of(of.case, name)
    if hearing is None:
        raise Http404
    told, sent = request.POST.get("langkah", ""), _Sent(request, name)
    try:
        if not sent.act(of, hearing, told):
            return _page(request, of, 422, sent=sent)
    except rules.WrongDay:
        messages.error(request, _("Hari itu belum dapat dicatat begitu. Periksa harinya."))
    except (rules.OverAlready, Forbidden, WrongMove):
        messages.error(request, _("Sudah dicatat orang lain, atau bukan untuk Anda catat."))
    else:
        return redirect("services:hearings", code=of.case.code)
    return _page(request, of, 409, sent=sent)


class _Sent:
    """What was sent of one hearing: its forms, kept where the page is shown again."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.name = name
        self.outcome = OutcomeForm(request.POST, auto_id=IDS.format(name))
        self.when = WhenForm(request.POST, auto_id=IDS.format(name))

    def act(self, of: Asked, hearing: "Hearing", told: str) -> bool:
        """Do what was asked; no where a form is to be mended first."""
        if told == "batal":
            actions.drop(by=of.member, hearing=hearing, at=of.at)
            return True
        if told == "undur":
            if not self.when.is_valid() or self.when.asks_hour(hearing.kind):
                return False
            when = self.when.when(hearing.kind)
            actions.postpone(by=of.member, hearing=hearing, when=when, at=of.at)
            return True
        if not self.outcome.is_valid():
            return False
        outcome = self.outcome.cleaned_data["outcome"]
        actions.note_outcome(by=of.member, hearing=hearing, outcome=outcome, at=of.at)
        return True

    def forms(self, told: str) -> tuple[OutcomeForm, WhenForm]:
        """Both forms, with faults only in the one that was sent."""
        fresh = IDS.format(self.name)
        if told == "undur":
            return OutcomeForm(auto_id=fresh), self.when
        return self.outcome, WhenForm(auto_id=fresh)


def _page(
    request: HttpRequest,
    of: Asked,
    status: int = 200,
    *,
    form: HearingForm | None = None,
    sent: _Sent | None = None,
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "services/hearings.html", status)
    found = queries.hearings_of(of.case)
    rows = [_row(one, of, sent, request.POST.get("langkah", "")) for one in found]
    standing = [row for row in rows if row.hearing.state == rules.SET]
    clash = rules.clashing(_keys(standing))
    return page(
        request,
        of,
        "services/hearings.html",
        status,
        standing=[(row, row.hearing.pk in clash) for row in standing],
        past=[row for row in reversed(rows) if row.hearing.state != rules.SET],
        form=form or HearingForm(members=_walkers(of), initial=_begin(request, of)),
        laws=[one for one in table.lists()["kind"].values() if one.hint],
        verdict=_unanswered_verdict(rows),
        today=of.day,
    )


@needs(Right.WORK_CASES)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of hearings: one's own, or of every case one may know of."""
    member, today = member_of(request), local_day(timezone.now())
    first = rules.month_of(request.GET.get("bulan", ""), today)
    after, everybody = rules.month_after(first), request.GET.get("siapa") == "semua"
    found = queries.between(member, first, after, own=not everybody)
    rows = [Row(one, local_day(one.at)) for one in found]
    clash = rules.clashing(_keys([row for row in rows if row.hearing.state == rules.SET]))
    days = {
        day: [(row, row.hearing.pk in clash) for row in same]
        for day, same in groupby(rows, key=lambda row: row.day)
    }
    weeks = [[(day, len(days.get(day, ()))) if day else None for day in week] for week in rules.weeks_of(first)]  # fmt: skip
    shown = {
        "first": first,
        "before": rules.month_before(first),
        "after": after,
        "everybody": everybody,
        "weeks": weeks,
        "weekdays": [date_format(rules.week_of(first)[n], "D") for n in range(7)],
        "days": list(days.items()),
        "today": today,
        "clash": bool(clash),
    }
    return render(request, "services/hearing_calendar.html", shown)


def _row(one: "Hearing", of: Asked, sent: _Sent | None, told: str) -> Row:
    day, ids = local_day(one.at), IDS.format(one.code)
    if sent and sent.name == one.code:
        outcome, when = sent.forms(told)
        return Row(one, day, outcome, when, open=True, now=of.at)
    return Row(one, day, OutcomeForm(auto_id=ids), WhenForm(auto_id=ids), now=of.at)


def _keys(rows: list[Row]) -> list[tuple[int, int, datetime]]:
    """Number, companion and time of those to go to; a deadline clashes with nothing."""
    return [
        (row.hearing.pk, row.hearing.companion_id, row.hearing.at)
        for row in rows
        if not row.deadline
    ]


def _walkers(of: Asked) -> "list[Member]":
    return cases.walkers(of.case.team_code, of.at, of.case.code)


def _unanswered_verdict(rows: list[Row]) -> Row | None:
    """The last verdict after which nobody has noted a day for an appeal."""
    verdicts = [row for row in rows if row.hearing.kind == VERDICT and row.outcome]
    if not verdicts or any(row.hearing.kind == APPEAL for row in rows):
        return None
    return verdicts[-1]


def _begin(request: HttpRequest, of: Asked) -> dict[str, object]:
    """What the form begins with: who asks goes along; after a verdict the day of an appeal."""
    begun: dict[str, object] = {"companion": of.member.code}
    kind = table.entry("kind", request.GET.get("jenis", ""))
    if kind:
        begun["kind"] = kind.code
    try:
        since = date.fromisoformat(request.GET.get("sejak", ""))
    except ValueError:
        return begun
    if kind and kind.days and abs((since - of.day).days) < 365:
        begun["day"] = since + timedelta(days=kind.days)
    return begun
