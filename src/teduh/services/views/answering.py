"""A partner's pages: what was sent to its agency, one referral, and many at a desk in one go."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.directory import codes
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.actions import answering as actions
from teduh.services.queries import answering as queries
from teduh.services.refer_forms import AnswerForm
from teduh.services.words import State
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.services.models import Referral

PAGE, DESK = 25, 15  # rows of the list; lines of the desk, each with a form of its own
LINES = 100  # that one sending may hold: those of a page, and those refused before
ERRORS = (Forbidden, rules.WrongMove, rules.NoReason, rules.Changed, rules.Early)
REFUSED = 422


@dataclass(slots=True)
class Row:
    """One line of the desk: its form, and what became of it in this sending."""

    referral: "Referral"
    form: AnswerForm
    error: str = ""


@needs(Right.ANSWER_PARTNER)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What was sent to the agency of whoever asks, by filters of the address."""
    asked = _asked(request)
    rows = queries.inbox(member_of(request), asked)
    shown = {
        "page": slice_of(rows, request.GET.get("hal"), PAGE),
        "asked": asked,
        "which": [
            ("", _("Semua yang berjalan")),
            (queries.WAITING, _("Belum dijawab")),
            (queries.RUNNING, _("Sudah diterima")),
            (queries.ENDED, _("Sudah berakhir")),
        ],
        "services": codes.choices("service"),
        "now": timezone.now(),
    }
    return render(request, "services/inbox.html", shown)


@needs(Right.ANSWER_PARTNER)
@require_http_methods(["GET", "HEAD", "POST"])
def incoming(request: HttpRequest, referral: str) -> HttpResponse:
    """One referral to the own agency; a post answers it."""
    member, at = member_of(request), timezone.now()
    row = queries.one(member, referral)
    if row is None:
        raise Http404
    if request.method != "POST":
        row = actions.see(by=member, referral=row, at=at)
        return _page(request, member, row)
    to = request.POST.get("to", "")
    form = AnswerForm(request.POST, referral=row, only=to, auto_id=f"id_{to}_%s")
    if not form.is_valid():
        return _page(request, member, row, REFUSED, form)
    try:
        actions.answer(by=member, referral=row, said=form.said(), at=at)
    except ERRORS as error:
        messages.error(request, why(error))
        fresh = queries.one(member, referral)
        if fresh is None:
            raise Http404 from error
        return _page(request, member, fresh, 409, form.anew(fresh, to))
    messages.success(request, _("Tersimpan. Kantor diberi tahu."))
    return redirect("services:incoming", referral=referral)


@needs(Right.ANSWER_PARTNER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """All that runs, each line with its own answer; one that is refused keeps what was typed."""
    member = member_of(request)
    if request.method != "POST":
        return _desk(request, member, {})
    sent = [one for one in request.POST.getlist("line") if one][:LINES]
    wrong, kept = _answer_each(request, member, sent)
    if kept:
        told = ngettext("%d jawaban tersimpan.", "%d jawaban tersimpan.", kept) % kept
        messages.success(request, told)
    if wrong:
        messages.error(request, _("Ada yang belum tersimpan; alasannya di barisnya."))
        return _desk(request, member, wrong, REFUSED)
    if not kept:
        messages.info(request, _("Belum ada jawaban yang dipilih."))
    return redirect("services:desk")


def _answer_each(
    request: HttpRequest, member: "Member", sent: list[str]
) -> tuple[dict[str, Row], int]:
    """Keep every answer that can be kept, each by itself; the others by code, with why not."""
    wrong: dict[str, Row] = {}
    kept = 0
    for code in dict.fromkeys(sent):
        row = queries.one(member, code)
        if row is None:
            continue
        form = AnswerForm(request.POST, referral=row, prefix=code)
        typed = [request.POST.get(form.add_prefix(one), "") for one in ("to", "reason", "day")]
        if not any(typed):
            continue
        if not form.is_valid():
            wrong[code] = Row(row, form)
            continue
        try:
            actions.answer(by=member, referral=row, said=form.said(), at=timezone.now())
            kept += 1
        except ERRORS as error:
            fresh = queries.one(member, code) or row
            wrong[code] = Row(fresh, form.anew(fresh), why(error))
    return wrong, kept


def _desk(
    request: HttpRequest, member: "Member", wrong: dict[str, Row], status: int = 200
) -> HttpResponse:
    found = queries.inbox(member, _asked(request))
    page = slice_of(found, request.GET.get("hal"), DESK)
    running = [
        Row(one, AnswerForm(referral=one, prefix=one.code))
        for one in page
        if one.code not in wrong and one.state in rules.WITH_PARTNER
    ]
    shown = {"page": page, "rows": [*wrong.values(), *running], "today": local_day(timezone.now())}
    return render(request, "services/desk.html", shown, status=status)


def _page(
    request: HttpRequest,
    member: "Member",
    row: "Referral",
    status: int = 200,
    sent: AnswerForm | None = None,
) -> HttpResponse:
    at = timezone.now()
    taken_back = row.consent is not None and row.consent.withdrawn_at is not None
    forms = {} if taken_back else _forms(row, local_day(at))
    typed = sent.data.get("to", "") if sent else ""
    if sent and typed in forms:
        forms[typed] = sent
    shown = {
        "row": row,
        "steps": list(row.steps.order_by("id")),
        "shared": not taken_back and queries.is_shared(member, row, at),
        "taken_back": taken_back,
        "answers": [(to, State(to).label, form) for to, form in forms.items()],
        "lost": sent if sent and typed not in forms else None,
    }
    return render(request, "services/incoming.html", shown, status=status)


def _forms(row: "Referral", day: date) -> dict[str, AnswerForm]:
    """A small form for each answer that is possible now."""
    start = {"expect": row.state, "day": day}
    return {
        to: AnswerForm(referral=row, only=to, auto_id=f"id_{to}_%s", initial=start)
        for to in rules.BY_PARTNER
        if rules.may_move(row.state, to)
    }


def _asked(request: HttpRequest) -> queries.Filters:
    told = request.GET
    service = told.get("layanan", "")
    return queries.Filters(
        told.get("keadaan", ""),
        told.get("kode", "")[:40],
        service if service in codes.known("service") else "",
    )


def why(error: Exception) -> str:
    """Why nothing was kept, in a sentence."""
    if isinstance(error, rules.Changed):
        now = State(str(error)).label
        return _("Belum tersimpan: rekan Anda atau kantor lebih dulu. Sekarang: %s.") % now
    if isinstance(error, rules.Early):
        return _("Hari layanan ada di antara hari rujukan dikirim dan hari ini.")
    return _("Belum tersimpan: rujukan ini sudah berakhir atau ditarik.")
