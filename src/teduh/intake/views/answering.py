"""An answer to whoever holds a ticket: sealed words, and a file with them."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.chat import actions as chat
from teduh.chat.rules import WrongTurn
from teduh.lib import store
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from teduh.access.models import Member
    from teduh.intake.models import Report

FULL = _("Penyimpanan kami penuh, jadi belum ada yang terkirim. Kirim pesannya dulu, tanpa berkas.")
LEFT_OUT: dict[str, str | Promise] = {  # by the reason that an upload was not taken
    "big": _("Berkas ini lebih besar dari 10 MB, jadi belum ada yang terkirim."),
    "busy": _("Server sedang penuh, jadi belum ada yang terkirim. Coba lagi sebentar lagi."),
    "full": FULL,
}


def keep_answer(
    request: HttpRequest, member: "Member", row: "Report", at: "datetime"
) -> dict[str, str] | None:
    """Keep what a member's browser sealed for the holder of a ticket; else what its script is told."""
    body = request.FILES.get("body")  # read before it is asked what was left out
    for _name, reason in getattr(request, "refused_files", []):
        return {"message": str(LEFT_OUT[reason])} if reason in LEFT_OUT else {}
    try:
        _keep(request, body.read() if body else b"", member, row, at)
    except store.NoRoom:
        return {"message": str(FULL)}
    except (Refused, WrongTurn):
        return {}
    return None


def _keep(
    request: HttpRequest, body: bytes, member: "Member", row: "Report", at: "datetime"
) -> None:
    sent = request.POST
    items = [packages.read_item(text) for text in sent.getlist("sealed")]
    if not items:
        raise Refused("empty")
    file = None
    if "card" in sent:
        file = packages.read_file(sent["card"], sent.get("hdr", ""), body)
    if sent.get("accept"):
        vault.accept(by=member, subject=row.ticket.number, acceptance=sent["accept"], at=at)
    chat.answer(by=member, ticket=row.ticket, items=items, at=at, file=file)
