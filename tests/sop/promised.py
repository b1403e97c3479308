"""Promises of a report as the tests make them, and what they told."""

from datetime import UTC, datetime

from teduh.audit.models import Row
from teduh.lib.actors import ANONYMOUS
from teduh.outbox.models import Message
from teduh.outbox.secrets import decrypt
from teduh.sop import actions
from teduh.sop.models import Promise

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TICKET, CASE = "TDH-7K2M-9QXR", "KSS-7K2M-9QXR"


def start(band: str = "high", at: datetime = AT) -> list[Promise]:
    return actions.start(
        by=ANONYMOUS,
        event="report.received",
        subject=TICKET,
        team_code="asesmen",
        band=band,
        at=at,
    )


def told() -> list[tuple[str, str]]:
    """Every message that waits: its text and to whom."""
    return [(row.template, decrypt(bytes(row.address))) for row in Message.objects.order_by("id")]


def verbs() -> list[str]:
    return [row.verb for row in Row.objects.filter(verb__startswith="promise.").order_by("number")]
