"""Many reports of a flood in one step: each for itself, none of others, and no cry for help swept up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit import actions as audit
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.intake import actions, queries
from teduh.intake.models import Report, Step
from teduh.intake.words import Left, State, Sweep
from teduh.tickets.words import NextStep, Stage
from teduh.vault.models import Envelope
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, keys_for, message_of, received

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)
PAGE = "/kantor/banjir/"
CHECK_PAGE = 12  # most queries of the page that asks, session and rights included
EACH = 25  # most queries for each report of a step, its own transaction included
RIGHTS = 2  # queries for the rights of whoever takes it, once


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def in_flood(team: Team, **answers: str) -> Report:
    """A report that was marked when it came."""
    report = received(team, **answers)
    Report.objects.filter(pk=report.pk).update(flood=True)
    return Report.objects.select_related("ticket").get(pk=report.pk)


def sweep(by: Member, step: Sweep, *reports: Report, read: tuple[Report, ...] = ()) -> list[Any]:
    numbers = [one.ticket.number for one in read]
    swept = actions.sweep(by=by, reports=reports, step=step, read=numbers, at=LATER)
    return [one.left for one in swept]


def fresh(report: Report) -> Report:
    return Report.objects.select_related("ticket").get(pk=report.pk)


def verbs(report: Report) -> list[str]:
    rows = Row.objects.filter(subject=report.ticket.number, at=LATER).order_by("number")
    return list(rows.values_list("verb", flat=True))


@contextmanager
def full_for(report: Report) -> Iterator[None]:
    """A database that writes no stage of this one ticket."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if sql.startswith("INSERT") and "stagereached" in sql and report.ticket_id in params:
            raise DatabaseError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


# --- the step --------------------------------------------------------------------------------------


def test_all_are_taken_into_ones_own_hands_and_each_reporter_is_told(
    team: Team, officer: Member
) -> None:
    reports = [in_flood(team) for _number in range(3)]
    assert sweep(officer, Sweep.TAKEN, *reports) == [None] * 3
    for one in map(fresh, reports):
        assert (one.state, one.handler, one.flood) == (State.TAKEN, officer, True)
        assert (one.ticket.stage, one.ticket.next_step) == (Stage.REVIEW, NextStep.ASSESS)
        assert verbs(one) == ["promise.met", "report.taken", "ticket.told"]
        assert list(one.steps.values_list("to", "member")) == [("taken", officer.pk)]
    assert audit.verify() is None


def test_the_mark_comes_off_and_nothing_else_changes(team: Team, officer: Member) -> None:
    report = in_flood(team)
    assert sweep(officer, Sweep.UNMARKED, report) == [None]
    after = fresh(report)
    assert (after.flood, after.state, after.handler) == (False, State.NEW, None)
    assert (after.ticket.stage, after.ticket.next_step) == (Stage.RECEIVED, NextStep.READ)
    assert verbs(report) == ["report.unmarked"]


def test_guidance_is_told_where_it_was_written_and_other_numbers_else(
    team: Team, officer: Member
) -> None:
    answered, silent = in_flood(team), in_flood(team)
    item = message_of(answered, officer, "Contoh arahan.")
    chat.answer(by=officer, ticket=answered.ticket, items=[item], at=AT)
    assert sweep(officer, Sweep.GUIDED, answered, silent) == [None, None]
    told = [(fresh(one).ticket.stage, fresh(one).ticket.next_step) for one in (answered, silent)]
    assert told == [(Stage.DONE, NextStep.GUIDED), (Stage.DONE, NextStep.ELSEWHERE)]


@pytest.mark.parametrize("step", Sweep)
@pytest.mark.parametrize("answers", [{"danger": "unsafe"}, {"door": "young"}, {"age_band": "6-12"}])
def test_danger_and_children_are_left_unless_somebody_includes_them(
    team: Team, officer: Member, step: Sweep, answers: dict[str, str]
) -> None:
    report, other = in_flood(team, **answers), in_flood(team, danger="unsure")
    assert sweep(officer, step, report, other) == [Left.READ_FIRST, None]
    assert verbs(report) == []
    assert (fresh(report).state, fresh(report).flood) == (State.NEW, True)
    assert sweep(officer, step, report, read=(report,)) == [None]


@pytest.mark.parametrize("change", [{"urgency": 0}, {"child": True}, {"unread": 1}])
def test_what_came_meanwhile_counts(
    team: Team, officer: Member, change: dict[str, int | bool]
) -> None:
    report = in_flood(team, danger="safe")
    Report.objects.filter(pk=report.pk).update(**change)
    assert sweep(officer, Sweep.GUIDED, report) == [Left.READ_FIRST]


