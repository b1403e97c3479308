"""What a report or case has in common with another: asking, answering, and a short word of it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import actions, links
from teduh.cases.rules import LinkedAlready, SameCase, WrongMove
from teduh.cases.words import LinkKind

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.cases.links import Side


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def of_subject(request: HttpRequest, subject: str) -> HttpResponse:
    """The links of a report or case, and asking for one more."""
    member = member_of(request)
    here = _found(member, subject)
    if request.method == "GET":
        return _page(request, member, here)
    try:
        actions.ask_link(
            by=member,
            subject=here.code,
            other=request.POST.get("dengan", ""),
            kind=LinkKind(request.POST.get("jenis", "")),
            at=timezone.now(),
        )
    except ValueError:
        return _refused(request, member, here, _("Pilih apa yang sama."))
    except SameCase:
        return _refused(request, member, here, _("Keduanya sudah satu berkas."))
    except LinkedAlready:
        return _refused(request, member, here, _("Itu sudah diusulkan atau disepakati."))
    except Forbidden:
        told = _("Tiket atau kode itu tidak ditemukan, atau keduanya di tangan orang lain.")
        return _refused(request, member, here, told)
    messages.success(request, _("Diusulkan. Berlaku begitu orang kedua menyepakatinya."))
    return redirect("cases:links", subject=here.code)


@needs(Right.WORK_CASES)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """A second person agrees, or says that it is not so."""
    member = member_of(request)
    link = links.one_of(member, number, timezone.now())
    if link is None:
        raise Http404
    asked_on = request.POST.get("di", "")
    here = _found(member, asked_on if asked_on in {link.one, link.other} else link.one)
    agreed = request.POST.get("jawaban") == "sepakat"
    try:
        actions.answer_link(by=member, link=link, agreed=agreed, at=timezone.now())
    except (Forbidden, WrongMove):
        return _refused(request, member, here, _("Usul ini tidak menunggu jawaban Anda."))
    return redirect("cases:links", subject=here.code)


@needs(Right.WORK_CASES)
@require_GET
def brief(request: HttpRequest, subject: str) -> HttpResponse:
    """What is linked, as a part of another page."""
    member = member_of(request)
    here = _found(member, subject)
    rows = links.of(member, here, timezone.now())
    living = [row for row in rows if row.link.answer != "declined"]
    return render(request, "cases/parts/links.html", {"here": here, "rows": living})


@needs(Right.WORK_CASES)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for one's own word."""
    rows = links.waiting(member_of(request), timezone.now())
    return render(request, "cases/links_waiting.html", {"rows": rows})


def _found(member: "Member", subject: str) -> "Side":
    here = links.side(member, subject, timezone.now())
    if here is None:
        raise Http404
    return here


def _refused(request: HttpRequest, member: "Member", here: "Side", why: str) -> HttpResponse:
    messages.error(request, why)
    return _page(request, member, here, 409)


def _page(request: HttpRequest, member: "Member", here: "Side", status: int = 200) -> HttpResponse:
    rows = links.of(member, here, timezone.now())
    asked = request.POST or request.GET
    shown = {
        "here": here,
        "asked": [row for row in rows if not row.link.answer],
        "agreed": [row for row in rows if row.link.answer == "agreed"],
        "declined": [row for row in rows if row.link.answer == "declined"],
        "kinds": LinkKind.choices,
        "typed": asked.get("dengan", ""),
        "chosen": asked.get("jenis", ""),
        "me": member.pk,
    }
    return render(request, "cases/links.html", shown, status=status)
