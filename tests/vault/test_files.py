"""Files: they arrive in pieces, go on after a break, are cleared when nobody does, and open."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from teduh.audit.models import Row
from teduh.lib import store
from teduh.lib.actors import COMMAND
from teduh.vault import actions, queries, suite
from teduh.vault.envelope import Words, open_file, seal, seal_file
from teduh.vault.models import Envelope, Upload
from teduh.vault.packages import SealedItem, b64, compact
from teduh.vault.rules import BODY, CARD, Refused
from tests.factories.reports import as_field
from tests.vault.reports import (
    AT,
    DAY,
    HER,
    TICKET,
    Office,
    chat_of,
    her,
    keep,
    melati,
    message,
    opened,
    read,
    sealed,
)

pytestmark = pytest.mark.django_db

RESUME = bytes(48)  # opened by her browser only; here any bytes of that length
LONG = bytes(n % 251 for n in range(16 * 65_536 + 5))


def a_file(office: Office) -> tuple[SealedItem, SealedItem]:
    """A file of two pieces and its card, sealed in the browser."""
    compartment = opened(
        queries.office_bundle(TICKET, {"asesmen"}), "file", office.team_seed("asesmen")
    )
    body = seal_file(compartment, her().author, Words(BODY, 0, "browser", DAY, "none"), LONG)
    card = compact({"item": body.item, "ct_sha256": b64(suite.sha256(body.ct))})
    return body, seal(compartment, her().author, Words(CARD, 0, "browser", DAY, "pow2-4k"), card)


def send(body: SealedItem, seq: int, piece: bytes, card: str = "", /, **changed: Any) -> int | None:
    """Send one piece; with a card it is the first."""
    told: dict[str, Any] = {
        "item": body.item, "header": b64(body.hdr), "seq": seq, "body": piece, "card": card,
        "resume": b64(RESUME), "last": False,
    }  # fmt: skip
    asked = {"by": HER, "subject": TICKET, "at": AT}
    asked |= {name: changed.pop(name) for name in tuple(changed) if name in asked}
    return actions.keep_piece(**asked, piece=actions.Piece(**{**told, **changed}))


def test_a_file_arrives_in_pieces_and_opens(office: Office) -> None:
    keep(sealed())
    body, card = a_file(office)
    cut = 16 * (65_536 + 16)
    assert send(body, 1, body.ct[cut:]) == 0
    assert send(body, 0, body.ct[:cut], as_field(card)) is None
    assert queries.file_of(body.item) is None
    assert send(body, 0, body.ct[:cut], as_field(card)) is None
    assert send(body, 2, body.ct[cut:]) == 1
    assert send(body, 1, body.ct[cut:], last=True) is None
    assert send(body, 1, body.ct[cut:], last=True) is None
    file = queries.file_of(body.item)
    assert file is not None
    got = b"".join(store.read_pieces(actions.hand_out_file(by=melati(), file=file, at=AT)))
    compartment = opened(
        queries.office_bundle(TICKET, {"asesmen"}), "file", office.team_seed("asesmen")
    )
    assert open_file(compartment, bytes(file.hdr), got) == LONG
    assert Row.objects.filter(verb="vault.file_read", subject=TICKET).count() == 1


def test_a_piece_that_does_not_belong_is_refused(office: Office) -> None:
    keep(sealed())
    body, card = a_file(office)
    story = seal(chat_of(office), her().author, Words(CARD, 0, "browser", DAY, "pow2-4k"), b"{}")
    small = body.ct[:100]
    for changed in (
        {"subject": "TDH-0000-0000"},
        {"item": "A" * 22},
        {"header": ""},
        {"header": b64(card.hdr)},
        {"body": b""},
        {"body": bytes(17 * 65_552)},
        {"card": ""},
        {"card": "{}"},
        {"card": "[" * 100_000},
        {"card": as_field(story)},
        {"card": as_field(message(chat_of(office), her().author, "browser"))},
        {"resume": b64(bytes(47))},
    ):
        with pytest.raises(Refused), transaction.atomic():
            send(body, 0, small, **{"card": as_field(card), **changed})
    assert queries.count_files(TICKET) == {"whole": 0, "unfinished": 0}


def test_a_piece_that_changed_under_way_is_refused(office: Office) -> None:
    keep(sealed())
    body, card = a_file(office)
    with transaction.atomic():
        send(body, 0, b"satu", as_field(card))
        transaction.set_rollback(True)
    with pytest.raises(Refused, match="piece"), transaction.atomic():
        send(body, 0, b"dua", as_field(card))
    assert send(body, 0, b"satu", as_field(card)) is None


def test_her_browser_hears_what_came_of_a_file_until_it_is_whole(office: Office) -> None:
    keep(sealed())
    body, card = a_file(office)
    cut = 16 * (65_536 + 16)
    send(body, 0, body.ct[:cut], as_field(card))
    told = {"item": body.item, "hdr": b64(body.hdr), "seq": 1, "resume": b64(RESUME)}
    assert queries.unfinished(TICKET) == [told]
    assert queries.unfinished("TDH-0000-0000") == []
    assert queries.count_files(TICKET) == {"whole": 0, "unfinished": 1}
    send(body, 1, body.ct[cut:], last=True)
    assert queries.unfinished(TICKET) == []
    assert queries.count_files(TICKET) == {"whole": 1, "unfinished": 0}
    assert not Upload.objects.exists()


def test_a_file_nobody_goes_on_with_is_cleared_after_a_week(office: Office) -> None:
    keep(sealed(files=[("utuh.txt", "text/plain", b"tetap")]))
    body, card = a_file(office)
    cut = 16 * (65_536 + 16)
    before = set(store.all_keys())
    send(body, 0, body.ct[:cut], as_field(card))
    week = timedelta(days=7)
    assert actions.clear_unfinished(at=AT + week) == 0
    assert actions.clear_unfinished(at=AT + week + timedelta(seconds=1)) == 1
    assert set(store.all_keys()) == before
    assert not Envelope.objects.filter(item__in=(body.item, card.item)).exists()
    assert queries.count_files(TICKET) == {"whole": 1, "unfinished": 0}
    assert Row.objects.filter(verb="vault.file_cleared", subject=TICKET).count() == 1
    assert actions.clear_unfinished(at=AT + 2 * week) == 0
    assert send(body, 1, body.ct[cut:], last=True) == 0  # a browser that comes later begins again
    assert not Envelope.objects.filter(item=body.item).exists()


def test_a_new_piece_gives_a_file_another_week(office: Office) -> None:
    keep(sealed())
    body, card = a_file(office)
    send(body, 0, b"satu", as_field(card))
    later = AT + timedelta(days=6)
    send(body, 1, b"dua", at=later)
    assert actions.clear_unfinished(at=later + timedelta(days=6)) == 0
    assert actions.clear_unfinished(at=later + timedelta(days=8)) == 1


def test_a_file_without_script_may_be_large(office: Office) -> None:
    keep(sealed(files=[("bukti.txt", "text/plain", LONG)]))
    bundle = queries.office_bundle(TICKET, {"asesmen"})
    (found,) = bundle.of(BODY)
    file = queries.file_of(found.item)
    assert file is not None
    assert file.pieces == 2
    card = read(bundle, CARD, office.team_seed("asesmen"), her().keys.sign_public)
    assert '"name":"bukti.txt"' in card


def test_a_file_that_was_on_its_way_ends_with_what_is_forgotten(office: Office) -> None:
    keep(sealed())
    body, card = a_file(office)
    cut = 16 * (65_536 + 16)
    send(body, 0, body.ct[:cut], as_field(card))
    actions.forget(by=COMMAND, subject=TICKET, at=AT)
    with pytest.raises(Refused, match="subject"):
        send(body, 1, body.ct[cut:], last=True)
    assert queries.file_of(body.item) is None
