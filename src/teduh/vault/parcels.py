"""Parcels of the field page: what waits on a phone is locked once more, as a whole, to this server.

Inside lies a sealed report, whose words only its team opens, beside the coded facts the server may
know. Whoever takes the phone away sees neither, not even how long they are (decisions/0036).
"""

import json
from typing import Any

from django.conf import settings

from teduh.vault import suite
from teduh.vault.packages import WRONG_SHAPE, b64, compact, unb64
from teduh.vault.rules import Refused

STEP = 16 * 1024  # bytes: a parcel is as long as a whole number of these
LEAST = 3 * STEP  # of them at least, so that a few words more or less never show
MOST = 4 * 1024 * 1024  # of one parcel as it travels
LABEL = "teduh/v1/titipan"


def public() -> str:
    """The key parcels are locked to, for the supplies of the field page."""
    return b64(suite.box_public(_seed()))


def seal(told: dict[str, Any], key: bytes, inst: str) -> bytes:
    """A parcel as the field page makes it; the server itself has no use for one."""
    return suite.box_seal(key, _info(inst), padded(told))


def padded(told: dict[str, Any]) -> bytes:
    """Length, text, zeros to a whole number of steps."""
    plain = compact(told)
    size = max(LEAST, -(-(4 + len(plain)) // STEP) * STEP)
    return (len(plain).to_bytes(4, "big") + plain).ljust(size, b"\0")


def open_parcel(text: str) -> dict[str, Any]:
    """What lies in a parcel. Raises Refused."""
    if len(text) > MOST:
        raise Refused("size")
    return open_with(_seed(), unb64(text), settings.TEDUH_INSTANCE)


def open_with(seed: bytes, parcel: bytes, inst: str) -> dict[str, Any]:
    """The same under a key's own seed. Raises Refused."""
    try:
        plain = suite.box_open(seed, _info(inst), parcel)
        told = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")])
        if told["v"] != 1:
            raise Refused("parcel")
    except (suite.CannotOpen, *WRONG_SHAPE) as error:
        raise Refused("parcel") from error
    return dict(told)


def _seed() -> bytes:
    return suite.derive(settings.TEDUH_SERVER_SECRET, b"", LABEL)


def _info(inst: str) -> bytes:
    return f"{LABEL}\0{inst}".encode()
