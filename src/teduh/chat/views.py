"""The messages page: read and answered with ticket and code, with or without script."""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from teduh.chat import rules
from teduh.chat.hours import hours
from teduh.chat.queries import (
    mark,
    newest,
    newest_row,
    next_seq,
    standing,
    thread_of_holder,
)
from teduh.chat.slots import Content, key_list, opening, slot
from teduh.chat.words import Side
from teduh.lib import store
from teduh.lib.numbers import whole
from teduh.lib.outages import OUT_OF_ORDER
from teduh.lib.timing import local_day
from teduh.tickets import remembering
from teduh.tickets import views as status
from teduh.tickets.rules import TooFast, of_one_size
from teduh.vault import packages, queries, suite, without_script
from teduh.vault.rules import MESSAGE, Refused
from teduh.web.answers import NOT_KEPT, SeeOther, tight
from teduh.web.rules import accepts

if TYPE_CHECKING:
    from teduh.tickets.models import Ticket


log = logging.getLogger("teduh.chat")


class WriteBack(Protocol):
    """Keeps what she wrote and lets the office know; `config` names the room above that does."""

    def __call__(
        self,
        *,
        ticket: "Ticket",
        items: list[packages.SealedItem],
        at: datetime,
        attached: packages.SealedAddition | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Above:
    """What the room above does: keep her words, and say where files that go with them belong."""

    write_back: WriteBack
    addressed: Callable[["Ticket"], tuple[int, str]]


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def messages(
    request: HttpRequest, write_back: WriteBack, addressed: Callable[["Ticket"], tuple[int, str]]
) -> HttpResponse:
    """Open the thread, or write into it."""
    script = "auth" in request.POST or "application/json" in request.headers.get("Accept", "")
    if request.method == "GET" and not remembering.kept(request):
        return _asked(request, failed=False)
    try:
        ticket, code = status.shown_by(request)
    except TooFast as error:
        return _slow_down(request, error.seconds, script=script)
    if ticket is None:
        return _refuse(script) or _asked(request, failed=request.method == "POST")
    if ticket.issued_on:  # staff know this code: hers first
        return status.own_code_first(request, ticket, code, script=script)
    if script:
        return _by_script(request, ticket, write_back)
    if request.method == "GET":
        return _page(request, ticket, code or 0)
    return _written(request, ticket, code or 0, Above(write_back, addressed))


def _by_script(request: HttpRequest, ticket: "Ticket", write_back: WriteBack) -> HttpResponse:
    """The answer of one size; 304 where the script has it already."""
    sealed = request.POST.getlist("sealed")
    if sealed:
        try:
            items = [packages.read_item(text) for text in sealed]
            told = request.POST.get("attached")
            attached = packages.read_addition(told) if told else None
            write_back(ticket=ticket, items=items, at=timezone.now(), attached=attached)
        except (Refused, rules.WrongTurn):
            return JsonResponse(
                {"errors": {"__all__": [_("Baca lagi lalu kirim ulang.")]}}, status=409
            )
    before = request.POST.get("before", "")
    name = f'"{_version(ticket, before)}"'
    if not sealed and request.headers.get("If-None-Match") == name:
        return HttpResponseNotModified(headers={"ETag": name})
    content, headers = _content(ticket, before), {"ETag": name}
    if accepts(request.headers.get("Accept-Encoding", ""), "gzip"):
        body = content.small(suite.random_bytes)
        headers["Content-Encoding"] = "gzip"
    else:
        body = content.filled(suite.random_bytes)
    return HttpResponse(body, content_type="application/octet-stream", headers=headers)


def _version(ticket: "Ticket", before: str) -> str:
    """Changes with everything an answer holds, and costs half of it; tells nothing else."""
    at = timezone.now()
    told = (
        *(get_language(), local_day(at), before, ticket.stage, ticket.stage_day, ticket.next_step),
        *(ticket.by_day, ticket.late, ticket.own, ticket.asks, ticket.issued_on, ticket.renewed_on),
        *(newest_row(ticket.number), mark(ticket.number, at), queries.mark_of_chat(ticket.number)),
    )
    return packages.b64(suite.sha256(repr(told).encode()))


def _content(ticket: "Ticket", before: str) -> Content:
    rows = newest(ticket.number, before)
    shown = [row.item for row in rows]
    sent = [row.seq for row in rows if row.file]
    bundle = queries.reporter_page(ticket.number, shown)
    by_item = {one.item: one for one in bundle.of(MESSAGE)}
    keys = dict(bundle.signers)
    return Content(
        opening(
            bundle, packages.unb64(without_script.relay(ticket.number)), stage_of(ticket, sent)
        ),
        [slot(by_item[item], keys) for item in shown if item in by_item],
        key_list(queries.package()),
    )


def stage_of(ticket: "Ticket", sent: Sequence[int] = ()) -> str:
    """Where her ticket and her conversation stand, as a part of a page.

    `sent`: the numbers of the shown messages of the office that came with a file.
    """
    told = {**status.page(ticket), **standing(ticket.number, timezone.now()), "sent": sent}
    return tight(render_to_string("chat/parts/stage.html", told))


def _written(request: HttpRequest, ticket: "Ticket", code: int, above: Above) -> HttpResponse:
    """Keep what was written, and the files with it, and on to the page that shows the thread."""
    text = request.POST.get("text", "").strip()
    files = _files(request)
    left_out = len(getattr(request, "refused_files", []))
    try:
        first = request.POST.get("first", "")
        problem = _write(ticket, code, text, files, above, first) if text or files else ""
    except OUT_OF_ORDER:
        log.exception("a message was not kept")
        page = _page(request, ticket, code, problem=str(NOT_KEPT), text=text)
        page.status_code = 503
        return page
    if problem:
        return _page(request, ticket, code, problem=problem, text=text)
    told = {"terkirim": "1" if text or files else "", "berkas": left_out or ""}
    query = urlencode({name: said for name, said in told.items() if said})
    response = SeeOther(reverse("chat:messages") + (f"?{query}" if query else ""))
    kept = remembering.of(ticket, code)
    remembering.keep(request, response, kept, timezone.now())
    return response


def _files(request: HttpRequest) -> list[without_script.File]:
    """The chosen files that hold something: name, type, body."""
    return [
        (one.name or "", one.content_type or "", one.read())
        for one in request.FILES.getlist("files")
        if one.size
    ]


def _page(request: HttpRequest, ticket: "Ticket", code: int, **more: str) -> HttpResponse:
    left_out = request.GET.get("berkas", "")
    shown: dict[str, Any] = {
        "inst": settings.TEDUH_INSTANCE,
        "ticket": ticket.number,
        "messages": _lines(ticket, code),
        "first": next_seq(ticket.number, Side.REPORTER),
        "gone": queries.is_forgotten(ticket.number),
        "needs_code": remembering.for_minutes(request) is None,
        "sent": request.GET.get("terkirim") == "1",
        "left_out": left_out if left_out.isascii() and left_out.isdigit() else "",
        "hours": hours(),
        "wish": remembering.wish_of(ticket, timezone.now()),
        **standing(ticket.number, timezone.now()),
        **more,
    }
    page = render(request, "chat/messages.html", shown)
    noise = secrets.token_hex(rules.PAGE // 2).encode()
    page.content = of_one_size(page.content, noise)
    return remembering.shown(request, page, timezone.now())


def _write(
    ticket: "Ticket",
    code: int,
    text: str,
    files: list[without_script.File],
    above: Above,
    first: str,
) -> str:
    at = timezone.now()
    names = ", ".join(name for name, _kind, _body in files)
    named = _("Saya kirim berkas: %(names)s") % {"names": names} if files else ""
    said = "\n".join(filter(None, [text, named]))
    try:
        if _came_before(ticket, code, said, first):
            return ""
        items = without_script.seal_message(
            ticket=ticket.number,
            code=code,
            text=said,
            seq=next_seq(ticket.number, Side.REPORTER),
            at=at,
        )
        attached = _sealed_files(ticket, code, files, above, at) if files else None
        above.write_back(ticket=ticket, items=items, at=at, attached=attached)
    except store.NoRoom:
        return _("Penyimpanan kami penuh. Kirim tulisannya dulu, tanpa berkas.")
    except (Refused, rules.WrongTurn):
        return _("Pesan belum terkirim. Tulisan Anda masih ada di bawah, silakan kirim lagi.")
    return ""


def _came_before(ticket: "Ticket", code: int, text: str, first: str) -> bool:
    """Whether she sends it again because the answer was lost: her words since the page was made,
    from the number `first` on, begin with just this.
    """
    since = whole(first)
    if since is None or since >= next_seq(ticket.number, Side.REPORTER):
        return False
    own = thread_of_holder(ticket.number).filter(side=Side.REPORTER, seq__gte=since)
    opened = without_script.open_thread(ticket=ticket.number, code=code)
    return text in accumulate(opened.get(row.item, "") for row in own)


def _sealed_files(
    ticket: "Ticket",
    code: int,
    files: list[without_script.File],
    above: Above,
    at: datetime,
) -> packages.SealedAddition:
    number, team = above.addressed(ticket)
    return without_script.seal_addition(
        ticket=ticket.number,
        code=code,
        answers={},
        files=files,
        team_code=team,
        gen=number,
        at=at,
    )


def _lines(ticket: "Ticket", code: int) -> list[dict[str, Any]]:
    try:
        opened = without_script.her_thread(ticket.number, code)
    except Refused:  # its keys were destroyed, or it is not hers
        texts, files = {}, {}
    else:
        texts, files = without_script.texts_of(opened), without_script.files_of(opened)
    at = timezone.now()
    return [
        {
            "own": row.side == Side.REPORTER,
            "day": row.day,
            "text": texts.get(row.item, ""),
            "file": files.get(row.file),
            "offer": row.file in files and without_script.offer(ticket.number, files[row.file], at),
            "lost": row.file and row.file not in files,
        }
        for row in thread_of_holder(ticket.number)
    ]


def _slow_down(request: HttpRequest, seconds: int, *, script: bool) -> HttpResponse:
    if script:
        return status.told_to_wait(JsonResponse({"wait": seconds}), seconds)
    return status.told_to_wait(_asked(request, failed=False, wait=seconds), seconds)


def _asked(request: HttpRequest, *, failed: bool, wait: int = 0) -> HttpResponse:
    shown = {
        "inst": settings.TEDUH_INSTANCE,
        "failed": failed,
        "wait": wait,
        "hours": hours(),
        "text": request.POST.get("text", ""),  # written before the ten minutes ran out
        "first": request.POST.get("first", ""),
    }
    return render(request, "chat/messages.html", shown, status=403 if failed else 200)


def _refuse(script: bool) -> JsonResponse | None:  # noqa: FBT001  one caller, one question
    return JsonResponse({"errors": {}}, status=403) if script else None
