"""Asking for the sealed parts of a case that lie in the archive."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.actions.archiving import ask_archive
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import asked
from teduh.vault.words import RecallReason


@needs(Right.WORK_CASES)
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """A member of the team asks, with a reason."""
    of = asked(request, code)
    try:
        reason = RecallReason(request.POST.get("alasan", ""))
        ask_archive(by=of.member, case=of.case, reason=reason, at=of.at)
    except (ValueError, WrongMove, Forbidden):
        messages.error(request, _("Pilih alasannya. Hanya yang tersimpan di arsip bisa diminta."))
    else:
        said = _("Permintaan dikirim kepada pemegang arsip kedua pihak dan penyelia.")
        messages.success(request, said)
    return redirect("cases:case", code=of.case.code)
