"""Everything arranged for one survivor, on one page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from teduh.access.gates import needs
from teduh.access.words import Right
from teduh.cases.views.frame import asked
from teduh.services.of_case import parts_of
from teduh.services.views.frame import page


@needs(Right.WORK_CASES)
@require_safe
def of_case(request: HttpRequest, code: str) -> HttpResponse:
    """What help was arranged for a case, and how far it has come."""
    of = asked(request, code)
    parts = parts_of(of) if of.opens else []
    return page(request, of, "services/of_case.html", parts=parts)
