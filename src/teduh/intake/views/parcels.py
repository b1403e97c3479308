"""What becomes of a parcel that waited while there was no network: one answer for every outbox."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from teduh.intake.rules import TicketTaken
from teduh.lib import store
from teduh.lib.outages import OUT_OF_ORDER
from teduh.vault.rules import Refused

log = logging.getLogger("teduh.intake")


def answered(request: HttpRequest, keep: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """What `keep` answers; 400 where it is no parcel of ours, 409 for a taken ticket, and 503 where it
    has to wait on.
    """
    try:
        return keep(request)
    except Refused:
        return JsonResponse({}, status=400)
    except TicketTaken:
        return JsonResponse({}, status=409)
    except (store.NoRoom, *OUT_OF_ORDER):
        log.exception("a parcel was not kept")
        return JsonResponse({}, status=503)
