"""A case that comes from another office: its file opened in the browser, a case made of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import transfers
from teduh.cases.actions import transferring as actions
from teduh.cases.actions.opening import IncidentFacts, PersonFacts
from teduh.cases.forms import ArrivalForm, ConsentForm, IncidentForm, PersonForm, wrong
from teduh.cases.rules import ArrivedAlready, CodeTaken, WrongMove
from teduh.cases.views.frame import refused, saved, to_mend
from teduh.lib.codes import is_case, new_case
from teduh.lib.timing import local_day
from teduh.vault import packages
from teduh.vault.queries import case_to_make
from teduh.vault.rules import Refused

KEPT = {  # part of a slice -> what it becomes here, and in which compartment
    "person": ("cases.person.card", "identity"),
    "safety": ("cases.safety.plan", "care"),
    "wishes": ("cases.plan.wishes", "care"),
}
TOLD = ("cases.arrival.text", "work")


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """The form that a file of another office is opened into, and what it sends."""
    member, at = member_of(request), timezone.now()
    teams = sorted(member.team_codes())
    if request.method == "POST":
        return _keep(request, teams[0] if teams else "")
    code = new_case()
    try:
        to_make = case_to_make(code, teams[0] if teams else "")
    except Refused:
        messages.error(request, _("Kunci tim belum lengkap; tanpa itu kasus tidak dapat dikunci."))
        return redirect("cases:list")
    rows = transfers.approved()
    shown = {
        "code": code,
        "bundles": [to_make],
        "peers": rows,
        "known": transfers.for_browser(rows) | {"day": str(local_day(at))},
        "parts": [(part, title, *KEPT.get(part, TOLD)) for part, title in transfers.PARTS.items()],
        "person": PersonForm(),
        "incident": IncidentForm(),
        "arrival": ArrivalForm(),
        "consent": ConsentForm(),
    }
    return render(request, "cases/take_in.html", shown)


def _keep(request: HttpRequest, team: str) -> HttpResponse:
    person, incident = PersonForm(request.POST), IncidentForm(request.POST)
    arrival, consent = ArrivalForm(request.POST), ConsentForm(request.POST)
    mend = wrong(person, incident, arrival, consent)
    if mend:
        return to_mend(mend)
    code = request.POST.get("code", "")
    if not is_case(code):
        return refused()
    try:
        arriving = actions.Arriving(
            head=request.POST.get("head", ""),
            receipt=packages.read_statement(request.POST.get("receipt", "")),
            consent=actions.Consent(**consent.about()),
            code=code,
            team=team,
            band=arrival.cleaned_data["band"],
            person=PersonFacts(**person.cleaned_data),
            incident=IncidentFacts(**incident.facts()),
            made=packages.read_made(request.POST.get("made", "")),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
        )
        actions.take_in(by=member_of(request), arriving=arriving, at=timezone.now())
    except ArrivedAlready as error:
        told = _("Berkas ini sudah pernah diterima, sebagai kasus %(code)s.") % {"code": error}
        return to_mend([("berkas", told)])
    except WrongMove:
        return to_mend([("berkas", _("Kantor pengirimnya belum disetujui di sini."))])
    except (CodeTaken, Refused, Forbidden):
        return refused()
    return saved(reverse("cases:case", args=[code]))
