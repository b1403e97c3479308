"""The plan with the survivor: wishes, safety plan, goals, and a copy where that is safe."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import ChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import actions, queries
from teduh.cases.forms import NOT_KNOWN, GoalForm, PlanForm, initial_of, wrong
from teduh.cases.rules import MEDIATION, ChangedMeanwhile, NotReady, WrongMove
from teduh.cases.safety import BAG, SAFETY, WISHES
from teduh.cases.views.frame import Asked, asked, changed, page, refused, saved, to_mend
from teduh.cases.words import Copy, GoalState
from teduh.directory import codes
from teduh.lib.numbers import whole
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.cases.models import Goal

HEADINGS: dict[str, Any] = {"wishes": WISHES, "safety": SAFETY, "bag": BAG}


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Wishes, safety plan and goals of a case; what was told in the report is not asked again."""
    of = asked(request, code)
    if request.method == "POST":
        return _keep(request, of)
    return _page(request, of)


def _page(request: HttpRequest, of: Asked, status: int = 200) -> HttpResponse:
    kept = queries.plan_of(of.case)
    told = queries.reports_of(of.case)[:1] if of.opens and not kept.edition else []
    goals = queries.goals_of(of.case)
    return page(
        request,
        of,
        "cases/plan.html",
        status,
        plan=kept,
        form=PlanForm(initial=initial_of(PlanForm, kept)),
        goals=[(one, codes.label("service", one.service), one.late(of.day)) for one in goals],
        goal=_goal_form(of, GoalForm()),
        states=GoalState.choices,
        told=told[0].ticket.number if told else "",
        bundles=[vault.hand_out(by=of.member, subject=one.ticket.number, at=of.at) for one in told],
        **HEADINGS,
    )


def _keep(request: HttpRequest, of: Asked) -> HttpResponse:
    form, seen = PlanForm(request.POST), whole(request.POST.get("seen", ""))
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        actions.keep_plan(
            by=of.member,
            case=of.case,
            facts=actions.PlanFacts(**form.cleaned_data),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            seen=-1 if seen is None else seen,
            at=of.at,
        )
    except ChangedMeanwhile:
        now = queries.plan_of(of.case).edition
        return changed(reverse("cases:plan_beside", args=[of.case.code]), str(now))
    except (Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("cases:plan", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_safe
def beside(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in the plan now, as a part for a page in which somebody else is writing."""
    of = asked(request, code)
    if not of.opens:
        raise Http404
    shown = {
        "case": of.case,
        "plan": queries.plan_of(of.case),
        "bundle": (bundle := vault.hand_out(by=of.member, subject=of.case.code, at=of.at)),
        "bundles": [bundle],
    }
    return render(request, "cases/parts/plan_beside.html", {**shown, **HEADINGS})


@needs(Right.WORK_CASES)
@require_safe
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The safety plan to print: only where a copy is safe, without any name, code or office."""
    of = asked(request, code)
    kept = queries.plan_of(of.case)
    if of.opens and kept.copy != Copy.SAFE:
        messages.error(request, _("Salinan dicetak hanya kalau aman disimpan penyintas."))
        return redirect("cases:plan", code=of.case.code)
    return page(request, of, "cases/plan_print.html", plan=kept, **HEADINGS)


@needs(Right.WORK_CASES)
@require_POST
def agree(request: HttpRequest, code: str) -> HttpResponse:
    """The survivor agrees with the plan as it stands."""
    of = asked(request, code)
    try:
        actions.agree_plan(by=of.member, case=of.case, at=of.at)
    except NotReady:
        messages.error(
            request, _("Isi dulu keinginan atau rencananya, dan paling sedikit satu tujuan.")
        )
        return _page(request, of, status=409)
    except (WrongMove, Forbidden):
        messages.error(request, _("Rencana disepakati setelah asesmen selesai."))
        return _page(request, of, status=409)
    return redirect("cases:plan", code=of.case.code)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def add_goal(request: HttpRequest, code: str) -> HttpResponse:
    """Name one more goal."""
    of = asked(request, code)
    if request.method == "GET":
        return page(request, of, "cases/goal.html", form=_goal_form(of, GoalForm()), goal=None)
    return _put_goal(request, of, None)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def mend_goal(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Other words, another day, somebody else for a goal."""
    of = asked(request, code)
    goal = _goal(of, number)
    if request.method == "GET":
        form = _goal_form(of, GoalForm(initial=initial_of(GoalForm, goal)))
        return page(request, of, "cases/goal.html", form=form, goal=goal)
    return _put_goal(request, of, goal)


@needs(Right.WORK_CASES)
@require_POST
def set_goal(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A goal is reached, dropped, or open again."""
    of = asked(request, code)
    goal = _goal(of, number)
    try:
        state = GoalState(request.POST.get("keadaan", ""))
        actions.set_goal(by=of.member, goal=goal, state=state, at=of.at)
    except (ValueError, WrongMove, Forbidden):
        messages.error(request, _("Keadaan tujuan tidak berubah. Lihat keadaan terbaru."))
        return _page(request, of, status=409)
    return redirect("cases:plan", code=of.case.code)


def _put_goal(request: HttpRequest, of: Asked, goal: "Goal | None") -> HttpResponse:
    form = GoalForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    facts = actions.GoalFacts(**form.cleaned_data)
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        if goal is None:
            actions.add_goal(by=of.member, case=of.case, facts=facts, items=items, at=of.at)
        else:
            seen = request.POST.get("seen", "")
            actions.mend_goal(
                by=of.member, goal=goal, facts=facts, items=items, seen=seen, at=of.at
            )
    except NotReady as error:
        return to_mend([_lacking(str(error))])
    except (Refused, Forbidden, ChangedMeanwhile, WrongMove):
        return refused()
    return saved(reverse("cases:plan", args=[of.case.code]))


def _lacking(what: str) -> tuple[str, str]:
    if what == "mediation":
        return "service", _("Kekerasan seksual tidak dimediasi. Pilih layanan lain.")
    return "goal", _("Tulis tujuannya.")


def _goal(of: Asked, number: int) -> "Goal":
    goal = queries.goal_of(of.case, number)
    if goal is None:
        raise Http404
    return goal


def _goal_form(of: Asked, form: GoalForm) -> GoalForm:
    field = form.fields["service"]
    assert isinstance(field, ChoiceField)
    if not queries.legal_facts(of.case).mediation:
        offered = [one for one in codes.choices("service") if one[0] != MEDIATION]
        field.choices = [*NOT_KNOWN, *offered]
    return form
