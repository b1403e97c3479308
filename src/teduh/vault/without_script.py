"""The path without script: the server seals before its first write, and opens while it answers.

The same formats as in the browser, labelled `orig: server` (sealing.md 8). Nothing is kept.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from teduh.lib.timing import local_day
from teduh.vault import codes, manifest, queries, reporter, rules, suite
from teduh.vault.bundles import Bundle, OpenableItem
from teduh.vault.envelope import (
    Compartment,
    Place,
    Words,
    make_compartment,
    open_item,
    restore,
    seal,
    seal_file,
    sign_statement,
    unwrap,
    wrap,
)
from teduh.vault.packages import (
    SealedAddition,
    SealedCompartment,
    SealedItem,
    SealedPackage,
    SealedRenewal,
    SealedWrap,
    SignedStatement,
    b64,
    compact,
    header_of,
    unb64,
)
from teduh.vault.rules import ADDITION, BODY, CARD, HELLO, MESSAGE, RENEW, Refused, kid_of

MESSAGE_BYTES = 1020  # of one chat item (sealing.md 5)
CARRIED_MOST = 4  # earlier chats under a new code: with more, hello no longer fits 4 KiB
NO_CODE = 0  # stands in for an unreadable code, so that both answers cost the same
File = tuple[str, str, bytes]  # name, type, body


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


def relay(ticket: str) -> str:
    """R of a ticket, for the form."""
    return b64(reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))


def is_ours(ticket: str, r: str) -> bool:
    """Whether this ticket was drawn by this server."""
    return suite.same(unb64(r), reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))


def draw_code(field: str) -> int:
    """The code for a form field: the same field again gives the same code (sealing.md 4)."""
    label = b"teduh/v1/tanpajs\0" + field.encode()
    return int.from_bytes(suite.mac(settings.TEDUH_SERVER_SECRET, label)[:8], "big") >> 1


def spellings(code: int) -> dict[str, str]:
    """The code in digits and in words, for the answer page."""
    return {"digits": codes.spell_digits(code), "words": codes.spell_words(code)}


def read_code(text: str) -> int:
    """The code typed, or a stand-in that opens nothing."""
    try:
        return codes.read(text)
    except codes.WrongSpelling:
        return NO_CODE


def auth_of(ticket: str, code: int) -> bytes:
    """The auth token of a code for a ticket."""
    return reporter.auth_token(reporter.stretched(code, settings.TEDUH_INSTANCE, ticket))


def seal_cookie(text: str, purpose: str, at: datetime) -> str:
    """A short text for an HttpOnly cookie, encrypted, with its hour inside."""
    plain = f"{int(at.timestamp())} {text}".encode()
    return b64(suite.enclose(_cookie_key(), plain, purpose.encode()))


def open_cookie(value: str, purpose: str, seconds: int = 600) -> str:
    """The text of a cookie not older than `seconds`, or an empty text."""
    try:
        plain = suite.disclose(_cookie_key(), unb64(value), purpose.encode()).decode()
    except suite.CannotOpen:
        return ""
    made, _sep, text = plain.partition(" ")
    return text if timezone.now().timestamp() - int(made) <= seconds else ""


def seal_report(
    *,
    ticket: str,
    code: int,
    answers: Mapping[str, str],
    files: Sequence[File],
    team_code: str,
    at: datetime,
) -> SealedPackage:
    """A whole report sealed here: four compartments, an item for each answer, hello, files.

    Raises Refused when the office has no key for the team or for recovery.
    """
    package, _her, _chat = _sealed(ticket, code, answers, files, team_code, at)
    return package


def seal_question(
    *, ticket: str, code: int, text: str, team_code: str, at: datetime
) -> tuple[SealedPackage, list[SealedItem]]:
    """A report that tells nothing yet, and the first words of a conversation under it.

    Raises Refused when the office has no key for the team or for recovery.
    """
    package, her, chat = _sealed(ticket, code, {}, (), team_code, at)
    return package, _messages(chat, her, text, 1, "", at)


def _sealed(
    ticket: str,
    code: int,
    answers: Mapping[str, str],
    files: Sequence[File],
    team_code: str,
    at: datetime,
) -> tuple[SealedPackage, reporter.Reporter, Compartment]:
    stem = reporter.stretched(code, settings.TEDUH_INSTANCE, ticket)
    her = reporter.keys(stem, reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))
    readers = queries.readers(team_code, local_day(at))
    own = [(her.box_kid, her.box_public)]
    opened = {
        comp: make_compartment(Place(settings.TEDUH_INSTANCE, ticket, comp))
        for comp in rules.NEW_REPORT
    }
    hello = _hello(opened, her, ticket, str(local_day(at)))
    package = SealedPackage(
        ticket,
        reporter.auth_token(stem),
        her.box_public,
        her.sign_public,
        tuple(
            _wrapped(made, [*readers, *own] if comp == "chat" else readers)
            for comp, made in opened.items()
        ),
        (*_told(opened, her, answers, files, at), hello),
        "server",
    )
    return package, her, opened["chat"]


def seal_addition(
    *,
    ticket: str,
    code: int,
    answers: Mapping[str, str],
    files: Sequence[File],
    team_code: str,
    gen: int,
    at: datetime,
) -> SealedAddition:
    """What is added under a ticket: new compartments for it, and the statement that names them.

    Raises Refused when the office has no key for the team or for recovery.
    """
    thread = _her_chat(ticket, code)
    her, chat = thread.her, thread.chat
    readers = queries.readers(team_code, local_day(at))
    needed = {rules.compartment_of(what) for what in answers} | ({"file"} if files else set())
    opened = {
        comp: make_compartment(Place(settings.TEDUH_INSTANCE, ticket, comp), gen)
        for comp in rules.ADDED
        if comp in needed
    }
    statement = compact({"ticket": ticket, "gen": gen, "d": [one.cmp for one in opened.values()]})
    words = Words(ADDITION, gen, "server", str(local_day(at)), "pow2-4k")
    return SealedAddition(
        tuple(_wrapped(made, readers) for made in opened.values()),
        (*_told(opened, her, answers, files, at), seal(chat, her.author, words, statement)),
    )


def seal_message(*, ticket: str, code: int, text: str, seq: int, at: datetime) -> list[SealedItem]:
    """A message of the reporter, in as many parts as it needs. Raises Refused."""
    thread = _her_chat(ticket, code)
    return _messages(thread.chat, thread.her, text, seq, _seen(thread.bundle), at)


def _messages(
    chat: Compartment, her: reporter.Reporter, text: str, seq: int, seen: str, at: datetime
) -> list[SealedItem]:
    return [
        seal(
            chat,
            her.author,
            Words(MESSAGE, seq + n, "server", str(local_day(at)), "chat-1k", seen),
            part,
        )
        for n, part in enumerate(_parts(text))
    ]


def open_thread(*, ticket: str, code: int) -> dict[str, str]:
    """The messages of a ticket as item -> text; one that does not open is left out."""
    thread = _her_chat(ticket, code)
    staff, chats, opened = _staff(thread.bundle), thread.chats(), {}
    for item in thread.bundle.of(MESSAGE):
        sealed = _as_sealed(item)
        by, (public, until) = str(sealed.said["by"]), staff.get(str(sealed.said["by"]), (b"", ""))
        counts = public if str(sealed.said["day"]) <= until else b""
        found = chats.get(str(sealed.said["cmp"]))
        if found is None:
            continue
        chat, kid, tanda = found
        try:
            text = open_item(chat, sealed, MESSAGE, tanda if by == kid else counts)
        except (Refused, suite.CannotOpen):
            continue
        opened[item.item] = text.decode()
    return opened


def seal_renewal(
    *, ticket: str, code: int, new_code: int, team_code: str, gen: int, at: datetime
) -> SealedRenewal:
    """A code in place of another, sealed here: who holds the old one stands for the new.

    `gen`: the generation of the chat that begins. Raises Refused.
    """
    thread = _her_chat(ticket, code)
    inst, day = settings.TEDUH_INSTANCE, str(local_day(at))
    stem = reporter.stretched(new_code, inst, ticket)
    her = reporter.keys(stem, reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))
    chat = make_compartment(Place(inst, ticket, "chat"), gen)
    to = [*queries.readers(team_code, local_day(at)), (her.box_kid, her.box_public)]
    carried = [
        {"d": b64(one.d), "k": b64(one.key), "tanda": b64(tanda)}
        for one, _kid, tanda in thread.chats().values()
    ]
    text = {
        "ticket": ticket,
        "kotak": b64(her.box_public),
        "tanda": b64(her.sign_public),
        "d": [chat.cmp],
        "before": carried[-CARRIED_MOST:],
        **{name: thread.said[name] for name in ("after",) if name in thread.said},
    }
    words = Words(HELLO, 0, "server", day, "pow2-4k", "")
    hello = seal(chat, her.author, words, compact(text))
    body = compact(
        {
            "v": 1,
            "inst": inst,
            "ticket": ticket,
            "gen": gen,
            "before": queries.newest_hello(ticket),
            "hello": b64(suite.sha256(hello.hdr + hello.ct)),
            "day": day,
            "by": thread.her.author.kid,
        }
    )
    statement = SignedStatement(body, sign_statement(thread.her.author.seed, RENEW, body))
    return SealedRenewal(
        reporter.auth_token(stem),
        her.box_public,
        her.sign_public,
        _wrapped(chat, to),
        hello,
        statement,
    )


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


def _as_sealed(item: OpenableItem) -> SealedItem:
    return SealedItem(item.hdr, item.ct, item.sig, header_of(item.hdr))


def _her_chat(ticket: str, code: int) -> Opened:
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


def _wrapped(made: Compartment, to: Sequence[tuple[str, bytes]]) -> SealedCompartment:
    wraps = tuple(SealedWrap(kid, wrap(made, kid, public)) for kid, public in to)
    return SealedCompartment(made.d, wraps, dict(json.loads(made.d)))


def _told(
    opened: Mapping[str, Compartment],
    her: reporter.Reporter,
    answers: Mapping[str, str],
    files: Sequence[File],
    at: datetime,
) -> list[SealedItem]:
    day = str(local_day(at))
    items = [
        seal(
            opened[rules.compartment_of(what)],
            her.author,
            Words(what, 0, "server", day, "pow2-4k"),
            text.encode(),
        )
        for what, text in answers.items()
    ]
    for file in files:
        items += _sealed_file(opened["file"], her, file, day, at)
    return items


def _hello(
    opened: Mapping[str, Compartment], her: reporter.Reporter, ticket: str, day: str
) -> SealedItem:
    text = compact(
        {
            "ticket": ticket,
            "kotak": b64(her.box_public),
            "tanda": b64(her.sign_public),
            "d": [one.cmp for one in opened.values()],
        }
    )
    return seal(opened["chat"], her.author, Words(HELLO, 0, "server", day, "pow2-4k"), text)


def _sealed_file(
    compartment: Compartment, her: reporter.Reporter, file: File, day: str, at: datetime
) -> list[SealedItem]:
    name, kind, content = file
    words = Words(BODY, 0, "server", day, "none")
    body = seal_file(compartment, her.author, words, content)
    card = compact(
        {
            "item": body.item,
            "name": name,
            "type": kind,
            "size": len(content),
            "sha256": b64(suite.sha256(content)),
            "ct_sha256": b64(suite.sha256(body.ct)),
            "at": at.isoformat(timespec="seconds"),
        }
    )
    about = Words(CARD, 0, "server", day, "pow2-4k")
    return [body, seal(compartment, her.author, about, card)]


def _seen(bundle: Bundle) -> str:
    theirs: list[OpenableItem] = [
        item
        for item in bundle.of(MESSAGE)
        if not str(header_of(item.hdr)["by"]).startswith(f"{reporter.NAME}.")
    ]
    return b64(suite.sha256(theirs[-1].hdr + theirs[-1].ct)) if theirs else ""


def _parts(text: str) -> list[bytes]:
    parts, current = [], b""
    for letter in text:
        piece = letter.encode()
        if len(current) + len(piece) > MESSAGE_BYTES:
            parts.append(current)
            current = b""
        current += piece
    return [*parts, current]


def _cookie_key() -> bytes:
    return suite.derive(settings.TEDUH_SERVER_SECRET, b"", "teduh/v1/cookie")
