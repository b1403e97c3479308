"""The file store: once, whole, and never at the price of a report that finds no room."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_django import Settings

from teduh.lib import store

Fill = Callable[[int], None]


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> None:
    settings.TEDUH_VAR, settings.TEDUH_FILES = tmp_path / "var", str(tmp_path / "var" / "files")
    settings.TEDUH_DISK_RESERVE = 1000
    (tmp_path / "var").mkdir()


@pytest.fixture
def leave(monkeypatch: pytest.MonkeyPatch) -> Fill:
    """Set how many bytes are free on every disk of this machine."""

    def set_free(free: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))

    return set_free


def test_a_body_is_kept_once_and_listed() -> None:
    store.put("a/00000", b"x")
    with pytest.raises(store.AlreadyKept):
        store.put("a/00000", b"y")
    assert store.get("a/00000") == b"x"
    assert list(store.all_keys()) == ["a/00000"] == [store.piece_key("a", 0)]


@pytest.mark.parametrize(("free", "room"), [(0, 0), (999, 0), (1000, 0), (1001, 1), (5000, 4000)])
def test_the_reserve_is_not_room(leave: Fill, free: int, room: int) -> None:
    leave(free)
    assert store.room() == room


def test_a_body_that_would_touch_the_reserve_is_refused(leave: Fill) -> None:
    leave(1003)
    store.put("b/00000", b"xxx")
    with pytest.raises(store.NoRoom):
        store.put("c/00000", b"xxxx")
    assert list(store.all_keys()) == ["b/00000"]


def test_files_in_a_bucket_are_not_measured_by_this_disk(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    asked: list[Path] = []

    def measure(place: Path) -> SimpleNamespace:
        asked.append(place)
        return SimpleNamespace(free=2000)

    monkeypatch.setattr(shutil, "disk_usage", measure)
    settings.TEDUH_FILES = "s3://bukti-contoh"
    assert store.room() == 1000
    assert asked == [Path(settings.TEDUH_VAR)]


def test_what_is_gone_already_is_removed_in_silence() -> None:
    store.put("c/00000", b"x")
    for _time in range(2):
        store.delete("c/00000")
    assert list(store.all_keys()) == []
