"""What every page about help for a case begins with: the frame of the case, and the second row of tabs."""

from django.http import HttpRequest, HttpResponse

from teduh.cases.views.frame import Asked
from teduh.cases.views.frame import page as case_page
from teduh.services.tabs import services_of


def page(
    request: HttpRequest, of: Asked, template: str, status: int = 200, **shown: object
) -> HttpResponse:
    """A page of a case about help, as `cases.views.frame.page`; its template extends services/frame.html."""
    return case_page(
        request, of, template, status, kinds_of_help=services_of(of.case, request.path), **shown
    )
