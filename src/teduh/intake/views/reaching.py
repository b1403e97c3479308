"""Word that there is news, to an address an officer's browser has opened."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from teduh.intake import actions
from teduh.intake.forms import HandOverForm
from teduh.intake.rules import NotAgreed
from teduh.outbox.queries import told
from teduh.outbox.rules import NoWay, WrongAddress
from teduh.outbox.ways import are_open
from teduh.outbox.words import TEXTS, Channel, Template

if TYPE_CHECKING:
    from datetime import datetime

    from teduh.access.models import Member
    from teduh.intake.models import Report


def shown(row: "Report", way: str) -> dict[str, object]:
    """What the page says of it: the way she agreed to, the sentence, the newest one's fate."""
    return {
        "reaching": HandOverForm(),
        "way": Channel(way) if way else "",
        "way_open": bool(way) and are_open(Channel(way)),
        "sentence": TEXTS[Template.NEWS].body,
        "told": told(row.ticket.number),
    }


def hand_over(member: "Member", row: "Report", form: HandOverForm, at: "datetime") -> bool:
    """Let it leave, or say on the form why not."""
    if not form.is_valid():
        return False
    try:
        actions.hand_over(by=member, report=row, at=at, **form.cleaned_data)
    except (NotAgreed, NoWay):
        form.add_error(None, _("Lewat cara ini ia tidak dapat diberi kabar. Balas lewat tiket."))
    except WrongAddress:
        form.add_error("address", _("Ini bukan nomor ponsel atau alamat surel yang lengkap."))
    return form.is_valid()
