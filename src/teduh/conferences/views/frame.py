"""What every page of a meeting begins with: the meeting, the seat of whoever asks, what they may."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teduh.access.gates import member_of
from teduh.access.words import Right
from teduh.conferences import queries
from teduh.conferences.words import Lacks
from teduh.lib.timing import local_day

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.conferences.models import Conference, TableSeat

ANYBODY = (Right.WORK_CASES, Right.ANSWER_PARTNER, Right.SEE_FIGURES)  # with a seat, or of the team


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which meeting, and when; `declared`: whether they accepted what counts there."""

    member: "Member"
    conference: "Conference"
    seat: "TableSeat | None"
    declared: bool
    leads: bool
    at: datetime

    @property
    def day(self) -> date:
        """Today in the city."""
        return local_day(self.at)


def asked(request: HttpRequest, code: str) -> Asked:
    """The meeting of an address, for a member who may know of it; else a 404."""
    member, at = member_of(request), timezone.now()
    conference = queries.one(member, code)
    if conference is None:
        raise Http404
    seat = queries.seat_of(member, conference)
    declared = queries.declared(seat, conference, local_day(at))
    leads = queries.leads(member, conference)
    return Asked(member, conference, seat, declared, leads, at)


TOO_FAR = _("Pilih hari mulai hari ini, paling lama setahun lagi.")  # what WrongDay says


def said(lacks: tuple[str, ...]) -> str:
    """What is lacking, in words."""
    return " ".join(str(Lacks(one).label) for one in lacks)
