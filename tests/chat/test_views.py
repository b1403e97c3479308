"""The messages page without script: read and answered with ticket and code."""

import re

import pytest
from django.test import Client

from teduh.chat import actions
from teduh.chat.models import Message
from teduh.chat.rules import PAGE as LENGTH
from teduh.intake.models import Report
from teduh.lib.actors import CLOCK
from teduh.vault.actions import forget
from teduh.vault.codes import spell_digits
from teduh.vault.packages import b64
from teduh.vault.without_script import auth_of
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, CODE, keys_for, message_of, received

pytestmark = pytest.mark.django_db
PAGE = "/status/pesan/"
ANSWER, REPLY = "Contoh jawaban penanda-1.", "Contoh balasan penanda-2."


@pytest.fixture
def report() -> Report:
    team = TeamFactory()
    keys_for(team)
    made = received(team)
    officer = MemberFactory(role="officer", team=team)
    item = message_of(made, officer, ANSWER)
    actions.answer(by=officer, ticket=made.ticket, items=[item], at=AT)
    return made


def told(report: Report, **more: str) -> dict[str, str]:
    return {"ticket": report.ticket.number, "code": spell_digits(CODE), **more}


def test_the_holder_reads_what_the_office_wrote(report: Report) -> None:
    assert ANSWER in Client().post(PAGE, told(report), follow=True).content.decode()


def test_what_she_writes_back_is_kept_and_shown(report: Report) -> None:
    page = Client().post(PAGE, told(report, text=REPLY), follow=True).content.decode()
    assert REPLY in page
    assert "Terkirim." in page
    assert Message.objects.filter(subject=report.ticket.number).count() == 2


def test_what_was_read_is_not_open_for_whoever_takes_the_phone(report: Report) -> None:
    client = Client()
    page = client.post(PAGE, told(report), follow=True)
    assert page.redirect_chain == [(PAGE, 303)]
    assert ANSWER in page.content.decode()
    assert ANSWER not in client.get(PAGE).content.decode()


def test_without_the_tick_a_reply_asks_for_the_code_and_with_it_does_not(report: Report) -> None:
    one, other = Client(), Client()
    asked = one.post(PAGE, told(report), follow=True).content.decode()
    assert 'name="code"' in asked
    remembered = other.post(PAGE, told(report, remember="1"), follow=True).content.decode()
    assert 'name="code"' not in remembered
    assert REPLY in other.post(PAGE, {"text": REPLY}, follow=True).content.decode()
    late = one.post(PAGE, {"text": "Contoh terlambat."})
    assert late.status_code == 403
    assert "Contoh terlambat." in late.content.decode()


def test_the_second_message_follows_the_first(report: Report) -> None:
    client = Client()
    client.post(PAGE, told(report, text=REPLY))
    client.post(PAGE, told(report, text="Contoh kedua."))
    assert [row.seq for row in Message.objects.filter(side="reporter").order_by("id")] == [1, 2]


def first_of(page: str) -> str:
    """The number under which a page sends."""
    [number] = re.findall(r'name="first" value="(\d+)"', page)
    return str(number)


@pytest.mark.parametrize("text", [REPLY, "u" * 2500])
def test_a_page_sent_again_because_its_answer_was_lost_is_one_message(
    report: Report, text: str
) -> None:
    client = Client()
    page = client.post(PAGE, told(report), follow=True).content.decode()
    sent = told(report, text=text, first=first_of(page))
    for _try in range(2):
        assert client.post(PAGE, sent).status_code == 303
    assert len({*Message.objects.filter(side="reporter")}) == (1 if text == REPLY else 3)
    anew = client.post(PAGE, told(report), follow=True).content.decode()
    client.post(PAGE, told(report, text=text, first=first_of(anew)))
    assert Message.objects.filter(side="reporter").count() == (2 if text == REPLY else 6)


@pytest.mark.parametrize("first", ["", "0", "x", "9" * 30, "\u0661"])
def test_other_words_from_the_same_page_are_another_message(report: Report, first: str) -> None:
    client = Client()
    client.post(PAGE, told(report, text=REPLY, first="1"))
    client.post(PAGE, told(report, text="Contoh lain.", first=first))
    assert Message.objects.filter(side="reporter").count() == 2


def test_a_wrong_code_writes_and_shows_nothing(report: Report) -> None:
    wrong = told(report, code=spell_digits(CODE + 1), text=REPLY)
    answer = Client().post(PAGE, wrong)
    assert answer.status_code == 403
    assert ANSWER not in answer.content.decode()
    assert Message.objects.count() == 1


def test_a_script_without_the_code_is_answered_without_content(report: Report) -> None:
    answer = Client().post(
        PAGE, told(report, code=spell_digits(CODE + 1)), headers={"accept": "application/json"}
    )
    assert answer.status_code == 403
    assert answer.json() == {"errors": {}}


def test_the_page_asks_for_ticket_and_code_first() -> None:
    answer = Client().get(PAGE)
    assert answer.status_code == 200
    assert not answer.cookies
    assert 'name="code"' in answer.content.decode()


def test_one_message_more_does_not_make_the_page_longer(report: Report) -> None:
    page = Client().post(PAGE, told(report), follow=True)
    more = Client().post(PAGE, told(report, text="u" * 700), follow=True)
    assert len(page.content) == len(more.content) == LENGTH
    long = Client().post(PAGE, told(report, text="u" * 12_000), follow=True)
    assert len(long.content) == 2 * LENGTH


@pytest.mark.django_db(transaction=True, databases=["default", "shred"])
def test_a_thread_whose_keys_were_destroyed_says_so(report: Report) -> None:
    shown = {
        "ticket": report.ticket.number,
        "auth": b64(auth_of(report.ticket.number, CODE)),
    }
    whole = len(Client().post(PAGE, shown).content)
    forget(by=CLOCK, subject=report.ticket.number, at=AT)
    page = Client().post(PAGE, told(report), follow=True)
    assert page.status_code == 200
    assert "sudah dihapus" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    late = Client().post(PAGE, told(report, text=REPLY), follow=True).content.decode()
    assert REPLY in late  # what was written is not lost
    assert ANSWER not in page.content.decode()
    assert len(Client().post(PAGE, shown).content) == whole
