"""The counsellor's desk: several conversations beside each other, and who waits how long."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from teduh.access.gates import member_of, needs, polled
from teduh.access.queries import team_names
from teduh.access.words import Right
from teduh.chat import actions as chat
from teduh.chat.openings import openings
from teduh.chat.queries import thread
from teduh.chat.rules import NotOpen
from teduh.intake import actions
from teduh.intake.channels.chat import queries
from teduh.intake.channels.chat.words import Pick
from teduh.intake.facts import with_files
from teduh.intake.queries import answerers, attached
from teduh.intake.rules import Held, UnknownCode, may_move
from teduh.intake.views.answering import keep_answer
from teduh.intake.views.desk import found
from teduh.intake.words import Danger, State
from teduh.vault import actions as vault
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from datetime import datetime

    from teduh.access.models import Member
    from teduh.intake.channels.chat.queries import Talk
    from teduh.intake.models import Report

ROWS = 25


@needs(Right.MESSAGE_REPORTERS)
@require_GET
def chats(request: HttpRequest) -> HttpResponse:
    """Who waits, and the conversations that are open beside each other."""
    member, at = member_of(request), timezone.now()
    columns = queries.open_talks(member, request.GET.getlist("buka"), at)
    for one in columns:
        actions.note_read(by=member, report=one.report)
    shown = {
        **_list(request, member, at),
        "columns": [_column(member, one, at) for one in columns],
        "openings": openings(),
        "most": queries.COLUMNS,
        "may_supervise": member.may(Right.SUPERVISE_CASES),
    }
    return render(request, "intake/chat/desk.html", shown)


@polled
@needs(Right.MESSAGE_REPORTERS)
@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """The list alone, for a desk that lies open; 304 where nothing has changed."""
    shown = _list(request, member_of(request), timezone.now())
    return _fresh(request, render(request, "intake/chat/parts/list.html", shown))


@polled
@needs(Right.MESSAGE_REPORTERS)
@require_GET
def column(request: HttpRequest, number: str) -> HttpResponse:
    """What one conversation says now; 304 where that is shown already, and then nothing is read."""
    member, at = member_of(request), timezone.now()
    talk = _talk(member, number, at)
    name = f'"{talk.version}"'
    if request.headers.get("If-None-Match") == name:
        return HttpResponseNotModified(headers={"ETag": name})
    answer = render(request, "intake/chat/parts/column.html", {"one": _column(member, talk, at)})
    answer["ETag"] = name
    return answer


@needs(Right.MESSAGE_REPORTERS)
@require_POST
def send(request: HttpRequest, number: str) -> JsonResponse:
    """A sealed message to the holder of the ticket. A script that hears 409 keeps what was written."""
    member, at = member_of(request), timezone.now()
    row = found(member, number)
    problem = keep_answer(request, member, row, at)
    if problem is not None:
        return JsonResponse(problem, status=409)
    actions.note_read(by=member, report=row)
    return JsonResponse({})


@needs(Right.MESSAGE_REPORTERS)
@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take it, pass it on, mark it read, or say that it has come to its end."""
    member = member_of(request)
    row = found(member, number)
    try:
        problem = _step(request, member, row)
    except Held:
        problem = _("Rekan Anda sedang menangani percakapan ini.")
    except NotOpen:
        problem = _("Percakapan ini sudah selesai.")
    except UnknownCode:
        problem = _("Pilih rekan yang menerima.")
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"message": problem}, status=409 if problem else 200)
    if problem:
        messages.error(request, problem)
    return redirect(_back(request, number))


@needs(Right.SUPERVISE_CASES)
@require_GET
def loads(request: HttpRequest) -> HttpResponse:
    """Who holds how much, and how long people wait: numbers, never a word."""
    member, at = member_of(request), timezone.now()
    names = team_names()
    paces = [(names.get(code, code), pace) for code, pace in queries.paces(member, at).items()]
    shown = {"loads": queries.loads(member, at), "paces": paces}
    return render(request, "intake/chat/loads.html", shown)


