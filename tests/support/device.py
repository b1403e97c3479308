"""A device that makes passkeys and shows them, for tests without a browser."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40  # flags of WebAuthn 6.1
ANY_MODEL = bytes(16)


def sha256(data: bytes) -> bytes:
    """The hash of these bytes."""
    digest = Hash(SHA256())
    digest.update(data)
    return digest.finalize()


@dataclass
class Device:
    """Keys by credential id; `origin` is the page it believes to be on."""

    origin: str = "https://testserver"
    keys: dict[bytes, ec.EllipticCurvePrivateKey] = field(default_factory=dict)

    def make(self, asked: dict[str, Any]) -> str:
        """What `navigator.credentials.create` answers, as the page sends it."""
        public = asked["publicKey"]
        number, key = secrets.token_bytes(16), ec.generate_private_key(ec.SECP256R1())
        self.keys[number] = key
        about = AttestedCredentialData.create(
            ANY_MODEL, number, ES256.from_cryptography_key(key.public_key())
        )
        data = AuthenticatorData.create(
            sha256(public["rp"]["id"].encode()), PRESENT | VERIFIED | MADE, 0, about
        )
        told = {
            "clientDataJSON": self._client(CollectedClientData.TYPE.CREATE, public["challenge"]),
            "attestationObject": AttestationObject.create("none", data, {}),
        }
        return self._spelled(number, told)

    def show(self, asked: dict[str, Any]) -> str:
        """What `navigator.credentials.get` answers with the first key that is allowed."""
        public = asked["publicKey"]
        allowed = [websafe_decode(one["id"]) for one in public["allowCredentials"]]
        number = next((one for one in allowed if one in self.keys), next(iter(self.keys)))
        data = AuthenticatorData.create(sha256(public["rpId"].encode()), PRESENT | VERIFIED, 1)
        client = self._client(CollectedClientData.TYPE.GET, public["challenge"])
        signed = self.keys[number].sign(data + sha256(client), ec.ECDSA(SHA256()))
        told = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        return self._spelled(number, told)

    def _client(self, kind: CollectedClientData.TYPE, challenge: str) -> bytes:
        return CollectedClientData.create(kind, websafe_decode(challenge), self.origin)

    def _spelled(self, number: bytes, told: dict[str, bytes]) -> str:
        name = websafe_encode(number)
        response = {part: websafe_encode(value) for part, value in told.items()}
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
