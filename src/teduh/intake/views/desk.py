"""The officer's desk: work list, report page, triage, messages."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from teduh.access.forms import CLOSED_TO, ConflictForm
from teduh.access.gates import member_of, needs
from teduh.access.queries import names, without_duty
from teduh.access.words import Right
from teduh.audit.queries import openings
from teduh.chat.queries import thread
from teduh.intake import actions, codes, facts, papers, queries
from teduh.intake.forms import HandOverForm
from teduh.intake.rules import NoGuidance, UnknownCode, WrongMove, may_move
from teduh.intake.views import reaching
from teduh.intake.views.answering import keep_answer
from teduh.intake.words import Danger, State, Sweep
from teduh.lib.codes import read_ticket
from teduh.lib.numbers import whole
from teduh.sop.queries import lines_called, of_subject
from teduh.vault import actions as vault
from teduh.vault import archive, keywork, packages
from teduh.vault.alarms import alarms
from teduh.vault.queries import count_cards
from teduh.vault.rules import Refused
from teduh.web.answers import tight
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.intake.models import Report


READERS = 20  # newest lines of "who opened this" on a report page
ALL = "semua"  # the word in the address for reports of every state
STEPS = (State.TAKEN, State.ASKED, State.PASSED, State.DUPLICATE, State.GUIDED)


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """What must I do now: reports, danger first, filtered by the address."""
    member = member_of(request)
    state = request.GET.get("keadaan", State.NEW if member.may(Right.READ_REPORTS) else ALL)
    asked = queries.Filters(
        state="" if state == ALL else state,
        danger=request.GET.get("bahaya", ""),
        kind=request.GET.get("jenis", ""),
        flood=request.GET.get("banjir", ""),
        mine=request.GET.get("saya") == "1",
        unread=request.GET.get("pesan") == "1",
    )
    sweeps = Sweep.choices if asked.flood == "1" and member.may(Right.TRIAGE_REPORTS) else []
    rows = queries.AT_ONCE if sweeps else queries.PAGE
    page = slice_of(queries.worklist(member, asked), request.GET.get("hal"), rows)
    standing = queries.standing(member)
    tickets = [report.ticket.number for report in page]
    shown = {
        "page": page,
        "alarms": alarms(member, timezone.now()),
        "reissues": queries.reissues(member),
        "unwatched": without_duty(member, timezone.now()),
        "may_plan": member.may(Right.PLAN_DUTY),
        "lists": vault.hand_out_cards(by=member, subjects=tickets, at=timezone.now()),
        "asked": asked,
        "unsafe": Danger.UNSAFE.label,
        "state": state,
        "sweeps": sweeps,
        "chosen": request.GET.get("centang") == "semua",
        "standing": [
            (value, label, _few(standing.states[value])) for value, label in State.choices
        ],
        "unread": _few(standing.unread) if member.may(Right.READ_REPORTS) else "",
        "dangers": [choice for choice in Danger.choices if choice[0]],
        "kinds": codes.choices("violence_type"),
        "reads": member.may(Right.READ_REPORTS) or member.may(Right.ANSWER_PARTNER),
    }
    return render(request, "intake/worklist.html", shown)


@needs(Right.READ_REPORTS, Right.ANSWER_PARTNER)
@require_GET
def report(request: HttpRequest, number: str) -> HttpResponse:
    """One report: coded facts, sealed parts, thread, triage, who opened it."""
    member = member_of(request)
    return _page(request, member, found(member, number))


def _page(
    request: HttpRequest, member: "Member", row: "Report", status: int = 200, **typed: object
) -> HttpResponse:
    at = timezone.now()
    bundle = vault.hand_out(by=member, subject=row.ticket.number, at=at)
    to_list = queries.list_without_card(member, row, at)
    actions.note_read(by=member, report=row)
    trail, promises = list(openings(row.ticket.number)[:READERS]), of_subject(row.ticket.number)
    called = names(
        {*(one.owner for one in promises), *(line.by_code for line in trail)},
        [member, *([row.handler] if row.handler else [])],
    )
    additions = queries.additions(row)
    reach = facts.reach(row, additions)
    walks = member.may(Right.WORK_CASES) and row.team_code in member.team_codes()
    shown = {
        "report": row,
        "facts": facts.lines(row) + facts.of_field(queries.field_note(row)),
        "protection": facts.protection(row),
        "classes": facts.classes(row),
        "written": facts.written(bundle),
        "notes": facts.notes(row, additions),
        "domestic": facts.domestic(row, additions),
        "reach": reach,
        "added": facts.added(bundle, additions),
        "contact": facts.CONTACT,
        "unsafe": Danger.UNSAFE.label,
        "area": queries.area_name(row.area_code),
        "bundle": bundle,
        "bundles": [bundle, to_list] if to_list else [bundle],
        "to_list": to_list,
        "archived": bool(row.case_code) and archive.stored([row.ticket.number]).exists(),
        "thread": thread(row.ticket.number),
        "moves": [step for step in STEPS if may_move(row.state, step)],
        "partners": queries.partners(member),
        "promised": lines_called(promises, at, called),
        "trail": trail,
        "names": called,
        **_filing(member, row),
        "reissues": row.reissues.select_related("by", "looked_by").order_by("at"),
        "may_look": queries.reissues(member).filter(report=row).exists(),
        "may_triage": member.may(Right.TRIAGE_REPORTS),
        "may_answer": member.may(Right.MESSAGE_REPORTERS),
        "may_link": walks,
        "may_open_case": walks and (row.state == State.CASE or may_move(row.state, State.CASE)),
        "conflict": ConflictForm(viewer=member, team_code=row.team_code, at=at),
        **reaching.shown(row, reach.by),
        **typed,
    }
    page = render_to_string("intake/desk_report.html", shown, request)
    return HttpResponse(tight(page), status=status)


@needs(Right.TRIAGE_REPORTS)
@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """One step of triage."""
    member = member_of(request)
    row = found(member, number)
    try:
        problem = _step(request, member, row)
    except NoGuidance:
        problem = _("Belum ada pesan untuk pelapor. Kirim dulu arahannya lewat pesan.")
    except (WrongMove, ValueError):
        problem = _("Langkah ini tidak dapat diambil sekarang. Lihat keadaan terbaru.")
    if not problem:
        return redirect("desk:report", number=row.ticket.number)
    messages.error(request, problem)
    return _page(request, member, row, status=409, other=request.POST.get("other", ""))


@needs(Right.TRIAGE_REPORTS)
@require_POST
def classify(request: HttpRequest, number: str) -> HttpResponse:
    """What an officer says of the kind of violence."""
    member = member_of(request)
    row = found(member, number)
    told = {question: request.POST.getlist(question) for question in codes.BY_OFFICERS}
    try:
        actions.classify(by=member, report=row, told=told, at=timezone.now())
    except UnknownCode:
        messages.error(
            request, _("Langkah ini tidak dapat diambil sekarang. Lihat keadaan terbaru.")
        )
    return redirect("desk:report", number=row.ticket.number)


@needs(Right.READ_REPORTS, Right.ANSWER_PARTNER)
@require_POST
def conflict(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody knows a person in this report: it is closed to them from now on."""
    member, at = member_of(request), timezone.now()
    row = found(member, number)
    form = ConflictForm(request.POST, viewer=member, team_code=row.team_code, at=at)
    if not form.is_valid():
        return _page(request, member, row, status=422, conflict=form)
    try:
        actions.declare_conflict(by=member, report=row, at=at, **form.about())
    except WrongMove:
        messages.error(
            request, _("Langkah ini tidak dapat diambil sekarang. Lihat keadaan terbaru.")
        )
        return _page(request, member, row, status=409, conflict=form)
    messages.success(request, CLOSED_TO % {"subject": row.ticket.number})
    return redirect("desk:worklist")


