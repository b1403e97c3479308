"""What a server hands on is put in order before Django reads it."""

from io import BytesIO
from typing import Any

import pytest

from teduh.config.door import UNREADABLE, WITHOUT_LENGTH, door
from tests.support import wire
from tests.support.wire import FORM, PARTS, Sent

BODY = b"story=Contoh+kata"


def passed(**environ: Any) -> dict[str, Any]:
    """What comes through the door."""
    seen: dict[str, Any] = {}

    def house(told: dict[str, Any], _start: object) -> list[bytes]:
        seen.update(told)
        return []

    door(house)(environ, lambda *_told: None)
    return seen


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (FORM, FORM),
        (f"{FORM}; charset=rot13", FORM),
        (f"{FORM}; charset*=foo''bar", FORM),
        (PARTS, PARTS),
        ('multipart/form-data; charset=utf-16; Boundary="a b;c"; x=y', 'multipart/form-data; boundary="a b;c"'),
        ("", ""),
        (";", ""),
    ],
)  # fmt: skip
def test_of_a_kind_only_what_divides_the_parts_is_believed(said: str, kept: str) -> None:
    assert passed(CONTENT_TYPE=said)["CONTENT_TYPE"] == kept


@pytest.mark.parametrize("length", ["-5", "zwei", "²", "9" * 30])
def test_a_length_nobody_can_count_makes_the_body_unreadable(length: str) -> None:
    assert passed(CONTENT_TYPE=FORM, CONTENT_LENGTH=length)["CONTENT_TYPE"] == UNREADABLE


def test_a_nul_in_an_address_is_no_letter() -> None:
    seen = passed(PATH_INFO="/kantor/laporan/\0/", QUERY_STRING="jenis=%00&a=\0")
    assert seen["PATH_INFO"] == "/kantor/laporan/\xef\xbf\xbd/"
    assert seen["QUERY_STRING"] == "jenis=%EF%BF%BD&a=%EF%BF%BD"


@pytest.mark.django_db
def test_a_text_without_a_length_comes_in() -> None:
    chunks = {"Transfer-Encoding": "chunked"}
    answer = wire.ask("/lapor/", Sent(body=BODY, length="", headers=chunks))
    assert answer.status == 400  # it has no ticket
    assert "Contoh kata" in answer.text


def test_a_body_without_a_length_is_not_read_without_end() -> None:
    class Endless(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size == WITHOUT_LENGTH + 1
            return b"x" * size

    seen = passed(CONTENT_TYPE=FORM, HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input": Endless()})
    assert seen["CONTENT_TYPE"] == UNREADABLE
