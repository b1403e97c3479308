"""Every form of every page: what was typed is there again when the form is refused, but secrets."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages import ERROR, get_messages
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as wishes
from hypothesis import strategies as st

from teduh.intake import flood
from teduh.intake.models import Report
from teduh.tickets import guessing
from teduh.vault.codes import spell_digits
from tests.conftest import MakeOnce
from tests.factories import signed_in
from tests.factories.reports import CODE, keys_for, received
from tests.house.urls import TABLE, Place
from tests.support.forms import Field, Form, forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.wide]
LONG = bool(os.environ.get("TEDUH_LONG"))
PAGES = sorted(name for name, entry in TABLE.items() if entry.method == "get")
PAPER = {"code"}  # whoever finds the phone must not find it; the ticket is no secret
OPENED = ("/status/", "/status/pesan/", "/status/tambah/")


@dataclass(frozen=True)
class Found:
    """A form, and who stands before it."""

    client: Client
    page: str
    form: Form


LETTERS = st.characters(exclude_categories=("Cs",))
SAID = st.one_of(
    st.text(LETTERS, min_size=1, max_size=60),
    st.sampled_from(["Contoh kata", "a\0b", "\u202eterbalik\u200b\u2066", "<b>&amp;'\"", "é" * 700,
                     "\n\nbaris", "2026-12-01T08:00", "contoh@contoh.invalid", "😀" * 70_000]),
)  # fmt: skip


def filled(form: Form, draw: Any) -> dict[str, list[str]]:
    """The form as somebody, or a broken browser, sends it."""
    sent: dict[str, list[str]] = {}
    for one in form.others():
        kept = one.value if one.kind == "hidden" else draw(st.sampled_from(["", *one.choices]))
        if draw(st.integers(0, 7)) == 0:
            kept = draw(st.sampled_from(["", "bukan-pilihan", "\0", "9" * 30]))
        sent.setdefault(one.name, []).extend([kept] if kept else [])
    for one in form.typed():
        sent[one.name] = [draw(st.one_of(st.just(""), SAID, SAID))]
    return sent


def lost(found: Found, sent: dict[str, list[str]]) -> list[str]:
    """What was typed and is not in the answer, or is a secret and is; empty where it was taken."""
    with transaction.atomic():
        forget_tries()
        answer = found.client.post(found.form.action or found.page, sent, follow=True)
        transaction.set_rollback(True)
    assert answer.status_code < 500 or answer.status_code in {503, 507}
    if not refused(answer):
        return []
    shown = [one for form in forms_of(answer.content.decode()) for one in form.fields]
    values = {(one.name, plain(one.value)) for one in shown}
    gone = [
        f"{one.name}: {sent[one.name][0]!r} lost, {answer.status_code}"
        for one in found.form.typed()
        if not secret(one)
        and sent[one.name][0]
        and (one.name, plain(sent[one.name][0])) not in values
    ]
    told = [
        f"{one.name}: told"
        for one in found.form.typed()
        if secret(one)
        and len(sent[one.name][0]) > 3
        and (one.name, plain(sent[one.name][0])) in values
    ]
    return gone + told


def refused(answer: Any) -> bool:
    """A page that says no; one it leads on to says so only in a message."""
    if answer.status_code >= 400 or not answer.redirect_chain:
        return True
    return any(one.level == ERROR for one in get_messages(answer.wsgi_request))


def secret(one: Field) -> bool:
    """What must not stand on a page again."""
    return one.secret or one.name in PAPER


def plain(text: str) -> str:
    """Line ends as a browser sends them all."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def forget_tries() -> None:
    """Nobody has tried too often."""
    guessing.misses.forget()
    flood.reports.forget()
    cache.clear()


@pytest.fixture(scope="module")
def report(make_once: MakeOnce, place: Place) -> Report:
    """A report whose ticket and code open its pages."""

    def sent() -> Report:
        keys_for(place.team)
        return received(place.team)

    made: Report = make_once(sent)
    return made


def before(name: str, at: Place) -> Iterator[Client]:
    """Nobody at an open page; else a member of each role that may open it."""
    if TABLE[name].open:
        yield Client()
        return
    for role in sorted(TABLE[name].roles):
        yield signed_in(Client(), at.members[role, "own team"])


def forms(client: Client, page: str) -> list[Found]:
    """The forms of one page into which words are typed."""
    answer = client.get(page)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return []
    return [Found(client, page, form) for form in forms_of(answer.content.decode()) if form.typed()]


def try_all(found: list[Found]) -> None:
    """Fill and send each of them many times; in the short run one that looks alike only once."""
    if not LONG:
        alike = {(one.form.action, *(f.name for f in one.form.fields)): one for one in found}
        found = list(alike.values())

    @wishes(
        max_examples=(100 if LONG else 8),
        deadline=None,
        derandomize=not LONG,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def try_one(data: st.DataObject) -> None:
        for one in found:
            sent = filled(one.form, data.draw)
            assert lost(one, sent) == [], one.form.action or one.page

    if found:
        try_one()


@pytest.mark.parametrize("name", PAGES)
def test_no_form_of_a_page_loses_a_word(name: str, place: Place, report: Report) -> None:
    path = reverse(name, kwargs=TABLE[name].names(place))
    try_all([one for client in before(name, place) for one in forms(client, path)])


@pytest.mark.parametrize("page", OPENED)
def test_no_form_behind_ticket_and_code_loses_a_word(page: str, report: Report) -> None:
    client = Client()
    paper = {"ticket": report.ticket.number, "code": spell_digits(CODE), "remember": "1"}
    assert client.post("/status/pesan/", paper).status_code == 303
    try_all(forms(client, page))


@pytest.mark.parametrize("name", [name for name in PAGES if TABLE[name].open])
def test_no_browser_writes_down_what_stands_in_a_public_form(name: str, place: Place) -> None:
    """A browser keeps fields and choices for the day it is killed, `no-store` or not (tried with
    Chromium 156: its session files held every word), unless the form says autocomplete=off.
    """
    path = reverse(name, kwargs=TABLE[name].names(place))
    if not path.startswith("/kantor/"):
        assert [one.form.action for one in forms(Client(), path) if one.form.kept] == []


@pytest.mark.parametrize("page", OPENED)
def test_nor_in_a_form_behind_ticket_and_code(page: str, report: Report) -> None:
    client = Client()
    paper = {"ticket": report.ticket.number, "code": spell_digits(CODE), "remember": "1"}
    assert client.post("/status/pesan/", paper).status_code == 303
    assert [one.form.action for one in forms(client, page) if one.form.kept] == []
