"""Links: tried, bound to the first device that opens one, handed out to that device alone."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from teduh.audit.actions import record
from teduh.lib.actors import ANONYMOUS
from teduh.lib.timing import local_day
from teduh.vault import queries, rules
from teduh.vault.bundles import Bundle
from teduh.vault.models import Grant
from teduh.vault.rules import Tried


@transaction.atomic
def try_link(*, name: str, auth: bytes, device: bytes, at: datetime) -> Tried:
    """Count a proof of a link and its words; a right one binds the link to the device, if it is the
    first. What is refused is written down.

    `device`: what only this browser knows. Answers OVER for a link that is none or stands no more.
    """
    grant = _locked(name, at)
    if grant is None:
        return Tried.OVER
    link = grant.link
    if not queries.is_kept(link.auth, auth):
        link.wrong += 1
        link.save(update_fields=["wrong"])
        _record(grant, at, verb="partner_link.wrong")
        return Tried.SPENT if link.wrong >= rules.LINK_TRIES else Tried.WRONG
    if link.device and not queries.is_kept(link.device, device):
        link.elsewhere += 1
        link.save(update_fields=["elsewhere"])
        _record(grant, at, verb="partner_link.elsewhere")
        return Tried.ELSEWHERE
    if not link.device:
        link.device, link.opened_at, link.until = queries.kept_of(device), at, rules.link_until(at)
        link.save(update_fields=["device", "opened_at", "until"])
        _record(grant, at, verb="partner_link.opened")
    return Tried.OPEN


@transaction.atomic
def hand_out_linked(
    *, name: str, device: bytes, agency: str, items: Collection[str], at: datetime
) -> Bundle | None:
    """What a link opens, of it only these items, for the device it is bound to; written down as a
    read by that agency. Nothing where it stands no more, or for another device.
    """
    grant = _locked(name, at)
    if grant is None or not queries.is_kept(grant.link.device, device):
        return None
    detail = {"grant": grant.name, "parts": grant.comps, "agency": agency}
    verb = "vault.granted_read"
    record(by=ANONYMOUS, verb=verb, subject=grant.subject, at=at, detail=detail)
    return queries.granted_bundle(grant.subject, [grant], items)


def _locked(name: str, at: datetime) -> Grant | None:
    rows = Grant.objects.standing(local_day(at)).filter(name=name, link__isnull=False)
    row = rows.select_related("link").select_for_update(of=("self", "link")).first()
    if row is None or not queries.alive([row]):
        return None
    return row if queries.stands(row.link, at) else None


def _record(grant: Grant, at: datetime, *, verb: str) -> None:
    detail = {"grant": grant.name}
    record(by=ANONYMOUS, verb=verb, subject=grant.subject, at=at, detail=detail)
