"""Persons and incidents of a case: naming one more, mending what is known."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import actions, queries
from teduh.cases.forms import IncidentForm, PersonForm, initial_of, wrong
from teduh.cases.rules import ChangedMeanwhile
from teduh.cases.views.frame import asked, page, refused, saved, to_mend
from teduh.cases.words import PersonRole
from teduh.vault import packages
from teduh.vault.rules import Refused


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest, code: str) -> HttpResponse:
    """Name somebody in this case."""
    of = asked(request, code)
    if request.method == "GET":
        form = PersonForm(initial={"role": request.GET.get("peran", PersonRole.CHILD)})
        return page(request, of, "cases/person.html", form=form, person=None)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        told = actions.PersonFacts(**form.cleaned_data)
        actions.add_person(by=of.member, case=of.case, facts=told, items=items, at=of.at)
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("cases:case", args=[code]))


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def mend_person(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What is known of somebody, put right."""
    of = asked(request, code)
    person = next((one for one in queries.people_of(of.case) if one.number == number), None)
    if person is None:
        raise Http404
    if request.method == "GET":
        form = PersonForm(initial=initial_of(PersonForm, person))
        return page(request, of, "cases/person.html", form=form, person=person)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        actions.mend_person(
            by=of.member,
            person=person,
            facts=actions.PersonFacts(**form.cleaned_data),
            items=items,
            seen=request.POST.get("seen", ""),
            at=of.at,
        )
    except (Refused, Forbidden, ChangedMeanwhile):
        return refused()
    return saved(reverse("cases:case", args=[code]))


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def add_incident(request: HttpRequest, code: str) -> HttpResponse:
    """One more incident of this case."""
    of = asked(request, code)
    form = IncidentForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return page(request, of, "cases/incident.html", status, form=form)
    try:
        actions.add_incident(
            by=of.member, case=of.case, facts=actions.IncidentFacts(**form.facts()), at=of.at
        )
    except Forbidden:
        return page(request, of, "cases/incident.html", 403, form=form)
    return redirect("cases:case", code=code)
