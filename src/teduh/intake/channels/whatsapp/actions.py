"""Keeping what a gateway brings in: sealed before the first write, answered once."""

import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from teduh.intake import actions, queries
from teduh.intake.answers import Answers
from teduh.intake.channels.whatsapp.models import Heard, Talk
from teduh.intake.channels.whatsapp.rules import HEARD, TALK, Letter
from teduh.intake.rules import AddedMeanwhile
from teduh.intake.words import Channel, ContactVia, Door
from teduh.lib.actors import ANONYMOUS
from teduh.lib.codes import new_ticket
from teduh.outbox import actions as outbox
from teduh.outbox import ways
from teduh.outbox.words import Channel as Way
from teduh.outbox.words import Template
from teduh.vault import packages, suite, without_script
from teduh.vault.rules import Refused

STORY, NUMBER = "intake.report.story", "intake.report.contact_how"
PURPOSE = "masuk"
VIA = {"whatsapp": ContactVia.WHATSAPP, "sms": ContactVia.PHONE}


def hear(*, letter: Letter, link: str, at: datetime) -> None:
    """Keep one message, under the ticket of the day where its number has one.

    The first of a day is answered with `link`, the address of the sealed conversation; so is the
    first of two days with a picture, a voice or a file, which says that it was not taken. The same
    name again changes nothing. Raises vault.rules.Refused where there is no key to seal to.
    """
    try:
        _hear(letter, link, at)
    except (IntegrityError, AddedMeanwhile):  # another one of this number at the same moment
        _hear(letter, link, at)


def forget_talks(*, at: datetime) -> int:
    """Erase which number wrote under which ticket a day ago; answers how many."""
    Heard.objects.filter(at__lte=at - HEARD).delete()
    gone, _kinds = Talk.objects.filter(since__lte=at - TALK).delete()
    return gone


def _hear(letter: Letter, link: str, at: datetime) -> None:
    name = _mark(f"id {letter.way}", letter.name)
    if Heard.objects.filter(mark=name).exists():
        return
    mark = _mark(letter.way, letter.sender)
    talk = Talk.objects.going_on(at).select_related("report__ticket").filter(mark=mark).first()
    if talk is None or not _goes_on(talk, letter, name, link, at):
        _begin(letter, name, mark, link, at)


def _goes_on(talk: Talk, letter: Letter, name: bytes, link: str, at: datetime) -> bool:
    """Whether it came under the ticket of the day: not where that was erased meanwhile."""
    kept = without_script.open_cookie(bytes(talk.kept).decode(), PURPOSE, int(TALK.total_seconds()))
    if not kept:
        return False
    number = queries.next_addition(talk.report)
    try:
        package = without_script.seal_addition(
            ticket=talk.report.ticket.number,
            code=int(kept),
            answers={STORY: _words(letter)},
            files=[],
            team_code=talk.report.team_code,
            gen=number,
            at=at,
        )
    except (Refused, suite.CannotOpen):
        return False
    with transaction.atomic():
        Heard.objects.create(mark=name, at=at)
        actions.add(
            report=talk.report,
            answers=Answers(door=Door.ASK),
            package=package,
            number=number,
            token=packages.b64(name[:16]),
            at=at,
        )
        if letter.more:
            _say_what_is_missing(letter, link, at)
    return True


def _begin(letter: Letter, name: bytes, mark: bytes, link: str, at: datetime) -> None:
    ticket, code = new_ticket(), without_script.draw_code(secrets.token_hex(16))
    team = queries.team_for(avoid=False)
    package = without_script.seal_report(
        ticket=ticket,
        code=code,
        answers={STORY: _words(letter), NUMBER: letter.sender},
        files=[],
        team_code=team,
        at=at,
    )
    with transaction.atomic():
        Heard.objects.create(mark=name, at=at)
        report = actions.receive(
            answers=Answers(door=Door.ASK, contact_via=VIA[letter.way]),
            package=package,
            rights_version="",
            flood=False,
            at=at,
            channel=Channel(letter.way),
            sealed_for=team,
        )
        Talk.objects.filter(mark=mark).delete()
        kept = without_script.seal_cookie(str(code), PURPOSE, at).encode()
        Talk.objects.create(mark=mark, report=report, kept=kept, since=at)
        if letter.more:
            _say_what_is_missing(letter, link, at)
        else:
            _answer(letter, Template.HEARD, link, at)


def _say_what_is_missing(letter: Letter, link: str, at: datetime) -> None:
    """Once, however many pictures follow: a mark remembers it, as long as that of a message."""
    mark = _mark(f"more {letter.way}", letter.sender)
    _row, new = Heard.objects.get_or_create(mark=mark, defaults={"at": at})
    if new:
        _answer(letter, Template.HEARD_IN_PART, link, at)


def _answer(letter: Letter, template: Template, link: str, at: datetime) -> None:
    way = Way(letter.way)
    if ways.are_open(way):
        to = letter.sender
        outbox.queue(by=ANONYMOUS, to=to, template=template, channel=way, link=link, at=at)


def _words(letter: Letter) -> str:
    left = _("(Ada gambar, suara, atau berkas yang tidak ikut disimpan.)") if letter.more else ""
    return "\n\n".join(part for part in (letter.text, left) if part)


def _mark(kind: str, told: str) -> bytes:
    """32 bytes that nobody can guess from a number without the server's secret."""
    label = f"teduh/v1/masuk\0{kind}\0{told}".encode()
    return hmac.digest(settings.TEDUH_SERVER_SECRET, label, "sha256")
