"""Who may not open a case, and who opens it in need."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from teduh.access.forms import CLOSED_TO, ConflictForm
from teduh.access.gates import needs
from teduh.access.words import Right
from teduh.cases import actions
from teduh.cases.views.frame import asked
from teduh.cases.views.overview import overview


@needs(Right.WORK_CASES)
@require_POST
def conflict(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody knows a person in this case: it is closed to them from now on."""
    of = asked(request, code)
    form = ConflictForm(request.POST, viewer=of.member, team_code=of.case.team_code, at=of.at)
    if not form.is_valid():
        return overview(request, of, status=422, conflict=form)
    actions.declare_conflict(by=of.member, case=of.case, at=of.at, **form.about())
    messages.success(request, CLOSED_TO % {"subject": of.case.code})
    return redirect("cases:list")
