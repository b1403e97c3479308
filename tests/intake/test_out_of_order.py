"""A database that is read-only or full: a clear page with every word in it, nothing half-kept."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from teduh.access.models import Team
from teduh.audit.models import Row
from teduh.config import health
from teduh.config.rules import Level
from teduh.intake.models import Addition, Report
from teduh.tickets.models import Ticket
from teduh.vault.codes import spell_digits
from teduh.vault.models import Compartment, Envelope
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, CODE, keys_for, received
from tests.intake.test_public import fresh, saved
from tests.support.faults import full, read_only

pytestmark = pytest.mark.django_db(transaction=True)
STORY = "Contoh cerita penanda-4471. " * 300  # more than fits into pages that are there
NAME = "Contoh Penanda"
WRITTEN = {"story": STORY, "name": NAME, "contact_how": "lewat tetangga-4471", "safe_now": "unsafe"}
Fault = Callable[[], AbstractContextManager[None]]
FAULTS = pytest.mark.parametrize("fault", [read_only, full])
SAID = "Penyimpanan kami sedang terganggu."


@pytest.fixture(autouse=True)
def team(transactional_db: None) -> Team:
    """A team that receives reports."""
    made = TeamFactory(code="asesmen")
    keys_for(made)
    return made


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("bukti-4471.png", b"x" * 100, content_type="image/png")


@FAULTS
def test_a_report_comes_back_with_every_word_and_arrives_when_sent_again(
    fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    client, form = Client(), {**fresh(), **WRITTEN}
    with fault():
        answer = client.post("/lapor/", {**form, "files": evidence()})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert SAID in page
    for kept in (STORY.strip(), NAME, "lewat tetangga-4471", form["ticket"], form["seed"]):
        assert kept in page
    assert 'value="unsafe" checked' in page or "checked" in page.split('value="unsafe"')[1][:80]
    assert page.index("tel:110") < page.index("<main")
    assert not any(model.objects.exists() for model in (Report, Ticket, Compartment, Envelope))
    assert client.post("/lapor/", form).status_code == 303
    assert saved(client)[0] == form["ticket"]
    assert Report.objects.count() == 1
    assert not [word for word in (NAME, "4471", form["ticket"]) if word in _log(caplog)]


@FAULTS
def test_what_a_holder_adds_comes_back_and_is_one_addition_when_sent_again(
    fault: Fault, team: Team
) -> None:
    shown = {"ticket": received(team).ticket.number, "code": spell_digits(CODE)}
    sent = {**shown, "story": STORY, "seed": "s" * 32}
    with fault():
        answer = Client().post("/status/tambah/", sent)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert SAID in page
    assert STORY.strip() in page
    assert 'name="seed" value="' + "s" * 32 in page
    assert not Addition.objects.exists()
    for _tap in range(2):
        Client().post("/status/tambah/", sent)
    assert Addition.objects.count() == 1


def test_a_message_comes_back_in_its_page(team: Team) -> None:
    shown = {"ticket": received(team).ticket.number, "code": spell_digits(CODE)}
    with read_only():
        answer = Client().post("/status/pesan/", {**shown, "text": "Contoh balasan 4471."})
    assert answer.status_code == 503
    assert "Contoh balasan 4471." in answer.content.decode()
    assert SAID in answer.content.decode()


def test_what_only_reads_still_answers(team: Team) -> None:
    shown = {"ticket": received(team).ticket.number, "code": spell_digits(CODE)}
    with read_only():
        for path in ("/", "/bantuan/", "/lapor/", "/lapor/anak/", "/tanya/", "/aman/", "/status/"):
            assert Client().get(path).status_code == 200
        status = Client().post("/status/", shown, follow=True)
        messages = Client().post("/status/pesan/", shown, follow=True)
    assert status.status_code == messages.status_code == 200
    assert shown["ticket"] in status.content.decode()


def test_another_write_says_so_with_the_numbers_to_call(team: Team) -> None:
    shown = {"ticket": received(team).ticket.number, "code": spell_digits(CODE)}
    with read_only():
        answer = Client().post("/status/jangan-hubungi/", {**shown, "quiet": "1"})
    assert answer.status_code == 503
    assert SAID in answer.content.decode()
    assert "tel:110" in answer.content.decode()


def test_the_office_sees_what_is_wrong_although_nothing_can_be_written() -> None:
    client = signed_in(Client(), MemberFactory(role="city_it"))
    trail = Row.objects.count()
    with read_only():
        page = client.get("/kantor/sistem/")
        (found,) = [one for one in health.findings(AT) if one.about == "Menulis ke basis data"]
    assert page.status_code == 200
    assert "tidak dapat ditulis: laporan tidak tersimpan" in page.content.decode()
    assert (found.level, "hanya-baca" in found.remedy) == (Level.BAD, True)
    assert Row.objects.count() == trail
    assert client.get("/kantor/sistem/").status_code == 200


def test_a_post_of_the_office_says_that_nothing_was_kept() -> None:
    client = signed_in(Client(), MemberFactory(role="city_it"))
    with read_only():
        answer = client.post("/kantor/akun/logout/")
    assert answer.status_code == 503
    assert "Yang baru saja dikirim belum tersimpan." in answer.content.decode()


def _log(caplog: pytest.LogCaptureFixture) -> str:
    from teduh.config.logs import Bare

    assert [one for one in caplog.records if one.levelno >= logging.ERROR]
    return "\n".join(Bare().format(one) for one in caplog.records)
