"""Sealed reports for the tests of the vault, and the keys that open them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings

from teduh.access.models import Member
from teduh.lib import actors
from teduh.vault import actions, demo, queries, reporter, suite, without_script
from teduh.vault.bundles import Bundle
from teduh.vault.envelope import Author, Compartment, Place, Words, open_item, seal, unwrap
from teduh.vault.packages import SealedItem, SealedPackage, header_of
from teduh.vault.rules import MESSAGE, kid_of
from tests.factories import MemberFactory, TeamFactory

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = "2026-11-24"
TICKET, CODE = "TDH-7K2M-9QXR", 1234567890123456789
HER = actors.reporter(TICKET)
STORY = "Kisah contoh untuk uji."
TOLD = {"intake.report.story": STORY, "intake.report.name": "Contoh Mawar"}


class Office:
    """The secrets of the demo office."""

    def team_seed(self, team: str) -> bytes:
        """The private seed of a team's epoch."""
        return demo.seed(f"epoch:{team}")

    def signer(self, member: str) -> Author:
        """A member as author."""
        seed = demo.seed(f"sign:{member}")
        return Author(kid_of(f"tanda-{member}", suite.sha256(suite.sign_public(seed))), seed)


@dataclass(frozen=True)
class Her:
    """A reporter who holds ticket and code."""

    keys: reporter.Reporter

    @property
    def author(self) -> Author:
        """She as author."""
        return self.keys.author


def her(ticket: str = TICKET, code: int = CODE) -> Her:
    """The reporter of a ticket, derived from her code."""
    stem = reporter.stretched(code, settings.TEDUH_INSTANCE, ticket)
    return Her(reporter.keys(stem, reporter.relay(settings.TEDUH_SERVER_SECRET, ticket)))


def sealed(
    ticket: str = TICKET,
    told: Mapping[str, str] = TOLD,
    files: Sequence[without_script.File] = (),
    at: datetime = AT,
) -> SealedPackage:
    """A report sealed for the assessment team."""
    return without_script.seal_report(
        ticket=ticket, code=CODE, answers=told, files=files, team_code="asesmen", at=at
    )


def opened(bundle: Bundle, comp: str, seed: bytes) -> Compartment:
    """A compartment of a bundle, by the wrap that this seed opens."""
    place = Place(bundle.inst, bundle.subject, comp)
    found = next(one for one in bundle.compartments if one.comp == comp)
    ((kid, w),) = found.wraps
    return unwrap(found.d, kid, w, seed, place)


def read(bundle: Bundle, what: str, seed: bytes, signer: bytes) -> str:
    """The text of the one item of a kind."""
    (item,) = bundle.of(what)
    whole = SealedItem(item.hdr, item.ct, item.sig, header_of(item.hdr))
    return open_item(opened(bundle, item.comp, seed), whole, what, signer).decode()


def chat_of(office: Office, ticket: str = TICKET) -> Compartment:
    """The chat of a kept report, as its team opens it."""
    bundle = queries.office_bundle(ticket, {"asesmen"})
    return opened(bundle, "chat", office.team_seed("asesmen"))


def message(
    chat: Compartment, by: Author, orig: str, seq: int = 1, what: str = MESSAGE
) -> SealedItem:
    """A message in the chat."""
    pad = "chat-1k" if what == MESSAGE else "pow2-4k"
    return seal(chat, by, Words(what, seq, orig, DAY, pad, ""), b"Halo.")


def without(package: SealedPackage, comp: str) -> SealedPackage:
    """The package, one compartment short."""
    rest = tuple(one for one in package.compartments if one.said["comp"] != comp)
    return replace(package, compartments=rest)


def keep(package: SealedPackage, at: datetime = AT) -> str:
    """Keep a report as intake does; returns the code of its team."""
    by = actors.reporter(package.ticket)
    ready = actions.make_ready(by=by, package=package, at=at)
    actions.keep(by=by, ready=ready, at=at)
    return ready.team


def melati() -> Member:
    """The member of the assessment team whose keys the office made."""
    member: Member = MemberFactory(code="melati", role="officer", team=TeamFactory(code="asesmen"))
    return member
