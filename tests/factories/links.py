"""Links under a consent, as an officer's browser makes them and somebody without an account opens them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from teduh.lib.timing import local_day
from teduh.records.actions import linking
from teduh.records.actions.linking import Opened
from teduh.records.models import Consent
from teduh.records.queries import link_ends
from teduh.vault import codes, demo, suite
from teduh.vault.bundles import Bundle
from teduh.vault.envelope import Place, open_item, unwrap
from teduh.vault.grants import MadeLink, Wanted
from teduh.vault.models import Grant
from teduh.vault.packages import SealedItem, b64, header_of
from tests.factories.cases import AT, CaseOffice
from tests.vectors.link import FRAGMENT, LinkKeys, link_keys

PHONE, OTHER = b"p" * 32, b"o" * 32  # two devices


@dataclass(frozen=True)
class Held:
    """What its recipient holds of a link, and the link as the server is sent it."""

    name: str
    fragment: bytes
    code: int
    keys: LinkKeys
    made: MadeLink


def held(consent: Consent, at: datetime = AT, **other: Any) -> Held:
    """A link as melati's browser makes it."""
    name, fragment = b64(suite.random_bytes(16)), suite.random_bytes(FRAGMENT)
    code = codes.draw()
    keys = link_keys(demo.settings.TEDUH_INSTANCE, name, fragment, code)
    told: dict[str, Any] = {
        "inst": demo.settings.TEDUH_INSTANCE,
        "subject": consent.case.code,
        "to": keys.kid,
        "comps": consent.parts,
        "purpose": consent.purpose,
        "consent": consent.sha,
        "day": local_day(at),
        "until": link_ends(consent, local_day(at)),
        "key": b64(suite.sha256(keys.public)),
    }
    wanted = Wanted(**{**told, **other})
    grant = demo.make_grant_to(keys.public, name, "asesmen", "melati", wanted)
    return Held(name, fragment, code, keys, MadeLink(grant, keys.public, keys.auth))


def linked(office: CaseOffice, consent: Consent, at: datetime = AT) -> Held:
    """The same, kept by the server."""
    link = held(consent, at)
    linking.make_link(by=office.melati, consent=consent, made=link.made, at=at)
    return link


def tried(
    link: Held, device: bytes = PHONE, at: datetime = AT, auth: bytes | None = None
) -> Opened:
    """What the page of a link gets with the right words, or with another proof."""
    proof = link.keys.auth if auth is None else auth
    return linking.open_link(name=link.name, auth=proof, device=device, at=at)


def texts(link: Held, bundle: Bundle | None) -> list[str]:
    """What the key of a link opens of a bundle, in its order."""
    assert bundle is not None
    found, keys = [], dict(bundle.signers)
    for one in bundle.compartments:
        place = Place(bundle.inst, bundle.subject, one.comp)
        for kid, wrapped in one.wraps:
            assert kid == link.keys.kid
            opened = unwrap(one.d, kid, wrapped, link.keys.seed, place)
            for item in bundle.items:
                said = header_of(item.hdr)
                if said["cmp"] == opened.cmp:
                    whole = SealedItem(item.hdr, item.ct, item.sig, said)
                    text = open_item(opened, whole, item.what, keys[str(said["by"])])
                    found.append(text.decode())
    return found


def grant_of(link: Held) -> Grant:
    """Its row."""
    return Grant.objects.select_related("link").get(name=link.name)
