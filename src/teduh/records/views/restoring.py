"""After a restore: what may hold again that had ended, one tick for each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.lib.timing import local_day
from teduh.records import queries
from teduh.records.actions import restoring as actions
from teduh.records.tabs import tabs
from teduh.records.words import Recheck
from teduh.web.paging import slice_of

PAGE = 25


@needs(Right.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def restored(request: HttpRequest) -> HttpResponse:
    """The checklist; a post ticks one."""
    if request.method != "POST":
        return _page(request)
    what = request.POST.get("yang", "")
    if what not in Recheck.values or request.POST.get("yakin") != "1":
        messages.error(request, _("Centang dulu bahwa daftarnya sudah Anda lalui sampai habis."))
        return _page(request, 422)
    actions.check(by=member_of(request), what=Recheck(what), at=timezone.now())
    messages.success(request, _("Dicatat, dengan nama Anda."))
    return redirect("records:restored")


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    member, open_ = member_of(request), queries.unchecked()
    left = open_.left if open_ else frozenset()
    done = {one.what: one for one in queries.checks()}
    rows = queries.holding_then(member, local_day(timezone.now()))
    shown = {
        "tabs": tabs(request.path),
        "open": open_,
        "opens_cases": member.may(Right.WORK_CASES),
        "supervises": member.may(Right.SUPERVISE_CASES),
        "steps": [(one, one in left, done.get(one)) for one in Recheck],
        "page": slice_of(rows, request.GET.get("hal"), PAGE) if open_ else None,
    }
    return render(request, "records/restored.html", shown, status=status)
