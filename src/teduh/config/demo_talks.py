"""Conversations of the demo that go on: one waits for an answer, one has a photo in it."""

import struct
import tomllib
import zlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from teduh.access.models import Member
from teduh.chat import actions as chat
from teduh.chat.queries import next_seq
from teduh.chat.words import Side
from teduh.config.demo_reports import TEAM, ask
from teduh.intake import actions as intake
from teduh.intake.models import Report
from teduh.intake.queries import addressed
from teduh.vault import demo as keys
from teduh.vault import without_script
from teduh.vault.packages import SealedAddition

TALKS = Path(__file__).parents[1] / "intake" / "data" / "demo_talks.toml"
COUNSELLOR = "melati"
CITY = 50  # reports; an office with fewer is no city, and has no conversations either
WIDE, HIGH, GROUND = 640, 420, 290  # pixels of the photo, and where its ground begins
SKY, GRASS = (250, 244, 232), (178, 201, 172)
Talk = dict[str, Any]


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, and only in a whole city."""
    talks = tomllib.loads(TALKS.read_text(encoding="utf-8"))["talks"]
    known = Report.objects.filter(ticket__number__in=[one["ticket"] for one in talks])
    if Report.objects.get_queryset().count() < CITY or known.exists():
        return
    for talk in talks:
        _talk(talk, at)


def photo() -> bytes:
    """A picture that shows an evening sky over a field, PNG."""
    row = {True: bytes(SKY) * WIDE, False: bytes(GRASS) * WIDE}
    rows = b"".join(b"\0" + row[number < GROUND] for number in range(HIGH))
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def _talk(talk: Talk, at: datetime) -> None:
    first, *later = talk["lines"]
    code = int(talk["code"])
    began = at - timedelta(minutes=first["ago"])
    report = ask(
        ticket=talk["ticket"], code=code, text=first["text"], danger=talk["danger"], at=began
    )
    for line in later:
        then = at - timedelta(minutes=line["ago"])
        if line["by"] == "office":
            _answer(report, line["text"], then)
        else:
            _write(report, code, line, then)


def _answer(report: Report, text: str, at: datetime) -> None:
    by = Member.objects.get_queryset().get(code=COUNSELLOR)
    if report.handler is None:
        intake.take_chat(by=by, report=report, at=at)
        report.refresh_from_db()
    number = report.ticket.number
    seq = next_seq(number, Side.OFFICE)
    item = keys.seal_answer(ticket=number, team=TEAM, member=by.code, text=text, seq=seq, at=at)
    chat.answer(by=by, ticket=report.ticket, items=[item], at=at)
    intake.note_read(by=by, report=Report.objects.get(pk=report.pk))


def _write(report: Report, code: int, line: Talk, at: datetime) -> None:
    number = report.ticket.number
    seq = next_seq(number, Side.REPORTER)
    items = without_script.seal_message(ticket=number, code=code, text=line["text"], seq=seq, at=at)
    attached = _attached(report, code, line["photo"], at) if "photo" in line else None
    intake.write_back(ticket=report.ticket, items=items, at=at, attached=attached)


def _attached(report: Report, code: int, name: str, at: datetime) -> SealedAddition:
    gen, team = addressed(report.ticket)
    return without_script.seal_addition(
        ticket=report.ticket.number,
        code=code,
        answers={},
        files=[(name, "image/png", photo())],
        team_code=team,
        gen=gen,
        at=at,
    )
