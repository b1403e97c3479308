"""The register of breaches: what happened, who was told, by when, and the end by two people."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.views.frame import refused, saved, to_mend
from teduh.lib.codes import new_breach
from teduh.outbox.words import TEXTS, Template
from teduh.records import queries
from teduh.records.actions import breaching as actions
from teduh.records.forms import BreachForm, SubjectForm, ToldForm
from teduh.records.rules import AlreadyAsked, Closed, Early, SameHand, Stopped, Unknown
from teduh.records.schedule import breach_source
from teduh.records.tabs import tabs
from teduh.records.words import Gap
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.queries import case_to_make
from teduh.vault.rules import Refused
from teduh.web.paging import Slice, slice_of

if TYPE_CHECKING:
    from django.forms import Form

    from teduh.access.models import Member
    from teduh.records.models import Breach

PAGE = 25
OPEN = "terbuka"  # the word of the address for breaches that are not closed


@needs(Right.KEEP_RECORDS)
@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    """Open ones first, the soonest due before the others; only those where the address asks so."""
    member, at = member_of(request), timezone.now()
    only_open = request.GET.get("hanya") == OPEN
    found = queries.breaches(member)
    rows = slice_of(found.open() if only_open else found, request.GET.get("hal"), PAGE)
    lines = [(one, not one.authority_at and one.due_at < at) for one in rows]
    shown = {
        "tabs": tabs(request.path),
        "page": Slice(lines, rows.number, rows.has_next),
        "only_open": only_open,
        "may_register": bool(member.team_codes()),
    }
    return render(request, "records/breaches.html", shown)


@needs(Right.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The form of a new breach, sealed to a team of whoever writes it."""
    member, at = member_of(request), timezone.now()
    if request.method == "POST":
        return _keep(request, member)
    team, code = min(member.team_codes(), default=""), new_breach()
    try:
        to_make = case_to_make(code, team)
    except Refused:
        messages.error(request, _("Hanya anggota tim yang kuncinya lengkap dapat mencatatnya."))
        return redirect("records:breaches")
    shown = {
        "code": code,
        "team": team,
        "bundles": [to_make],
        "form": BreachForm(initial={"known_at": at}),
        "source": breach_source(),
    }
    return render(request, "records/new_breach.html", shown)


def _keep(request: HttpRequest, member: "Member") -> HttpResponse:
    form = BreachForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        new = actions.NewBreach(
            code=request.POST.get("code", ""),
            team_code=request.POST.get("team", ""),
            made=packages.read_made(request.POST.get("made", "")),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            **form.cleaned_data,
        )
        row = actions.register_breach(by=member, new=new, at=timezone.now())
    except Early:
        return to_mend([("known_at", _("Waktu ini belum datang."))])
    except Unknown as error:
        return to_mend([("subjects", _unknown(error))])
    except (Refused, Forbidden):
        return refused()
    return saved(reverse("records:breach", args=[row.code]))


@needs(Right.KEEP_RECORDS)
@require_safe
def breach(request: HttpRequest, code: str) -> HttpResponse:
    """One breach with its clock, whom it touches, and what may be said to them."""
    return _page(request, _found(request, code))


def _page(
    request: HttpRequest, row: "Breach", status: int = 200, typed: "Form | None" = None
) -> HttpResponse:
    member, at = member_of(request), timezone.now()
    opens = member.may(Right.WORK_CASES) and row.team_code in member.team_codes()
    bundles = [vault.hand_out(by=member, subject=row.code, at=at)] if opens else []
    shown = {
        "tabs": tabs(reverse("records:breaches")),
        "row": row,
        "late": not row.authority_at and row.due_at < at,
        "opens": opens,
        "bundles": bundles,
        "exposed": [one.get_what_display() for one in row.exposed.all()],
        "touched": [
            (one, ToldForm(auto_id=f"id_{one.pk}_%s")) for one in queries.touched_of(member, row)
        ],
        "gaps": [Gap(one).label for one in queries.gaps(row)],
        "mine": row.asker_id == member.pk,
        "form": typed or SubjectForm(),
        "short": TEXTS[Template.NEWS].body,
        "source": breach_source(),
    }
    return render(request, "records/breach.html", shown, status=status)


@needs(Right.KEEP_RECORDS)
@require_POST
def touch(request: HttpRequest, code: str) -> HttpResponse:
    """One more whose data it was."""
    row, form = _found(request, code), SubjectForm(request.POST)
    if form.is_valid():
        try:
            actions.touch(by=member_of(request), breach=row, at=timezone.now(), **form.cleaned_data)
        except Unknown as error:
            form.add_error("subject", _unknown(error))
        except Closed:
            messages.error(request, _("Sudah ditutup."))
        else:
            return redirect("records:breach", code=code)
    return _page(request, row, 422, form)


@needs(Right.KEEP_RECORDS)
@require_POST
def told(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody was told, or there is no safe way yet."""
    row, member = _found(request, code), member_of(request)
    found = [one for one in queries.touched_of(member, row) if one.pk == number]
    if not found:
        raise Http404
    form = ToldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih bagaimana ia diberi tahu."))
        return _page(request, row, 422)
    try:
        way = form.cleaned_data["way"]
        actions.tell_touched(by=member, touched=found[0], way=way, at=timezone.now())
    except (AlreadyAsked, Closed):
        messages.error(request, _("Sudah dicatat orang lain."))
        return _page(request, row, 409)
    return redirect("records:breach", code=code)


@needs(Right.KEEP_RECORDS)
@require_POST
def authority(request: HttpRequest, code: str) -> HttpResponse:
    """The authority was told in writing."""
    row = _found(request, code)
    try:
        actions.tell_authority(by=member_of(request), breach=row, at=timezone.now())
    except Closed:
        messages.error(request, _("Sudah ditutup."))
        return _page(request, row, 409)
    return redirect("records:breach", code=code)


@needs(Right.KEEP_RECORDS)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """One says that all is done, another closes."""
    row = _found(request, code)
    try:
        closed = actions.close_breach(by=member_of(request), breach=row, at=timezone.now())
    except SameHand:
        messages.error(request, _("Yang meminta dan yang menutup harus dua orang."))
    except Stopped as error:
        missing = ", ".join(str(Gap(one).label) for one in str(error).split(","))
        messages.error(request, _("Belum bisa: %(told)s.") % {"told": missing})
    except Closed:
        messages.error(request, _("Sudah ditutup."))
    else:
        if not closed:
            messages.success(request, _("Diminta ditutup; orang lain yang menutupnya."))
        return redirect("records:breach", code=code)
    return _page(request, row, 409)


def _unknown(error: Unknown) -> str:
    return _("Tidak dikenal, atau bukan untuk Anda: %(codes)s.") % {"codes": error}


def _found(request: HttpRequest, code: str) -> "Breach":
    row = queries.breach(member_of(request), code)
    if row is None:
        raise Http404
    return row
