"""The screen of a meeting of the city: one case at a time, under a name of this meeting alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.conferences import actions, queries
from teduh.conferences.rules import NotDeclared
from teduh.conferences.views.frame import ANYBODY, asked
from teduh.lib.numbers import whole


@needs(*ANYBODY)
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The overview, then each case; there only while the meeting runs. Each look is written down."""
    of = asked(request, code)
    try:
        veils = actions.look(by=of.member, conference=of.conference, at=of.at)
    except NotDeclared:
        return redirect("conferences:meeting", code=code)
    except Forbidden as error:
        raise Http404 from error
    number = min(max(whole(request.GET.get("hal") or "") or 0, 0), len(veils))
    shown = {
        "conference": of.conference,
        "number": number,
        "before": number - 1,
        "after": number + 1 if number < len(veils) else 0,
        "totals": None if number else queries.totals_of(veils),
        "case": queries.screens_of(veils, of.day)[number - 1] if number else None,
    }
    return render(request, "conferences/screen.html", shown)
