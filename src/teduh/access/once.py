"""A form whose answer got lost and that comes again is answered as the first time (sealing.md 7)."""

import json
import re
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from teduh.access import actions, queries
from teduh.access.models import Member

HEADER = "Teduh-Sending"  # 16 random bytes in base64url, the same until an answer came
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")
# Bytes of an answer that is noted: where to go on. What is longer hands something out, and what
# opens something must not lie in a row that outlives its key.
SHORT = 500
R = TypeVar("R", bound=HttpResponseBase)


def once(request: HttpRequest, member: Member, view: Callable[[], R]) -> R | HttpResponse:
    """What `view` answers. Where a browser named this sending: in one transaction with a note of it,
    and from that note when it comes again, without asking `view`.

    409 for a name under which somebody else, another page or other words were taken. Only what was
    taken is noted: after a refusal the same name is free.
    """
    name = request.headers.get(HEADER, "")
    if request.method != "POST" or not name or request.FILES:
        return (
            view()
        )  # a file waits for the disk, and knows itself by its message when it comes again
    if not _NAME.fullmatch(name):
        return JsonResponse({}, status=400)
    mark = _mark(request)
    with transaction.atomic():
        if not actions.begin_sending(by=member, name=name, mark=mark, at=timezone.now()):
            known = queries.answered_before(member, name, mark)
            if known is None:
                return JsonResponse({}, status=409)
            return HttpResponse(known, content_type="application/json")
        told = view()
        answer = None
        if isinstance(told, JsonResponse) and told.status_code == 200:
            answer = told.content.decode() if len(told.content) <= SHORT else None
        actions.end_sending(name=name, answer=answer)
        return told


def _mark(request: HttpRequest) -> str:
    """Where it went and all it said, but for the token of the session; keyed, so that who steals
    the row cannot try out what a form said.
    """
    said = [(key, values) for key, values in request.POST.lists() if key != "csrfmiddlewaretoken"]
    whole = json.dumps([request.path, sorted(said)])
    return salted_hmac("teduh.access.sending", whole, algorithm="sha256").hexdigest()
