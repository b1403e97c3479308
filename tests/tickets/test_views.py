"""The status page answers the holder of ticket and code, and nobody else, not by any difference."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.actions import declare_conflict
from teduh.access.models import Member, Team
from teduh.access.words import ConflictKind
from teduh.audit.models import Row
from teduh.intake import actions as intake
from teduh.intake.models import Report
from teduh.intake.words import State
from teduh.lib.actors import CLOCK
from teduh.tickets import actions, remembering
from teduh.tickets.models import Ticket
from teduh.tickets.rules import PAGE, PART
from teduh.tickets.words import NextStep, Stage
from teduh.vault import suite, without_script
from teduh.vault.codes import spell_digits, spell_words
from teduh.vault.packages import b64
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, CODE, keys_for, received, ticket_number

pytestmark = pytest.mark.django_db
WRONG = spell_digits(CODE + 1)


def made_team() -> Team:
    team = TeamFactory()
    keys_for(team)
    return team


@pytest.fixture
def report() -> Report:
    made = received(made_team())
    stage, step = Stage.REVIEW, NextStep.ASSESS
    actions.tell(by=CLOCK, ticket=made.ticket, stage=stage, next_step=step, at=AT)
    return made


def ask(ticket: str, code: str, path: str = "/status/") -> tuple[int, bytes, list[str]]:
    """Status, body and queries of one request; what was typed is left out of both."""
    with CaptureQueriesContext(connection) as seen:
        answer = Client().post(path, {"ticket": ticket, "code": code}, follow=True)
    tables = [query["sql"].split("WHERE")[0] for query in seen.captured_queries]
    body = answer.content.replace(f'value="{ticket}"'.encode(), b'value=""')
    return answer.status_code, body, tables


@pytest.mark.parametrize("spell", [spell_digits, spell_words])
def test_either_spelling_of_the_code_shows_stage_and_next_step(
    report: Report, spell: Callable[[int], str]
) -> None:
    status, body, _seen = ask(report.ticket.number, spell(CODE))
    assert status == 200
    assert str(Stage.REVIEW.label) in body.decode()
    assert str(NextStep.ASSESS.label) in body.decode()


def test_a_ticket_typed_carelessly_is_understood(report: Report) -> None:
    typed = report.ticket.number.lower().replace("-", " ").removeprefix("tdh")
    assert ask(typed, spell_digits(CODE).replace(" ", ""))[0] == 200


def test_an_unknown_ticket_and_a_wrong_code_answer_alike(report: Report) -> None:
    wrong_code = ask(report.ticket.number, WRONG)
    assert wrong_code[0] == 403
    assert ask(ticket_number(), spell_digits(CODE)) == wrong_code
    assert ask(ticket_number(), WRONG) == wrong_code
    assert ask(report.ticket.number, "1234") == wrong_code
    assert ask("bukan tiket", "bukan kode") == wrong_code
    assert len(wrong_code[2]) == 1


@pytest.mark.parametrize("path", ["/status/", "/status/pesan/", "/status/jangan-hubungi/"])
def test_every_door_of_a_ticket_answers_alike(report: Report, path: str) -> None:
    assert ask(report.ticket.number, WRONG, path) == ask(ticket_number(), WRONG, path)


@pytest.mark.parametrize("path", ["/status/", "/status/pesan/", "/status/tambah/"])
def test_after_a_wrong_code_the_ticket_stays_and_the_code_does_not(
    report: Report, path: str
) -> None:
    sent = {"ticket": f'"{report.ticket.number.lower()}', "code": WRONG}
    page = Client().post(path, sent).content.decode()
    assert f'value="&quot;{report.ticket.number.lower()}"' in page
    assert WRONG not in page


def test_both_cost_the_same_derivations(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    stretch = suite.stretch

    def counting(code: bytes, salt: bytes) -> bytes:
        counted.append("stretch")
        return stretch(code, salt)

    monkeypatch.setattr(suite, "stretch", counting)
    for ticket, code in (
        (report.ticket.number, WRONG),
        (ticket_number(), WRONG),
        (report.ticket.number, "1234"),
        ("bukan tiket", WRONG),
    ):
        counted.clear()
        ask(ticket, code)
        assert counted == ["stretch"]


def test_the_page_never_tells_what_was_reported(report: Report) -> None:
    body = ask(report.ticket.number, spell_digits(CODE))[1].decode()
    assert "Contoh cerita" not in body
    assert report.team_code not in body


@pytest.mark.parametrize("path", ["/status/", "/en/status/", "/status/jangan-hubungi/"])
def test_the_size_of_the_page_tells_neither_stage_nor_kind_of_ticket(path: str) -> None:
    team = TeamFactory()
    keys_for(team)
    sizes = set()
    for door, stage in product(("self", "other"), Stage):
        made = received(team, door=door)
        for step in NextStep:
            actions.tell(by=CLOCK, ticket=made.ticket, stage=stage, next_step=step, at=AT)
            told = {"ticket": made.ticket.number, "code": spell_digits(CODE)}
            answer = Client().post(path, told, headers={"accept-encoding": "br, gzip"}, follow=True)
            assert answer.status_code == 200
            assert "content-encoding" not in answer.headers
            sizes |= {len(answer.content), int(answer["content-length"])}
    assert sizes == {PAGE}


def test_what_fills_the_page_is_never_the_same(report: Report) -> None:
    first = ask(report.ticket.number, spell_digits(CODE))[1]
    again = ask(report.ticket.number, spell_digits(CODE))[1]
    assert first != again
    assert len(first) == len(again)


def test_somebody_elses_ticket_stops_at_taken_on() -> None:
    team = TeamFactory()
    keys_for(team)
    other = received(team, door="other")
    for stage in (Stage.RUNNING, Stage.DONE):
        actions.tell(by=CLOCK, ticket=other.ticket, stage=stage, next_step=NextStep.RETURN, at=AT)
    body = ask(other.ticket.number, spell_digits(CODE))[1].decode()
    assert str(Stage.PREPARING.label) in body
    for hidden in (Stage.RUNNING, Stage.MONITORING, Stage.DONE, NextStep.RETURN):
        assert str(hidden.label) not in body, hidden


@pytest.mark.parametrize("to", [State.PASSED, State.GUIDED, State.DUPLICATE, State.TAKEN])
def test_somebody_elses_ticket_says_the_same_whatever_the_office_did_with_it(to: State) -> None:
    """A neighbour, who may be the accused, reports the same event to learn what is known."""
    team = TeamFactory(code="asesmen")
    keys_for(team)
    other, hers = received(team, door="other"), received(team)
    officer = MemberFactory(role="officer", team=team)
    if to == State.DUPLICATE:
        intake.link_duplicate(by=officer, report=other, other=hers, at=AT)
    else:
        intake.move(by=officer, report=other, to=to, at=AT, reason="polres")
    body = ask(other.ticket.number, spell_digits(CODE))[1].decode()
    assert str(NextStep.ASSESS.label) in body
    assert re.findall(r'aria-current="step"><b>([^<]+)</b>', body) == [Stage.REVIEW.label]


def test_a_ticket_says_nothing_of_another_report_of_the_same_event() -> None:
    """Anybody may have chosen the door "for me"."""
    team = TeamFactory(code="asesmen")
    keys_for(team)
    one, other = received(team), received(team)
    officer = MemberFactory(role="officer", team=team)
    intake.move(by=officer, report=one, to=State.TAKEN, at=AT)
    intake.link_duplicate(by=officer, report=other, other=one, at=AT)
    taken = ask(one.ticket.number, spell_digits(CODE))[1].decode()
    linked = ask(other.ticket.number, spell_digits(CODE))[1].decode()
    said = [re.sub(r'<!--[0-9a-f]*-->|value="[\w-]{40,}"', "", body) for body in (taken, linked)]
    assert said[0] == said[1].replace(other.ticket.number, one.ticket.number)


@pytest.mark.parametrize("to", [State.PASSED, State.GUIDED])
def test_her_own_ticket_claims_no_stage_that_never_was(to: State) -> None:
    team = TeamFactory(code="asesmen")
    keys_for(team)
    report = received(team)
    officer = MemberFactory(role="officer", team=team)
    intake.move(by=officer, report=report, to=to, at=AT, reason="polres")
    body = ask(report.ticket.number, spell_digits(CODE))[1].decode()
    for never in (Stage.PREPARING, Stage.RUNNING, Stage.MONITORING):
        assert str(never.label) not in body


def told(report: Report, **more: str) -> dict[str, str]:
    return {"ticket": report.ticket.number, "code": spell_digits(CODE), **more}


def as_a_script(report: Report, **more: str) -> dict[str, str]:
    auth = b64(without_script.auth_of(report.ticket.number, CODE))
    return {"ticket": report.ticket.number, "auth": auth, **more}


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_answer_to_a_code_leads_on_and_the_page_is_shown_once(
    report: Report, language: str
) -> None:
    """Neither reload nor the browser's own files hold the code."""
    client = Client()
    answer = client.post(f"{language}/status/", told(report))
    assert (answer.status_code, answer["Location"]) == (303, f"{language}/status/")
    assert answer.content == b""
    kept = answer.cookies["teduh_sekali"]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Strict", 30)
    assert report.ticket.number not in kept.value
    assert report.ticket.number in client.get(f"{language}/status/").content.decode()
    assert report.ticket.number not in client.get(f"{language}/status/").content.decode()


