"""Writes answer.json, an answer of the messages page: `python -m tests.vectors.answer`."""

import json
import random
import sys
from pathlib import Path

from teduh.chat.slots import Content, KeyList, Opening, Slot
from teduh.vault.packages import b64, compact

PLACE = Path(__file__).with_name("answer.json")
SEED = 8


def example() -> str:
    """The example as text: its parts, and the bytes they become."""
    draw = random.Random(SEED)
    opening = Opening(
        r=draw.randbytes(32),
        d=compact({"v": 1, "comp": "chat"}),
        kid=b"pelapor.0a1b2c3d",
        w=draw.randbytes(1168),
        hello_hdr=compact({"what": "chat.thread.hello"}),
        hello_ct=draw.randbytes(4112),
        hello_sig=draw.randbytes(64),
        stage="<p>Diterima – “contoh”</p>".encode(),
    )
    keys = KeyList(
        cert=compact({"v": 1}),
        cert_sig=draw.randbytes(64),
        manifest=compact({"v": 1, "keys": ["x" * 900]}),
        manifest_sig=draw.randbytes(64),
    )
    messages = [
        _message(draw, n, by) for n, by in enumerate(["tanda-a.01020304", "pelapor.0a1b2c3d"])
    ]
    body = Content(opening, messages, keys).filled(draw.randbytes)
    told = {
        "answer": b64(body),
        "opening": {name: b64(getattr(opening, name)) for name in Opening.__slots__},
        "keys": {name: b64(getattr(keys, name)) for name in KeyList.__slots__},
        "messages": [
            {name: b64(getattr(one, name)) for name in Slot.__slots__} for one in messages
        ],
    }
    return json.dumps(told, indent=1) + "\n"


def _message(draw: random.Random, n: int, by: str) -> Slot:
    hdr = compact({"what": "chat.message.text", "seq": n + 1, "by": by, "item": f"item-{n}"})
    key = draw.randbytes(32) if by.startswith("tanda") else b""
    return Slot(hdr, draw.randbytes(1040), draw.randbytes(64), key)


if __name__ == "__main__":
    sys.stdout.write(f"{PLACE.write_text(example(), encoding='utf-8')} characters\n")
