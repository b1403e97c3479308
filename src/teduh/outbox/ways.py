"""The ways out: SMTP, gateways for telephones; files where this house has neither."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from teduh.outbox import gateway
from teduh.outbox.rules import NotDelivered, NoWay, Refused
from teduh.outbox.words import Channel

TIMEOUT = 10  # seconds an SMTP server may take for a step
FOR_GOOD = 500  # answers of SMTP from here on do not change by waiting


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, opened for the moment in which it leaves. `key` is the same at each try."""

    key: str
    number: int
    channel: Channel
    address: str
    subject: str
    body: str
    queued_at: datetime


def are_open(channel: Channel) -> bool:
    """Whether messages by this way leave the house; in the demo they are files, and that counts."""
    if settings.TEDUH_DEMO:
        return True
    if channel == Channel.EMAIL:
        return bool(settings.TEDUH_SMTP_URL)
    return channel in settings.TEDUH_GATEWAYS


def way_to_phones() -> Channel | None:
    """The way to a telephone on duty: SMS, which needs no data line, before WhatsApp."""
    return next(filter(are_open, (Channel.SMS, Channel.WHATSAPP)), None)


def deliver(letter: Letter, *, at: datetime) -> None:
    """Send one message by the way this house has; raises NotDelivered, Refused, NoWay."""
    way = settings.TEDUH_GATEWAYS.get(letter.channel)
    if way:
        words = {"to": letter.address, "text": letter.body}
        gateway.send(way, way=letter.channel, key=letter.key, at=at, **words)
    elif letter.channel == Channel.EMAIL and settings.TEDUH_SMTP_URL:
        _send(settings.TEDUH_SMTP_URL, letter)
    elif letter.channel == Channel.EMAIL or settings.TEDUH_DEMO:
        _write(letter)
    else:
        raise NoWay


def _send(url: str, letter: Letter) -> None:
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    heads = {"Message-ID": f"<{letter.key}@{sender.rpartition('@')[2]}>"}
    mail = EmailMessage(letter.subject, letter.body, to=[letter.address], headers=heads)
    mail.connection = _smtp(url)
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _text in refused.recipients.values()]
        raise (Refused if min(codes, default=0) >= FOR_GOOD else NotDelivered) from refused
    except (OSError, SMTPException) as closed:
        raise NotDelivered from closed


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


def _write(letter: Letter) -> None:
    """A file whose name is the same at each try."""
    folder = Path(settings.TEDUH_VAR) / "outbox"
    path = folder / f"{letter.queued_at:%Y%m%d-%H%M%S}-{letter.number}.txt"
    text = f"To: {letter.address}\nSubject: {letter.subject}\n\n{letter.body}\n"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError as closed:
        raise NotDelivered from closed
