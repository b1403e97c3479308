"""Occasions, and the short form for one person after the other."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.intake.channels.outreach import actions, queries
from teduh.intake.channels.outreach.forms import GatheringForm, PersonForm
from teduh.intake.channels.outreach.words import Occasion
from teduh.intake.queries import areas
from teduh.intake.views import filing


@needs(Right.FILE_REPORTS)
@require_http_methods(["GET", "POST"])
def gatherings(request: HttpRequest) -> HttpResponse:
    """The newest occasions; a POST begins one."""
    member = member_of(request)
    form = GatheringForm(request.POST or None, areas=areas(request.POST.get("area_code", "")))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = actions.begin(
            by=member,
            occasion=Occasion(told["occasion"]),
            place=told["place"],
            area_code=told["area_code"],
            at=timezone.now(),
        )
        return redirect("desk:gathering", number=made.pk)
    shown = {"form": form, "gatherings": queries.newest(member)}
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/outreach/gatherings.html", shown, status=status)


@needs(Right.FILE_REPORTS)
@require_http_methods(["GET", "POST"])
def gathering(request: HttpRequest, number: int) -> HttpResponse:
    """The short form; a POST keeps one person's report."""
    member = member_of(request)
    found = queries.one(member, number)
    if found is None:
        raise Http404
    if request.method == "POST":
        form = PersonForm(request.POST, areas=areas(request.POST.get("place_area", "")))
        keep = partial(actions.meet, by=member, gathering=found)
        kept = filing.kept_by(keep, request, form)
        return kept if isinstance(kept, JsonResponse) else filing.told(member, kept)
    shown = {"gathering": found, "form": PersonForm(areas=areas())}
    return render(request, "intake/outreach/gathering.html", {**shown, **filing.drawn()})