def test_what_is_kept_for_one_page_is_good_for_half_a_minute(report: Report) -> None:
    client = Client()
    with time_machine.travel(AT, tick=False):
        client.post("/status/", told(report))
    with time_machine.travel(AT + timedelta(seconds=31), tick=False):
        assert report.ticket.number not in client.get("/status/").content.decode()


def test_without_the_tick_nothing_stays_open_for_whoever_takes_the_phone(report: Report) -> None:
    client = Client()
    client.post("/status/", told(report), follow=True)
    for path in ("/status/", "/status/pesan/", "/status/tambah/"):
        page = client.get(path).content.decode()
        assert report.ticket.number not in page
        assert 'name="code"' in page


def test_with_the_tick_ten_minutes_need_no_typing(report: Report) -> None:
    client = Client()
    kept = client.post("/status/", told(report, remember="1")).cookies["teduh_pesan"]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Strict", 600)
    assert report.ticket.number not in kept.value
    for path in ("/status/", "/status/pesan/"):
        again = client.get(path)
        assert 'name="code"' not in again.content.decode()
        assert again.cookies["teduh_pesan"]["max-age"] == 600
    assert report.ticket.number in client.get("/status/").content.decode()


def test_typing_a_code_without_the_tick_ends_the_ten_minutes(report: Report) -> None:
    client = Client()
    client.post("/status/", told(report, remember="1"), follow=True)
    client.post("/status/", told(report), follow=True)
    assert report.ticket.number not in client.get("/status/").content.decode()


