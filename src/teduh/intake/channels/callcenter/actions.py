"""Writing call centres, and keeping what they hand over."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.intake import actions as intake
from teduh.intake import flood
from teduh.intake.answers import Answers
from teduh.intake.channels.callcenter.models import CallCentre
from teduh.intake.channels.callcenter.rules import LINK_BYTES, kept_of
from teduh.intake.models import Report
from teduh.intake.words import Channel
from teduh.lib.actors import ANONYMOUS
from teduh.lib.timing import local_day
from teduh.tickets import actions as tickets
from teduh.vault.packages import SealedPackage


@transaction.atomic
def open_link(*, by: Member, name: str, at: datetime) -> str:
    """Make a link for a call centre; it is answered once, and kept as a hash only. Raises Forbidden."""
    _may_manage(by)
    link = secrets.token_urlsafe(LINK_BYTES)
    centre = CallCentre.objects.create(
        name=name,
        agency_code=by.agency.code,
        link=kept_of(link, settings.TEDUH_PEPPER),
        made_day=local_day(at),
    )
    record(by=by.actor, verb="centre.opened", subject=subject_of(centre), at=at)
    return link


@transaction.atomic
def close_link(*, by: Member, centre: CallCentre, at: datetime) -> None:
    """Let a link lead nowhere from now on; again changes nothing. Raises Forbidden."""
    _may_manage(by)
    if centre.agency_code != by.agency.code:
        raise Forbidden
    living = CallCentre.objects.filter(pk=centre.pk, closed_day__isnull=True)
    if living.update(closed_day=local_day(at)):
        record(by=by.actor, verb="centre.closed", subject=subject_of(centre), at=at)


@transaction.atomic
def hand_over(
    *,
    centre: CallCentre,
    answers: Answers,
    package: SealedPackage,
    rights_version: str,
    at: datetime,
) -> Report:
    """Keep what a call centre hands over, sealed in its browser as a reporter's is.

    The call centre has read the code: its holder is asked for one of her own at the first use.
    More of one centre than an hour can bring are marked as a flood; nobody is asked to wait.
    Raises as `intake.actions.receive`.
    """
    over = flood.reports.add(subject_of(centre), at)
    report = intake.receive(
        answers=answers,
        package=package,
        rights_version=rights_version,
        flood=over > 0,
        channel=Channel.CALLCENTER,
        at=at,
    )
    detail = {"from": subject_of(centre)}
    number = report.ticket.number
    tickets.issue_code(by=ANONYMOUS, ticket=report.ticket, auth=package.auth, at=at)
    record(by=ANONYMOUS, verb="centre.handed_over", subject=number, at=at, detail=detail)
    return report


def subject_of(centre: CallCentre) -> str:
    """How the trail names a call centre."""
    return f"112-{centre.pk}"


def _may_manage(by: Member) -> None:
    if not by.may(Right.MANAGE_CHANNELS):
        raise Forbidden(Right.MANAGE_CHANNELS)
