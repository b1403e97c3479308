"""How it was: asked once of a survivor whose case has ended, counted without her ticket."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from teduh.audit.models import Row
from teduh.intake.models import Report
from teduh.lib.actors import CLOCK
from teduh.tickets import actions, counts, remembering, rules
from teduh.tickets.models import Opinion, Ticket
from teduh.tickets.words import NextStep, Stage
from teduh.vault.codes import spell_digits
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, CODE, keys_for, received
from tests.tickets.test_views import as_a_script

pytestmark = pytest.mark.django_db
PATH = "/status/kesan/"
ROW = {"sqlite": "rowid", "postgresql": "ctid"}  # where the database laid a row down


def ended(door: str = "self", stage: Stage = Stage.DONE) -> Report:
    """A report whose case has ended."""
    team = TeamFactory()
    keys_for(team)
    made = received(team, door=door)
    actions.tell(by=CLOCK, ticket=made.ticket, stage=stage, next_step=NextStep.RETURN, at=AT)
    return made


def wish(report: Report) -> str:
    """What the page of a ticket carries for its buttons."""
    return remembering.wish_of(report.ticket, AT)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("given", [True, False])
def test_only_a_survivor_is_asked_once_at_the_end(stage: str, own: bool, given: bool) -> None:  # noqa: FBT001
    asked = rules.asks_opinion(stage, own=own, given=given)
    assert asked == (own and stage == Stage.DONE and not given)


@time_machine.travel(AT, tick=False)
def test_she_answers_what_she_likes_and_no_row_tells_whose_it_was() -> None:
    report, client = ended(), Client()
    shown = client.post(
        "/status/", {"ticket": report.ticket.number, "code": spell_digits(CODE)}, follow=True
    )
    assert PATH in shown.content.decode()
    sent = {"keinginan": wish(report)}
    page = client.post(PATH, sent).content.decode()
    assert re.findall(r'name="(\w+)" value="yes"', page) == ["safe", "heard", "promised", "again"]
    sent |= {"kesan": "1", "safe": "yes", "heard": "partly", "promised": "", "again": "apa"}
    answer = client.post(PATH, sent, follow=True)
    assert "Terima kasih" in answer.content.decode()
    assert PATH not in answer.content.decode()
    one = Opinion.objects.get()
    assert (one.safe, one.heard, one.promised, one.again) == ("yes", "partly", "", "")
    assert str(one.month) == "2026-11-01"
    row = Row.objects.get(verb="ticket.opinion")
    assert (row.by_kind, row.by_code, row.subject) == ("anonymous", "", "opinion")
    client.post(PATH, sent)
    assert Opinion.objects.count() == 1


@time_machine.travel(AT, tick=False)
def test_whoever_skips_all_may_still_answer_later() -> None:
    report = ended()
    Client().post(PATH, {"keinginan": wish(report), "kesan": "1", "safe": ""})
    assert not Opinion.objects.exists()
    assert not Ticket.objects.get(pk=report.ticket_id).opinion_given


def test_a_script_asks_and_answers_in_its_own_page() -> None:
    report, client = ended(), Client()
    part = client.post(PATH, {**as_a_script(report), "kesan": "0"}).content.decode()
    assert "<form" in part
    assert "<html" not in part
    answer = client.post(PATH, {**as_a_script(report), "kesan": "1", "again": "yes"})
    assert "Terima kasih" in answer.content.decode()
    assert Opinion.objects.get().again == "yes"


@pytest.mark.parametrize(("door", "stage"), [("other", Stage.DONE), ("self", Stage.RUNNING)])
def test_nobody_else_is_asked_and_nothing_is_taken_from_them(door: str, stage: Stage) -> None:
    report = ended(door, stage)
    sent = {**as_a_script(report), "kesan": "1", "safe": "no"}
    page = Client().post(PATH, sent).content.decode()
    assert PATH not in page
    assert Client().post(PATH, {"ticket": report.ticket.number, "code": "1"}).status_code == 403
    assert not Opinion.objects.exists()
    with pytest.raises(rules.WrongMove):
        actions.give_opinion(ticket=report.ticket, answers={"safe": "yes"}, at=AT)


def test_a_desk_that_reads_a_status_out_asks_nothing() -> None:
    report = ended()
    officer = signed_in(Client(), MemberFactory(role="officer"))
    told = {"ticket": report.ticket.number, "code": spell_digits(CODE)}
    page = officer.post("/kantor/telepon/", told).content.decode()
    assert report.ticket.number in page
    assert PATH not in page


def test_few_opinions_of_a_month_are_not_told_apart() -> None:
    month, later = AT.date().replace(day=1), AT.date() + timedelta(days=31)
    Opinion.objects.create(month=month, safe="no")
    [few] = counts.opinions(later)
    assert (few.given, few.answers) == (1, {})
    for _n in range(rules.FEW - 1):
        Opinion.objects.create(month=month, safe="yes", heard="partly")
    [going_on] = counts.opinions(AT.date())
    assert (going_on.given, going_on.answers) == (5, {})
    [enough] = counts.opinions(later)
    assert enough.answers["safe"] == {"yes": 4, "partly": 0, "no": 1}
    assert enough.answers["again"] == {"yes": 0, "partly": 0, "no": 0}
    with time_machine.travel(AT + timedelta(days=31), tick=False):
        page = signed_in(Client(), MemberFactory(role="supervisor")).get("/kantor/kesan/")
    assert "5 orang menjawab" in page.content.decode()


def test_the_order_of_the_rows_does_not_tell_whose_opinion_it_was() -> None:
    report = ended()
    for n in range(12):
        Ticket.objects.update(opinion_given=False)
        told = {"safe": "yes", "heard": "no"} if n % 2 else {"safe": "no"}
        actions.give_opinion(ticket=report.ticket, answers=told, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT safe FROM tickets_opinion ORDER BY {ROW[connection.vendor]}")
        laid = [safe for (safe,) in cursor.fetchall()]
    assert sorted(laid) == ["no"] * 6 + ["yes"] * 6
    assert laid != ["no", "yes"] * 6  # by chance once in 924 times


def test_an_opinion_alone_in_its_month_does_not_stay_beside_its_ticket() -> None:
    report = ended()
    month = AT.date().replace(day=1) - timedelta(days=100)
    Opinion.objects.create(month=month, safe="no")
    for _n in range(8):  # a row of chance each time: that it is the first of nine is soon over
        Ticket.objects.update(opinion_given=False)
        actions.give_opinion(ticket=report.ticket, answers={"safe": "yes"}, at=AT)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT safe FROM tickets_opinion ORDER BY {ROW[connection.vendor]}")
            first = cursor.fetchone()[0]
        if first == "yes":
            break
    assert first == "yes"  # by chance it is not, once in 362,880 times
    assert Opinion.objects.get(month=month).safe == "no"


def test_sent_twice_is_answered_like_once() -> None:
    report = ended()
    told = {**as_a_script(report), "kesan": "1", "again": "yes"}
    assert [Client().post(PATH, told).status_code for _time in range(2)] == [200, 200]
    assert Opinion.objects.count() == 1


def test_who_counts_finds_the_opinions_in_the_head_and_a_supervisor_beside_the_cases() -> None:
    head = signed_in(Client(), MemberFactory(role="head")).get("/kantor/saya/").content.decode()
    assert 'href="/kantor/kesan/"' in head
    supervisor = signed_in(Client(), MemberFactory(role="supervisor"))
    assert 'href="/kantor/kesan/"' not in supervisor.get("/kantor/saya/").content.decode()
    assert 'href="/kantor/kesan/"' in supervisor.get("/kantor/kasus/").content.decode()