def _step(request: HttpRequest, member: "Member", row: "Report") -> str:
    """Do it, or say why not."""
    at, to = timezone.now(), request.POST.get("langkah", "")
    if to == "ambil":
        actions.take_chat(by=member, report=row, at=at)
    elif to == "dibaca":
        actions.note_read(by=member, report=row)
    elif to == "selesai":
        chat.end(by=member, ticket=row.ticket, at=at)
    elif to == "serahkan":
        colleague = answerers(row, at).filter(code=request.POST.get("rekan", "")).first()
        if colleague is None:
            raise UnknownCode
        actions.pass_chat(by=member, report=row, to=colleague, at=at)
    else:
        return _("Langkah ini tidak dapat diambil sekarang. Lihat keadaan terbaru.")
    return ""


def _list(request: HttpRequest, member: "Member", at: "datetime") -> dict[str, object]:
    asked = request.GET.get("pilih", "")
    pick = Pick(asked) if asked in Pick.values else Pick.OPEN
    page = slice_of(queries.talks(member, pick), request.GET.get("hal"), ROWS)
    opened = list(dict.fromkeys(request.GET.getlist("buka")))[: queries.COLUMNS]
    return {
        "page": page,
        "talks": [
            (one, one.number in opened, _address(pick, _opening(opened, one.number)))
            for one in queries.shown(page, at)
        ],
        "pick": pick,
        "picks": [
            (label, value == pick, _address(Pick(value), opened)) for value, label in Pick.choices
        ],
        "query": _query(pick, opened),
        "unsafe": Danger.UNSAFE.label,
    }


def _column(member: "Member", talk: "Talk", at: "datetime") -> dict[str, object]:
    row, numbers = talk.report, attached(talk.report)
    comps = ("chat", "file") if numbers else ("chat",)
    bundle = vault.hand_out(by=member, subject=talk.number, comps=comps, at=at)
    return {
        "talk": talk,
        "bundles": [bundle],
        "thread": with_files(thread(talk.number), bundle, numbers),
        "colleagues": answerers(row, at),
        "mine": row.handler_id == member.pk,
        "may_triage": member.may(Right.TRIAGE_REPORTS),
        "may_open_case": member.may(Right.WORK_CASES)
        and (row.state == State.CASE or may_move(row.state, State.CASE)),
        "unsafe": Danger.UNSAFE.label,
    }


def _talk(member: "Member", number: str, at: "datetime") -> "Talk":
    shown = queries.open_talks(member, [number], at)
    if not shown:
        raise Http404
    return shown[0]


def _opening(opened: list[str], number: str) -> list[str]:
    """What is open after a tap on this one: it closes, or takes the place of the oldest."""
    if number in opened:
        return [one for one in opened if one != number]
    return [*opened, number][-queries.COLUMNS :]


def _query(pick: Pick, opened: list[str]) -> str:
    asked = QueryDict(mutable=True)
    if pick:
        asked["pilih"] = pick
    asked.setlist("buka", opened)
    return asked.urlencode()


def _address(pick: Pick, opened: list[str]) -> str:
    query = _query(pick, opened)
    return reverse("desk:chats") + (f"?{query}" if query else "")


def _back(request: HttpRequest, number: str) -> str:
    """The desk as it was, or with this conversation open."""
    query = QueryDict(request.POST.get("kembali", ""))
    asked = query.get("pilih", "")
    opened = query.getlist("buka") or [number]
    return _address(Pick(asked) if asked in Pick.values else Pick.OPEN, opened[: queries.COLUMNS])


def _fresh(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """304 where this very answer was given before."""
    name = f'"{queries.name_of(answer.content)}"'
    if request.headers.get("If-None-Match") == name:
        return HttpResponseNotModified(headers={"ETag": name})
    answer["ETag"] = name
    return answer
