"""Whatever goes wrong on a way in: neither the answer nor the log repeats a word of what was sent."""

import hashlib
import hmac
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from html import unescape
from importlib import import_module
from io import StringIO
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import OperationalError, connections, transaction
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from teduh.access.roles import ROLES
from teduh.config.logs import Bare
from teduh.intake import flood
from teduh.intake.channels import KINDS
from teduh.intake.models import Report
from teduh.tickets import guessing
from teduh.vault.codes import spell_digits
from teduh.web.visitors import visitor
from tests.factories.reports import CODE, keys_for, received
from tests.house.test_odd_requests import TOKEN, path_of, visitors  # noqa: F401  a fixture
from tests.house.urls import TABLE, Place
from tests.intake.test_public import fresh
from tests.support import wire
from tests.support.forms import forms_of
from tests.support.oddities import filled, filled_parts
from tests.support.wire import PARTS, Sent

pytestmark = [pytest.mark.django_db(databases=["default", "shred"]), pytest.mark.wide]
WORD = "kenari-galat-5501"
KEY = b"a-key-that-only-this-gateway-knows-001"
TOO_LARGE = str(13 * 1024 * 1024)  # bytes; DATA_UPLOAD_MAX_MEMORY_SIZE is less
STATEMENTS = (0, 6, 17, 40)  # which one fails: the first, and some that come later
TYPED = re.compile(r"<textarea\b.*?</textarea>|\bvalue=(\"[^\"]*\"|'[^']*')", re.DOTALL)
WAYS = {
    **dict.fromkeys(KINDS, ""),  # of a drawer every address it holds
    "desk": "desk:report desk:message desk:step desk:classify desk:reissue desk:screen desk:flood",
    "her ticket": "tickets:status tickets:quiet chat:messages intake:add intake:change hers:data",
}
BARRED = "somebody who may not"
NOT_NOW = {"chat", "web", "whatsapp"}  # where what is sent here would be kept
WAIT = {"chat", "her ticket", "web"}  # where who sends very much is asked to wait
FORMS = {"intake:report", "intake:report_other", "intake:report_young", "intake:ask"}


def addresses_of(way: str) -> list[str]:
    """The addresses of a way in."""
    if WAYS[way]:
        return WAYS[way].split()
    drawer = import_module(f"teduh.intake.channels.{way}.urls")
    return [
        f"{space}:{one.name}"
        for space, patterns in (("intake", "public_patterns"), ("desk", "desk_patterns"))
        for one in getattr(drawer, patterns, [])
    ]


