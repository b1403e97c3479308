"""Adding under a ticket: beside what was sent, never over it; with the code, and never lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Team
from teduh.audit.models import Row
from teduh.intake import actions, facts, queries
from teduh.intake.answers import Answers
from teduh.intake.models import Addition, Report
from teduh.intake.rules import AddedMeanwhile
from teduh.outbox.models import Message
from teduh.vault import without_script
from teduh.vault.codes import spell_digits
from teduh.vault.models import Compartment, Envelope
from teduh.vault.packages import SealedAddition, b64
from teduh.vault.queries import office_bundle
from teduh.vault.rules import ADDITION
from teduh.web.uploads import FILE_LIMIT
from tests.factories import MemberFactory, signed_in
from tests.factories.reports import AT, CODE, package_as_field, received

pytestmark = pytest.mark.django_db
PAGE = "/status/tambah/"
WORDS = "Lanjutan contoh penanda-8813."


@pytest.fixture
def report(team: Team) -> Report:
    return received(team, danger="safe", contact_via="phone")


def told(report: Report, code: int = CODE, **more: object) -> dict[str, object]:
    return {"ticket": report.ticket.number, "code": spell_digits(code), **more}


def sealed(report: Report, number: int = 2, **answers: str) -> SealedAddition:
    return without_script.seal_addition(
        ticket=report.ticket.number,
        code=CODE,
        answers=answers or {"intake.report.story": WORDS},
        files=[],
        team_code=report.team_code,
        gen=number,
        at=AT,
    )


def add(report: Report, number: int = 2, token: str = "t", **answers: str) -> None:
    actions.add(
        report=report,
        answers=Answers(door="self", **answers),
        package=sealed(report, number),
        number=number,
        token=token,
        at=AT,
    )


# --- the action ------------------------------------------------------------------------------------


def test_an_addition_stands_beside_the_report_with_its_day(report: Report) -> None:
    add(report, danger="unsafe", place="work", age_band="13-17")
    kept = Report.objects.get(pk=report.pk)
    assert (kept.danger, kept.place, kept.contact_via) == ("safe", "", "phone")
    assert (kept.urgency, kept.child, kept.added_day) == (0, True, Addition.objects.get().day)
    (one,) = facts.added(office_bundle(report.ticket.number, {"asesmen"}), queries.additions(kept))
    assert [(str(label), str(value)) for label, value in one.lines] == [
        ("Keselamatan", "Tidak aman"),
        ("Umur", "13–17 tahun"),
        ("Tempat", "Tempat kerja"),
    ]
    assert [str(label) for label, _item in one.written] == ["Yang terjadi"]
    assert Row.objects.filter(verb="report.added", subject=report.ticket.number).count() == 1


def test_an_answer_that_came_later_never_makes_a_report_less_urgent(team: Team) -> None:
    report = received(team, danger="unsafe")
    add(report, danger="safe")
    assert Report.objects.get(pk=report.pk).urgency == 0


def test_the_same_addition_twice_is_one(report: Report) -> None:
    add(report)
    add(report)
    assert Addition.objects.count() == 1


def test_two_additions_at_once_do_not_take_one_number(report: Report) -> None:
    add(report)
    with pytest.raises(AddedMeanwhile):
        add(report, token="another")
    assert queries.next_addition(report) == 3
    assert Compartment.objects.filter(gen=2).count() == 1


def test_whoever_is_on_duty_hears_of_it(report: Report, team: Team) -> None:
    from datetime import timedelta

    from teduh.access.models import Duty

    member = MemberFactory(role="officer", team=team)
    Duty.objects.create(team=team, member=member, starts=AT, ends=AT + timedelta(hours=8))
    before = Message.objects.count()
    add(report)
    assert Message.objects.count() == before + 1


@pytest.mark.parametrize(("first", "later"), [("phone", "none"), ("none", "whatsapp")])
def test_her_newest_word_on_how_to_reach_her_counts(team: Team, first: str, later: str) -> None:
    report = received(team, contact_via=first)
    add(report, contact_via=later)
    reach = facts.reach(report, queries.additions(report))
    assert reach.closed == (later == "none")
    assert reach.since == Addition.objects.get().day


# --- without script --------------------------------------------------------------------------------


def test_the_page_asks_for_ticket_and_code_and_sets_no_cookie() -> None:
    answer = Client().get(PAGE)
    assert answer.status_code == 200
    assert not answer.cookies
    assert 'name="code"' in answer.content.decode()


def test_what_is_added_without_script_is_sealed_and_read_at_the_desk(
    report: Report, team: Team
) -> None:
    client = Client()
    evidence = SimpleUploadedFile("bukti.txt", b"Contoh bukti", "text/plain")
    sent = told(report, story=WORDS, safe_now="unsafe", contact_when="sore", files=evidence)
    answer = client.post(PAGE, sent)
    assert answer.status_code == 303
    assert report.ticket.number not in answer["Location"]
    assert "Tersimpan." in client.get(answer["Location"].partition("#")[0]).content.decode()
    assert not Envelope.objects.filter(ct__contains=WORDS.encode()).exists()
    desk = signed_in(Client(), MemberFactory(role="officer", team=team))
    page = desk.get(f"/kantor/laporan/{report.ticket.number}/").content.decode()
    for text in ("Ditambahkan", "Tidak aman", "Waktu aman, ditambahkan", "sealed-file"):
        assert text in page
    assert "ada tambahan" in desk.get("/kantor/").content.decode()


def test_after_the_status_page_the_code_need_not_be_typed_again(report: Report) -> None:
    client = Client()
    client.post("/status/", told(report, remember="1"))
    page = client.get(PAGE).content.decode()
    assert report.ticket.number in page
    assert not re.search(r'name="code"[^>]* required', page)
    assert client.post(PAGE, {"story": WORDS}).status_code == 303
    assert Addition.objects.count() == 1


def test_a_double_tap_adds_once(report: Report) -> None:
    for _time in range(2):
        Client().post(PAGE, told(report, story=WORDS, seed="a" * 32))
    assert Addition.objects.count() == 1
    Client().post(PAGE, told(report, story=WORDS, seed="b" * 32))
    assert Addition.objects.count() == 2


def test_more_words_in_a_form_that_was_sent_already_are_another_addition(report: Report) -> None:
    for more in ({}, {"place": "work"}, {"name": "Contoh"}):
        Client().post(PAGE, told(report, story=WORDS, seed="a" * 32, **more))
    one = SimpleUploadedFile("satu.txt", b"Contoh bukti")
    Client().post(PAGE, told(report, story=WORDS, seed="a" * 32, files=one))
    assert Addition.objects.count() == 4


@pytest.mark.parametrize(
    ("spoilt", "status"),
    [({"code": "1234"}, 403), ({"ticket": "TDH-0000-0001"}, 403), ({"name": "x" * 501}, 400)],
)
def test_a_form_that_fails_keeps_what_was_typed(
    report: Report, spoilt: dict[str, object], status: int
) -> None:
    answer = Client().post(PAGE, {**told(report, story=WORDS, safe_now="unsafe"), **spoilt})
    page = answer.content.decode()
    assert answer.status_code == status
    assert WORDS in page
    assert re.search(r'<input[^>]*value="unsafe"[^>]*\bchecked', page)
    assert 'role="alert"' in page
    assert not Addition.objects.exists()


def test_an_empty_form_is_told_that_little_is_enough(report: Report) -> None:
    answer = Client().post(PAGE, told(report))
    assert answer.status_code == 400
    assert "Satu kalimat atau satu berkas cukup" in answer.content.decode()


def test_a_file_too_large_never_takes_the_words_with_it(report: Report) -> None:
    large = SimpleUploadedFile("besar.bin", b"x" * (FILE_LIMIT + 1))
    client = Client()
    answer = client.post(PAGE, told(report, story=WORDS, files=large))
    assert answer.status_code == 303
    assert (
        "1 berkas belum ikut tersimpan"
        in client.get(answer["Location"].partition("#")[0]).content.decode()
    )
    assert Addition.objects.count() == 1


@pytest.mark.parametrize("door", ["self", "other"])
def test_the_page_does_not_tell_what_was_reported(team: Team, door: str) -> None:
    report = received(team, door=door, danger="unsafe", place="home_victim")
    client = Client()
    client.post("/status/", told(report, remember="1"))
    page = client.get(PAGE).content.decode()
    assert "checked" not in page
    assert "selected" not in page
    assert "Contoh cerita" not in page


def test_unknown_ticket_and_wrong_code_cost_the_same(report: Report) -> None:
    def ask(ticket: str, code: int) -> tuple[int, list[str]]:
        with CaptureQueriesContext(connections["default"]) as seen:
            answer = Client().post(PAGE, {"ticket": ticket, "code": spell_digits(code)})
        return answer.status_code, [query["sql"].split("WHERE")[0] for query in seen]

    assert ask(report.ticket.number, CODE + 1) == ask("TDH-0000-0001", CODE)


# --- by script -------------------------------------------------------------------------------------


def auth(report: Report) -> dict[str, str]:
    token = without_script.auth_of(report.ticket.number, CODE)
    return {"ticket": report.ticket.number, "auth": b64(token)}


def test_the_script_gets_what_opens_her_chat_and_the_keys_of_her_team(
    report: Report, team: Team
) -> None:
    add(report)
    opening = Client().post(PAGE, auth(report)).json()
    assert opening["gen"] == 3
    assert [one["comp"] for one in opening["compartments"]] == ["chat"]
    assert [one["what"] for one in opening["items"]] == ["chat.thread.hello"]
    assert [one["code"] for one in opening["keys"]["teams"]] == [team.code]


def test_what_the_script_sealed_is_kept(report: Report) -> None:
    sent = {**auth(report), "sealed": package_as_field(sealed(report)), "needs": ["legal"]}
    client = Client()
    assert client.post(PAGE, sent).json() == {"ok": True}
    assert client.post(PAGE, sent).json() == {"ok": True}  # the first answer was lost
    row = Addition.objects.get()
    assert [(fact.question, fact.code) for fact in row.facts.all()] == [("needs", "legal")]
    assert Envelope.objects.get(what=ADDITION).compartment.comp == "chat"


def test_an_addition_of_another_window_is_said_with_the_next_number(report: Report) -> None:
    late = {**auth(report), "sealed": package_as_field(sealed(report))}
    add(report)
    answer = Client().post(PAGE, late)
    assert (answer.status_code, answer.json()) == (409, {"gen": 3})


@pytest.mark.parametrize("text", ["", "{}", '{"compartments":[],"items":[]}', "teks terbuka"])
def test_what_is_not_sealed_is_refused(report: Report, text: str) -> None:
    answer = Client().post(PAGE, {**auth(report), "sealed": text})
    assert answer.status_code == 400
    assert "errors" in answer.json()
    assert not Addition.objects.exists()


def test_a_wrong_token_opens_nothing(report: Report) -> None:
    wrong = {**auth(report), "auth": b64(b"x" * 32)}
    assert Client().post(PAGE, wrong).status_code == 403
