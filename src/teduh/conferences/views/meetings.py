"""Meetings: the list, one planned, one with its table and agenda."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.queries import team_names
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries as cases
from teduh.cases.rules import WrongMove as CaseEnded
from teduh.conferences import actions, declaration, queries
from teduh.conferences.forms import (
    AddForm,
    CallOffForm,
    InviteForm,
    PlanForm,
    PresenceForm,
    TakeOffForm,
)
from teduh.conferences.rules import NotDeclared, NotReady, WrongDay, WrongMove
from teduh.conferences.views.frame import ANYBODY, TOO_FAR, Asked, asked, said
from teduh.conferences.words import Kind, Trigger, Where
from teduh.lib.codes import read_case
from teduh.lib.timing import local_day

if TYPE_CHECKING:
    from django import forms

    from teduh.conferences.models import AgendaItem


@needs(*ANYBODY)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is to come, what was, what is late."""
    member, day = member_of(request), local_day(timezone.now())
    coming, held = queries.listed(member, day)
    shown = {
        "coming": coming,
        "held": held,
        "late": queries.late_of(member, day),
        "untold": queries.untold_of(member, day),
        "series": queries.series_of(member.team_codes()) if _kinds(request) else [],
        "plans": bool(_kinds(request)),
        "partner": member.may(Right.ANSWER_PARTNER),
    }
    return render(request, "conferences/list.html", shown)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A meeting planned, once or again and again."""
    member, at = member_of(request), timezone.now()
    form = _plan_form(request, *([request.POST] if request.method == "POST" else []))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "conferences/plan.html", {"form": form}, status=status)
    told = form.cleaned_data
    people = {one.code: one for one in queries.to_invite(told["kind"], told["team"], at)}
    try:
        made = actions.plan(
            by=member,
            told=actions.Plan(
                told["kind"],
                told["team"],
                told["day"],
                told["hour"],
                told["place"],
                people.get(told["minutes_by"]),
                told["every"],
            ),
            seats=[people[code] for code in told["seats"] if code in people],
            at=at,
        )
    except WrongDay:
        form.add_error("day", TOO_FAR)
        return render(request, "conferences/plan.html", {"form": form}, status=422)
    messages.success(request, _("Rapat direncanakan. Yang diundang diberi tahu tanpa isinya."))
    return redirect("conferences:meeting", code=made.code)


@needs(Right.WORK_CASES)
@require_POST
def end_series(request: HttpRequest, number: int) -> HttpResponse:
    """A meeting does not come again."""
    member = member_of(request)
    found = [one for one in queries.series_of(member.team_codes()) if one.pk == number]
    if not found:
        raise Http404
    actions.end_series(by=member, series=found[0], at=timezone.now())
    return redirect("conferences:list")


@needs(*ANYBODY)
@require_safe
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting: who sits there, the declaration, and the agenda once it was accepted."""
    return _page(request, asked(request, code))


@needs(*ANYBODY)
@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """The declaration is accepted, in the words that were shown."""
    of = asked(request, code)
    try:
        actions.accept(
            by=of.member, conference=of.conference, sha=request.POST.get("teks", ""), at=of.at
        )
    except NotDeclared:
        messages.error(request, _("Pernyataannya sudah berubah. Baca yang sekarang berlaku."))
        return _page(request, of, 409)
    except Forbidden:
        raise Http404 from None
    return redirect("conferences:meeting", code=code)


@needs(Right.WORK_CASES)
@require_POST
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """More people are asked."""
    of = asked(request, code)
    people = queries.to_invite(of.conference.kind, of.conference.team_code, of.at)
    form = InviteForm(request.POST, people=people)
    if not form.is_valid():
        return _page(request, of, 422, invite=form)
    chosen = [one for one in people if one.code in form.cleaned_data["seats"]]
    try:
        actions.invite(by=of.member, conference=of.conference, members=chosen, at=of.at)
    except (Forbidden, WrongMove):
        return _refused(request, of)
    return redirect("conferences:meeting", code=code)


