"""The messages page without script: read and answered with ticket and code."""

import pytest
from django.test import Client

from teduh.chat import actions
from teduh.chat.models import Message
from teduh.intake.models import Report
from teduh.vault.codes import spell_digits
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
    assert ANSWER in Client().post(PAGE, told(report)).content.decode()


def test_what_she_writes_back_is_kept_and_shown(report: Report) -> None:
    page = Client().post(PAGE, told(report, text=REPLY)).content.decode()
    assert REPLY in page
    assert Message.objects.filter(subject=report.ticket.number).count() == 2


def test_the_second_message_follows_the_first(report: Report) -> None:
    client = Client()
    client.post(PAGE, told(report, text=REPLY))
    client.post(PAGE, told(report, text="Contoh kedua."))
    assert [row.seq for row in Message.objects.filter(side="reporter").order_by("id")] == [1, 2]


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
