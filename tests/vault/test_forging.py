"""Without script: a chat or a message that only the database vouches for is not believed."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from teduh.access.models import Team
from teduh.chat import actions as chat
from teduh.intake.models import Report
from teduh.vault import suite, units, without_script
from teduh.vault.codes import spell_digits
from teduh.vault.envelope import Place, make_compartment, wrap
from teduh.vault.models import Compartment, Envelope, PublicKey, ReporterKey, Wrap
from teduh.vault.packages import b64
from teduh.vault.reporter import NAME
from teduh.vault.rules import Refused, kid_of
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, CODE, keys_for, message_of, received, sign_list

pytestmark = pytest.mark.django_db
REPLY = "Contoh balasan: saya pindah."


@pytest.fixture
def team() -> Iterator[Team]:
    """A team with its keys, on the day of its reports."""
    with time_machine.travel(AT, tick=True):
        made = TeamFactory(code="asesmen")
        keys_for(made)
        yield made


def plant_a_chat(report: Report) -> Compartment:
    """What somebody does who writes the first database and copied the unit keys."""
    number = report.ticket.number
    kotak = bytes(ReporterKey.objects.get(subject=number).kotak)
    kid, unit = kid_of(NAME, suite.sha256(kotak)), units.find(f"chat:{number}")
    assert unit
    made = make_compartment(Place("tanjungpinang", number, "chat"), gen=2)
    d_hash = suite.sha256(made.d)
    Wrap.objects.filter(compartment__subject=number, compartment__comp="chat", kid=kid).delete()
    row = Compartment.objects.create(subject=number, comp="chat", gen=2, d=made.d, cmp=b64(d_hash))
    stored = suite.enclose(unit, wrap(made, kid, kotak), d_hash + kid.encode())
    Wrap.objects.create(compartment=row, kid=kid, stored=stored)
    return row


def test_a_planted_chat_is_neither_read_nor_written(team: Team) -> None:
    report = received(team)
    planted = plant_a_chat(report)
    with pytest.raises(Refused):
        without_script.open_thread(ticket=report.ticket.number, code=CODE)
    told = {"ticket": report.ticket.number, "code": spell_digits(CODE), "text": REPLY}
    page = Client().post("/status/pesan/", told)
    assert page.status_code < 500
    assert not Envelope.objects.filter(compartment=planted).exists()


def test_a_message_of_somebody_in_no_team_is_not_shown_as_the_offices(team: Team) -> None:
    report, officer = received(team), MemberFactory(role="officer", team=team)
    item = message_of(report, officer, "Contoh jawaban.")
    chat.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    number = report.ticket.number
    assert without_script.open_thread(ticket=number, code=CODE) == {item.item: "Contoh jawaban."}
    officer.seats.update(until=AT)
    sign_list()
    assert without_script.open_thread(ticket=number, code=CODE) == {}


def test_a_signing_key_that_no_list_names_is_not_believed(team: Team) -> None:
    report, officer = received(team), MemberFactory(role="officer", team=team)
    item = message_of(report, officer, "Contoh jawaban.")
    chat.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    PublicKey.objects.filter(kind="sign").update(kid="tanda-lain.00000000")
    assert without_script.open_thread(ticket=report.ticket.number, code=CODE) == {}