def written(name: str, path: str, report: Report) -> Sent:
    """What is sent there in the open; of a form without script, and of a gateway, all that it takes."""
    if name == "intake:inbound":
        told = {"v": 1, "id": "wamid.1", "way": "whatsapp", "from": "+6281200000000", "text": WORD}
        body, moment = json.dumps(told).encode(), str(int(time.time()))
        mac = hmac.new(KEY, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
        signed = {"Teduh-Time": moment, "Teduh-Signature": f"v1={mac}"}
        return Sent(body=body, kind="application/json", headers=signed)
    if name in FORMS:
        words = {"story": WORD, "text": WORD, "name": WORD, "contact_how": WORD}
        return Sent(body=urlencode({**fresh(path), **words}).encode())
    paper = {"ticket": report.ticket.number, "code": spell_digits(CODE), "seed": "s" * 32}
    return Sent(body=filled(WORD) + b"&" + urlencode(paper).encode())


def asked_on(path: str, cookie: str) -> Sent:
    """Every field of every form of a page, each with the word, whatever may be chosen there."""
    page = answered(path, Sent("GET"), cookie, ExitStack).text
    names = {field.name for form in forms_of(page) for field in form.fields if field.name}
    return Sent(body=urlencode([(name, WORD) for name in sorted(names)]).encode())


Fault = Callable[[], Any]  # a context in which a request goes wrong


def troubles(sent: Sent, path: str, cookie: str) -> Iterator[tuple[str, str, Sent, Fault]]:
    """What goes wrong, where it is sent, what is sent, and what is out of order meanwhile."""
    well: Fault = ExitStack
    yield "nothing", path, sent, well
    yield "every field", path, Sent(body=filled(WORD)), well
    yield "every field of it", path, asked_on(path, cookie), well
    yield "in parts", path, Sent(body=filled_parts(WORD.encode()), kind=PARTS), well
    yield BARRED, path, sent, well
    yield "from elsewhere", path, replace(sent, headers={"Sec-Fetch-Site": "cross-site"}), well
    yield "another host", path, replace(sent, headers={"Host": "lain.invalid"}), well
    yield "too large", path, replace(sent, length=TOO_LARGE), well
    yield "no such page", f"{path}{WORD}/", sent, well
    yield "in a rush", path, sent, rush
    for at in STATEMENTS:
        reached: list[int] = []
        for kind in (OperationalError, TypeError):
            yield f"{kind.__name__} at {at}", path, sent, partial(failing, at, kind, reached)
        if not reached:
            return


@contextmanager
def rush() -> Iterator[None]:
    """This visitor has sent very much."""
    who = visitor(RequestFactory().get("/"))
    for counter in (flood.reports, guessing.misses):
        for _one in range(2 * counter.pace.free):
            counter.add(who, timezone.now())
    yield


@contextmanager
def failing(at: int, kind: type[Exception], reached: list[int]) -> Iterator[None]:
    """One statement fails, and its failure repeats what it was given, as those of databases do."""
    asked = count()

    def fail(run: Any, sql: str, given: Any, many: bool, told: Any) -> Any:  # noqa: FBT001
        if next(asked) == at:
            reached.append(at)
            raise kind(f"{WORD}: {sql} {given}")
        return run(sql, given, many, told)

    with ExitStack() as watched:
        for alias in connections:
            watched.enter_context(connections[alias].execute_wrapper(fail))
        yield


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the office writes into its log."""
    said = StringIO()
    door = logging.StreamHandler(said)
    door.setFormatter(Bare())
    logging.getLogger().addHandler(door)
    yield said
    logging.getLogger().removeHandler(door)


def answered(path: str, sent: Sent, cookie: str, fault: Fault) -> wire.Answer:
    """The answer of the house; nothing of it stays."""
    for counter in (flood.reports, guessing.misses):
        counter.forget()
    cache.clear()
    own = {"Cookie": cookie, "X-Csrftoken": TOKEN} if cookie else {}
    with ExitStack() as undone:
        for alias in connections:
            undone.enter_context(transaction.atomic(using=alias))
        with fault():
            answer = wire.ask(path, replace(sent, headers={**own, **sent.headers}))
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    return answer


def repeated(answer: wire.Answer) -> list[str]:
    """Where an answer says the word: in a header, or in a page beside the fields it was typed into."""
    where = [name for name, value in answer.headers if WORD in value]
    page = unescape(TYPED.sub("", answer.text))
    return where + (["page"] if answer.status >= 400 and WORD in page else [])


@pytest.mark.parametrize("way", WAYS)
def test_neither_answer_nor_log_repeats_a_word(
    way: str,
    place: Place,
    visitors: dict[str, str],  # noqa: F811
    log: StringIO,
    settings: Settings,
) -> None:
    settings.TEDUH_INBOUND_KEY = KEY
    keys_for(place.team)
    report, statuses, wrong = received(place.team), set(), []
    for name in addresses_of(way):
        entry, path = TABLE[name], path_of(name, place)
        cookie = "" if entry.open else visitors[min(entry.roles)]
        stranger = visitors.get(min(set(ROLES) - entry.roles, default=""), "")
        sent = written(name, path, report)
        for what, where, told, fault in troubles(sent, path, cookie):
            answer = answered(where, told, stranger if what == BARRED else cookie, fault)
            statuses.add(answer.status)
            wrong += [f"{name}, {what}, {answer.status}: {at}" for at in repeated(answer)]
    assert wrong == []
    assert WORD not in log.getvalue()
    assert "TypeError at " in log.getvalue()
    seen = {400, 403, 404, 500}
    assert (
        seen | ({503} if way in NOT_NOW else set()) | ({429} if way in WAIT else set()) <= statuses
    )
