"""Ciphers of this room: second factors, sessions, telephones on call. Keys lie outside the database."""

import base64
import json
import secrets
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes
SEED = b"teduh/v1/totp"
SESSION = b"teduh/v1/sesi"
ON_CALL = b"teduh/v1/piket"


class Unreadable(Exception):
    """What is stored was made under another server secret, or was changed."""


def encrypt_seed(text: str) -> str:
    """A seed of the second factor as it is stored."""
    return base64.urlsafe_b64encode(_seal(SEED, text.encode())).decode()


def decrypt_seed(stored: str) -> str:
    """The seed again; raises Unreadable."""
    return _open(SEED, base64.urlsafe_b64decode(stored.encode())).decode()


def encrypt_phone(number: str) -> bytes:
    """A team's telephone as it is stored."""
    return _seal(ON_CALL, number.encode())


def decrypt_phone(stored: bytes) -> str:
    """The number again; raises Unreadable."""
    return _open(ON_CALL, stored).decode()


class SealedSessions:
    """Sessions as JSON, encrypted: a copy of the database shows nobody's."""

    def dumps(self, obj: Any) -> bytes:
        """The stored form of a session."""
        return _seal(SESSION, json.dumps(obj, separators=(",", ":")).encode())

    def loads(self, data: bytes) -> Any:
        """The session again; an unreadable one is an empty one."""
        try:
            return json.loads(_open(SESSION, data))
        except Unreadable:
            return {}


@cache
def _key(label: bytes, server_secret: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(server_secret)
    return AESGCM(derived)


def _seal(label: bytes, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + _key(label, settings.TEDUH_SERVER_SECRET).encrypt(nonce, plain, label)


def _open(label: bytes, stored: bytes) -> bytes:
    key = _key(label, settings.TEDUH_SERVER_SECRET)
    try:
        return key.decrypt(stored[:NONCE], stored[NONCE:], label)
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable from wrong
