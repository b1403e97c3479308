"""A referral as a file for another system."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import asked
from teduh.services.actions.bundling import bundle_referral
from teduh.services.fhir import NotShared
from teduh.services.queries import referring as queries


@needs(Right.WORK_CASES)
@require_POST
def bundle(request: HttpRequest, code: str, referral: str) -> HttpResponse:
    """The bundle, to save and hand to the provider."""
    of = asked(request, code)
    row = queries.of_code(of.case, referral) if of.opens else None
    if row is None:
        raise Http404
    try:
        made = bundle_referral(by=of.member, referral=row, at=of.at)
    except (Forbidden, WrongMove, NotShared):
        messages.error(
            request,
            _("Belum dibuat: berkas ini hanya untuk rujukan yang terkirim selama ia setuju."),
        )
        return redirect("services:referral", code=code, referral=referral)
    answer = HttpResponse(json.dumps(made, indent=1), content_type="application/fhir+json")
    answer["Content-Disposition"] = f'attachment; filename="{row.code}.json"'
    return answer
