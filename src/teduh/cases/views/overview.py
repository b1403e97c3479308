"""The list of cases, and the first page of one: who, what, where it stands."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.queries import names
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.queries import openings
from teduh.cases import actions, facts, merges, queries, sharing, transfers
from teduh.cases.forms import TaskForm
from teduh.cases.queries import Seldom
from teduh.cases.rules import (
    BY_HAND,
    ChangedMeanwhile,
    InAnotherCase,
    SameHand,
    WrongMove,
    may_move,
)
from teduh.cases.views.frame import Asked, asked, page, refused
from teduh.cases.words import CrewRole, PersonRole, State
from teduh.intake.facts import written
from teduh.intake.rules import WrongMove as WrongReport
from teduh.lib.codes import read_ticket
from teduh.lib.timing import local_day
from teduh.sop.queries import lines_called, of_subject
from teduh.sop.words import Band
from teduh.vault import actions as vault
from teduh.vault import keywork, packages
from teduh.vault.queries import with_card
from teduh.vault.rules import Refused
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from teduh.access.models import Member
    from teduh.cases.models import Case, Person
    from teduh.vault.bundles import Bundle

READERS = 60  # newest lines of "who opened this" on the page of a case
CONFERENCE = "conference"  # the step of the procedure that somebody says was held
REQUESTS = 10  # oldest requests to read a part, above the list
GOING, ALL = "going", "semua"  # words of the address: cases that go on; cases of every state


@needs(Right.WORK_CASES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Cases of one's teams, the highest risk first."""
    member = member_of(request)
    state = request.GET.get("keadaan", GOING)
    wanted = queries.Filters(
        state="" if state == ALL else state,
        band=request.GET.get("risiko", ""),
        mine=request.GET.get("saya") == "1",
        manager=request.GET.get("manajer", ""),
        quiet=request.GET.get("sunyi") == "1",
    )
    rows = slice_of(
        queries.listed(member, wanted, timezone.now()), request.GET.get("hal"), queries.PAGE
    )
    subjects = _subjects(member, rows)
    standing = queries.standing(member)
    shown = {
        "page": rows,
        "subjects": subjects,
        "lists": vault.hand_out_cards(
            by=member, subjects=list(subjects.values()), at=timezone.now()
        ),
        "asked": wanted,
        "state": state,
        "standing": [(value, label, standing[value]) for value, label in State.choices],
        "bands": Band.choices,
        "supervises": member.may(Right.SUPERVISE_CASES),
        "requests": list(sharing.waiting_for(member)[:REQUESTS]),
    }
    return render(request, "cases/list.html", shown)


def _subjects(member: "Member", rows: "Iterable[Case]") -> dict[int, str]:
    """Whose card the list shows of each case: its own, else that of its first report."""
    own = with_card([one.code for one in rows], member.team_codes())
    others = queries.first_tickets(one for one in rows if one.code not in own)
    return {one.pk: one.code if one.code in own else others.get(one.pk, "") for one in rows}


