"""Terms of keeping: what is over, who asked, who answered, what is held back."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.lib.timing import local_day
from teduh.records import queries
from teduh.records.actions import keeping as actions
from teduh.records.forms import HoldForm, spelled
from teduh.records.rules import AlreadyAsked, NotDue, SameHand, Stopped
from teduh.records.schedule import kinds, version
from teduh.records.tabs import tabs
from teduh.records.words import Ends, Hold, KeepReason, Stop
from teduh.web.paging import Slice, slice_of

if TYPE_CHECKING:
    from teduh.records.models import Erasure

PAGE = 25
CASES, REPORTS = "kasus", "laporan"  # words of the address


@needs(Right.KEEP_RECORDS)
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Cases or reports whose term is over, with what stops the end."""
    return _due(request)


def _due(request: HttpRequest, status: int = 200) -> HttpResponse:
    member, day = member_of(request), local_day(timezone.now())
    which = REPORTS if request.GET.get("daftar") == REPORTS else CASES
    if which == REPORTS:
        page = slice_of(queries.due_reports(member, day), request.GET.get("hal"), PAGE)
        lines = queries.lines_of_reports(list(page))
    else:
        page = slice_of(queries.due_cases(member, day), request.GET.get("hal"), PAGE)
        lines = queries.lines_of_cases(list(page), day)
    asked = queries.erasures(member).waiting().filter(subject__in=[one.subject for one in lines])
    shown = {
        "page": Slice([(one, _stops(one.stops)) for one in lines], page.number, page.has_next),
        "which": which,
        "asked": {one.subject for one in asked},
    }
    return _page(request, "records/due.html", status, **shown)


@needs(Right.KEEP_RECORDS)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Somebody asks that a case or report be erased."""
    member, subject = member_of(request), spelled(request.POST.get("subject", ""))
    try:
        actions.ask_erasure(by=member, subject=subject, at=timezone.now())
    except Forbidden as foreign:
        raise Http404 from foreign
    except NotDue:
        messages.error(request, _("Masa simpannya belum berakhir."))
    except Stopped as error:
        messages.error(request, _still(error))
    except AlreadyAsked:
        messages.info(request, _("Sudah diminta, menunggu orang lain."))
        return redirect("records:waiting")
    else:
        told = _("Diminta. Orang lain yang menyetujui; sampai itu tidak ada yang berubah.")
        messages.success(request, told)
        return redirect("records:waiting")
    return _due(request, 409)


@needs(Right.KEEP_RECORDS)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a second person."""
    return _waiting(request)


def _waiting(request: HttpRequest, status: int = 200) -> HttpResponse:
    member = member_of(request)
    rows = queries.erasures(member).waiting().order_by("id")
    page = slice_of(rows, request.GET.get("hal"), PAGE)
    lines = [(one, kinds().get(one.kind), one.asker_id == member.pk) for one in page]
    shown = {
        "page": Slice(lines, page.number, page.has_next),
        "reasons": KeepReason.choices,
    }
    return _page(request, "records/waiting.html", status, **shown)


@needs(Right.KEEP_RECORDS)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """The second person erases."""
    asked = _asked(request, number)
    if request.POST.get("yakin") != "1":
        messages.error(request, _("Centang bahwa Anda sudah memeriksa: ini tidak dapat kembali."))
        return _waiting(request, 409)
    try:
        actions.approve_erasure(by=member_of(request), asked=asked, at=timezone.now())
    except SameHand:
        messages.error(request, _("Yang meminta dan yang menyetujui harus dua orang."))
    except Stopped as error:
        messages.error(request, _still(error))
    except (AlreadyAsked, Forbidden):
        messages.error(request, _("Sudah dijawab orang lain."))
    else:
        messages.success(request, _("Dimusnahkan. Tidak ada yang dapat membukanya lagi."))
        return redirect("records:erased")
    return _waiting(request, 409)


@needs(Right.KEEP_RECORDS)
@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """It is kept for now, or whoever asked takes it back."""
    asked = _asked(request, number)
    try:
        reason = KeepReason(request.POST.get("alasan", ""))
        actions.refuse_erasure(by=member_of(request), asked=asked, reason=reason, at=timezone.now())
    except ValueError:
        messages.error(request, _("Pilih alasannya."))
    except AlreadyAsked:
        messages.error(request, _("Sudah dijawab orang lain."))
    else:
        return redirect("records:waiting")
    return _waiting(request, 409)


def _asked(request: HttpRequest, number: int) -> "Erasure":
    found = queries.erasures(member_of(request)).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs(Right.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """What is held back; a post holds one more."""
    member = member_of(request)
    form = HoldForm(request.POST or None, initial={"subject": request.GET.get("kode", "")})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.hold(by=member, at=timezone.now(), **form.cleaned_data)
            except Forbidden:
                form.add_error("subject", _("Kode ini tidak ada di antara milik kantor Anda."))
            else:
                return redirect("records:held")
    rows = queries.retained(member).standing()
    page = slice_of(rows, request.GET.get("hal"), PAGE)
    return _page(request, "records/held.html", status, page=page, form=form)


@needs(Right.KEEP_RECORDS)
@require_POST
def let_go(request: HttpRequest, number: int) -> HttpResponse:
    """Something is held back no longer."""
    member = member_of(request)
    row = queries.retained(member).filter(pk=number).first()
    if row is None:
        raise Http404
    actions.let_go(by=member, held=row, at=timezone.now())
    return redirect("records:held")


@needs(Right.KEEP_RECORDS)
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """What was erased, by which two people: the tombstones."""
    rows = queries.erasures(member_of(request)).exclude(answer="")
    page = slice_of(rows.order_by("-answered_day", "-id"), request.GET.get("hal"), PAGE)
    lines = [(one, kinds().get(one.kind)) for one in page]
    return _page(request, "records/erased.html", page=Slice(lines, page.number, page.has_next))


@needs(Right.KEEP_RECORDS)
@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """How long each kind of record is kept, by which law, and what is a proposal."""
    rows = [(one, Ends(one.ends).label) for one in kinds().values()]
    return _page(request, "records/schedule.html", kinds=rows, version=version())


def _page(request: HttpRequest, template: str, status: int = 200, **shown: object) -> HttpResponse:
    frame = {"tabs": tabs(request.path), "holds": Hold.choices}
    return render(request, template, frame | shown, status=status)


def _stops(codes: list[str]) -> str:
    return ", ".join(str(Stop(code).label) for code in codes)


def _still(error: Stopped) -> str:
    return _("Belum bisa: %(told)s.") % {"told": _stops(str(error).split(","))}
