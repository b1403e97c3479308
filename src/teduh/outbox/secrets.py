"""Addresses on their way: encrypted under a key outside the database."""

import hmac
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from teduh.outbox.rules import Unreadable

NONCE = 12  # bytes
LABEL = b"teduh/v1/outbox"
TWIN = b"teduh/v1/outbox-twin\0"


@cache
def _key(server_secret: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=LABEL).derive(server_secret)
    return AESGCM(derived)


def encrypt(text: str) -> bytes:
    """An address or a link as it is stored."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _key(settings.TEDUH_SERVER_SECRET).encrypt(nonce, text.encode(), LABEL)


def twin_of(channel: str, template: str, address: str) -> bytes:
    """What two messages with the same text to the same address have in common (32 bytes)."""
    told = "\0".join((channel, template, address)).encode()
    return hmac.digest(settings.TEDUH_SERVER_SECRET, TWIN + told, "sha256")


def decrypt(stored: bytes) -> str:
    """The text again; raises Unreadable."""
    key = _key(settings.TEDUH_SERVER_SECRET)
    try:
        return key.decrypt(stored[:NONCE], stored[NONCE:], LABEL).decode()
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable from wrong
