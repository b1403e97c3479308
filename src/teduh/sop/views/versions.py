"""The procedure as it is printed, how its versions differ, and how a new one comes about."""

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
from teduh.sop import actions, queries, rules
from teduh.sop.queries import Listed

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.sop.models import Version
    from teduh.sop.rules import Book

LONGEST = 200_000  # characters of a version's text; the shipped one has 17,000


@needs(Right.READ_REPORTS, Right.MANAGE_MEMBERS)
@require_safe
def procedure(request: HttpRequest) -> HttpResponse:
    """The procedure in force, or another version of it, from the text the clock goes by."""
    current = _in_force()
    book = _named(request.GET.get("versi", "")) or current
    shown = {
        "book": book,
        "in_force": book == current,
        "steps": queries.described(book),
        "events": queries.events_of(book),
    }
    return render(request, "sop/procedure.html", shown)


@needs(Right.READ_REPORTS, Right.MANAGE_MEMBERS)
@require_safe
def difference(request: HttpRequest) -> HttpResponse:
    """What one version says otherwise than another."""
    listed = queries.versions(member_of(request), timezone.now())
    current = _in_force()
    first = _named(request.GET.get("dari", "")) or current
    second = _named(request.GET.get("ke", "")) or current
    shown = {
        "first": first,
        "second": second,
        "versions": [one.book.version for one in listed],
        "changes": queries.differences(first, second),
    }
    return render(request, "sop/difference.html", shown)


@needs(Right.READ_REPORTS, Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest) -> HttpResponse:
    """Every version and how far it is; whoever may proposes another."""
    if request.method == "POST":
        return _draft(request)
    begun = request.GET.get("dari", "")
    return _page(
        request, next((one.text for one in _listed(request) if one.book.version == begun), "")
    )


@needs(Right.MANAGE_MEMBERS)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Say yes to a version somebody else drafted."""
    member, version = _found(request, number)
    try:
        actions.approve(by=member, version=version, at=timezone.now())
    except rules.NotTwice:
        messages.error(request, _("Yang menyusun tidak menyetujui, dan satu orang hanya sekali."))
    except rules.NotOpen:
        messages.error(request, _("Keadaannya sudah berubah. Lihat yang terbaru di bawah."))
    return redirect("sop:versions")


@needs(Right.TRIAGE_REPORTS, Right.MANAGE_MEMBERS)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own draft back."""
    member, version = _found(request, number)
    try:
        actions.withdraw(by=member, version=version, at=timezone.now())
    except Forbidden:
        messages.error(request, _("Hanya yang menyusunnya dapat menariknya."))
    except rules.NotOpen:
        messages.error(request, _("Keadaannya sudah berubah. Lihat yang terbaru di bawah."))
    return redirect("sop:versions")


def _draft(request: HttpRequest) -> HttpResponse:
    member, text = member_of(request), request.POST.get("teks", "")
    if not queries.may_draft(member):
        raise Forbidden
    try:
        if len(text) > LONGEST:
            raise rules.WrongBook(_("terlalu panjang"))
        actions.draft(by=member, text=text, at=timezone.now())
    except rules.WrongBook as wrong:
        said = _("Belum dapat dipakai: %(why)s.") % {"why": wrong}
    except rules.TooSoon:
        said = _("Hari pertamanya (from) paling cepat besok.")
    except rules.VersionTaken:
        said = _("Nama versi ini sudah dipakai. Beri nama lain (version).")
    else:
        messages.success(request, _("Tersimpan. Berlaku setelah disetujui dua orang lain."))
        return redirect("sop:versions")
    return _page(request, text, said)


def _page(request: HttpRequest, text: str, refused: str = "") -> HttpResponse:
    shown = {
        "versions": _listed(request),
        "current": _in_force().version,
        "may_draft": queries.may_draft(member_of(request)),
        "text": text,
        "refused": refused,
    }
    return render(request, "sop/versions.html", shown, status=422 if refused else 200)


def _listed(request: HttpRequest) -> list[Listed]:
    return queries.versions(member_of(request), timezone.now())


def _in_force() -> "Book":
    return queries.in_force(actions.BOOK, local_day(timezone.now()))


def _named(version: str) -> "Book | None":
    """The version somebody asks for; a 404 where there is none of that name."""
    if not version:
        return None
    try:
        return queries.book_of(actions.BOOK, version)
    except rules.UnknownStep as unknown:
        raise Http404 from unknown


def _found(request: HttpRequest, number: int) -> tuple["Member", "Version"]:
    """The draft, for members of the office only."""
    member, version = member_of(request), queries.drafted(number)
    if version is None or not queries.may_draft(member):
        raise Http404
    return member, version
