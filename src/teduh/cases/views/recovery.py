"""Reviews of how she is, and the end of a case: asked, answered by another, opened again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries, trend
from teduh.cases.actions import recovery as actions
from teduh.cases.forms import RecoveryForm, wrong
from teduh.cases.rules import (
    NotReady,
    Reviewed,
    SameHand,
    WrongMove,
    closure_gaps,
    good,
    may_move,
    sustained,
)
from teduh.cases.views.frame import Asked, asked, page, refused, saved, to_mend
from teduh.cases.words import ClosureReason, RefusalReason, ReopenReason, State
from teduh.vault import packages
from teduh.vault.rules import Refused

GAPS = {
    "promises": gettext_lazy("ada janji waktu yang belum ditepati"),
    "goals": gettext_lazy("ada tujuan yang masih berjalan"),
    "review": gettext_lazy("belum ada tinjauan"),
    "rights": gettext_lazy("ada hak yang belum dijelaskan"),
    "messages": gettext_lazy("ada pesan penyintas yang belum dibaca"),
    "note": gettext_lazy("catatannya belum ditulis"),
}


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest, code: str) -> HttpResponse:
    """Every review, as a picture and as a table, and the next one."""
    of = asked(request, code)
    form = RecoveryForm(request.POST or None)
    if request.method == "POST":
        return _keep(request, of, form)
    rows = queries.reviews_of(of.case)
    seen = [Reviewed(one.band, one.agreed, one.reached, one.rating) for one in rows]
    drawn = trend.points(rows)
    return page(
        request,
        of,
        "cases/reviews.html",
        form=form,
        rows=[
            (one, good(now, before.rating if before else None))
            for one, now, before in zip(rows, seen, [None, *seen], strict=False)
        ],
        drawn=drawn,
        line=trend.line(drawn),
        sustained=sustained(seen),
        may_watch=may_move(of.case.state, State.MONITORING),
    )


def _keep(request: HttpRequest, of: Asked, form: RecoveryForm) -> HttpResponse:
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        rating = form.cleaned_data["rating"]
        actions.review(by=of.member, case=of.case, rating=rating, items=items, at=of.at)
    except (Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("cases:reviews", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """What is still to be done for each reason, and asking for the end."""
    of = asked(request, code)
    if request.method == "POST":
        return _ask(request, of)
    return _page(request, of)


def _page(request: HttpRequest, of: Asked, status: int = 200) -> HttpResponse:
    facts = queries.closing_facts(of.case)
    waiting = queries.closure_asked(of.case)
    return page(
        request,
        of,
        "cases/closing.html",
        status,
        reasons=[(one, [GAPS[gap] for gap in closure_gaps(one, facts)]) for one in ClosureReason],
        waiting=waiting,
        mine=waiting is not None and waiting.asker_id == of.member.pk,
        history=[one for one in queries.closures_of(of.case) if one.answer],
        refusals=RefusalReason.choices,
        reopenings=ReopenReason.choices,
    )


def _ask(request: HttpRequest, of: Asked) -> HttpResponse:
    try:
        reason = ClosureReason(request.POST.get("reason", ""))
    except ValueError:
        return to_mend([("reason", _("Pilih alasannya."))])
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        actions.ask_closure(by=of.member, case=of.case, reason=reason, items=items, at=of.at)
    except NotReady as error:
        told = ", ".join(str(GAPS[gap]) for gap in str(error).split(","))
        return to_mend([("reason", _("Belum bisa: %(told)s.") % {"told": told})])
    except (Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("cases:closing", args=[of.case.code]))


@needs(Right.SUPERVISE_CASES)
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor closes what another asked to close, or lets it go on."""
    of = asked(request, code)
    try:
        if request.POST.get("jawaban") == "setuju":
            actions.approve_closure(by=of.member, case=of.case, at=of.at)
        else:
            reason = RefusalReason(request.POST.get("alasan", ""))
            actions.refuse_closure(by=of.member, case=of.case, reason=reason, at=of.at)
    except SameHand:
        messages.error(request, _("Yang meminta dan yang menyetujui harus dua orang."))
    except ValueError:
        messages.error(request, _("Pilih alasannya."))
    except (NotReady, WrongMove, Forbidden):
        messages.error(request, _("Belum bisa ditutup. Lihat keadaan terbaru."))
    else:
        return redirect("cases:closing", code=of.case.code)
    return _page(request, of, 409)


@needs(Right.WORK_CASES)
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """A case is taken up again."""
    of = asked(request, code)
    try:
        reason = ReopenReason(request.POST.get("alasan", ""))
        actions.reopen(by=of.member, case=of.case, reason=reason, at=of.at)
    except (ValueError, WrongMove, Forbidden):
        messages.error(
            request, _("Pilih alasannya. Hanya kasus yang sudah selesai dibuka kembali.")
        )
        return _page(request, of, 409)
    return redirect("cases:case", code=of.case.code)
