"""Every sealed form of the office, sent twice as a browser does that heard no answer: taken once."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from teduh.access.actions import clear_sendings
from teduh.access.models import Sending
from teduh.audit.models import Row
from teduh.cases.actions import daily, planning
from teduh.cases.actions.recovery import CLOSURE_NOTE, REVIEW_NOTE
from teduh.cases.actions.risk import ANSWERS
from teduh.cases.models import Note
from teduh.cases.parts import section
from teduh.lib.codes import new_breach
from teduh.records.actions.asking import NOTE as WISH
from teduh.records.actions.breaching import WORDS
from teduh.vault import demo
from teduh.vault.models import UnitKey
from tests.cases.test_transferring import arriving, known, office  # noqa: F401  a fixture
from tests.factories import signed_in
from tests.factories.cases import (
    AT,
    CARD,
    CaseOffice,
    a_goal,
    a_report,
    assessment,
    case_code,
    opened,
    sealed_item,
)
from tests.factories.reports import asked
from tests.factories.sealed import Of, Sends, Sent, compartments, in_case, in_part, statement, text
from tests.house.sent_of_conferences import CONFERENCES
from tests.house.sent_of_services import SERVICES

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[2] / "src" / "teduh"
HEADER, NAME = "Teduh-Sending", "contohNama-_0123456789"


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """The day of the office's keys."""
    with time_machine.travel(AT, tick=False):
        yield


def contact(at: CaseOffice) -> Sent:
    """An attempt without a word: nothing sealed that could be known again."""
    told = {"way": "phone", "outcome": "no_answer", "followed": "on"}
    return reverse("cases:contact", args=[opened(at).code]), told


def task(at: CaseOffice) -> Sent:
    """Something to do, without words."""
    told = {"kind": "call", "who": at.melati.code, "due": "2026-12-01"}
    return reverse("cases:add_task", args=[opened(at).code]), told


def mended_person(at: CaseOffice) -> Sent:
    """Other facts of the survivor, her card as it was."""
    person = opened(at).people.get()
    told = {"role": "survivor", "sex": "P", "seen": person.item, "interpreter": "on"}
    return reverse("cases:mend_person", args=[person.case.code, person.number]), told


def mended_goal(at: CaseOffice) -> Sent:
    """Other words of a goal."""
    goal = a_goal(at, opened(at))
    words = text(sealed_item(goal.case, planning.GOAL, "Contoh lain."))
    told = {"who": "crew", "seen": goal.item, "sealed": words}
    return reverse("cases:mend_goal", args=[goal.case.code, goal.number]), told


def risk(at: CaseOffice) -> Sent:
    """An assessment with its signed score."""
    told = assessment(case := opened(at))
    [item] = told["items"]
    assert item.what == ANSWERS
    open_ = {**asdict(told["facts"]), "statement": told["statement"], "seen": told["seen"]}
    return reverse("cases:risk", args=[case.code]), {**open_, "sealed": text(item)}


def part(at: CaseOffice) -> Sent:
    """A part of the shared assessment that nobody has written, with its compartment."""
    case, found = opened(at), section("social")
    assert found is not None
    told = {**in_part(case, found.comp, found.what), "seen": ""}
    return reverse("cases:part", args=[case.code, "social"]), told


def new_case(at: CaseOffice) -> Sent:
    """A case opened from a report."""
    code, report = case_code(), a_report(at.team)
    made = demo.make_case(subject=code, team=at.team.code, member="melati")
    told = {"role": "survivor", "main_kind": "psychological", "manager": at.melati.code}
    named = {"code": code, "made": compartments(made)}
    return reverse("cases:open", args=[report.ticket.number]), {**told, **named}


def taken_in(at: CaseOffice) -> Sent:
    """A case that another office sent."""
    known(at)
    new = arriving(at)
    told = {
        "head": new.head,
        "receipt": statement(new.receipt),
        "consent_by": new.consent.by,
        "consent_how": new.consent.how,
        "consent_day": str(new.consent.day),
        "code": new.code,
        "band": "high",
        "role": "survivor",
        "main_kind": "physical",
        "made": compartments(tuple(new.made)),
    }
    return reverse("cases:take_in"), told


def breach(at: CaseOffice) -> Sent:
    """A breach of data, with its compartments; melati supervises."""
    at.melati.roles_held.create(role="supervisor", since=AT - timedelta(days=30))
    code, of = new_breach(), {"team": at.team.code, "member": "melati"}
    made = demo.make_case(subject=code, **of)
    work = [one for one in made if one.said["comp"] == "work"]
    item = demo.seal_for_case(subject=code, **of, what=WORDS, text="Contoh.", at=AT, made=work)
    told = {"code": code, "team": at.team.code, "kind": "lost", "known_at": "2026-11-24T09:30"}
    sealed = {"made": compartments(made), "sealed": text(item)}
    return reverse("records:new_breach"), {**told, **sealed, "exposed": ["contact"]}


def message(name: str) -> Sends:
    """A message to the holder of a ticket."""

    def sent(at: CaseOffice) -> Sent:
        number = asked(at.team).ticket.number
        of = {"ticket": number, "team": at.team.code, "member": "melati"}
        item = demo.seal_answer(**of, text="Contoh jawaban.", seq=1, at=AT)
        return reverse(name, args=[number]), {"sealed": text(item)}

    return sent


