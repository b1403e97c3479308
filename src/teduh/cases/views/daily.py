"""Notes and contacts: how to reach her safely comes before any number."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries
from teduh.cases.actions import daily
from teduh.cases.forms import ContactForm, TaskForm, wrong
from teduh.cases.rules import NotReady
from teduh.cases.views.frame import Asked, asked, page, refused, saved, to_mend
from teduh.cases.words import TaskState
from teduh.intake import facts
from teduh.intake.queries import additions
from teduh.lib.timing import local_day
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
    except NotReady:
        return to_mend([("way", _("Ia meminta tidak dihubungi. Yang terbuka: pesan lewat tiket."))])
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("cases:notes", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """One's own tasks of all cases: those of today, or those whose day is over."""
    member, late = member_of(request), request.GET.get("hanya") != "hari-ini"
    rows = queries.tasks_for(member, local_day(timezone.now()), late=late)
    shown = {"page": slice_of(rows, request.GET.get("hal"), queries.PAGE), "late": late}
    return render(request, "cases/tasks.html", shown)


@needs(Right.WORK_CASES)
@require_POST
def add_task(request: HttpRequest, code: str) -> HttpResponse:
    """Something somebody is to do in this case."""
    of, form = asked(request, code), TaskForm(request.POST)
    able = {one.code: one for one in queries.walkers(of.case.team_code, of.at, of.case.code)}
    who = able.get(request.POST.get("who", ""))
    mend = wrong(form) + ([] if who else [("who", _("Pilih siapa yang mengerjakan."))])
    if mend or who is None:
        return to_mend(mend)
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        daily.add_task(
            by=of.member, case=of.case, who=who, items=items, at=of.at, **form.cleaned_data
        )
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("cases:case", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_POST
def end_task(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A task is done, or not needed any more."""
    of = asked(request, code)
    task = queries.task_of(of.case, number)
    if task is None:
        raise Http404
    dropped = request.POST.get("keadaan") == TaskState.DROPPED
    to = TaskState.DROPPED if dropped else TaskState.DONE
    daily.end_task(by=of.member, task=task, to=to, at=of.at)
    return redirect(f"{reverse('cases:case', args=[of.case.code])}#tugas")


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
