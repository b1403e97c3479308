"""A conversation: begun with one question, taken, passed on, ended; numbers for who supervises."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.chat.models import Conversation, Message
from teduh.chat.openings import openings
from teduh.intake import actions
from teduh.intake.channels.chat import queries
from teduh.intake.channels.chat.words import Pick
from teduh.intake.models import Report
from teduh.intake.rules import Held, UnknownCode
from teduh.intake.words import State
from teduh.outbox.models import Message as Post
from teduh.sop.models import Promise
from teduh.tickets.models import Ticket
from teduh.vault import without_script
from teduh.vault.codes import spell_digits
from teduh.vault.models import Envelope
from teduh.vault.packages import SealedItem, b64
from teduh.web.wording import never_said
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import (
    AT,
    CODE,
    as_field,
    asked,
    keys_for,
    message_of,
    report_as_field,
)

pytestmark = pytest.mark.django_db
QUESTION = "Contoh pertanyaan penanda-8820."
STANDING = "/status/pesan/keadaan/"
DESK, QUERIES = "/kantor/obrolan/", 34  # most queries of the desk, session and rights included


@pytest.fixture(autouse=True)
def team() -> Team:
    made = TeamFactory(code="asesmen")
    keys_for(made)
    return made


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def answer(report: Report, by: Member, *, seq: int = 1) -> None:
    item = message_of(report, by, "Contoh jawaban.", seq=seq)
    chat.answer(by=by, ticket=report.ticket, items=[item], at=AT)


def column(report: Report, rest: str = "") -> str:
    return f"{DESK}{report.ticket.number}/{rest}"


def fresh() -> dict[str, str]:
    page = Client().get("/tanya/").content.decode()
    return dict(re.findall(r'name="(ticket|r|seed)" value="([^"]+)"', page))


# where it begins


def test_a_question_without_script_is_a_report_whose_first_words_lie_in_the_chat() -> None:
    client, sent = Client(), fresh()
    told = {**sent, "text": QUESTION, "safe_now": "unsafe"}
    assert client.post("/tanya/", told)["Location"] == "/tanya/tersimpan/"
    page = re.sub(r"<[^>]+>", " ", client.get("/tanya/tersimpan/").content.decode())
    assert sent["ticket"] in page
    assert client.get("/tanya/tersimpan/").status_code == 302  # shown once
    report = Report.objects.get()
    assert (report.channel, report.door, report.urgency, report.unread) == ("chat", "ask", 0, 1)
    whats = sorted(Envelope.objects.values_list("what", flat=True))
    assert whats == ["chat.message.text", "chat.thread.hello"]
    code = re.search(r"\d{4}(?: \d{4}){4}", page)
    assert code
    paper = {"ticket": sent["ticket"], "code": code[0]}
    assert QUESTION in client.post("/status/pesan/", paper, follow=True).content.decode()


def test_a_question_that_is_sent_twice_is_one_and_ends_on_the_same_paper() -> None:
    client, sent = Client(), {**fresh(), "text": QUESTION, "remember": "1"}
    pages = [client.post("/tanya/", sent, follow=True).content for _turn in range(2)]
    codes = {re.findall(rb"\d{4}(?: \d{4}){4}", page)[0] for page in pages}
    assert len(codes) == 1
    assert (Report.objects.count(), Message.objects.count()) == (1, 1)
    assert QUESTION in client.get("/status/pesan/").content.decode()  # kept for ten minutes


def test_an_empty_question_is_nothing_and_what_was_ticked_stays() -> None:
    page = Client().post("/tanya/", {**fresh(), "text": "  ", "safe_now": "unsure"})
    assert page.status_code == 400
    assert b'value="unsure" checked' in page.content
    assert Report.objects.count() == 0


def test_a_question_sealed_in_the_browser_needs_its_words(team: Team) -> None:
    sent = fresh()
    package, _words = without_script.seal_question(
        ticket=sent["ticket"], code=CODE, text=QUESTION, team_code=team.code, at=AT
    )
    told = {**sent, "sealed": report_as_field(package)}
    assert Client().post("/tanya/", told).status_code == 400
    assert Report.objects.count() == 0


def test_a_long_question_goes_on_in_the_next_numbers() -> None:
    Client().post("/tanya/", {**fresh(), "text": "ü" * 1200})
    assert list(Message.objects.order_by("id").values_list("seq", flat=True)) == [1, 2, 3]


# what its holder says with one tap


def paper(report: Report, **more: str) -> dict[str, str]:
    return {"ticket": report.ticket.number, "code": spell_digits(CODE), **more}


def test_who_cannot_talk_now_says_so_and_no_promise_runs_out_meanwhile(team: Team) -> None:
    report = asked(team)
    client = Client()
    page = client.post("/status/pesan/", paper(report), follow=True).content.decode()
    wish = re.findall(r'name="keinginan" value="([^"]+)"', page)[0]
    answer = client.post(STANDING, {"keinginan": wish, "langkah": "nanti"}, follow=True)
    assert answer.redirect_chain == [("/status/", 303)]  # the code was typed for one page only
    contact = Promise.objects.get(step="first_contact")
    assert (contact.pause, contact.next_at) == ("asked", None)
    assert Promise.objects.get(step="triage").paused_at is None
    assert Conversation.objects.get().away
    actions.write_back(ticket=report.ticket, items=hers(report), at=AT)
    contact.refresh_from_db()
    assert contact.paused_at is None
    assert contact.next_at is not None


def test_a_script_hears_at_once_where_it_stands(team: Team) -> None:
    report = asked(team)
    auth = b64(without_script.auth_of(report.ticket.number, CODE))
    told = {"ticket": report.ticket.number, "auth": auth, "langkah": "selesai"}
    answers = [Client().post(STANDING, told) for _turn in range(2)]
    assert ["sudah selesai" in answer.content.decode() for answer in answers] == [True, True]
    assert len({len(answer.content) for answer in answers}) == 1
    assert Conversation.objects.get().ended_by == "reporter"


def test_a_wrong_code_puts_nothing_off(team: Team) -> None:
    report = asked(team)
    wrong = paper(report, code=spell_digits(CODE + 1), langkah="nanti")
    assert Client().post(STANDING, wrong)["Location"] == "/status/pesan/"
    auth = b64(without_script.auth_of(report.ticket.number, CODE + 1))
    told = {"ticket": report.ticket.number, "auth": auth, "langkah": "nanti"}
    assert Client().post(STANDING, told).status_code == 403
    assert not Conversation.objects.get().away


def test_a_code_that_staff_know_puts_nothing_off_and_stops_no_promise(team: Team) -> None:
    report = asked(team)
    Ticket.objects.update(issued_on=AT.date())  # as after a new code for a lost one
    auth = b64(without_script.auth_of(report.ticket.number, CODE))
    told = {"ticket": report.ticket.number, "auth": auth, "langkah": "nanti"}
    assert Client().post(STANDING, told).status_code == 409
    by_page = paper(report, langkah="nanti")
    assert Client().post(STANDING, by_page)["Location"] == "/status/"
    assert not Conversation.objects.get().away
    assert Promise.objects.get(step="first_contact").paused_at is None


def test_how_many_wait_and_how_long_is_told_in_words(team: Team) -> None:
    with time_machine.travel(AT):
        page = Client().post("/status/pesan/", paper(asked(team)), follow=True).content.decode()
    assert "Anda berikutnya." in page
    assert "Jawaban datang paling lama 24 jam." in page
    assert "Senin–Jumat" in page


def shown(report: Report, *words: str) -> list[str]:
    """Which of these words stand on the page of a ticket."""
    page = Client().post("/status/", paper(report), follow=True).content.decode()
    assert report.ticket.number in page
    return [one for one in words if one in page]


@pytest.mark.parametrize(
    ("about", "own", "child"),
    [("self", True, False), ("other", False, False), ("young", True, True)],
)
def test_a_question_becomes_a_report_without_being_told_again(
    team: Team, about: str, *, own: bool, child: bool
) -> None:
    report = asked(team)
    words = ("Pertanyaan Anda kami terima", "Petugas membaca pertanyaan Anda", "Sedang kami jawab")
    words_of_reports = ("Laporan diterima", "Petugas membaca laporan Anda", "Layanan disiapkan")
    assert shown(report, *words, *words_of_reports) == [*words]
    answer = Client().post("/status/tambah/", paper(report, about=about, seed="a" * 32))
    assert answer.status_code == 303
    report.refresh_from_db()
    assert (report.door, report.ticket.own, report.child) == (about, own, child)
    assert Row.objects.filter(verb="ticket.report").count() == 1
    again = Client().post("/status/tambah/", paper(report, about="self", seed="b" * 32))
    assert again.status_code == 303
    report.refresh_from_db()
    assert report.door == about  # a report stays what it was
    assert shown(report, *words, *words_of_reports) == [*words_of_reports]


# who answers


def test_danger_comes_first_then_whoever_waits_longest(team: Team, officer: Member) -> None:
    with time_machine.travel(AT):
        first, second, unsafe, answered = (
            asked(team),
            asked(team),
            asked(team, danger="unsafe"),
            asked(team),
        )
    Conversation.objects.filter(subject=second.ticket.number).update(
        waiting_since=AT.replace(hour=1)
    )
    answer(answered, officer)
    rows = list(queries.talks(officer, Pick.OPEN))
    assert rows == [unsafe, second, first, answered]
    assert list(queries.talks(officer, Pick.WAITING)) == [unsafe, second, first]
    chat.end(by=officer, ticket=answered.ticket, at=AT)
    assert list(queries.talks(officer, Pick.ENDED)) == [answered]
    assert answered not in queries.talks(officer, Pick.OPEN)


def test_whoever_takes_a_new_one_takes_the_report_with_it(team: Team, officer: Member) -> None:
    report = asked(team)
    actions.take_chat(by=officer, report=report, at=AT)
    report.refresh_from_db()
    assert (report.handler, report.state) == (officer, State.TAKEN)
    assert list(queries.talks(officer, Pick.MINE)) == [report]
    colleague = MemberFactory(role="officer", team=team)
    with pytest.raises(Held):
        actions.take_chat(by=colleague, report=report, at=AT)
    assert Row.objects.filter(verb="conversation.taken").count() == 1


def test_a_counsellor_takes_it_without_triage(team: Team) -> None:
    report, counsellor = asked(team), MemberFactory(role="counsellor", team=team)
    actions.take_chat(by=counsellor, report=report, at=AT)
    report.refresh_from_db()
    assert (report.handler, report.state) == (counsellor, State.NEW)


def test_it_is_passed_on_by_whoever_holds_it_or_supervises(team: Team, officer: Member) -> None:
    report, colleague = asked(team), MemberFactory(role="counsellor", team=team)
    third, supervisor = (
        MemberFactory(role="officer", team=team),
        MemberFactory(role="supervisor", team=team),
    )
    actions.take_chat(by=officer, report=report, at=AT)
    with pytest.raises(Held):
        actions.pass_chat(by=third, report=report, to=third, at=AT)
    actions.pass_chat(by=officer, report=report, to=colleague, at=AT)
    report.refresh_from_db()
    assert report.handler == colleague
    actions.pass_chat(by=supervisor, report=report, to=third, at=AT)
    row = Row.objects.filter(verb="conversation.passed").latest("id")
    assert (row.by_code, row.detail) == (supervisor.code, f'{{"member":"{third.code}"}}')
    stranger = MemberFactory(role="officer", team=TeamFactory())
    with pytest.raises(UnknownCode):
        actions.pass_chat(by=supervisor, report=report, to=stranger, at=AT)


@pytest.mark.parametrize("role", ["auditor", "head", "data_officer"])
def test_without_the_right_nobody_takes_or_passes_it(team: Team, role: str) -> None:
    report, other = asked(team), MemberFactory(role=role, team=team)
    with pytest.raises(Forbidden):
        actions.take_chat(by=other, report=report, at=AT)
    with pytest.raises(Forbidden):
        actions.pass_chat(by=other, report=report, to=other, at=AT)


# the desk


def test_the_desk_asks_the_same_for_one_and_for_many(team: Team, officer: Member) -> None:
    client = signed_in(Client(), officer)
    first = asked(team)
    address = f"{DESK}?buka={first.ticket.number}"
    client.get(address)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
        for _number in range(4):
            asked(team)
    assert counts[0] == counts[1] <= QUERIES


def test_three_are_open_beside_each_other_and_opening_marks_them_read(
    team: Team, officer: Member
) -> None:
    numbers = [asked(team).ticket.number for _n in range(4)]
    client = signed_in(Client(), officer)
    page = client.get(DESK + "?" + "&".join(f"buka={one}" for one in numbers)).content.decode()
    assert page.count('class="card talk"') == 3
    assert page.count("1 baru") == 1  # the fourth, in the list
    assert set(Report.objects.filter(unread=0).values_list("ticket__number", flat=True)) == set(
        numbers[:3]
    )


def test_a_column_that_has_nothing_new_is_neither_handed_out_nor_marked_read(
    team: Team, officer: Member
) -> None:
    report, client = asked(team), signed_in(Client(), officer)
    first = client.get(column(report))
    reads = Row.objects.filter(verb="vault.read").count()
    again = client.get(column(report), headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert Row.objects.filter(verb="vault.read").count() == reads == 1
    assert Report.objects.get().unread == 1
    actions.write_back(ticket=report.ticket, items=hers(report), at=AT)
    assert client.get(column(report), headers={"if-none-match": first["ETag"]}).status_code == 200


def hers(report: Report, *, seq: int = 2) -> list[SealedItem]:
    return without_script.seal_message(
        ticket=report.ticket.number, code=CODE, text="Contoh balasan.", seq=seq, at=AT
    )


def test_looking_by_itself_keeps_nobody_signed_in(team: Team, officer: Member) -> None:
    report, client = asked(team), signed_in(Client(), officer)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):  # renewed once a minute
        for address in (column(report), f"{DESK}daftar/"):
            assert "teduh_kantor" not in client.get(address).cookies
        assert "teduh_kantor" in client.get(DESK).cookies


def test_an_answer_is_kept_and_the_page_hears_of_one_that_came_before(
    team: Team, officer: Member
) -> None:
    report, client = asked(team), signed_in(Client(), officer)
    item = as_field(message_of(report, officer, "Contoh jawaban."))
    assert client.post(column(report, "kirim/"), {"sealed": item}).status_code == 200
    standing = Conversation.objects.get()
    assert (standing.waiting_since, standing.answered_day is not None) == (None, True)
    assert Report.objects.get().unread == 0
    assert client.post(column(report, "kirim/"), {"sealed": item}).status_code == 200  # sent again
    assert Message.objects.filter(side="office").count() == 1
    late = as_field(message_of(report, officer, "Contoh lain."))
    assert client.post(column(report, "kirim/"), {"sealed": late}).status_code == 409


@pytest.mark.parametrize("script", [True, False])
def test_a_step_is_taken_from_the_desk_or_said_why_not(
    team: Team, officer: Member, *, script: bool
) -> None:
    report, client = asked(team), signed_in(Client(), officer)
    headers = {"accept": "application/json"} if script else {}
    back = {"kembali": f"pilih=saya&buka={report.ticket.number}"}
    done = client.post(column(report, "langkah/"), {"langkah": "selesai", **back}, headers=headers)
    assert Conversation.objects.get().ended_day is not None
    again = client.post(column(report, "langkah/"), {"langkah": "selesai", **back}, headers=headers)
    if script:
        assert (done.status_code, again.status_code) == (200, 409)
        assert "selesai" in again.json()["message"]
        return
    assert done["Location"] == f"{DESK}?pilih=saya&buka={report.ticket.number}"
    assert "Percakapan ini sudah selesai." in client.get(again["Location"]).content.decode()


def test_a_colleague_gets_word_of_what_is_passed_to_them(team: Team, officer: Member) -> None:
    report, colleague = asked(team), MemberFactory(role="officer", team=team)
    client = signed_in(Client(), officer)
    before = Post.objects.count()
    client.post(column(report, "langkah/"), {"langkah": "serahkan", "rekan": colleague.code})
    assert Report.objects.get().handler == colleague
    assert Post.objects.count() == before + 1


def test_who_supervises_sees_how_many_wait_and_neither_ticket_nor_word(
    team: Team, officer: Member
) -> None:
    held, free = asked(team), asked(team)
    actions.take_chat(by=officer, report=held, at=AT)
    client = signed_in(Client(), MemberFactory(role="supervisor", team=team))
    with time_machine.travel(AT):
        loads = queries.loads(MemberFactory(role="supervisor", team=team), AT.replace(hour=11))
        page = client.get(f"{DESK}beban/").content.decode()
    assert [(one.name, one.held, one.waiting, one.longest) for one in loads] == [
        ("", 1, 1, 120),
        (officer.name, 1, 1, 120),
    ]
    assert officer.name in page
    assert held.ticket.number not in page
    assert free.ticket.number not in page


def test_sentences_to_begin_with_are_in_both_languages_and_blame_nobody() -> None:
    assert len(openings()) >= 5
    assert len({one.key for one in openings()}) == len(openings())
    for one in openings():
        assert one.id
        assert one.en
        assert [word for word in never_said() if word in one.id.lower()] == []
        assert len(one.id.encode()) <= 1020  # one message
