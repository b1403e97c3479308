"""What one's own agency is to do, what shows that it was done, its part on paper; a partner's slice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.conferences import actions, queries
from teduh.conferences.forms import DoneForm, LetGoForm
from teduh.conferences.rules import NotDeclared, is_late
from teduh.conferences.views.frame import asked
from teduh.conferences.words import Trigger
from teduh.lib.timing import local_day
from teduh.records.queries import proof_of
from teduh.web.paging import slice_of

EITHER = (Right.WORK_CASES, Right.ANSWER_PARTNER)


@needs(*EITHER)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What one's own agency is to do: what is open first, the most urgent of it on top."""
    return _tasks(request)


@needs(*EITHER)
@require_POST
def done(request: HttpRequest, code: str) -> HttpResponse:
    """A decision was carried out."""
    member, form = member_of(request), DoneForm(request.POST)
    row = queries.decision(member, code, local_day(timezone.now()))
    if row is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Pilih apa yang menunjukkannya."))
        return _tasks(request, 422)
    try:
        actions.carry_out(by=member, decision=row, at=timezone.now(), **form.cleaned_data)
    except Forbidden:
        messages.error(request, _("Belum tersimpan. Lihat keadaan terbaru."))
        return _tasks(request, 409)
    if request.POST.get("dari") == "kasus" and member.may(Right.WORK_CASES):
        return redirect("conferences:of_case", code=row.item.case.code)
    return redirect("conferences:tasks")


@needs(Right.WORK_CASES)
@require_POST
def let_go(request: HttpRequest, code: str) -> HttpResponse:
    """A decision is let go."""
    member, form = member_of(request), LetGoForm(request.POST)
    row = queries.decision(member, code, local_day(timezone.now()))
    if row is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Pilih sebabnya."))
        return _tasks(request, 422)
    try:
        actions.let_go(by=member, decision=row, at=timezone.now(), **form.cleaned_data)
    except Forbidden:
        messages.error(request, _("Belum tersimpan. Lihat keadaan terbaru."))
        return _tasks(request, 409)
    return redirect("conferences:of_case", code=row.item.case.code)


@needs(*EITHER)
@require_safe
def own_part(request: HttpRequest, code: str) -> HttpResponse:
    """What a meeting decided for one's own agency, to print; nothing of any other."""
    of = asked(request, code)
    if not of.declared:
        return redirect("conferences:meeting", code=code)
    rows, bundles = actions.read_own(by=of.member, conference=of.conference, at=of.at)
    shown = {"conference": of.conference, "rows": rows, "bundles": bundles}
    return render(request, "conferences/own_part.html", shown | {"agency": of.member.agency})


@needs(Right.ANSWER_PARTNER)
@require_safe
def part(request: HttpRequest, code: str, case: str) -> HttpResponse:
    """What a partner is given of one case at the table."""
    of = asked(request, code)
    row = queries.item_for(of.member, of.conference, case, of.day)
    if row is None:
        raise Http404
    try:
        found = actions.read(by=of.member, item=row, at=of.at)
    except NotDeclared:
        return redirect("conferences:meeting", code=code)
    except Forbidden as error:
        raise Http404 from error
    shown = {
        "conference": of.conference,
        "found": found,
        "item": row,
        "why": [str(Trigger(one).label) for one in row.triggers.split()],
        "bundles": [found.bundle] if found.bundle else [],
        "grants": [proof_of(one) for one in found.grants],
    }
    return render(request, "conferences/part.html", shown)


def _tasks(request: HttpRequest, status: int = 200) -> HttpResponse:
    member, day = member_of(request), local_day(timezone.now())
    rows = slice_of(queries.to_do(member, day), request.GET.get("hal"), queries.PAGE)
    shown = {
        "page": rows,
        "lines": [(one, is_late(one.state, one.due, day)) for one in rows],
        "form": DoneForm(),
        "works": member.may(Right.WORK_CASES),
    }
    return render(request, "conferences/tasks.html", shown, status=status)