@needs(Right.WORK_CASES)
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in it, what was done, what was written, who works on it, where it stands."""
    return overview(request, asked(request, code))


def overview(request: HttpRequest, of: Asked, status: int = 200, **typed: object) -> HttpResponse:
    """The first page of a case, also to say on it why something was refused."""
    if not of.opens:
        return page(request, of, "cases/case.html", status, **typed)
    reports = queries.reports_of(of.case)
    people, trail = queries.people_of(of.case), list(openings(of.case.code)[:READERS])
    *bundles, bundle = vault.hand_out_each(
        by=of.member,
        subjects=[*(report.ticket.number for report in reports), of.case.code],
        at=of.at,
    )
    rare, promises = queries.seldom(of.case), of_subject(of.case.code)
    crew = list(queries.crew_of(of.case, of.at))
    able = queries.walkers(of.case.team_code, of.at, of.case.code)
    called = names(
        {*(row.owner for row in promises), *(line.by_code for line in trail)},
        [of.member, *able, *(place.member for place in crew)],
    )
    promised = lines_called(promises, of.at, called)
    to_list = _to_list(of, people)
    return page(
        request,
        of,
        "cases/case.html",
        status,
        people=[(one, facts.of_person(one)) for one in people],
        incidents=[(one, facts.of_incident(one)) for one in queries.incidents_of(of.case)],
        told=[(one, sent, written(sent)) for one, sent in zip(reports, bundles, strict=True)],
        bundle=bundle,
        bundles=[*bundles, *([to_list] if to_list else [])],
        to_list=to_list,
        listed_as=queries.listed_as(people),
        promised=promised,
        crew=crew,
        tasks=list(queries.tasks_of(of.case)),
        task_form=TaskForm(),
        day=local_day(of.at),
        able=able,
        crew_roles=CrewRole.choices,
        person_roles=PersonRole.choices,
        moves=[one for one in State if one in BY_HAND and may_move(of.case.state, one)],
        way=facts.way_of(of.case),
        confers=any(not one.over and one.row.step == CONFERENCE for one in promised),
        trail=facts.folded(trail),
        merged=merges.merged_into(of.member, of.case) if Seldom.MERGED in rare else [],
        arrival=transfers.arrival_of(of.case) if Seldom.ARRIVED in rare else None,
        sent=transfers.sent(of.case) if Seldom.SENT in rare else None,
        merging=merges.waiting(of.member, of.case) if Seldom.MERGING in rare else [],
        names=called,
        **typed,
    )


def _to_list(of: Asked, people: "list[Person]") -> "Bundle | None":
    """The list this browser puts the case into; nothing in need, nor where a case is over for good."""
    if of.glass or of.case.erased_day or of.case.merged_into_id:
        return None
    return queries.list_to_mend(of.case, queries.listed_as(people), of.day)


@needs(Right.WORK_CASES)
@require_POST
def card(request: HttpRequest, code: str) -> JsonResponse:
    """What the list shows of this case, sealed by the browser that opened it."""
    of = asked(request, code)
    try:
        actions.show_in_list(
            by=of.member,
            case=of.case,
            card=packages.read_item(request.POST.get("card", "")),
            made=keywork.read_list(request.POST.get("made", "")),
            made_of=request.POST.get("items", ""),
            at=of.at,
        )
    except (Refused, Forbidden, ChangedMeanwhile):
        return refused()
    return JsonResponse({"ok": True})


@needs(Right.WORK_CASES)
@require_POST
def step(request: HttpRequest, code: str) -> HttpResponse:
    """Move a case on."""
    of = asked(request, code)
    try:
        actions.move(by=of.member, case=of.case, to=State(request.POST.get("to", "")), at=of.at)
    except (WrongMove, ValueError):
        messages.error(
            request, _("Langkah ini tidak dapat diambil sekarang. Lihat keadaan terbaru.")
        )
        return overview(request, of, status=409)
    return redirect("cases:case", code=of.case.code)


@needs(Right.WORK_CASES)
@require_POST
def conference(request: HttpRequest, code: str) -> HttpResponse:
    """The conference of a high risk was held."""
    of = asked(request, code)
    try:
        actions.hold_conference(by=of.member, case=of.case, at=of.at)
    except (WrongMove, Forbidden):
        messages.error(request, _("Tidak ada rapat kasus yang ditunggu sekarang."))
        return overview(request, of, status=409)
    return redirect("cases:case", code=of.case.code)


@needs(Right.WORK_CASES)
@require_POST
def crew(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody comes into the team of this case, or leaves it."""
    of = asked(request, code)
    try:
        _crew(request, of)
    except SameHand:
        messages.error(
            request,
            _(
                "Peran itu membuka bagian asesmen yang belum terbuka bagi Anda. Rekan atau penyelia yang menambahkan Anda."
            ),
        )
        return overview(request, of, status=409)
    except (Forbidden, WrongMove, LookupError, ValueError):
        messages.error(
            request, _("Pilih orang dan perannya. Manajer kasus diganti, tidak dilepas.")
        )
        return overview(request, of, status=409)
    return redirect("cases:case", code=of.case.code)


def _crew(request: HttpRequest, of: Asked) -> None:
    leaving = request.POST.get("lepas", "")
    if leaving:
        places = {str(one.pk): one for one in queries.crew_of(of.case, of.at)}
        actions.leave(by=of.member, place=places[leaving], at=of.at)
        return
    able = {one.code: one for one in queries.walkers(of.case.team_code, of.at, of.case.code)}
    member = able[request.POST.get("anggota", "")]
    role = CrewRole(request.POST.get("peran", ""))
    actions.join(by=of.member, case=of.case, member=member, role=role, at=of.at)


@needs(Right.WORK_CASES)
@require_POST
def tell_also(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with one more report in this case."""
    of = asked(request, code)
    typed = request.POST.get("tiket", "")
    report = queries.report_of(of.member, read_ticket(typed) or "")
    if report is None:
        messages.error(request, _("Tiket itu tidak ditemukan di antara laporan Anda."))
        return overview(request, of, status=409, typed=typed)
    try:
        actions.tell_also(by=of.member, case=of.case, report=report, at=of.at)
    except (InAnotherCase, WrongReport, Forbidden):
        messages.error(
            request, _("Laporan itu sudah ada di sebuah kasus, atau ada di lembaga lain.")
        )
        return overview(request, of, status=409, typed=typed)
    return redirect("cases:case", code=of.case.code)
