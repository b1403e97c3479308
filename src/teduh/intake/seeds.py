"""The field of a form from which a code is drawn without script, and the hour it was made.

A page that lies about for days, in a browser's history or among saved pages, gives its code to
nobody who finds it and sends it again (sealing.md 4).
"""

import hmac
import secrets
from datetime import datetime

from django.conf import settings

from teduh.vault import packages

LIFE = 24 * 3600  # seconds a form may be written in; a phone asleep for a night still sends


def draw(ticket: str, at: datetime) -> str:
    """A new one for the form of a ticket."""
    drawn = f"{int(at.timestamp())}.{secrets.token_urlsafe(16)}"
    return f"{drawn}.{_proof(drawn, ticket)}"


def holds(seed: str, ticket: str, at: datetime) -> bool:
    """Whether this server drew it for this ticket, within the last day."""
    drawn, _sep, proof = seed.rpartition(".")
    if not hmac.compare_digest(proof.encode(), _proof(drawn, ticket).encode()):
        return False
    return at.timestamp() - int(drawn.partition(".")[0]) <= LIFE


def _proof(drawn: str, ticket: str) -> str:
    message = f"teduh/v1/benih\0{drawn}\0{ticket}".encode()
    mac = hmac.digest(settings.TEDUH_SERVER_SECRET, message, "sha256")
    return packages.b64(mac[:16])  # 128 bits: the form must stay under its weight