@needs(Right.MESSAGE_REPORTERS)
@require_POST
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Word that there is news, by the way she agreed to."""
    member = member_of(request)
    row = found(member, number)
    form = HandOverForm(request.POST)
    if not reaching.hand_over(member, row, form, timezone.now()):
        return _page(request, member, row, status=422, reaching=form)
    messages.success(request, _("Kabar diserahkan. Alamatnya terhapus begitu kabar keluar."))
    return redirect("desk:report", number=row.ticket.number)


@needs(Right.MESSAGE_REPORTERS)
@require_POST
def message(request: HttpRequest, number: str) -> JsonResponse:
    """A sealed message to the holder of the ticket; with `ask` the report waits for an answer.

    A script that hears 409 keeps what was written.
    """
    member = member_of(request)
    row = found(member, number)
    at = timezone.now()
    problem = keep_answer(request, member, row, at)
    if problem is not None:
        return JsonResponse(problem, status=409)
    if (
        request.POST.get("ask")
        and member.may(Right.TRIAGE_REPORTS)
        and may_move(row.state, State.ASKED)
    ):
        actions.move(by=member, report=row, to=State.ASKED, at=at)
    messages.success(request, _("Pesan tersimpan. Pelapor membacanya di halaman pesan."))
    return JsonResponse({})


@needs(Right.READ_REPORTS)
@require_GET
def cards(request: HttpRequest) -> JsonResponse:
    """The cards of the member's teams after a row, for a search in the browser."""
    member, after = member_of(request), whole(request.GET.get("sesudah", "")) or 0
    lists, last = vault.hand_out_search(by=member, after=after, at=timezone.now())
    places = {of: {"list": one.list, "item": one.item} for of, one in lists.places.items()}
    return JsonResponse(
        {
            "lists": [one.as_json() for one in lists.bundles],
            "places": places,
            "last": last,
            "all": count_cards(member),
        }
    )


