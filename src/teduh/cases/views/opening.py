"""Opening a case from a report: what is known already is filled in, nothing is asked twice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import actions, queries
from teduh.cases.forms import IncidentForm, PersonForm, initial_of, wrong
from teduh.cases.rules import CodeTaken, InAnotherCase
from teduh.cases.views.frame import refused, saved, to_mend
from teduh.intake.facts import CONTACT
from teduh.intake.rules import WrongMove
from teduh.lib.codes import is_case, new_case
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.queries import case_to_make
from teduh.vault.rules import Refused


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, ticket: str) -> HttpResponse:
    """The form of a new case, and what it sends."""
    member = member_of(request)
    report = queries.report_of(member, ticket)
    if report is None:
        raise Http404
    opened = queries.case_of(report)
    if opened is not None:
        return redirect("cases:case", code=opened.code)
    if request.method == "POST":
        return _keep(request, ticket)
    at, code = timezone.now(), new_case()
    try:
        to_make = case_to_make(code, report.team_code)
    except Refused:
        messages.error(request, _("Kunci tim belum lengkap; tanpa itu kasus tidak dapat dikunci."))
        return redirect("desk:report", number=ticket)
    several: dict[str, list[str]] = {}
    for row in report.coded.all():
        several.setdefault(row.question, []).append(row.code)
    kinds = several.get("kinds", [])
    told = several | {
        "main_kind": kinds[0] if kinds else "",
        "kinds": kinds[1:],
        "place": report.place,
    }
    bundle = vault.hand_out(by=member, subject=ticket, at=at)
    shown = {
        "report": report,
        "code": code,
        "person": PersonForm(initial=initial_of(PersonForm, report) | {"relation": ""}),
        "incident": IncidentForm(initial=told),
        "loads": queries.loads(report.team_code, at, ticket),
        "mine": member.code,
        "bundle": bundle,
        "bundles": [bundle, to_make],
        "contact": CONTACT,
    }
    return render(request, "cases/open.html", shown)


def _keep(request: HttpRequest, ticket: str) -> HttpResponse:
    member, at = member_of(request), timezone.now()
    report = queries.report_of(member, ticket)
    person, incident = PersonForm(request.POST), IncidentForm(request.POST)
    able = (
        {one.member.code: one.member for one in queries.loads(report.team_code, at, ticket)}
        if report
        else {}
    )
    manager = able.get(request.POST.get("manager", ""))
    mend = wrong(person, incident)
    if manager is None:
        mend.insert(0, ("manager", _("Pilih siapa yang berjalan bersama penyintas.")))
    if mend or report is None or manager is None:
        return to_mend(mend)
    code = request.POST.get("code", "")
    if not is_case(code):
        return refused()
    try:
        new = actions.NewCase(
            code=code,
            reports=[report],
            manager=manager,
            person=actions.PersonFacts(**person.cleaned_data),
            incident=actions.IncidentFacts(**incident.facts()),
            made=packages.read_made(request.POST.get("made", "")),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
        )
        actions.open_case(by=member, new=new, at=at)
    except InAnotherCase:
        return saved(reverse("cases:open", args=[ticket]))  # which leads on to that case
    except (CodeTaken, Refused, WrongMove, Forbidden):
        return refused()
    return saved(reverse("cases:case", args=[code]))
