"""Writes field.json: `python -m tests.vectors.field`, only when a format of the field changes.

A helper's card and what it signs, and a parcel before it is locked; all of it comes out the same.
"""

import json
import sys
from pathlib import Path
from typing import Any

from teduh.vault import helpercards, parcels, suite
from teduh.vault.envelope import sign_statement
from teduh.vault.packages import b64, unb64
from tests.vectors.make import INST, TICKET, fixed, signer

PLACE = Path(__file__).with_name("field.json")
NUMBER, SECRET, PIN = "7K2M9QXR", "ABCDEFGHJKMNPQRSTVWXYZ0123", "048213"
TOLD = {
    "v": 1,
    "ticket": TICKET,
    "r": "contoh",
    "level": "red",
    "area": "21.72.01.1001",
    "reach": True,
    "sealed": '{"v":1,"kata":"é"}',
    "number": NUMBER,
    "sig": "contoh",
}


def card() -> dict[str, str]:
    """A card with its PIN, how it may be typed, and its signature for a ticket."""
    seed = helpercards.seed_of(INST, NUMBER, SECRET, PIN)
    tanda = unb64(signer("pelapor")["public"])
    body = helpercards.statement(INST, NUMBER, TICKET, tanda)
    return {
        "inst": INST,
        "typed": "7k2m 9qxr abcd efgh jkmn pqrs tvwx yzO1 23",
        "number": NUMBER,
        "secret": SECRET,
        "pin": PIN,
        "seed": b64(seed),
        "public": b64(suite.sign_public(seed)),
        "ticket": TICKET,
        "tanda": b64(tanda),
        "body": b64(body),
        "sig": b64(sign_statement(seed, helpercards.LABEL, body)),
    }


def parcel() -> dict[str, Any]:
    """What is locked in a parcel, padded."""
    padded = parcels.padded(TOLD)
    hashed = b64(suite.sha256(padded))
    return {
        "inst": INST,
        "seed": b64(fixed("box titipan")),
        "public": b64(suite.box_public(fixed("box titipan"))),
        "told": TOLD,
        "bytes": len(padded),
        "sha256": hashed,
    }


def everything() -> dict[str, Any]:
    """The whole file."""
    return {"card": card(), "parcel": parcel()}


if __name__ == "__main__":
    text = json.dumps(everything(), indent=1, ensure_ascii=False)
    PLACE.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{PLACE}: {len(text)} characters\n")
