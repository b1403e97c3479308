"""Two cases that turn out to be one: asking to merge them, and a supervisor's answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import actions, merges, queries
from teduh.cases.rules import OtherTeam, SameCase, SameHand, WrongMove
from teduh.cases.views.frame import Asked, asked, page
from teduh.cases.words import MergeReason, MergeRefusal
from teduh.lib.codes import read_case


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """What a merge does, asking for one, and what was answered before."""
    of = asked(request, code)
    if request.method == "GET":
        return _page(request, of)
    into = queries.one(of.member, read_case(request.POST.get("ke", "")) or "")
    if into is None:
        return _refused(request, of, _("Kode itu tidak ditemukan di antara kasus tim Anda."))
    try:
        reason = MergeReason(request.POST.get("alasan", ""))
        actions.ask_merge(by=of.member, case=of.case, into=into, reason=reason, at=of.at)
    except ValueError:
        return _refused(request, of, _("Pilih alasannya."))
    except SameCase:
        return _refused(request, of, _("Itu kode kasus ini sendiri."))
    except OtherTeam:
        told = _("Kasus itu ada pada tim lain, yang tidak dapat membuka isi kasus ini.")
        return _refused(request, of, told)
    except WrongMove:
        told = _("Salah satunya sudah selesai, atau masih ada permintaan yang menunggu jawaban.")
        return _refused(request, of, told)
    return redirect("cases:merge", code=of.case.code)


@needs(Right.SUPERVISE_CASES)
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor merges what another asked to merge, or leaves two cases two."""
    of = asked(request, code)
    waiting = merges.asked(of.case)
    try:
        if waiting is None:
            raise WrongMove("not asked")
        if request.POST.get("jawaban") != "setuju":
            reason = MergeRefusal(request.POST.get("alasan", ""))
            actions.refuse_merge(by=of.member, merge=waiting, reason=reason, at=of.at)
            return redirect("cases:merge", code=of.case.code)
        if request.POST.get("yakin") != "1":
            return _refused(request, of, _("Baca keduanya dulu, lalu tandai bahwa Anda yakin."))
        stays = actions.approve_merge(by=of.member, merge=waiting, at=of.at)
    except SameHand:
        return _refused(request, of, _("Yang meminta dan yang menyetujui harus dua orang."))
    except ValueError:
        return _refused(request, of, _("Pilih alasannya."))
    except (WrongMove, OtherTeam, Forbidden):
        return _refused(request, of, _("Belum bisa disatukan. Lihat keadaan terbaru keduanya."))
    messages.success(request, _("Disatukan. %(code)s tetap dapat dibaca.") % {"code": code})
    return redirect("cases:case", code=stays.code)


def _refused(request: HttpRequest, of: Asked, why: str) -> HttpResponse:
    messages.error(request, why)
    return _page(request, of, 409)


def _page(request: HttpRequest, of: Asked, status: int = 200) -> HttpResponse:
    rows = list(merges.seen(of.member, of.case))
    leaving = next((one for one in rows if not one.answer and one.case_id == of.case.pk), None)
    return page(
        request,
        of,
        "cases/merge.html",
        status,
        leaving=leaving,
        mine=leaving is not None and leaving.asker_id == of.member.pk,
        coming=[one for one in rows if not one.answer and one.into_id == of.case.pk],
        history=[one for one in rows if one.answer],
        reasons=MergeReason.choices,
        refusals=MergeRefusal.choices,
        typed=request.POST.get("ke", ""),
        chosen=request.POST.get("alasan", ""),
    )
