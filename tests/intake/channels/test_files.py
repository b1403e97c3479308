"""Files of a conversation: kept with a message, erased with it, and carried into the report."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from teduh.access.models import Member, Team
from teduh.chat import actions as chat
from teduh.chat.models import Message
from teduh.intake import actions
from teduh.intake.answers import Answers
from teduh.intake.models import Addition, Report
from teduh.intake.queries import addressed, only_talked
from teduh.lib.actors import reporter
from teduh.records.actions.talking import erase_ended_talks
from teduh.tickets.models import Ticket
from teduh.vault import queries as vault
from teduh.vault import without_script
from teduh.vault.bundles import OpenableCompartment
from teduh.vault.models import Envelope
from teduh.vault.packages import SealedAddition, SealedItem, b64
from teduh.vault.rules import BODY, Refused
from tests.factories import MemberFactory, signed_in
from tests.factories.reports import AT, CODE, as_field, asked, package_as_field
from tests.intake.channels.test_chat import column, paper

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "shred"])
NAME = "contoh-foto.jpg"
MESSAGES = "/status/pesan/"


@pytest.fixture
def member(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def photo(body: bytes = b"Contoh isi.") -> SimpleUploadedFile:
    return SimpleUploadedFile(NAME, body, content_type="image/jpeg")


def attached(ticket: Ticket, *, gen: int = 0, story: bool = False) -> SealedAddition:
    number, code = addressed(ticket)
    return without_script.seal_addition(
        ticket=ticket.number,
        code=CODE,
        answers={"intake.report.story": "Contoh."} if story else {},
        files=[(NAME, "image/jpeg", b"Contoh isi.")],
        team_code=code,
        gen=gen or number,
        at=AT,
    )


def words(ticket: Ticket, seq: int = 2) -> list[SealedItem]:
    return without_script.seal_message(
        ticket=ticket.number, code=CODE, text="Contoh berkas.", seq=seq, at=AT
    )


def sent(team: Team) -> Report:
    """A question with a file."""
    report = asked(team)
    items = words(report.ticket)
    actions.write_back(ticket=report.ticket, items=items, at=AT, attached=attached(report.ticket))
    return report


def numbers() -> Sequence[tuple[int, int | None]]:
    return list(Addition.objects.values_list("number", "with_message"))


def test_a_file_without_script_goes_with_the_words_and_is_named_in_them(
    team: Team, member: Member
) -> None:
    report, client = asked(team), Client()
    told = paper(report, text="Contoh kata.", files=photo())  # type: ignore[arg-type]
    answer = client.post(MESSAGES, told, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{MESSAGES}?terkirim=1", 303)]
    assert f"Contoh kata.\nSaya kirim berkas: {NAME}" in page
    assert numbers() == [(2, 2)]
    assert Addition.objects.get().origin == "server"
    body = Envelope.objects.get(what=BODY)
    client = signed_in(Client(), member)
    shown = client.get(column(report)).content.decode()
    assert f'<sealed-file subject="{report.ticket.number}" item="{body.item}">' in shown
    page = client.get(f"/kantor/laporan/{report.ticket.number}/").content.decode()
    assert "Ditambahkan" not in page  # it is part of the conversation
    assert body.item in page


def test_a_file_alone_is_a_message_and_nothing_at_all_is_none(team: Team) -> None:
    report, client = asked(team), Client()
    client.post(MESSAGES, paper(report, files=photo(b"")))  # type: ignore[arg-type]
    assert (Message.objects.count(), numbers()) == (1, [])
    client.post(MESSAGES, paper(report, files=photo()))  # type: ignore[arg-type]
    assert (Message.objects.count(), numbers()) == (2, [(2, 2)])


def test_a_file_that_is_too_large_is_said_and_takes_no_word_along(team: Team) -> None:
    report, client = asked(team), Client()
    large = photo(bytes(10 * 1024 * 1024 + 1))
    told = paper(report, text="Contoh kata.", files=large)  # type: ignore[arg-type]
    page = client.post(MESSAGES, told, follow=True).content.decode()
    assert "1 berkas belum ikut tersimpan" in page
    assert "Contoh kata." in page
    assert numbers() == []


def test_by_script_words_and_the_compartment_of_their_files_come_together(team: Team) -> None:
    report = asked(team)
    ticket = report.ticket
    made = attached(ticket, gen=7)
    kept = {"auth": b64(without_script.auth_of(ticket.number, CODE)), "ticket": ticket.number}
    sealed = [as_field(one) for one in words(ticket)]
    refused = {**kept, "sealed": sealed, "attached": package_as_field(made)}
    assert Client().post(MESSAGES, refused).status_code == 409  # of another number: nothing is kept
    assert (Message.objects.count(), numbers()) == (1, [])
    told = {**kept, "sealed": sealed, "attached": package_as_field(attached(ticket))}
    assert Client().post(MESSAGES, told).status_code == 200
    assert (Message.objects.count(), numbers()) == (2, [(2, 2)])
    again = Client().post(MESSAGES, told)  # the answer was lost: once is enough
    assert again.status_code == 200
    assert (Message.objects.count(), numbers()) == (2, [(2, 2)])


def test_a_message_brings_files_and_nothing_else(team: Team) -> None:
    report = asked(team)
    made = attached(report.ticket, story=True)
    with pytest.raises(Refused):
        actions.write_back(ticket=report.ticket, items=words(report.ticket), at=AT, attached=made)
    assert (Message.objects.count(), numbers()) == (1, [])


def test_the_files_of_a_question_are_erased_with_it(team: Team) -> None:
    report = sent(team)
    number = report.ticket.number
    chat.end(by=reporter(number), ticket=report.ticket, at=AT)
    assert any(one.wraps for one in files_of(number, team))
    assert erase_ended_talks(at=AT + timedelta(days=90)) == 1
    assert not any(one.wraps for one in files_of(number, team))


def test_the_files_of_a_question_that_becomes_a_report_stay_with_it(team: Team) -> None:
    report = sent(team)
    number = report.ticket.number
    assert list(only_talked(AT.date())) == []  # it has not ended
    package = without_script.seal_addition(
        ticket=number, code=CODE, answers={}, files=[], team_code=team.code, gen=3, at=AT
    )
    actions.add(
        report=report,
        answers=Answers(door="self"),
        package=package,
        number=3,
        token="t",
        at=AT,
    )
    chat.end(by=reporter(number), ticket=report.ticket, at=AT)
    assert erase_ended_talks(at=AT + timedelta(days=90)) == 0
    assert any(one.wraps for one in files_of(number, team))


def files_of(number: str, team: Team) -> list[OpenableCompartment]:
    bundle = vault.office_bundle(number, {team.code}, {"file"})
    return list(bundle.compartments)
