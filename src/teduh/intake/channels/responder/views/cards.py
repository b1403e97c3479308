"""A helper's card, printed once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.directory.rules import NotReady
from teduh.directory.views.helpers import found
from teduh.intake.channels.responder import actions, printing


@needs(Right.KEEP_HELPERS)
@require_POST
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """A new card with its PIN, in this answer and nowhere else; the one before ends."""
    helper = found(request, number)
    try:
        card = actions.issue_card(by=member_of(request), helper=helper, at=timezone.now())
    except NotReady:
        messages.error(request, _("Belum bisa: lihat kode etik, masa berlaku, dan keadaannya."))
        return redirect("directory:helper", number=helper.pk)
    text = f"{card.number}{card.secret}"
    shown = {
        "number": helper.pk,
        "until": helper.until,
        "card": card,
        "spelled": printing.in_groups(text),
        "qr": printing.qr(f"{printing.field_address()}#{text}"),
    }
    return render(request, "intake/responder/card.html", shown)
