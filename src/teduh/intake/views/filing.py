"""What pages share on which a member files a report for somebody (docs/channels.md)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from teduh.intake import actions, queries, texts
from teduh.intake.forms import EMPTY, ReportForm
from teduh.intake.rules import TicketTaken
from teduh.lib.codes import new_ticket, read_ticket
from teduh.vault import packages, without_script
from teduh.vault.rules import HELLO, Refused

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.intake.models import Report
    from teduh.intake.words import Channel


def pair() -> dict[str, str]:
    """A fresh ticket with its R, as a form carries them and as a browser asks for them."""
    ticket = new_ticket()
    return {"ticket": ticket, "r": without_script.relay(ticket)}


def drawn() -> dict[str, str]:
    """What the template of a page that files needs for `intake/parts/filing.html`."""
    return {**pair(), "inst": settings.TEDUH_INSTANCE}


def draw_again() -> JsonResponse:
    """The ticket was somebody else's, or not drawn by us: another one."""
    return JsonResponse(pair(), status=409)


def to_mend(errors: object) -> JsonResponse:
    """What is to be mended, by field; everything typed stays in the page."""
    return JsonResponse({"errors": errors}, status=400)


def says_nothing(form: ReportForm, package: packages.SealedPackage, *, files: bool) -> bool:
    """Whether nothing was told: no answer, no sealed word, and no file that is to follow."""
    sealed = any(item.what != HELLO for item in package.items)
    return form.answers().nothing() and not sealed and not files


def filed(
    request: HttpRequest, *, by: "Member", channel: "Channel", form: ReportForm
) -> "Report | JsonResponse":
    """Keep what a `data-file-report` form sent; the report, or what its script is to hear instead.

    The same ticket and code again is the report that is kept already.
    """
    return kept_by(partial(actions.file_for, by=by, channel=channel), request, form)


def kept_by(
    keep: "Callable[..., Report]", request: HttpRequest, form: ReportForm
) -> "Report | JsonResponse":
    """The same by another action, given answers, package, rights_version and at."""
    if not form.is_valid():
        return to_mend(form.errors)
    ticket = read_ticket(request.POST.get("ticket", "")) or ""
    if not without_script.is_ours(ticket, request.POST.get("r", "")):
        return draw_again()
    try:
        package = packages.read(request.POST.get("sealed", ""))
        if package.ticket != ticket:
            raise Refused("ticket")
        if says_nothing(form, package, files=bool(request.POST.get("files"))):
            return to_mend({"__all__": [str(EMPTY)]})
        return queries.kept_before(package) or keep(
            answers=form.answers(),
            package=package,
            rights_version=texts.rights_version(),
            at=timezone.now(),
        )
    except TicketTaken:
        return draw_again()
    except Refused:
        return to_mend(
            {"__all__": [_("Belum tersimpan: kuncinya tidak cocok. Kirim sekali lagi.")]}
        )


def told(by: "Member", report: "Report") -> JsonResponse:
    """What the script hears once it is kept: the ticket, and where to read it, if she may."""
    number = report.ticket.number
    seen = queries.one(by, number) is not None
    next_page = reverse("desk:report", args=[number]) if seen else ""
    return JsonResponse({"ok": True, "ticket": number, "next": next_page})
