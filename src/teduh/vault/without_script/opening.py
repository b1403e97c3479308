"""Opening a thread with its code: only what her own hello vouches for is read."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from teduh.lib.timing import local_day
from teduh.vault import manifest, queries, reporter, rules, suite
from teduh.vault.bundles import Bundle, OpenableItem
from teduh.vault.envelope import Compartment, Place, content_key, open_item, restore, unwrap
from teduh.vault.packages import WRONG_SHAPE, SealedItem, b64, header_of, unb64
from teduh.vault.rules import HELLO, MESSAGE, SENT, SENT_CARD, Refused, kid_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A thread as its code opens it: her keys, the chat she writes into, what her hello says."""

    her: reporter.Reporter
    bundle: Bundle
    chat: Compartment
    said: dict[str, Any]

    def chats(self) -> dict[str, tuple[Compartment, str, bytes]]:
        """Every chat she reads, by hash: with the kid and the key of hers that count in it."""
        place = Place(self.bundle.inst, self.bundle.subject, "chat")
        found = {}
        for one in self.said.get("before", ()):
            chat, tanda = restore(unb64(one["d"]), unb64(one["k"]), place), unb64(one["tanda"])
            found[chat.cmp] = (chat, kid_of(reporter.NAME, suite.sha256(tanda)), tanda)
        found[self.chat.cmp] = (self.chat, self.her.author.kid, self.her.sign_public)
        return found


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of the office as its card speaks of it, and the key that opens it and nothing else."""

    item: str
    name: str
    size: int
    sha256: str
    key: bytes


def open_thread(*, ticket: str, code: int) -> dict[str, str]:
    """The messages of a ticket as item -> text; one that does not open is left out."""
    return texts_of(her_thread(ticket, code))


def texts_of(thread: Opened) -> dict[str, str]:
    """The same of a thread that is open."""
    return {item: text.decode() for item, text in _read(thread, MESSAGE)}


def files_of(thread: Opened) -> dict[str, SentFile]:
    """The files of the office in an open thread, by the items of their bodies."""
    bodies = {one.item: one for one in thread.bundle.of(SENT)}
    chats, found = thread.chats(), {}
    for _item, text in _read(thread, SENT_CARD):
        with suppress(*WRONG_SHAPE):  # the server cannot see what it keeps
            card = json.loads(text)
            body = bodies.get(str(card["item"]))
            said = header_of(body.hdr) if body else {}
            if body and str(said["cmp"]) in chats:
                key = content_key(chats[str(said["cmp"])][0], body.hdr)
                found[body.item] = SentFile(
                    body.item, str(card["name"]), int(card["size"]), str(card["ct_sha256"]), key
                )
    return found


def _read(thread: Opened, what: str) -> Iterator[tuple[str, bytes]]:
    """What opens of a kind, with its item: signed by whoever counts on its day, in a chat of hers."""
    items = thread.bundle.of(what)
    staff, chats = _staff(thread.bundle) if items else {}, thread.chats()
    for item in items:
        sealed = _as_sealed(item)
        by, (public, until) = str(sealed.said["by"]), staff.get(str(sealed.said["by"]), (b"", ""))
        counts = public if str(sealed.said["day"]) <= until else b""
        found = chats.get(str(sealed.said["cmp"]))
        if found is None:
            continue
        chat, kid, tanda = found
        signer = tanda if by == kid and what == MESSAGE else counts
        with suppress(Refused, suite.CannotOpen):
            yield item.item, open_item(chat, sealed, what, signer)


def her_thread(ticket: str, code: int) -> Opened:
    """The thread of a ticket as this code opens it; raises Refused where it opens nothing."""
    stem = reporter.stretched(code, settings.TEDUH_INSTANCE, ticket)
    her = reporter.keys(stem, reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))
    bundle = queries.reporter_bundle(ticket)
    place = Place(settings.TEDUH_INSTANCE, ticket, "chat")
    for one in bundle.compartments:
        for kid, wrapped in one.wraps:
            if kid == her.box_kid:
                chat = unwrap(one.d, kid, wrapped, her.box_seed, place)
                return Opened(her, bundle, chat, _hello_said(bundle, her, ticket, chat))
    raise Refused("no wrap")


def newest_seen(bundle: Bundle) -> str:
    """What her next word says it was written after: the hash of the office's newest message, if any."""
    theirs: list[OpenableItem] = [
        item
        for item in bundle.of(MESSAGE)
        if not str(header_of(item.hdr)["by"]).startswith(f"{reporter.NAME}.")
    ]
    return b64(suite.sha256(theirs[-1].hdr + theirs[-1].ct)) if theirs else ""


def _staff(bundle: Bundle) -> dict[str, tuple[bytes, str]]:
    """The signing keys of a bundle that the signed list names in a team, each with its last day."""
    said = manifest.read(
        queries.package(),
        unb64(settings.TEDUH_ROOT_PUBLIC),
        settings.TEDUH_INSTANCE,
        local_day(timezone.now()),
        rules.REPORTERS_GRACE_DAYS,
    )
    vouched = {}
    for kid, public in bundle.signers:
        with suppress(Refused):
            vouched[kid] = (public, manifest.vouch_for_staff(said, kid, public))
    return vouched


def _hello_said(
    bundle: Bundle, her: reporter.Reporter, ticket: str, chat: Compartment
) -> dict[str, Any]:
    """Only a chat her own hello speaks of is read and written, as in the browser. Raises Refused."""
    for item in bundle.of(HELLO):
        try:
            said = json.loads(open_item(chat, _as_sealed(item), HELLO, her.sign_public))
        except (Refused, suite.CannotOpen):
            continue
        if said["ticket"] == ticket and chat.cmp in said["d"]:
            return dict(said)
    raise Refused("hello")


def _as_sealed(item: OpenableItem) -> SealedItem:
    return SealedItem(item.hdr, item.ct, item.sig, header_of(item.hdr))
