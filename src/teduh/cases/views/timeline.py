"""The picture of a case in time, and the same as a table."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teduh.access.gates import needs
from teduh.access.words import Right
from teduh.cases import queries
from teduh.cases.drawing import Span, folded, picture
from teduh.cases.views.frame import Asked, asked, page
from teduh.lib.timing import local_day
from teduh.sop.queries import Line, lines_of

KINDS = {  # how a promise stands -> how it is drawn
    "met": "met",
    "met_late": "late",
    "late": "late",
    "ended": "ended",
    "paused": "running",
    "running": "running",
}


@needs(Right.WORK_CASES)
@require_safe
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Promises, states, contacts, visum and justice by day."""
    of = asked(request, code)
    if not of.opens:
        return page(request, of, "cases/timeline.html")
    spans = [*_moments(of), *(_promised(line, of.at) for line in lines_of(of.case.code, of.at))]
    months, recent = folded(spans, local_day(of.at))
    return page(
        request,
        of,
        "cases/timeline.html",
        picture=picture(spans, local_day(of.at)),
        months=months,
        spans=recent,
    )


def _promised(line: Line, at: datetime) -> Span:
    row = line.row
    since, end = row.began_at, row.met_at or row.ended_at or row.due_at
    if line.stands == "late":
        end = at
    words = {
        "met": _("ditepati"),
        "met_late": _("ditepati terlambat"),
        "late": _("terlambat"),
        "ended": row.get_ended_display(),
        "paused": _("ditunda"),
        "running": _("berjalan"),
    }
    days = local_day(since), local_day(max(since, end))
    return Span(line.title, *days, KINDS[line.stands], words[line.stands])


def _moments(of: Asked) -> list[Span]:
    told: list[tuple[str, list[tuple[date, str]]]] = [
        (_("Keadaan"), [(one.day, one.get_to_display()) for one in of.case.steps.all()]),
        (
            _("Kontak"),
            [(one.day, one.get_outcome_display()) for one in queries.contacts_of(of.case)],
        ),
        (_("Visum"), [(one.day, one.get_to_display()) for one in queries.visum_of(of.case)]),
        (_("Hukum"), [(one.day, one.get_stage_display()) for one in queries.justice_of(of.case)]),
    ]
    return [
        Span(f"{label}: {said}", day, day, "moment", "")
        for label, moments in told
        for day, said in moments
    ]
