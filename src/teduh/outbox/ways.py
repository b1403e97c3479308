"""The ways out: files in the embedded house, SMTP in production."""

from datetime import datetime
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

TIMEOUT = 20  # seconds an SMTP server may take


class NotDelivered(Exception):
    """The way out is closed for now."""


def deliver(*, number: int, address: str, subject: str, body: str, at: datetime) -> None:
    """Send one message by the way this house has; raises NotDelivered."""
    url = settings.TEDUH_SMTP_URL
    try:
        if url:
            _send(url, address, subject, body)
        else:
            _write(number, address, subject, body, at)
    except (OSError, SMTPException) as closed:
        raise NotDelivered from closed


def _send(url: str, address: str, subject: str, body: str) -> None:
    mail = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    mail.connection = _smtp(url)
    mail.send()


def _smtp(url: str) -> BaseEmailBackend:
    parts = urlsplit(url)
    connection: BaseEmailBackend = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or 587,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp+tls",
        timeout=TIMEOUT,
    )
    return connection


def _write(number: int, address: str, subject: str, body: str, at: datetime) -> None:
    folder = Path(settings.TEDUH_VAR) / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{at:%Y%m%d-%H%M%S}-{number}.txt"
    path.touch(mode=0o600)
    path.write_text(f"To: {address}\nSubject: {subject}\n\n{body}\n", encoding="utf-8")
