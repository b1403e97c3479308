"""Many reports of a flood in one step: what will happen first, then what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.chat.queries import answered
from teduh.intake import actions, queries
from teduh.intake.rules import may_move
from teduh.intake.words import Danger, State, Sweep
from teduh.lib.codes import read_ticket
from teduh.tickets.rules import next_step_of_others, seen_by_others
from teduh.tickets.words import NextStep, Stage

if TYPE_CHECKING:
    from teduh.intake.models import Report


class NothingChosen(Exception):
    """No step, no report of one's own, or too many; carries what to say."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A report somebody has chosen, and what its reporter will read; empty: nothing new."""

    report: "Report"
    stage: str
    next_step: str


@needs(Right.TRIAGE_REPORTS)
@require_http_methods(["GET", "POST"])
def flood(request: HttpRequest) -> HttpResponse:
    """What a step would do to the reports chosen on the list; a post takes it."""
    try:
        return _take(request) if request.method == "POST" else _ask(request)
    except NothingChosen as why:
        messages.error(request, str(why))
        return redirect(f"{reverse('desk:worklist')}?banjir=1")


def _ask(request: HttpRequest) -> HttpResponse:
    sweep, rows = _asked(request, request.GET, ("ticket",))
    can = [row for row in rows if _can(row, sweep)]
    written = answered([row.ticket.number for row in can])
    chosen = [_chosen(row, sweep, written=row.ticket.number in written) for row in can]
    shown = {
        "sweep": sweep,
        "count": len(rows),
        "first": [one for one in chosen if one.report.read_first],
        "rest": [one for one in chosen if not one.report.read_first],
        "cannot": [row for row in rows if not _can(row, sweep)],
        "unsafe": Danger.UNSAFE.label,
    }
    return render(request, "intake/flood.html", shown)


def _take(request: HttpRequest) -> HttpResponse:
    sweep, rows = _asked(request, request.POST, ("ticket", "read"))
    swept = actions.sweep(
        by=member_of(request),
        reports=rows,
        step=sweep,
        read=_numbers(request.POST, ("read",)),
        at=timezone.now(),
    )
    shown = {
        "sweep": sweep,
        "done": [one.report for one in swept if not one.left],
        "left": [one for one in swept if one.left],
    }
    return render(request, "intake/flood_done.html", shown)


def _asked(
    request: HttpRequest, sent: QueryDict, names: Sequence[str]
) -> tuple[Sweep, list["Report"]]:
    to = sent.get("to", "")
    if to not in Sweep.values:
        raise NothingChosen(_("Pilih satu langkah."))
    numbers = _numbers(sent, names)
    if len(numbers) > queries.AT_ONCE:
        told = _("Paling banyak %(most)d laporan dalam satu langkah. Belum ada yang berubah.")
        raise NothingChosen(told % {"most": queries.AT_ONCE})
    rows = queries.several(member_of(request), numbers)
    if not rows:
        raise NothingChosen(_("Centang dulu laporannya."))
    return Sweep(to), rows


def _numbers(sent: QueryDict, names: Sequence[str]) -> list[str]:
    typed = (read_ticket(text) for name in names for text in sent.getlist(name))
    return list(dict.fromkeys(number for number in typed if number))


def _can(report: "Report", sweep: Sweep) -> bool:
    return report.flood and (sweep == Sweep.UNMARKED or may_move(report.state, sweep))


def _chosen(report: "Report", sweep: Sweep, *, written: bool) -> Chosen:
    if sweep == Sweep.UNMARKED:
        return Chosen(report, "", "")
    stage, next_step = actions.told(State(sweep), written=written)
    if not report.ticket.own:
        stage = Stage(seen_by_others(stage))
        next_step = NextStep(next_step_of_others(next_step))
    return Chosen(report, str(stage.label), str(next_step.label))
