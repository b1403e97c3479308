"""Progress letters of the police: what came, and one more."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.views.frame import asked, refused, saved, to_mend
from teduh.services import rules
from teduh.services.actions import letters as actions
from teduh.services.queries import letters as queries
from teduh.services.refer_forms import LetterForm
from teduh.services.views.frame import page
from teduh.vault import packages
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.cases.views.frame import Asked


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """Every letter of a case; a post keeps one, its number sealed."""
    of = asked(request, code)
    if request.method == "POST":
        return _keep(request, of)
    if not of.opens:
        return page(request, of, "services/letters.html")
    return page(
        request,
        of,
        "services/letters.html",
        letters=queries.of_case(of.case),
        late=queries.is_late(of.case, of.day),
        form=LetterForm(initial={"received": of.day}),
    )


def _keep(request: HttpRequest, of: "Asked") -> HttpResponse:
    form = LetterForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        actions.keep_letter(by=of.member, case=of.case, letter=form.letter(), items=items, at=of.at)
    except rules.Early:
        return to_mend([("received", _("Diterima sesudah hari suratnya, paling lambat hari ini."))])
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("services:police_letters", args=[of.case.code]))
