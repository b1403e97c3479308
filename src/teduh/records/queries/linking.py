"""Reading links: whether one still opens something, and what its page in the office tells of it."""

from datetime import datetime

from teduh.access.models import Member
from teduh.lib.timing import local_day
from teduh.records.models import Consent
from teduh.records.queries.granting import link_ends, wanted_by
from teduh.vault import queries as vault
from teduh.vault import suite
from teduh.vault.grants import MadeLink, Wanted
from teduh.vault.models import Grant, PartnerLink
from teduh.vault.packages import b64
from teduh.vault.rules import LINK_TRIES


def wanted_by_link(member: Member, consent: Consent, made: MadeLink, at: datetime) -> Wanted:
    """What the grant of a link by this member says under a consent."""
    to, key = vault.link_kid(made.key), b64(suite.sha256(made.key))
    until = link_ends(consent, local_day(at))
    return wanted_by(member, consent, to, at, until=until, key=key)


def linked(name: str, at: datetime) -> tuple[Consent, Grant] | None:
    """Consent and grant of a link that opens something yet; nothing for any other name."""
    day = local_day(at)
    grant = vault.link_of(name, day)
    if grant is None or not vault.stands(grant.link, at):
        return None
    rows = Consent.objects.holding(day).filter(sha=grant.consent, case__code=grant.subject)
    consent = rows.select_related("case", "agency").first()
    return (consent, grant) if consent else None


def is_bound(name: str, at: datetime) -> bool:
    """Whether a device has opened this link, which is the only one since."""
    found = linked(name, at)
    return bool(found and found[1].link.device)


def linked_here(name: str, device: bytes, at: datetime) -> tuple[Consent, Grant] | None:
    """The same, where this device is the one that has opened it."""
    found = linked(name, at)
    return found if found and vault.is_kept(found[1].link.device, device) else None


def still_linked(name: str, device: bytes, at: datetime) -> bool:
    """Whether a link still opens something for this device."""
    return linked_here(name, device, at) is not None


def link_now(grant: Grant) -> PartnerLink:
    """How a link stands now."""
    return PartnerLink.objects.get(grant=grant)


def tries_left(link: PartnerLink) -> int:
    """How many wrong proofs more close it."""
    return max(0, LINK_TRIES - link.wrong)
