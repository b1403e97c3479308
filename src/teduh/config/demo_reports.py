"""Fictional reports in the shape of a city's year, sealed with the demo's open secrets."""

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.chat import actions as chat
from teduh.directory import queries as places
from teduh.intake import actions as intake
from teduh.intake.answers import Answers
from teduh.intake.models import Report
from teduh.intake.texts import rights_version
from teduh.intake.words import Channel, State
from teduh.lib.codes import CROCKFORD
from teduh.sop import actions as sop
from teduh.vault import actions as vault
from teduh.vault import demo as keys
from teduh.vault import without_script

REPORTS = 198  # 14 months at 170 a year (volumes.md 6.4)
MONTHS = 14
NEWEST_DAYS = 5  # the newest reports wait for an officer
TEAM = "asesmen"
OFFICERS = ("melati", "dahlia", "kenanga")
STORIES = Path(__file__).parents[1] / "intake" / "data" / "demo_stories.toml"
PICTURE = (  # a grey square of one pixel, PNG: evidence that shows nothing
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc\xa8\x07\0\0\x81\0\x80[\xbd\xd6\xea\0\0\0\0IEND\xaeB`\x82"
)

# Shares of SIMFONI 2024 (volumes.md 6.3), read 11 January 2025.
KINDS = (
    ("sexual", 14465),
    ("physical", 11373),
    ("psychological", 9799),
    ("neglect", 2588),
    ("online", 1800),
    ("bullying", 900),
    ("trafficking", 471),
    ("exploitation", 386),
)
PLACES = (
    ("home_victim", 20681),
    ("public", 3481),
    ("school", 2520),
    ("work", 455),
    ("online", 3000),
    ("boarding", 2000),
    ("other", 2322),
    ("course", 102),
)
AGES = (
    ("0-5", 2466),
    ("6-12", 7016),
    ("13-17", 12170),
    ("18-24", 3999),
    ("25-44", 7292),
    ("45-59", 1454),
    ("60+", 164),
)
RELATIONS = (
    ("partner", 5464),
    ("spouse", 4767),
    ("stranger", 3560),
    ("parent", 3434),
    ("unknown", 2838),
    ("neighbour", 2256),
    ("relative", 1640),
    ("teacher", 878),
    ("coworker", 196),
    ("employer", 130),
)
STATES = (
    (State.TAKEN, 30),
    (State.ASKED, 12),
    (State.PASSED, 8),
    (State.GUIDED, 10),
    (State.DUPLICATE, 3),
)

Story = dict[str, Any]
Written = dict[str, str]  # what -> text


def seed(count: int, at: datetime) -> None:
    """Make `count` reports over the last 14 months, the same ones every time; more when called again."""
    before = Report.objects.get_queryset().count()
    dice = random.Random(2172 + before)  # noqa: S311  the same demo everywhere, nothing secret
    told = tomllib.loads(STORIES.read_text(encoding="utf-8"))
    stories, replies = told["stories"], told["replies"]
    kelurahan = places.kelurahan(settings.TEDUH_AREA)
    areas, people = [one.code for one in kelurahan], [one.population or 1 for one in kelurahan]
    first = at - timedelta(days=30 * MONTHS)
    for number in range(count):
        moment = first + (at - first) * ((number + dice.random()) / count)
        story = _fitting(dice, stories)
        written = _written(dice, story)
        with transaction.atomic():
            report = _receive(dice, story, written, dice.choices(areas, people)[0], moment)
            _follow(dice, report, written, replies, moment, at)


def _fitting(dice: random.Random, stories: list[Story]) -> Story:
    kind = _pick(dice, KINDS)
    return dice.choice([story for story in stories if story["kind"] == kind] or stories)


def _receive(
    dice: random.Random, story: Story, written: Written, area: str, at: datetime
) -> Report:
    ticket = "TDH-" + "-".join("".join(dice.choices(CROCKFORD, k=4)) for _ in range(2))
    code, files = dice.getrandbits(63), _evidence(dice)
    answers = _answers(dice, story, _way(dice, written), area)
    if answers.door == "ask":
        return ask(ticket=ticket, code=code, text=story["story"], danger=answers.danger, at=at)
    package = without_script.seal_report(
        ticket=ticket, code=code, answers=written, files=files, team_code=TEAM, at=at
    )
    return intake.receive(
        answers=answers, package=package, rights_version=rights_version(), flood=False, at=at
    )


def ask(*, ticket: str, code: int, text: str, danger: str, at: datetime) -> Report:
    """A question that begins a conversation."""
    package, words = without_script.seal_question(
        ticket=ticket, code=code, text=text, team_code=TEAM, at=at
    )
    return intake.receive(
        answers=Answers(door="ask", danger=danger),
        package=package,
        words=words,
        channel=Channel.CHAT,
        rights_version=rights_version(),
        flood=False,
        at=at,
    )


def _written(dice: random.Random, story: Story) -> Written:
    written = {"intake.report.story": story["story"]}
    if dice.random() < 0.4:  # four in ten leave a way to reach them
        for what, key in (
            ("name", "name"),
            ("contact_how", "contact"),
            ("contact_when", "when"),
            ("contact_words", "words"),
            ("hopes", "hopes"),
        ):
            if story.get(key):
                written[f"intake.report.{what}"] = story[key]
    return written


def _evidence(dice: random.Random) -> list[without_script.File]:
    if dice.random() > 0.2:  # one in five has something to show
        return []
    if dice.random() < 0.5:
        return [("contoh-gambar.png", "image/png", PICTURE)]
    return [("contoh-catatan.txt", "text/plain", b"Contoh catatan: tanggal dan jam saja.")]


def _way(dice: random.Random, written: Written) -> str:
    """How somebody may be reached: only who wrote another way than the ticket may be called."""
    if "tiket" in written.get("intake.report.contact_how", "tiket"):
        return dice.choice(("ticket", "ticket", "none", ""))
    return dice.choice(("phone", "whatsapp"))


def _answers(dice: random.Random, story: Story, contact_via: str, area: str) -> Answers:
    door = story.get("door", "self")
    ages = tuple(share for share in AGES if share[0] in story.get("ages", ())) or AGES
    asks = door == "ask"  # a question tells no facts
    return Answers(
        door=door,
        danger=dice.choices(("safe", "unsafe", "unsure", ""), (5, 2, 2, 1))[0],
        sex=dice.choices(("P", "L"), (80, 20))[0],  # victims of 2024: 27,666 of 34,561
        age_band="" if asks else _pick(dice, ages),
        relation="" if asks else story.get("relation") or _pick(dice, RELATIONS),
        place="" if asks else story.get("place") or _pick(dice, PLACES),
        area_code=area,
        event_when=dice.choice(("day", "week", "month", "year", "longer", "")),
        contact_via=contact_via,
        officer_sex=dice.choice(("", "", "any", "female")),
        several={
            "kinds": (story["kind"],),
            "needs": (dice.choice(("counselling", "legal", "medical", "talk")),),
        },
    )


def _follow(
    dice: random.Random,
    report: Report,
    written: Written,
    replies: list[Story],
    at: datetime,
    now: datetime,
) -> None:
    if (now - at).days < NEWEST_DAYS:
        return
    officer = Member.objects.get_queryset().get(code=dice.choice(OFFICERS))
    later = at + timedelta(hours=dice.randint(1, 20))
    sop.tick(at=later)  # what was promised sooner was missed
    intake.move(by=officer, report=report, to=State.TAKEN, at=later)
    _list(report, officer, written, later)
    _answer(dice, report, officer, replies, later)
    _settle(dice, report, officer, later + timedelta(days=1))


def _settle(dice: random.Random, report: Report, officer: Member, at: datetime) -> None:
    """Where the report stands in the end."""
    to = State(_pick(dice, STATES))
    earlier = Report.objects.get_queryset().filter(pk__lt=report.pk).order_by("pk").last()
    if to == State.DUPLICATE and earlier:
        intake.link_duplicate(by=officer, report=report, other=earlier, at=at)
    elif to not in {State.TAKEN, State.DUPLICATE}:
        partner = dice.choice(("polres", "rsud", "lbh")) if to == State.PASSED else ""
        intake.move(by=officer, report=report, to=to, at=at, reason=partner)


def _list(report: Report, officer: Member, written: Written, at: datetime) -> None:
    """The card that the officer's browser makes at the first opening."""
    ticket, name = report.ticket.number, written.get("intake.report.name", "")
    card, made = keys.seal_card(subject=ticket, team=TEAM, member=officer.code, name=name, at=at)
    vault.keep_card(by=officer, team=TEAM, subject=ticket, card=card, made=made, at=at)


def _answer(
    dice: random.Random, report: Report, officer: Member, replies: list[Story], at: datetime
) -> None:
    fitting = [one["text"] for one in replies if one["door"] == report.door] or ["Sudah kami baca."]
    item = keys.seal_answer(
        ticket=report.ticket.number,
        team=TEAM,
        member=officer.code,
        text=dice.choice(fitting),
        seq=1,
        at=at,
    )
    chat.answer(by=officer, ticket=report.ticket, items=[item], at=at)
    if report.channel == Channel.CHAT:
        intake.note_read(by=officer, report=report)
        chat.end(by=officer, ticket=report.ticket, at=at)


def _pick(dice: random.Random, shares: tuple[tuple[str, int], ...]) -> str:
    return dice.choices([code for code, _n in shares], [n for _code, n in shares])[0]