def test_one_that_cannot_go_there_stops_no_other(team: Team, officer: Member) -> None:
    colleague = MemberFactory(role="officer", team=team)
    first, taken, unmarked, last = (in_flood(team) for _number in range(4))
    sweep(colleague, Sweep.TAKEN, taken)
    sweep(colleague, Sweep.UNMARKED, unmarked)
    left = sweep(officer, Sweep.TAKEN, first, taken, unmarked, last)
    assert left == [None, Left.MOVED, Left.UNMARKED, None]
    assert fresh(taken).handler == colleague
    assert fresh(unmarked).state == State.NEW


def test_one_that_cannot_be_told_is_not_moved_and_stops_no_other(
    team: Team, officer: Member
) -> None:
    first, broken, last = (in_flood(team) for _number in range(3))
    with full_for(broken):
        assert sweep(officer, Sweep.TAKEN, first, broken, last) == [None, Left.FAILED, None]
    assert [fresh(one).state for one in (first, broken, last)] == ["taken", "new", "taken"]
    assert not broken.steps.exists()
    assert verbs(broken) == []
    assert audit.verify() is None
    assert sweep(officer, Sweep.TAKEN, first, broken, last) == [None] * 3


@pytest.mark.parametrize("step", Sweep)
def test_the_same_step_twice_is_done_once(team: Team, officer: Member, step: Sweep) -> None:
    report = in_flood(team)
    sweep(officer, step, report)
    before = Row.objects.count()
    assert sweep(officer, step, report) == [None]
    assert Row.objects.count() == before


@pytest.mark.parametrize("step", Sweep)
def test_no_word_is_lost(team: Team, officer: Member, step: Sweep) -> None:
    report = in_flood(team)
    sealed = Envelope.objects.filter(compartment__subject=report.ticket.number)
    before = [(one.item, bytes(one.ct)) for one in sealed.order_by("id")]
    sweep(officer, step, report)
    assert before
    assert [(one.item, bytes(one.ct)) for one in sealed.order_by("id")] == before


@pytest.mark.parametrize("step", Sweep)
@pytest.mark.parametrize("role", ["counsellor", "legal_companion", "auditor", "head", ""])
def test_without_the_right_nothing_is_swept(team: Team, role: str, step: Sweep) -> None:
    report = in_flood(team)
    with pytest.raises(Forbidden):
        sweep(MemberFactory(role=role, team=team), step, report)
    assert (fresh(report).state, fresh(report).flood) == (State.NEW, True)
    assert not Step.objects.exists()


def test_each_report_costs_the_same_few_queries(team: Team, officer: Member) -> None:
    counted = []
    for many in (1, 6):
        reports = [in_flood(team) for _number in range(many)]
        with CaptureQueriesContext(connection) as seen:
            sweep(officer, Sweep.GUIDED, *reports)
        counted.append(len(seen))
    each = (counted[1] - counted[0]) / 5
    assert each <= EACH
    assert counted[0] <= each + RIGHTS


# --- the pages -------------------------------------------------------------------------------------


def numbers(*reports: Report) -> list[str]:
    return [one.ticket.number for one in reports]


def boxes(page: str, name: str) -> dict[str, bool]:
    """The tickets one may tick under a name, and whether they are ticked."""
    found = re.findall(
        rf'<input type="checkbox" name="{name}" value="([^"]+)"[^>]*?( checked)?>', page
    )
    return {number: bool(ticked) for number, ticked in found}


def test_the_list_of_a_flood_offers_boxes_and_ticks_all_but_the_urgent(
    team: Team, officer: Member
) -> None:
    usual, plain = received(team), in_flood(team)
    unsafe, child = in_flood(team, danger="unsafe"), in_flood(team, door="young")
    client = signed_in(Client(), officer)
    assert 'name="ticket"' not in client.get("/kantor/").content.decode()
    page = client.get("/kantor/?banjir=1").content.decode()
    assert boxes(page, "ticket") == dict.fromkeys(numbers(plain, unsafe, child), False)
    assert usual.ticket.number not in page
    link = re.search(r'href="(\?[^"]*centang=semua)"', page)
    assert link
    page = client.get(f"/kantor/{link[1]}".replace("&amp;", "&")).content.decode()
    assert boxes(page, "ticket") == {
        plain.ticket.number: True,
        unsafe.ticket.number: False,
        child.ticket.number: False,
    }


def test_who_does_not_triage_gets_no_boxes(team: Team) -> None:
    report = in_flood(team)
    counsellor = signed_in(Client(), MemberFactory(role="counsellor", team=team))
    assert 'name="ticket"' not in counsellor.get("/kantor/?banjir=1").content.decode()
    sent = {"to": "taken", "ticket": numbers(report)}
    assert counsellor.get(PAGE, sent).status_code == 403
    assert counsellor.post(PAGE, sent).status_code == 403
    assert fresh(report).state == State.NEW