@needs(Right.WORK_CASES)
@require_POST
def attend(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody is there, or sends word that they cannot."""
    of, form = asked(request, code), PresenceForm(request.POST)
    seat = queries.seat(of.conference, number)
    if seat is None:
        raise Http404
    if not form.is_valid():
        return _page(request, of, 422)
    try:
        actions.attend(by=of.member, seat=seat, at=of.at, **form.cleaned_data)
    except NotDeclared:
        messages.error(request, _("Ia belum menerima pernyataan kerahasiaan di akunnya sendiri."))
        return _page(request, of, 409)
    except (Forbidden, WrongMove):
        return _refused(request, of)
    return redirect(f"{_address(code)}#hadir")


@needs(Right.WORK_CASES)
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """The meeting begins."""
    of = asked(request, code)
    try:
        actions.begin(by=of.member, conference=of.conference, at=of.at)
    except NotReady as error:
        messages.error(request, said(error.lacks))
        return _page(request, of, 409)
    except (Forbidden, WrongMove, NotDeclared):
        return _refused(request, of)
    return redirect("conferences:meeting", code=code)


@needs(Right.WORK_CASES)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """The meeting is closed, once everything that must be said is said."""
    of = asked(request, code)
    try:
        actions.close(by=of.member, conference=of.conference, at=of.at)
    except NotReady as error:
        messages.error(request, said(error.lacks))
        return _page(request, of, 409)
    except (Forbidden, WrongMove, NotDeclared):
        return _refused(request, of)
    messages.success(request, _("Rapat ditutup."))
    return redirect("conferences:meeting", code=code)


@needs(Right.WORK_CASES)
@require_POST
def call_off(request: HttpRequest, code: str) -> HttpResponse:
    """The meeting will not be."""
    of, form = asked(request, code), CallOffForm(request.POST)
    if not form.is_valid():
        return _page(request, of, 422, call_off=form)
    try:
        reason = form.cleaned_data["reason"]
        actions.call_off(by=of.member, conference=of.conference, reason=reason, at=of.at)
    except (Forbidden, WrongMove):
        return _refused(request, of)
    return redirect("conferences:meeting", code=code)


@needs(Right.WORK_CASES)
@require_POST
def refill(request: HttpRequest, code: str) -> HttpResponse:
    """The agenda looks again which cases call for the meeting."""
    of = asked(request, code)
    try:
        count = actions.refill(by=of.member, conference=of.conference, at=of.at)
    except (Forbidden, WrongMove, NotDeclared):
        return _refused(request, of)
    messages.success(request, _("%d kasus masuk agenda.") % count)
    return redirect(f"{_address(code)}#agenda")


@needs(Right.WORK_CASES)
@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    """An officer puts a case on the agenda."""
    of, form = asked(request, code), AddForm(request.POST)
    known = read_case(form.cleaned_data["case"]) if form.is_valid() else None
    case = cases.one(of.member, known) if known else None
    if form.is_valid() and case is None:
        form.add_error("case", _("Tidak ada kasus dengan kode ini di tim Anda."))
    if case is None:
        return _page(request, of, 422, add=form)
    try:
        judgement = form.cleaned_data["judgement"]
        actions.add(
            by=of.member, conference=of.conference, case=case, judgement=judgement, at=of.at
        )
    except (Forbidden, WrongMove, CaseEnded, NotDeclared):
        return _refused(request, of, add=form)
    return redirect(f"{_address(code)}#agenda")


@needs(Right.WORK_CASES)
@require_POST
def take_off(request: HttpRequest, code: str, case: str) -> HttpResponse:
    """A case is taken off the agenda."""
    of, form = asked(request, code), TakeOffForm(request.POST)
    item = queries.item_known(of.member, of.conference, case)
    if item is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Pilih sebabnya."))
        return _page(request, of, 422)
    try:
        actions.take_off(by=of.member, item=item, at=of.at, **form.cleaned_data)
    except (Forbidden, WrongMove, NotDeclared):
        return _refused(request, of)
    return redirect(f"{_address(code)}#agenda")


def _page(
    request: HttpRequest, of: Asked, status: int = 200, **given: "forms.Form"
) -> HttpResponse:
    conference, member = of.conference, of.member
    shown: dict[str, object] = {
        "conference": conference,
        "team": team_names().get(conference.team_code, ""),
        "seats": queries.seats_of(conference),
        "seat": of.seat,
        "declared": of.declared,
        "leads": of.leads,
        "declaration": declaration.in_force(of.day),
        "works": member.may(Right.WORK_CASES),
        "own_part": of.declared and bool(queries.own_part(member, conference, of.day)),
    }
    if of.declared and conference.kind == Kind.CASE:
        shown["agenda"] = [_line(one) for one in queries.items_of(member, conference, of.day)]
    if of.leads and not conference.over:
        there = {one.member_id for one in queries.seats_of(conference)}
        people = [
            one
            for one in queries.to_invite(conference.kind, conference.team_code, of.at)
            if one.pk not in there
        ]
        shown |= {"invite": InviteForm(people=people), "call_off": CallOffForm()}
    shown |= {"add": AddForm(), "take_off": TakeOffForm(), "presence": PresenceForm()}
    return render(request, "conferences/meeting.html", shown | given, status=status)


def _line(item: "AgendaItem") -> "tuple[AgendaItem, list[str]]":
    return item, [str(Trigger(one).label) for one in item.triggers.split()]


def _refused(request: HttpRequest, of: Asked, **given: "forms.Form") -> HttpResponse:
    messages.error(request, _("Belum bisa. Lihat keadaan rapat sekarang."))
    return _page(request, of, 409, **given)


def _plan_form(request: HttpRequest, *given: object) -> PlanForm:
    member, at = member_of(request), timezone.now()
    codes = sorted(member.team_codes())
    people = {
        one.code: one
        for code in codes
        for kind in _kinds(request)
        for one in queries.to_invite(kind, code, at)
        if one.pk != member.pk
    }
    called = team_names()
    start = {
        "day": queries.next_tuesday(local_day(at)),
        "hour": "09:00",
        "kind": Kind.CASE,
        "team": codes[0] if codes else "",
        "place": Where.OFFICE,
    }
    return PlanForm(
        *given,
        teams=[(code, called[code]) for code in codes],
        people=sorted(people.values(), key=lambda one: (one.agency.name, one.name)),
        kinds=_kinds(request),
        initial=start,
    )


def _kinds(request: HttpRequest) -> list[str]:
    """The kinds of meetings a member may plan."""
    member = member_of(request)
    rights = ((Right.WORK_CASES, Kind.CASE), (Right.SUPERVISE_CASES, Kind.CITY))
    return [str(kind) for right, kind in rights if member.may(right)]


def _address(code: str) -> str:
    return reverse("conferences:meeting", args=[code])
