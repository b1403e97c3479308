"""The walk-in desk: a page that opens without network, and the door its locked parcels come in by.

The page names nobody and holds no session: the browser may keep it. Who sends is who is signed in
when there is a line again.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.queries import intake_teams
from teduh.access.words import Right
from teduh.intake import actions, queries, texts
from teduh.intake.channels.walkin.forms import ACCESS, WalkinForm
from teduh.intake.views import filing
from teduh.intake.views.installing import as_worker
from teduh.intake.views.parcels import answered
from teduh.intake.words import Channel
from teduh.lib.codes import read_ticket
from teduh.lib.timing import local_day
from teduh.vault import packages, parcels, without_script
from teduh.vault.queries import public_keys
from teduh.vault.rules import Refused

KIND = "walkin"
PAIRS = 24  # tickets drawn ahead: a day of talks without network
FILES = ("public.css", "room.css", "datang.js", "ed25519.js", "words.js", "teduh.svg")


@needs(Right.FILE_REPORTS)
@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """The page for the room."""
    return render(request, "intake/walkin/room.html", _shown())


@needs(Right.FILE_REPORTS)
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files are the page's."""
    page = render_to_string("intake/walkin/room.html", _shown(), request)
    return as_worker(page, [reverse("desk:walkin"), *map(static, FILES)], FILES)


@needs(Right.FILE_REPORTS)
@require_GET
def supplies(_request: HttpRequest) -> JsonResponse:
    """What locks talks without network: keys, and tickets with their R."""
    pairs = [[one["ticket"], one["r"]] for one in (filing.pair() for _ in range(PAIRS))]
    keys = public_keys(intake_teams(), local_day(timezone.now()))
    return JsonResponse({"keys": keys, "box": parcels.public(), "pairs": pairs})


@needs(Right.FILE_REPORTS)
@require_GET
def pass_(request: HttpRequest) -> JsonResponse:
    """The token of this session, asked for before each sending: the kept page holds none."""
    return JsonResponse({"csrf": get_token(request)})


@needs(Right.FILE_REPORTS)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """A parcel from the desk's outbox; the same one again is answered as the first was."""
    return answered(request, _kept)


def _kept(request: HttpRequest) -> JsonResponse:
    told = parcels.open_parcel(request.POST.get("titipan", ""))
    form = WalkinForm(_answers(told), areas=queries.areas())
    package = packages.read(str(told.get("sealed", "")))
    ticket = read_ticket(str(told.get("ticket", ""))) or ""
    ours = without_script.is_ours(ticket, str(told.get("r", "")))
    if told.get("kind") != KIND or not form.is_valid() or package.ticket != ticket or not ours:
        raise Refused("parcel")
    kept = queries.kept_before(package) or actions.file_for(
        by=member_of(request),
        channel=Channel.WALKIN,
        answers=form.answers(),
        package=package,
        rights_version=texts.rights_version(),
        at=timezone.now(),
    )
    return JsonResponse({"ok": True, "ticket": kept.ticket.number})


def _answers(told: dict[str, Any]) -> "MultiValueDict[str, Any]":
    """The coded answers of a parcel as a form reads them. Raises Refused."""
    answers = told.get("answers")
    if not isinstance(answers, dict) or len(answers) > 40:
        raise Refused("answers")
    lists = {name: said if isinstance(said, list) else [said] for name, said in answers.items()}
    if any(not isinstance(one, str) for said in lists.values() for one in said):
        raise Refused("answers")
    return MultiValueDict(lists)


def _shown() -> dict[str, object]:
    return {
        "form": WalkinForm(areas=queries.areas()),
        "access": ACCESS,
        "door": "self",
        "inst": settings.TEDUH_INSTANCE,
    }