def test_a_long_flood_is_shown_a_hundred_at_a_time(team: Team, officer: Member) -> None:
    client = signed_in(Client(), officer)
    first = in_flood(team)
    day, copies = first.day, queries.PAGE + 2
    for _number in range(copies):
        in_flood(team)
    page = client.get("/kantor/?banjir=1").content.decode()
    assert len(boxes(page, "ticket")) == copies + 1
    assert str(day.year) in page


def test_what_each_reporter_will_read_is_said_before(team: Team, officer: Member) -> None:
    own, neighbour = in_flood(team), in_flood(team, door="other")
    unsafe, taken = in_flood(team, danger="unsafe"), in_flood(team)
    sweep(officer, Sweep.GUIDED, taken)
    client = signed_in(Client(), officer)
    asked = {"to": "guided", "ticket": numbers(own, neighbour, unsafe, taken)}
    page = client.get(PAGE, asked).content.decode()
    assert boxes(page, "ticket") == dict.fromkeys(numbers(neighbour, own), True)
    assert boxes(page, "read") == {unsafe.ticket.number: False}
    assert "1 laporan tidak bisa ikut" in page
    rows = {row.split('value="')[1][:13]: row for row in page.split("<tr>") if "checkbox" in row}
    assert "Selesai. Untuk hal ini ada layanan lain" in rows[own.ticket.number]
    assert "Sedang ditelaah. Petugas menelaah" in rows[neighbour.ticket.number]
    assert fresh(own).state == State.NEW
    assert verbs(own) == []


def test_the_page_that_asks_costs_the_same_for_one_and_for_many(
    team: Team, officer: Member
) -> None:
    reports = [in_flood(team) for _number in range(7)]
    client, counted = signed_in(Client(), officer), []
    for many in (1, 1, 7):
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE, {"to": "guided", "ticket": numbers(*reports[:many])})
        counted.append(len(seen))
    assert counted[2] == counted[1] <= CHECK_PAGE


def test_the_answer_says_what_was_done_and_what_was_left(team: Team, officer: Member) -> None:
    plain, unsafe, included = (
        in_flood(team),
        in_flood(team, danger="unsafe"),
        in_flood(team, door="young"),
    )
    sent = {"to": "taken", "ticket": numbers(plain, unsafe), "read": numbers(included)}
    page = signed_in(Client(), officer).post(PAGE, sent).content.decode()
    assert "2 laporan selesai dikerjakan" in page
    assert "1 laporan dibiarkan" in page
    assert str(Left.READ_FIRST.label) in page
    assert [fresh(one).state for one in (plain, unsafe, included)] == ["taken", "new", "taken"]


def test_tickets_of_others_are_as_if_they_were_not_chosen(team: Team, officer: Member) -> None:
    elsewhere = TeamFactory(agency=team.agency)
    keys_for(elsewhere)
    own, foreign = in_flood(team), in_flood(elsewhere)
    client = signed_in(Client(), officer)
    sent = {"to": "taken", "ticket": [*numbers(foreign, own), "TDH-0000-0001", "x"]}
    page = client.get(PAGE, sent).content.decode()
    answer = client.post(PAGE, {**sent, "read": numbers(foreign)}).content.decode()
    for shown in (page, answer):
        links = re.findall(r'"/kantor/laporan/([^/]+)/"', shown)
        assert links == [own.ticket.number]
    assert fresh(foreign).state == State.NEW
    assert fresh(own).state == State.TAKEN


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "sent", [{}, {"to": "taken"}, {"to": "asked"}, {"to": "passed"}, {"to": "x"}]
)
def test_a_step_that_is_none_or_a_choice_of_nothing_changes_nothing(
    team: Team, officer: Member, method: str, sent: dict[str, str]
) -> None:
    report = in_flood(team)
    client = signed_in(Client(), officer)
    chosen = {"ticket": numbers(report)} if sent.get("to") != "taken" else {}
    ask = getattr(client, method)
    page = ask(PAGE, {**sent, **chosen}, follow=True)
    assert page.redirect_chain == [("/kantor/?banjir=1", 302)]
    assert [str(one.level_tag) for one in page.context["messages"]] == ["error"]
    assert fresh(report).state == State.NEW


@pytest.mark.parametrize("method", ["get", "post"])
def test_more_than_a_hundred_are_refused_whole(team: Team, officer: Member, method: str) -> None:
    report = in_flood(team)
    many = [f"TDH-0000-{number:04d}" for number in range(queries.AT_ONCE)]
    client = signed_in(Client(), officer)
    ask = getattr(client, method)
    page = ask(PAGE, {"to": "taken", "ticket": [*numbers(report), *many]}, follow=True)
    assert "Paling banyak 100 laporan" in page.content.decode()
    assert fresh(report).state == State.NEW