@needs(Right.READ_REPORTS)
@require_POST
def card(request: HttpRequest, number: str) -> JsonResponse:
    """What the list shows of this report, sealed by the browser that opened it."""
    member = member_of(request)
    row = found(member, number)
    try:
        vault.keep_card(
            by=member,
            team=row.team_code,
            subject=row.ticket.number,
            card=packages.read_item(request.POST.get("card", "")),
            made=keywork.read_list(request.POST.get("made", "")),
            at=timezone.now(),
        )
    except Refused:
        return JsonResponse({}, status=409)
    return JsonResponse({"ok": True})


def _filing(member: "Member", row: "Report") -> dict[str, object]:
    """Which agency filed it, with its number and what it told, for the team that has it."""
    filing = getattr(row, "filing", None) if row.team_code in member.team_codes() else None
    return {"filing": filing, "filing_lines": filing and papers.lines(filing.paper, filing.answers)}


def _step(request: HttpRequest, member: "Member", row: "Report") -> str:
    """Take it, or say why not."""
    to, at = State(request.POST.get("to", "")), timezone.now()
    if to == State.DUPLICATE:
        other = queries.one(member, read_ticket(request.POST.get("other", "")) or "")
        if other is None:
            return _("Tiket itu tidak ditemukan di antara laporan Anda.")
        actions.link_duplicate(by=member, report=row, other=other, at=at)
        return ""
    if to == State.GUIDED:
        actions.guide(by=member, report=row, at=at)
        return ""
    reason = request.POST.get("partner", "") if to == State.PASSED else ""
    if to == State.PASSED and reason not in {agency.code for agency in queries.partners(member)}:
        return _("Pilih lembaga yang menerima.")
    actions.move(by=member, report=row, to=to, at=at, reason=reason)
    return ""


def _few(count: int) -> str:
    return str(count) if count <= queries.COUNTED else f"{queries.COUNTED}+"


def found(member: "Member", number: str) -> "Report":
    """The report with this ticket if the member may see it; raises Http404."""
    row = queries.one(member, number)
    if row is None:
        raise Http404
    return row