def test_the_tick_is_offered_with_a_warning_and_is_not_set() -> None:
    for path in ("/status/", "/status/pesan/"):
        page = Client().get(path).content.decode()
        assert '<input type="checkbox" name="remember" value="1"><span>Ingat' in page
        assert "Jangan pilih kalau HP ini dipakai bersama" in page


def test_a_script_shows_the_token_and_gets_a_part_of_one_size_and_no_cookie() -> None:
    team, sizes = made_team(), set()
    for door, stage in product(("self", "other"), Stage):
        made = received(team, door=door)
        sent = as_a_script(made)
        for step in NextStep:
            actions.tell(by=CLOCK, ticket=made.ticket, stage=stage, next_step=step, at=AT)
            for path in ("/status/", "/en/status/", "/status/jangan-hubungi/"):
                answer = Client().post(path, sent)
                assert answer.status_code == 200
                assert not answer.cookies
                assert made.ticket.number in answer.content.decode()
                sizes.add(len(answer.content))
    assert sizes == {PART}


def test_a_script_with_a_wrong_token_learns_nothing(report: Report) -> None:
    wrong = {**as_a_script(report), "auth": b64(b"x" * 32)}
    unknown = {**as_a_script(report), "ticket": ticket_number()}
    for path in ("/status/", "/status/jangan-hubungi/"):
        answers = [Client().post(path, sent) for sent in (wrong, unknown)]
        assert {(one.status_code, one.content) for one in answers} == {(403, b"{}")}
    assert Ticket.objects.get(pk=report.ticket_id).quiet_since is None


def test_her_wish_can_be_sent_from_the_page_that_was_shown_once(report: Report) -> None:
    client = Client()
    page = client.post("/status/", told(report), follow=True).content.decode()
    wish = re.findall(r'name="keinginan" value="([^"]+)"', page)[0]
    assert "Boleh hubungi saya lagi" not in page
    sent = {"keinginan": wish, "quiet": "1"}
    page = client.post("/status/jangan-hubungi/", sent, follow=True).content.decode()
    assert "Boleh hubungi saya lagi" in page
    assert Ticket.objects.get(pk=report.ticket_id).quiet_since == AT.date()


def test_a_code_that_staff_know_lifts_no_wish_for_quiet(report: Report) -> None:
    Ticket.objects.filter(pk=report.ticket_id).update(issued_on=AT.date())
    for wish in ("1", "0"):
        answer = Client().post("/status/jangan-hubungi/", {**told(report), "quiet": wish})
        assert answer.status_code < 400
    assert Ticket.objects.get(pk=report.ticket_id).quiet_since == AT.date()


