"""A partner without an account answers referrals below what its one-time link has opened."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.lib.timing import local_day
from teduh.records.queries import still_linked
from teduh.records.views.linking import device_of
from teduh.services import rules
from teduh.services.actions import answering as actions
from teduh.services.queries import linking as queries
from teduh.services.refer_forms import AnswerForm
from teduh.services.views.answering import ERRORS, REFUSED, why

if TYPE_CHECKING:
    from datetime import datetime

    from teduh.services.models import Referral


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, name: str) -> HttpResponse:
    """What may be answered by a link, as a part of its page; a post answers one."""
    device, at = device_of(request, name), timezone.now()
    if not still_linked(name, device, at):
        raise Http404
    if request.method != "POST":
        found = actions.see_by_link(name=name, device=device, at=at)
        return _part(request, name, found, at)
    found = queries.of_link(name, device, at)
    code, to = request.POST.get("code", ""), request.POST.get("to", "")
    row = next((one for one in found if one.code == code), None)
    if row is None:
        return _part(request, name, found, at, 409, said=why(rules.WrongMove()))
    form = AnswerForm(request.POST, referral=row, only=to, auto_id=f"id_{code}_{to}_%s")
    if not form.is_valid():
        return _part(request, name, found, at, REFUSED, form)
    try:
        actions.answer_by_link(name=name, device=device, code=code, said=form.said(), at=at)
    except ERRORS as error:
        now = queries.of_link(name, device, at)
        fresh = next((one for one in now if one.code == code), row)
        return _part(request, name, now, at, 409, form.anew(fresh, to), why(error))
    return _part(request, name, queries.of_link(name, device, at), at, kept=True)


def _part(
    request: HttpRequest,
    name: str,
    found: "list[Referral]",
    at: "datetime",
    status: int = 200,
    sent: AnswerForm | None = None,
    said: str = "",
    *,
    kept: bool = False,
) -> HttpResponse:
    rows = [(one, _forms(one, at, sent)) for one in found]
    shown = {"name": name, "rows": rows, "kept": kept, "said": said}
    return render(request, "services/parts/by_link.html", shown, status=status)


def _forms(
    row: "Referral", at: "datetime", sent: AnswerForm | None
) -> list[tuple[str, AnswerForm]]:
    """A small form for each answer that is possible now; the one that was sent as it was typed."""
    start = {"expect": row.state, "day": local_day(at)}
    forms = {
        to: AnswerForm(referral=row, only=to, auto_id=f"id_{row.code}_{to}_%s", initial=start)
        for to in rules.BY_PARTNER
        if rules.may_move(row.state, to)
    }
    if sent and sent.data.get("code") == row.code and sent.data.get("to") in forms:
        forms[sent.data["to"]] = sent
    return list(forms.items())
