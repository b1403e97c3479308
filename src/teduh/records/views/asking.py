"""What survivors ask of their data: the page of a case, and the list of what waits."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.views.frame import Asked, asked, page, refused, saved, to_mend
from teduh.records import queries
from teduh.records.actions import asking as actions
from teduh.records.forms import AnswerForm, RequestForm
from teduh.records.rules import AlreadyAsked, Early, SameHand, Stopped
from teduh.records.schedule import demands
from teduh.records.tabs import tabs
from teduh.records.words import Stop
from teduh.vault import packages
from teduh.vault.rules import Refused
from teduh.web.paging import Slice, slice_of

if TYPE_CHECKING:
    from teduh.records.models import DataRequest

PAGE = 25


@needs(Right.KEEP_RECORDS)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the soonest due first."""
    member, at = member_of(request), timezone.now()
    rows = slice_of(queries.requests(member), request.GET.get("hal"), PAGE)
    lines = [(one, one.due_at < at) for one in rows]
    shown = {
        "tabs": tabs(request.path),
        "page": Slice(lines, rows.number, rows.has_next),
        "opens": member.may(Right.WORK_CASES),
        "teams": member.team_codes(),
    }
    return render(request, "records/requests.html", shown)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, code: str) -> HttpResponse:
    """How long this case is kept, what she asked of its data; a post registers a request."""
    of = asked(request, code)
    if request.method == "POST":
        return _register(request, of)
    return _page(request, of)


def _page(
    request: HttpRequest, of: Asked, status: int = 200, typed: AnswerForm | None = None, at: int = 0
) -> HttpResponse:
    """`typed`: an answer to request number `at` that was refused."""
    rows = queries.requests_of(of.case)
    [kept] = queries.lines_of_cases([of.case], of.day)
    answering = [
        (
            one,
            demands()[one.kind],
            typed if typed and one.pk == at else AnswerForm(prefix="", auto_id=f"id_{one.pk}_%s"),
        )
        for one in rows
    ]
    return page(
        request,
        of,
        "records/of_case.html",
        status,
        rows=answering,
        now=of.at,
        demands=demands().values(),
        kept=kept,
        stops=[Stop(one).label for one in kept.stops],
        form=RequestForm(initial={"asked_at": of.at}),
        keeps=of.member.may(Right.KEEP_RECORDS),
    )


def _register(request: HttpRequest, of: Asked) -> HttpResponse:
    form = RequestForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        actions.register(by=of.member, case=of.case, items=items, at=of.at, **form.cleaned_data)
    except Early:
        return to_mend([("asked_at", _("Waktu ini belum datang."))])
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("records:of_case", args=[of.case.code]))


@needs(Right.SUPERVISE_CASES)
@require_POST
def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A supervisor answers what somebody else registered."""
    of, found = _found(request, code, number)
    form = AnswerForm(request.POST, auto_id=f"id_{number}_%s")
    if not form.is_valid():
        return _page(request, of, 422, form, number)
    try:
        actions.answer(by=of.member, asked=found, at=of.at, **form.cleaned_data)
    except SameHand:
        messages.error(request, _("Yang mencatat dan yang menjawab harus dua orang."))
    except Stopped as error:
        told = ", ".join(str(Stop(one).label) for one in str(error).split(","))
        messages.error(request, _("Belum bisa dimusnahkan: %(told)s.") % {"told": told})
    except (AlreadyAsked, Forbidden):
        messages.error(request, _("Sudah dijawab orang lain."))
    else:
        return redirect("records:of_case", code=code)
    return _page(request, of, 409, form, number)


@needs(Right.WORK_CASES)
@require_POST
def tell(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """She was told the answer, in the way that is safe for her."""
    of, found = _found(request, code, number)
    try:
        actions.tell(by=of.member, asked=found, at=of.at)
    except (AlreadyAsked, Forbidden):
        messages.error(request, _("Belum ada jawabannya."))
        return _page(request, of, 409)
    return redirect("records:of_case", code=code)


def _found(request: HttpRequest, code: str, number: int) -> "tuple[Asked, DataRequest]":
    of = asked(request, code)
    found = queries.request_of(of.case, number)
    if found is None:
        raise Http404
    return of, found