def test_a_wish_opens_no_messages(report: Report) -> None:
    client = Client()
    sent = {"keinginan": remembering.wish_of(report.ticket, AT), "quiet": "1"}
    client.post("/status/jangan-hubungi/", sent)
    assert 'name="code"' in client.get("/status/pesan/").content.decode()


@pytest.mark.parametrize("wish", ["", "x", "A" * 43])
def test_a_wish_of_no_page_of_ours_is_refused(report: Report, wish: str) -> None:
    answer = Client().post("/status/jangan-hubungi/", {"keinginan": wish, "quiet": "1"})
    assert answer.status_code == 403
    assert Ticket.objects.get(pk=report.ticket_id).quiet_since is None


def test_a_wish_is_for_ten_minutes(report: Report) -> None:
    wish = remembering.wish_of(report.ticket, AT)
    with time_machine.travel(AT + timedelta(minutes=11), tick=False):
        answer = Client().post("/status/jangan-hubungi/", {"keinginan": wish, "quiet": "1"})
    assert answer.status_code == 403


def test_her_wish_not_to_be_contacted_needs_the_code(report: Report) -> None:
    path = "/status/jangan-hubungi/"
    assert ask(report.ticket.number, WRONG, path)[0] == 403
    assert Ticket.objects.get(pk=report.ticket_id).quiet_since is None
    assert ask(report.ticket.number, spell_digits(CODE), path)[0] == 200
    assert Ticket.objects.get(pk=report.ticket_id).quiet_since is not None


def test_an_empty_status_page_sets_no_cookie_and_asks_no_table() -> None:
    with CaptureQueriesContext(connection) as seen:
        answer = Client().get("/status/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert len(seen) == 0


@time_machine.travel(AT)
def test_the_first_next_step_tells_its_day_and_later_ones_promise_none(report: Report) -> None:
    fresh = received(made_team())
    assert "Paling lambat" in ask(fresh.ticket.number, spell_digits(CODE))[1].decode()
    assert "Paling lambat" not in ask(report.ticket.number, spell_digits(CODE))[1].decode()


@pytest.mark.parametrize("door", ["self", "other"])
def test_a_report_nobody_read_in_time_is_admitted_to_whoever_was_promised(door: str) -> None:
    unread = received(made_team(), door=door)
    for days, late in ((1, False), (2, True), (8, True)):
        with time_machine.travel(AT + timedelta(days=days)):
            body = ask(unread.ticket.number, spell_digits(CODE))[1].decode()
        assert ("Kami terlambat. Maaf." in body) is late
        assert ("Paling lambat" in body) is not late


def phone(member: Member, ticket: str, code: str) -> tuple[int, str]:
    answer = signed_in(Client(), member).post("/kantor/telepon/", {"ticket": ticket, "code": code})
    return answer.status_code, answer.content.decode()


def test_a_caller_hears_what_the_status_page_shows_and_the_trail_tells_of_it(
    report: Report,
) -> None:
    member, number = MemberFactory(role="officer"), report.ticket.number
    status, body = phone(member, number, spell_digits(CODE))
    assert status == 200
    assert number in body
    assert str(Stage.REVIEW.label) in body
    assert str(NextStep.ASSESS.label) in body
    assert "/status/pesan/" not in body
    assert "/status/tambah/" not in body
    assert Row.objects.filter(verb="ticket.read_out", subject=number, by_code=member.code).exists()


def test_nothing_is_read_out_for_a_wrong_code_and_no_trail_is_left(report: Report) -> None:
    status, body = phone(MemberFactory(role="officer"), report.ticket.number, WRONG)
    assert status == 403
    assert str(Stage.REVIEW.label) not in body
    assert not Row.objects.filter(verb="ticket.read_out").exists()


def test_the_cookie_of_a_reporter_on_the_same_computer_reads_nothing_out(report: Report) -> None:
    client = signed_in(Client(), MemberFactory(role="officer"))
    client.post("/status/", {**told(report), "remember": "1"})
    answer = client.post("/kantor/telepon/", {"ticket": "", "code": ""})
    assert answer.status_code == 403
    assert report.ticket.number not in answer.content.decode()


def test_whoever_a_conflict_keeps_from_the_ticket_reads_nothing_out(report: Report) -> None:
    team = Team.objects.get(code=report.team_code)
    member, head = (MemberFactory(role=role, team=team) for role in ("officer", "supervisor"))
    declare_conflict(
        by=head,
        member=member,
        subjects=[report.ticket.number],
        team_code=team.code,
        kind=ConflictKind.FRIEND,
        at=AT,
    )
    status, body = phone(member, report.ticket.number, spell_digits(CODE))
    assert status == 403
    assert str(Stage.REVIEW.label) not in body