WISHES = {"copy": "no", "review_day": "", "seen": "0"}
TABLE = {
    **SERVICES,
    **CONFERENCES,
    "notes": Of("cases/notes.html", (in_case("cases:notes", daily.NOTE), contact)),
    "tasks": Of("cases/case.html", (task,)),
    "people": Of(
        "cases/person.html",
        (in_case("cases:add_person", CARD, role="survivor"), mended_person),
    ),
    "plan": Of("cases/plan.html", (in_case("cases:plan", planning.WISHES, **WISHES),)),
    "goals": Of(
        "cases/goal.html", (in_case("cases:add_goal", planning.GOAL, who="crew"), mended_goal)
    ),
    "risk": Of("cases/parts/risk_form.html", (risk,)),
    "part": Of("cases/part.html", (part,)),
    "reviews": Of("cases/reviews.html", (in_case("cases:reviews", REVIEW_NOTE, rating="3"),)),
    "closing": Of(
        "cases/closing.html",
        (in_case("cases:closing", CLOSURE_NOTE, reason="false_entry"),),
    ),
    "open": Of("cases/open.html", (new_case,)),
    "take in": Of("cases/take_in.html", (taken_in,)),
    "wishes": Of(
        "records/of_case.html",
        (in_case("records:of_case", WISH, kind="copy", came="met", asked_at="2026-11-24T09:30"),),
    ),
    "breach": Of("records/new_breach.html", (breach,)),
    "message": Of("intake/desk_report.html", (message("desk:message"),)),
    "talk": Of("intake/chat/desk.html", (message("desk:chat_send"),)),
}
FORMS = [pytest.param(send, id=f"{name} {i}") for name, of in TABLE.items()
         for i, send in enumerate(of.sends)]  # fmt: skip


def test_every_sealed_form_stands_in_the_table() -> None:
    pages = {
        str(path).partition("/templates/")[2]
        for path in SOURCE.rglob("templates/**/*.html")
        if re.search(r"<form[^>]* data-seal[ {]", path.read_text())
    }
    assert pages == {of.template for of in TABLE.values()}


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the house but sessions."""
    tables = [one for one in apps.get_models() if one not in {Session, UnitKey}]
    kept = {one._meta.label: list(one._base_manager.order_by("pk").values_list()) for one in tables}
    return kept | {"units": list(UnitKey.objects.order_by("pk").values_list())}


def post(client: Client, sent: Sent, name: str = NAME) -> Any:
    """The answer to a form, as a browser sends it under this name."""
    return client.post(*sent, headers={HEADER: name})


@pytest.fixture
def melati(office: CaseOffice) -> Client:  # noqa: F811
    """The browser of the officer who has keys."""
    return signed_in(Client(raise_request_exception=False), office.melati)


@pytest.mark.parametrize("send", FORMS)
def test_a_form_whose_answer_was_lost_is_taken_once_and_answered_the_same(
    send: Sends,
    office: CaseOffice,  # noqa: F811
    melati: Client,
) -> None:
    sent = send(office)
    lines = Row.objects.count()
    first = post(melati, sent)
    assert first.status_code == 200, first.content
    assert Row.objects.count() > lines
    before = everything()
    again = post(melati, sent)
    assert (again.status_code, again.json()) == (200, first.json())
    assert everything() == before


@pytest.fixture
def note(office: CaseOffice, melati: Client) -> Sent:  # noqa: F811
    """A note that was taken."""
    sent = in_case("cases:notes", daily.NOTE)(office)
    assert post(melati, sent).status_code == 200
    return sent


def test_under_a_name_that_was_taken_nothing_else_is(
    office: CaseOffice,  # noqa: F811
    melati: Client,
    note: Sent,
) -> None:
    path, told = note
    other, manager = opened(office), signed_in(Client(), office.manager)
    before = everything()
    assert post(manager, note).status_code == 409
    assert post(melati, (path, {**told, "seen": "1"})).status_code == 409
    there = reverse("cases:notes", args=[other.code])
    assert post(melati, (there, told)).status_code == 409
    assert everything() == before


def test_the_same_envelope_under_another_name_is_refused(melati: Client, note: Sent) -> None:
    before = everything()
    assert post(melati, note, NAME[::-1]).status_code == 409
    assert everything() == before


@pytest.mark.parametrize("name", ["pendek", NAME + "A", "../" + NAME[3:], "é" * 22])
def test_a_name_no_browser_gives_is_refused(
    office: CaseOffice,  # noqa: F811
    melati: Client,
    name: str,
) -> None:
    sent = in_case("cases:notes", daily.NOTE)(office)
    assert post(melati, sent, name).status_code == 400
    assert not Note.objects.exists()


def test_what_was_refused_may_come_again_under_its_name(
    office: CaseOffice,  # noqa: F811
    melati: Client,
) -> None:
    path, told = in_case("cases:notes", daily.NOTE)(office)
    assert post(melati, (path, {"sealed": "x"})).status_code == 409
    assert not Sending.objects.exists()
    assert post(melati, (path, told)).status_code == 200


def test_nothing_is_taken_without_the_note_of_it(
    office: CaseOffice,  # noqa: F811
    melati: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = in_case("cases:notes", daily.NOTE)(office)
    before = everything()

    def break_down(*_args: object, **_named: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("teduh.access.once.actions.end_sending", break_down)
        assert post(melati, sent).status_code == 500
    assert everything() == before
    assert post(melati, sent).status_code == 200


def test_a_row_says_nothing_of_the_form_and_is_gone_in_two_days(note: Sent) -> None:
    row = Sending.objects.get()
    assert json.loads(row.answer) == {"to": note[0]}
    assert note[1]["sealed"] not in str(Sending.objects.values())
    assert clear_sendings(at=AT + timedelta(days=2)) == 0
    assert clear_sendings(at=AT + timedelta(days=2, seconds=1)) == 1
