"""The one suite (sealing.md 2). The only file of the project that calls a cipher for stories.

HPKE base mode (RFC 9180) with X-Wing, HKDF-SHA256, AES-256-GCM; AES-256-GCM for content;
Ed25519 (RFC 8032); PBKDF2-HMAC-SHA256 for the code; Argon2id (RFC 9106) for the phrase.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

SEED = 32  # bytes of every seed and every compartment key
NONCE = 12  # bytes
MLKEM_PUBLIC = 1184  # bytes; the X25519 public key follows
PBKDF2_ROUNDS = 20_000  # sealing.md 4: the code is random, more rounds would buy nothing
ARGON_MIB, ARGON_PASSES, ARGON_LANES = 64, 3, 1  # sealing.md 3
_HPKE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CannotOpen(Exception):
    """The key, the context or the bytes do not fit. Says nothing more."""


def random_bytes(size: int) -> bytes:
    """`size` bytes nobody can guess."""
    return secrets.token_bytes(size)


def sha256(raw: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(raw).digest()


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.new(key, message, hashlib.sha256).digest()


def same(one: bytes, other: bytes) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one, other)


def derive(key: bytes, salt: bytes, label: str) -> bytes:
    """HKDF-SHA256 (RFC 5869) of `key`, 32 bytes, bound to `label`."""
    return HKDF(hashes.SHA256(), 32, salt or None, label.encode()).derive(key)


def stretch(code: bytes, salt: bytes) -> bytes:
    """PBKDF2-HMAC-SHA256 with 20,000 rounds, 32 bytes."""
    return PBKDF2HMAC(hashes.SHA256(), 32, salt, PBKDF2_ROUNDS).derive(code)


def stretch_phrase(phrase: str, salt: bytes) -> bytes:
    """Argon2id of a sealing phrase: 64 MiB, 3 passes, 1 lane, 32 bytes."""
    plain = " ".join(phrase.lower().split()).encode()
    return hash_secret_raw(plain, salt, ARGON_PASSES, ARGON_MIB * 1024, ARGON_LANES, 32, Type.ID)


def encrypt(key: bytes, nonce: bytes, plain: bytes, context: bytes) -> bytes:
    """AES-256-GCM; the 16-byte tag follows the ciphertext."""
    return AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
    """The plaintext. Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, context)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def enclose(key: bytes, plain: bytes, context: bytes) -> bytes:
    """AES-256-GCM under a fresh random nonce, which goes first."""
    nonce = random_bytes(NONCE)
    return nonce + encrypt(key, nonce, plain, context)


def disclose(key: bytes, stored: bytes, context: bytes) -> bytes:
    """The opposite of enclose. Raises CannotOpen."""
    return decrypt(key, stored[:NONCE], stored[NONCE:], context)


def box_public(seed: bytes) -> bytes:
    """The X-Wing public key of a seed: 1,216 bytes."""
    private = _box(seed)
    return _mlkem(private[0]).public_key().public_bytes_raw() + (
        X25519PrivateKey.from_private_bytes(private[1]).public_key().public_bytes_raw()
    )


def box_seal(public: bytes, info: bytes, plain: bytes) -> bytes:
    """HPKE to a public key: 1,120 bytes of encapsulation, then the ciphertext."""
    return _HPKE.encrypt(plain, _box_key(public), info)


def box_open(seed: bytes, info: bytes, sealed: bytes) -> bytes:
    """The plaintext of box_seal. Raises CannotOpen."""
    mlkem, x25519 = _box(seed)
    key = MLKEM768X25519PrivateKey(_mlkem(mlkem), X25519PrivateKey.from_private_bytes(x25519))
    try:
        return _HPKE.decrypt(sealed, key, info)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def sign_public(seed: bytes) -> bytes:
    """The Ed25519 public key of a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """An Ed25519 signature, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that key's over that message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _box_key(public: bytes) -> MLKEM768X25519PublicKey:
    """A report is sealed to the same few keys again and again: each is read once."""
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC:]),
    )


def _box(seed: bytes) -> tuple[bytes, bytes]:
    wide = hashlib.shake_256(seed).digest(96)  # X-Wing: 64 for ML-KEM-768, 32 for X25519
    return wide[:64], wide[64:]


def _mlkem(seed: bytes) -> MLKEM768PrivateKey:
    return MLKEM768PrivateKey.from_seed_bytes(seed)
