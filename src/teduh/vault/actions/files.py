"""Files: in pieces, taken up again after a break, cleared when nobody does; and whole, from the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from teduh.audit.actions import record
from teduh.lib import store
from teduh.lib.actors import CLOCK, Actor
from teduh.vault import checks, queries, rules
from teduh.vault.actions import arriving
from teduh.vault.actions.keeping import keep_item, put_once, whole_file
from teduh.vault.models import Compartment, Envelope, Upload
from teduh.vault.packages import SealedFile, header_of, read_item, unb64
from teduh.vault.rules import Refused


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a file as it travels; card and way back come with the first."""

    item: str
    header: str
    seq: int
    body: bytes
    last: bool
    card: str = ""
    resume: str = ""


@transaction.atomic
def keep_piece(*, by: Actor, subject: str, piece: Piece, at: datetime) -> int | None:
    """Keep one piece of a file under a ticket.

    Returns None when kept (or kept before), else the number of the piece expected. Raises Refused.
    """
    hdr = unb64(piece.header)
    said = header_of(hdr)
    row = queries.compartment_named(subject, "file", said["cmp"])
    if row is None or (said["item"], said["what"], said["cmp"]) != (
        piece.item,
        rules.BODY,
        row.cmp,
    ):
        raise Refused("place")
    if not row.wraps.exists():
        raise Refused("subject")  # forgotten: nobody in the office could read it
    if not _is_piece(piece, said):
        raise Refused("piece")
    file = _begun(row, piece.item, hdr)
    if file is None:
        if piece.seq:
            return 0
        file = _begin(by, row, piece, hdr, at)
    if piece.seq < file.pieces:
        return None
    if piece.seq > file.pieces or file.whole:
        return file.pieces
    _append(file, piece, at)
    return None


@transaction.atomic
def keep_sent(*, by: Actor, subject: str, file: SealedFile, message: int, at: datetime) -> None:
    """Keep a file that the office sends with its message of this number, beside it in the chat.

    Raises Refused, and store.NoRoom: then nothing of it stands, and the clock clears its pieces.
    """
    card, body = file.card, file.body
    if (card.what, body.what) != (rules.SENT_CARD, rules.SENT):
        raise Refused("place")
    if {card.seq, body.seq} != {message} or body.said["by"] != card.said["by"]:
        raise Refused("author")
    if not 0 < len(body.ct) <= rules.SENT_MOST:
        raise Refused("size")
    keep_item(by=by, subject=subject, comp="chat", item=card, at=at)
    checks.item(body, kind=by.kind, comp="chat", cmp=str(card.said["cmp"]))
    row = queries.compartment_named(subject, "chat", str(card.said["cmp"]))
    if row is None or Envelope.objects.filter(item=body.item).exists():
        raise Refused("again")
    arriving.note([body.item], at=at)
    whole_file(row, body).save(force_insert=True)
    record(by=by, verb="vault.file_sent", subject=subject, at=at)


def clear_unfinished(*, at: datetime) -> int:
    """Remove files of which no piece came for a week, with their cards; answers how many.

    The bodies go first: after a crash in between the next beat finds the rows and does it again.
    """
    old = at - timedelta(days=rules.UNFINISHED_DAYS)
    late = list(Upload.objects.filter(at__lt=old).order_by("id").values_list("file_id", flat=True))
    for pk in late:
        _clear(pk, at)
    return len(late)


@transaction.atomic
def _clear(pk: int, at: datetime) -> None:
    file = Envelope.objects.select_for_update().get(pk=pk)
    for number in range(file.pieces + 1):  # one more: its row may have been rolled back
        store.delete(store.piece_key(file.item, number))
    subject = file.compartment.subject
    Envelope.objects.filter(card_of__file=file).delete()
    file.delete()
    record(by=CLOCK, verb="vault.file_cleared", subject=subject, at=at)


def _is_piece(piece: Piece, said: Mapping[str, object]) -> bool:
    known = said["seq"] in {rules.AS_SENT, rules.CLEANED} and said["pad"] == "none"
    return known and 0 < len(piece.body) <= rules.PIECE_MOST


def _begun(row: Compartment, item: str, hdr: bytes) -> Envelope | None:
    file = Envelope.objects.select_for_update().filter(item=item).first()
    if file and (file.compartment_id != row.pk or bytes(file.hdr) != hdr):
        raise Refused("place")
    return file


def _begin(by: Actor, row: Compartment, piece: Piece, hdr: bytes, at: datetime) -> Envelope:
    """The rows of a new file: body, card, and the way back to it."""
    card, resume = read_item(piece.card), unb64(piece.resume)
    if card.what != rules.CARD or len(resume) not in {0, rules.RESUME}:
        raise Refused("card")
    keep_item(by=by, subject=row.subject, comp="file", item=card, at=at)
    seq = header_of(hdr)["seq"]
    file = Envelope.objects.create(
        compartment=row, item=piece.item, what=rules.BODY, seq=seq, hdr=hdr, whole=False
    )
    arriving.note([piece.item], at=at)
    about = Envelope.objects.get(item=card.item)
    Upload.objects.create(file=file, card=about, resume=resume, at=at)
    return file


def _append(file: Envelope, piece: Piece, at: datetime) -> None:
    if file.size + len(piece.body) > rules.FILE_MOST:
        raise Refused("size")
    put_once(store.piece_key(piece.item, piece.seq), piece.body)
    file.pieces, file.size, file.whole = piece.seq + 1, file.size + len(piece.body), piece.last
    file.save(update_fields=["pieces", "size", "whole"])
    upload = Upload.objects.get(file=file)
    if not file.whole:
        upload.at = at
        upload.save(update_fields=["at"])
        return
    if upload.card is None:  # begun under the release before: nobody vouches for it
        raise Refused("card")
    upload.delete()  # nothing leads back to a file that is here
