"""Files stay in memory; what does not fit is named and the rest still comes in."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from teduh.lib import store
from teduh.web import uploads


def sent(**files: bytes) -> HttpRequest:
    parts = {name: SimpleUploadedFile(f"{name}.bin", body) for name, body in files.items()}
    return RequestFactory().post("/lapor/", {"story": "cerita", **parts})


def test_a_small_file_comes_in_whole_and_in_memory() -> None:
    request = sent(foto=b"abc" * 50_000)
    assert request.FILES["foto"].read() == b"abc" * 50_000
    assert isinstance(request.FILES["foto"].file, BytesIO)


def test_a_file_too_big_is_named_and_the_text_and_the_others_come_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "FILE_LIMIT", 1000)
    request = sent(besar=b"x" * 1001, kecil=b"y" * 900)
    assert request.POST["story"] == "cerita"
    assert list(request.FILES) == ["kecil"]
    assert request.refused_files == [("besar.bin", "big")]  # type: ignore[attr-defined]


def test_a_file_with_nothing_in_it_is_named_and_left_out() -> None:
    request = sent(kosong=b"", kecil=b"y")
    assert list(request.FILES) == ["kecil"]
    assert request.refused_files == [("kosong.bin", "empty")]  # type: ignore[attr-defined]


def test_files_count_together_towards_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "FORM_LIMIT", 1000)
    request = sent(satu=b"x" * 600, dua=b"y" * 600)
    assert list(request.FILES) == ["satu"]
    assert request.refused_files == [("dua.bin", "big")]  # type: ignore[attr-defined]


def test_more_files_than_anybody_sends_are_left_out_and_the_text_comes_in() -> None:
    request = sent(**{f"foto-{n:03d}": b"x" for n in range(uploads.MOST_FILES + 20)})
    assert request.POST["story"] == "cerita"
    assert len(request.FILES) == uploads.MOST_FILES
    assert request.refused_files == [("foto-100.bin", "many")]  # type: ignore[attr-defined]


def test_the_fifth_large_body_at_once_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGE", 100)
    taken = [uploads._places.acquire(blocking=False) for _ in range(uploads.LARGE_AT_ONCE)]
    try:
        request = sent(foto=b"x" * 200)
        assert request.POST["story"] == "cerita"
        assert not request.FILES
        assert request.refused_files == [("foto.bin", "busy")]  # type: ignore[attr-defined]
    finally:
        for _ in filter(None, taken):
            uploads._places.release()


def test_a_place_is_given_back_when_the_body_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGE", 100)
    for _ in range(uploads.LARGE_AT_ONCE + 1):
        assert list(sent(foto=b"x" * 200).FILES) == ["foto"]


def test_without_room_on_the_disk_the_files_stay_out_and_the_text_comes_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "room", lambda: 1000)
    request = sent(foto=b"x" * 2000)
    assert request.POST["story"] == "cerita"
    assert request.refused_files == [("foto.bin", "full")]  # type: ignore[attr-defined]
