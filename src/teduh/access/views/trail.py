"""The trail, for those who look at who looked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teduh.access import queries
from teduh.access.forms import TrailForm
from teduh.access.gates import needs
from teduh.access.words import Right
from teduh.web.paging import slice_of

PAGE = 50


@needs(Right.READ_AUDIT)
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Lines of the trail, newest first, filtered by subject, verb and hand."""
    form = TrailForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.trail_rows(
        subject=asked.get("subject", ""), verb=asked.get("verb", ""), by=asked.get("by", "")
    )
    page = slice_of(rows, request.GET.get("hal"), PAGE)
    shown = {
        "page": page,
        "asked": asked,
        "verbs": queries.trail_verbs(),
        "names": queries.names(row.by_code for row in page.object_list),
    }
    return render(request, "access/trail.html", shown)
