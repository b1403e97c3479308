"""Sealing what was sent without script, before the first write: reports, additions, words, codes."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from teduh.lib.photos import without_traces
from teduh.lib.timing import local_day
from teduh.vault import queries, reporter, rules, suite
from teduh.vault.envelope import (
    Compartment,
    Place,
    Words,
    make_compartment,
    seal,
    seal_file,
    sign_statement,
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
)
from teduh.vault.rules import ADDITION, AS_SENT, BODY, CARD, CLEANED, HELLO, MESSAGE, RENEW
from teduh.vault.without_script.opening import her_thread, newest_seen

MESSAGE_BYTES = 1020  # of one chat item (sealing.md 5)
CARRIED_MOST = 4  # earlier chats under a new code: with more, hello no longer fits 4 KiB
File = tuple[str, str, bytes]  # name, type, body


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
    thread = her_thread(ticket, code)
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
        tuple(wrapped(made, readers) for made in opened.values()),
        (*_told(opened, her, answers, files, at), seal(chat, her.author, words, statement)),
    )


def seal_message(*, ticket: str, code: int, text: str, seq: int, at: datetime) -> list[SealedItem]:
    """A message of the reporter, in as many parts as it needs. Raises Refused."""
    thread = her_thread(ticket, code)
    return _messages(thread.chat, thread.her, text, seq, newest_seen(thread.bundle), at)


def seal_renewal(
    *, ticket: str, code: int, new_code: int, team_code: str, gen: int, at: datetime
) -> SealedRenewal:
    """A code in place of another, sealed here: who holds the old one stands for the new.

    `gen`: the generation of the chat that begins. Raises Refused.
    """
    thread = her_thread(ticket, code)
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
        wrapped(chat, to),
        hello,
        statement,
    )


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
            wrapped(made, [*readers, *own] if comp == "chat" else readers)
            for comp, made in opened.items()
        ),
        (*_told(opened, her, answers, files, at), hello),
        "server",
    )
    return package, her, opened["chat"]


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


def wrapped(made: Compartment, to: Sequence[tuple[str, bytes]]) -> SealedCompartment:
    """A compartment as it is sent: its key sealed to each of these, by kid and public key."""
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
    """A file with its card; of a photo the copy without camera data before it, with a card too."""
    name, kind, content = file
    bare = without_traces(content)
    copy = _body_and_card(compartment, her, (name, kind, bare), day, at, CLEANED) if bare else []
    named = {"copy": copy[0].item} if copy else {}
    return [*copy, *_body_and_card(compartment, her, file, day, at, AS_SENT, **named)]


def _body_and_card(
    compartment: Compartment,
    her: reporter.Reporter,
    file: File,
    day: str,
    at: datetime,
    seq: int,
    **named: str,
) -> list[SealedItem]:
    name, kind, content = file
    words = Words(BODY, seq, "server", day, "none")
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
            **named,
        }
    )
    about = Words(CARD, 0, "server", day, "pow2-4k")
    return [body, seal(compartment, her.author, about, card)]


def _parts(text: str) -> list[bytes]:
    parts, current = [], b""
    for letter in text:
        piece = letter.encode()
        if len(current) + len(piece) > MESSAGE_BYTES:
            parts.append(current)
            current = b""
        current += piece
    return [*parts, current]
