"""Notes and contacts: how to reach her safely comes before any number."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries
from teduh.cases.actions import daily
from teduh.cases.forms import ContactForm, wrong
from teduh.cases.views.frame import Asked, asked, page, refused, saved, to_mend
from teduh.intake import facts
from teduh.intake.queries import additions
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.rules import Refused
from teduh.web.paging import slice_of
from teduh.web.wording import never_said

CONTACTS = 30  # newest attempts beside the notes


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, code: str) -> HttpResponse:
    """The notes of a case, the newest first, and one more."""
    of = asked(request, code)
    if request.method == "GET":
        return _page(request, of)
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        daily.note(by=of.member, case=of.case, items=items, at=of.at)
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("cases:notes", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_POST
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """An attempt to reach the survivor."""
    of, form = asked(request, code), ContactForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        daily.contacted(by=of.member, case=of.case, items=items, at=of.at, **form.cleaned_data)
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("cases:notes", args=[of.case.code]))


def _page(request: HttpRequest, of: Asked) -> HttpResponse:
    if not of.opens:
        return page(request, of, "cases/notes.html")
    ways = []
    for report in queries.reports_of(of.case):
        bundle, more = (
            vault.hand_out(by=of.member, subject=report.ticket.number, at=of.at),
            additions(report),
        )
        ways.append((report, facts.reach(report, more), bundle, facts.added(bundle, more)))
    return page(
        request,
        of,
        "cases/notes.html",
        page=slice_of(queries.notes_of(of.case), request.GET.get("hal"), queries.PAGE),
        contacts=list(queries.contacts_of(of.case)[:CONTACTS]),
        survivors=[one for one in queries.people_of(of.case) if one.role == "survivor"],
        ways=ways,
        bundles=[bundle for _report, _reach, bundle, _added in ways],
        contact=facts.CONTACT,
        form=ContactForm(),
        never="|".join(never_said()),
    )
