"""A disk nearly full: every text comes in, no file does, and the office is alarmed."""

import shutil
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from teduh.access.models import Team
from teduh.config.health import machine
from teduh.config.rules import Level
from teduh.intake.models import Addition, Report
from teduh.lib import store
from teduh.vault.codes import spell_digits
from teduh.vault.models import Envelope
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, CODE, keys_for, received
from tests.intake.test_public import fresh

pytestmark = pytest.mark.django_db
STORY = "Contoh cerita penanda-4471."


@pytest.fixture(autouse=True)
def team(monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team that receives reports, on a disk that has its reserve and nothing more."""
    made = TeamFactory(code="asesmen")
    keys_for(made)
    free = SimpleNamespace(free=settings.TEDUH_DISK_RESERVE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: free)
    return made


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("bukti.png", b"x" * 100, content_type="image/png")


def test_without_script_the_text_arrives_and_the_answer_names_the_file_left_out() -> None:
    client = Client()
    answer = client.post("/lapor/", {**fresh(), "story": STORY, "files": evidence()})
    assert answer.status_code == 303
    assert Report.objects.count() == 1
    assert not Envelope.objects.filter(what="intake.evidence.body").exists()
    page = client.get("/lapor/tersimpan/").content.decode()
    assert "bukti.png” belum tersimpan: penyimpanan kami hampir penuh." in page
    assert "Yang lain sudah sampai." in page


def test_a_file_alone_is_told_why_it_is_not_taken() -> None:
    answer = Client().post("/lapor/", {**fresh(), "files": evidence()})
    assert answer.status_code == 400
    assert "bukti.png” belum tersimpan: penyimpanan kami" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_disk_that_fills_up_while_a_form_comes_in_loses_no_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = iter([10_000_000])  # when the form begins; nothing any more when its file is kept
    monkeypatch.setattr(store, "room", lambda: next(room, 0))
    answer = Client().post("/lapor/", {**fresh(), "story": STORY, "files": evidence()})
    assert answer.status_code == 507
    page = answer.content.decode()
    assert STORY in page
    assert "Kirim tulisannya dulu, tanpa berkas." in page
    assert not Report.objects.exists()


def test_a_piece_is_refused_so_that_the_script_can_say_why(team: Team) -> None:
    shown = {"ticket": received(team).ticket.number, "code": spell_digits(CODE)}
    sent = {**shown, "item": "A" * 22, "seq": "0", "piece": evidence()}
    answer = Client().post("/lapor/berkas/", sent)
    assert answer.status_code == 507
    assert answer.json() == {"errors": {"__all__": ["Penyimpanan kami penuh."]}}


def test_what_a_holder_adds_arrives_and_the_page_counts_the_files_left_out(team: Team) -> None:
    shown = {"ticket": received(team).ticket.number, "code": spell_digits(CODE)}
    sent = {**shown, "story": STORY, "files": evidence()}
    answer = Client().post("/status/tambah/", sent, follow=True)
    assert "1 berkas belum ikut tersimpan" in answer.content.decode()
    assert Addition.objects.count() == 1


def test_everybody_at_the_office_sees_the_alarm_on_the_first_page() -> None:
    member = MemberFactory(role="data_officer")
    page = signed_in(Client(), member).get("/kantor/").content.decode()
    assert "berkas bukti belum bisa diterima" in page


def test_the_doctor_calls_for_room() -> None:
    (disk,) = machine.disk(AT)
    assert (disk.level, bool(disk.remedy)) == (Level.BAD, True)
