"""What a survivor asks of her data by her own ticket, with or without script; no name is asked."""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from teduh.records import queries
from teduh.records.actions import asking as actions
from teduh.records.actions.consenting import withdraw_by_ticket
from teduh.records.forms import TAKE_BACK, OwnRequestForm
from teduh.records.rules import AlreadyAsked, NoCase
from teduh.records.words import Ask
from teduh.tickets import remembering
from teduh.tickets import views as status
from teduh.tickets.rules import PAGE, PART, TooFast

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket

ASKS, SENDS = "0", "1"  # what the button says: show me, and keep this


@csrf_exempt
@login_not_required
@require_POST
def data(request: HttpRequest) -> HttpResponse:
    """What she may ask and has asked; a post that says what, asks it.

    Somebody else's ticket, a code that staff know, and whoever goes back, gets the page of the status.
    """
    try:
        ticket, code = status.whose(request)
    except TooFast as error:
        return status.slow_down(request, error.seconds)
    step, typed = request.POST.get("data"), code is not None and "auth" not in request.POST
    hers = ticket is not None and ticket.own and not ticket.issued_on  # staff know such a code
    if ticket is None or not hers or typed or step not in {ASKS, SENDS}:
        return status.answered(request, ticket, code)
    form = OwnRequestForm(request.POST) if step == SENDS else OwnRequestForm()
    taken_back = form.is_valid() and form.cleaned_data["kind"] == TAKE_BACK
    if form.is_valid():
        with suppress(AlreadyAsked, NoCase):  # sent twice: it stands in the list
            _act(ticket, form.cleaned_data["kind"])
    return _page(request, ticket, form, taken_back=taken_back)


def _act(ticket: "Ticket", kind: str) -> None:
    at = timezone.now()
    if kind == TAKE_BACK:
        withdraw_by_ticket(ticket=ticket, at=at)
    else:
        actions.ask_by_ticket(ticket=ticket, kind=Ask(kind), at=at)


def _page(
    request: HttpRequest, ticket: "Ticket", form: OwnRequestForm, *, taken_back: bool
) -> HttpResponse:
    script = "auth" in request.POST
    shown = {
        "form": form,
        "taken_back": taken_back,
        "asked": queries.asked_by(ticket),
        "known": queries.case_of(ticket) is not None,
        "wish": "" if script else remembering.wish_of(ticket, timezone.now()),
    }
    template, size = ("records/parts/hers.html", PART) if script else ("records/hers.html", PAGE)
    status_code = 422 if form.is_bound and not form.is_valid() and not script else 200
    return status.filled(render(request, template, shown, status=status_code), size)
