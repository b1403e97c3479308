"""What a gateway brings in (docs/adapters.md): whether it is genuine, and how it is read."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from teduh.outbox.gateway import signature
from teduh.outbox.rules import WrongAddress, phone_number

LEEWAY = 300  # seconds between the gateway's clock and ours (docs/adapters.md)
TALK = timedelta(hours=24)  # so long what one number writes comes under one ticket (decision 38)
HEARD = timedelta(hours=48)  # so long a message that comes again is known
ID_MOST = 200  # characters of the name a gateway gives a message
TEXT_MOST = 60_000  # characters; fits the largest padded item with room for JSON
WAYS = ("whatsapp", "sms")


class Unreadable(Exception):
    """Nothing of this protocol."""


class Never(Exception):
    """A message that can never be kept; the text is its name."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. `more`: a picture, a voice or a file came with it and was not taken along."""

    name: str
    way: str
    sender: str
    text: str
    more: bool


def is_genuine(key: bytes, heads: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """Whether the gateway that shares `key` with us signed this, within the last minutes."""
    moment = heads.get("Teduh-Time", "")
    if not (moment.isascii() and moment.isdigit() and len(moment) < 12):
        return False
    told = heads.get("Teduh-Signature", "").encode()
    if not hmac.compare_digest(told, signature(key, moment, body).encode()):
        return False
    return abs(at.timestamp() - int(moment)) <= LEEWAY


def read(body: bytes) -> Letter:
    """The message of a genuine body. Raises Unreadable, Never."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    name = told.get("id") if isinstance(told, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= ID_MOST or whole(name) != name:
        raise Unreadable
    way, sender, text = (told.get(one) for one in ("way", "from", "text"))
    more = told.get("more", False)
    if told.get("v") != 1 or way not in WAYS or not isinstance(more, bool):
        raise Never(name)
    if not isinstance(text, str) or len(text) > TEXT_MOST or not (text.strip() or more):
        raise Never(name)
    return Letter(name, way, _number(name, sender), whole(text).strip(), more)


def whole(text: str) -> str:
    """A text with a question mark for each half sign, such as an SMS that is cut leaves of a face.

    JSON can tell such a half, UTF-8 cannot: it could never be sealed.
    """
    return text.encode(errors="replace").decode()


def _number(name: str, sender: object) -> str:
    if not isinstance(sender, str):
        raise Never(name)
    try:
        return phone_number(sender)
    except WrongAddress as error:
        raise Never(name) from error
