"""What is printed for the field: card, text messages, poster; and the form a poster opens."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from teduh.directory.models import Area
from teduh.directory.rules import dotted, undotted
from teduh.intake.channels.responder.guide import guide, sentences
from teduh.intake.channels.responder.printing import SEGMENT, field_address, in_groups, segments
from teduh.intake.models import Report
from tests.factories import TeamFactory
from tests.factories.reports import keys_for

pytestmark = pytest.mark.django_db
CODE, DIGITS = "21.72.01.1002", "2172011002"
GSM = re.compile(r"""[A-Za-z0-9 @$!"#%&'()*+,\-./:;<=>?]*""")  # of 3GPP TS 23.038, what we use


@pytest.fixture
def kemboja() -> Area:
    Area.objects.create(code="21.72.01", name="Tanjung Pinang Barat", level="district")
    return Area.objects.create(code=CODE, name="Kemboja", level="kelurahan", parent="21.72.01")


def written(folder: Path, kind: str) -> str:
    (path,) = folder.glob(f"{kind}-{DIGITS}.*")
    return path.read_text(encoding="utf-8")


def test_the_command_writes_all_three_for_a_kelurahan(kemboja: Area, tmp_path: Path) -> None:
    said = StringIO()
    call_command("field_card", "--area", CODE, "--out", str(tmp_path), stdout=said)
    card, poster = written(tmp_path, "kartu"), written(tmp_path, "poster")
    with override("id"):
        told = guide()
    every = [sign for level in told.levels for sign in level.signs]
    assert [one for one in [*every, *told.do, *told.dont] if one not in card] == []
    assert field_address() in card
    assert f"/k/{DIGITS}/" in poster
    assert "Kemboja" in poster
    for page in (card, poster):
        assert "<svg" in page
        assert "http" not in page.replace(field_address().partition("/lapangan")[0], "").replace(
            "http://www.w3.org/2000/svg", ""
        )
    assert said.getvalue().count(DIGITS) == 3


def test_text_messages_fit_and_say_all_of_it(kemboja: Area, tmp_path: Path) -> None:
    call_command("field_card", "--area", CODE, "--out", str(tmp_path), stdout=StringIO())
    lines = written(tmp_path, "sms").splitlines()
    assert all(len(line) <= SEGMENT and GSM.fullmatch(line) for line in lines)
    assert [line.partition(" ")[0] for line in lines] == [
        f"{n}/{len(lines)}" for n in range(1, len(lines) + 1)
    ]
    whole = " ".join(line.partition(" ")[2] for line in lines)
    with override("id"):
        told = guide()
    assert [s for level in told.levels for s in level.signs if s not in whole] == []
    assert whole.endswith(field_address())


def test_an_area_that_is_no_kelurahan_gets_no_card(kemboja: Area, tmp_path: Path) -> None:
    for area in ("21.72.01", "99.99.99.9999", "x"):
        with pytest.raises(CommandError):
            call_command("field_card", "--area", area, "--out", str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_one_short_message_has_no_number() -> None:
    assert segments(["Satu kalimat."]) == ["Satu kalimat."]
    assert segments([]) == []
    assert [len(one) <= SEGMENT for one in segments(["kata " * 200])] == [True] * 7


def test_sentences_begin_with_the_numbers() -> None:
    assert sentences(guide(), "alamat")[0].startswith("Darurat: 110")


@pytest.mark.parametrize(
    ("digits", "code"),
    [(DIGITS, CODE), ("217201100", ""), ("21720110022", ""), ("21720110ab", ""), ("", "")],
)
def test_digits_of_a_short_address(digits: str, code: str) -> None:
    assert dotted(digits) == code
    assert not code or undotted(code) == digits


def test_signs_are_read_in_groups() -> None:
    assert in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_a_poster_opens_the_form_with_the_kelurahan_filled_in(kemboja: Area) -> None:
    page = Client().get(f"/k/{DIGITS}/").content.decode()
    assert f'<option value="{CODE}" selected>' in page
    assert "Sudah terisi: Kel. Kemboja" in page
    assert "selected>Kel." not in Client().get("/lapor/").content.decode()


@pytest.mark.parametrize("digits", ["2172011999", "12", "abc"])
def test_a_poster_of_another_place_opens_the_plain_form(kemboja: Area, digits: str) -> None:
    answer = Client().get(f"/k/{digits}/")
    assert answer.status_code == 200
    assert "Sudah terisi" not in answer.content.decode()


def test_a_report_by_a_poster_says_so(kemboja: Area) -> None:
    keys_for(TeamFactory(code="asesmen"))
    client: Any = Client()
    form = client.get(f"/k/{DIGITS}/").content.decode()
    sent = dict(re.findall(r'name="(ticket|r|seed)" value="([^"]+)"', form))
    client.post(f"/k/{DIGITS}/", {**sent, "safe_now": "safe", "place_area": CODE})
    report = Report.objects.get()
    assert (report.channel, report.area_code) == ("safepoint", CODE)
