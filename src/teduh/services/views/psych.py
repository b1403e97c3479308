"""Psychological support of some months: the plan, its measures drawn in the browser, each look at it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import sharing
from teduh.cases.forms import wrong
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import Asked, asked, refused, saved, to_mend
from teduh.services import psych_days as rules
from teduh.services.actions import psych as actions
from teduh.services.psych_forms import EndForm, LookForm, PlanForm
from teduh.services.psych_table import Instrument, tables
from teduh.services.queries import psych as queries
from teduh.services.views.frame import page
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.queries import to_make_in
from teduh.vault.rules import NEW_CASE, Refused
from teduh.web.wording import never_said

if TYPE_CHECKING:
    from teduh.cases.models import Case
    from teduh.services.models import Measure, PsychLook, PsychPlan
    from teduh.vault.bundles import Bundle

FIRST = "rating"  # the instrument that is asked where none is chosen


@dataclass(frozen=True, slots=True)
class Drawn:
    """The measures by one instrument, each with its place from left to right."""

    instrument: Instrument
    points: tuple[tuple["Measure", int], ...]

    @property
    def watch(self) -> int | None:
        """Where the line lies from which to look closer."""
        watch = self.instrument.watch
        return None if watch is None else rules.height_of(watch, self.instrument.top)


@dataclass(frozen=True, slots=True)
class Running:
    """A plan as its page shows it."""

    plan: "PsychPlan"
    goals: list[str]
    drawn: list[Drawn]
    looks: "list[PsychLook]"
    reads: bool
    late: bool  # nobody looked at it for a month
    fading: str  # why somebody should ask after her
    look: LookForm
    end: EndForm

    @property
    def over(self) -> str:
        """Why it ended."""
        found = tables().reasons.get(self.plan.ended_for)
        return found.label if found else self.plan.ended_for


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan of a case, and those before; where none runs, one may begin."""
    of = asked(request, code)
    if request.method == "GET":
        return _page(request, of)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, of, 422, form=form)
    try:
        actions.begin_plan(by=of.member, case=of.case, at=of.at, **form.cleaned_data)
    except (rules.RunsAlready, rules.WrongPlan, Forbidden, WrongMove):
        messages.error(
            request, _("Belum tersimpan: lihat siapa yang menulisnya, dan apa yang berjalan.")
        )
        return _page(request, of, 409, form=form)
    return redirect("services:psych", code=of.case.code)


@needs(Right.WORK_CASES)
@require_POST
def measure(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sealed answers to one instrument."""
    of = asked(request, code)
    found, instrument = _plan(of, number), request.POST.get("alat", "")
    if instrument not in tables().instruments:
        return to_mend([("alat", _("Pilih alat ukurnya."))])
    try:
        actions.measure(
            by=of.member, plan=found, instrument=instrument, sealed=_sealed(request), at=of.at
        )
    except (Refused, Forbidden, rules.PlanOver, rules.WrongPlan):
        return refused()
    return saved(reverse("services:psych", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_POST
def look(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A look at a plan, each month."""
    of, form = asked(request, code), LookForm(request.POST)
    found = _plan(of, number)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        actions.look_at_plan(
            by=of.member, plan=found, sealed=_sealed(request), at=of.at, **form.cleaned_data
        )
    except (Refused, Forbidden, rules.PlanOver, rules.WrongPlan):
        return refused()
    return saved(reverse("services:psych", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_POST
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A plan ends."""
    of, form = asked(request, code), EndForm(request.POST)
    found = _plan(of, number)
    if not form.is_valid():
        return _page(request, of, 422, ending=form)
    try:
        reason = form.cleaned_data["reason"]
        actions.end_plan(by=of.member, plan=found, reason=reason, at=of.at)
    except (Forbidden, rules.PlanOver, rules.WrongPlan):
        messages.error(request, _("Rencana ini sudah berakhir, atau bukan untuk Anda tulis."))
        return _page(request, of, 409, ending=form)
    return redirect("services:psych", code=of.case.code)


def _page(
    request: HttpRequest,
    of: Asked,
    status: int = 200,
    *,
    form: PlanForm | None = None,
    ending: EndForm | None = None,
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "services/psych.html", status)
    plans = queries.plans_of(of.case)
    may = {one.pk: queries.rights_of(of.member, one, of.at) for one in [of.case, *_cases(plans)]}
    mine = may[of.case.pk]
    bundle, writes = _bundle(of, mine)
    merged = [one for one in _cases(plans) if one.pk != of.case.pk and may[one.pk].reads]
    comps = [*NEW_CASE, rules.COMP]
    bundles = [
        vault.hand_out(by=of.member, subject=one.code, at=of.at, comps=comps) for one in merged
    ]
    instruments = tables().instruments
    runs = any(one.ended_day is None for one in plans)
    return page(
        request,
        of,
        "services/psych.html",
        status,
        plans=[
            _running(one, of, ending, reads=mine.reads and may[one.case_id].reads) for one in plans
        ],
        form=form or PlanForm(),
        may_begin=writes and not runs and not of.case.ended,
        writes=writes and not of.case.merged_into_id,
        instruments=instruments.values(),
        instrument=instruments.get(request.GET.get("alat", ""), instruments[FIRST]),
        comp=rules.COMP,
        never="|".join(never_said()),
        bundle=bundle,
        bundles=bundles,
    )


def _cases(plans: "list[PsychPlan]") -> "list[Case]":
    return list({one.case_id: one.case for one in plans}.values())


def _running(one: "PsychPlan", of: Asked, ending: EndForm | None, *, reads: bool) -> Running:
    measures, looks, words = queries.measures_of(one), queries.looks_of(one), tables()
    last = max([of.day, *(row.day for row in measures)])
    drawn = [
        Drawn(
            instrument,
            tuple(
                (row, rules.across(row.day, one.since, last))
                for row in measures
                if row.instrument == instrument.code
            ),
        )
        for instrument in words.instruments.values()
    ]
    due = rules.look_again(one.since, [row.day for row in looks])
    return Running(
        one,
        [words.goals[goal].label for goal in one.goals if goal in words.goals],
        [each for each in drawn if each.points],
        looks,
        reads=reads,
        late=one.ended_day is None and due < of.day,
        fading=queries.asks_after(one, of.case, of.day),
        look=LookForm.of(one),
        end=ending or EndForm(),
    )


def _bundle(of: Asked, mine: queries.Rights) -> "tuple[Bundle, bool]":
    """What opens the page, with the part where the member reads it; whether they can write into it."""
    comps = [*NEW_CASE, *([rules.COMP] if mine.reads else [])]
    bundle = vault.hand_out(by=of.member, subject=of.case.code, at=of.at, comps=comps)
    if mine.writes and not of.case.ended and not sharing.is_sealed(of.case, rules.COMP):
        try:
            return to_make_in(bundle, of.case.team_code), True
        except Refused:
            return bundle, False
    return bundle, mine.writes


def _plan(of: Asked, number: int) -> "PsychPlan":
    found = queries.plan_of(of.case, number)
    if found is None:
        raise Http404
    return found


def _sealed(request: HttpRequest) -> actions.Sealed:
    """What the browser sealed. Raises Refused."""
    return actions.Sealed(
        items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
        made=packages.read_made(request.POST.get("made") or "[]"),
    )
