"""Static files are packed once, and never answered from a twin of other bytes."""

import gzip
from pathlib import Path

import brotli
import pytest
from pytest_django import Settings

from teduh.config import static

SCRIPT = f'const root = "{static.PLACE_OF_ROOT}";\n' + "// Contoh isi.\n" * 50


@pytest.fixture
def laid(settings: Settings, tmp_path: Path) -> Path:
    """A house of one script, laid out; the script."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "contoh.js").write_text(SCRIPT)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [own]
    settings.STATIC_ROOT = tmp_path / "static"
    static.lay_out()
    return tmp_path / "static" / "contoh.js"


def packed(script: Path) -> tuple[bytes, bytes]:
    """What a browser reads that understands brotli, and one that does not."""
    return brotli.decompress(twin(script, ".br").read_bytes()), gzip.decompress(
        twin(script, ".gz").read_bytes()
    )


def twin(script: Path, end: str) -> Path:
    return script.with_name(f"{script.name}{end}")


def test_every_twin_carries_the_root_key(laid: Path, settings: Settings) -> None:
    text = SCRIPT.replace(static.PLACE_OF_ROOT, settings.TEDUH_ROOT_PUBLIC).encode()
    assert laid.read_bytes() == text
    assert packed(laid) == (text, text)


def test_what_is_packed_of_the_same_bytes_stays(laid: Path) -> None:
    other = gzip.compress(laid.read_bytes(), compresslevel=1, mtime=7)
    twin(laid, ".gz").write_bytes(other)
    static.lay_out()
    assert twin(laid, ".gz").read_bytes() == other
    assert packed(laid) == (laid.read_bytes(), laid.read_bytes())


@pytest.mark.parametrize("end", [".br", ".gz"])
@pytest.mark.parametrize("bad", [b"", b"rusak", "other"], ids=["empty", "broken", "other"])
def test_a_twin_of_other_bytes_is_packed_anew(laid: Path, end: str, bad: bytes | str) -> None:
    if isinstance(bad, str):
        bad = (brotli.compress if end == ".br" else gzip.compress)(b"alert('lain')")
    twin(laid, end).write_bytes(bad)
    static.lay_out()
    assert packed(laid) == (laid.read_bytes(), laid.read_bytes())


def test_a_new_release_is_packed_anew(laid: Path, settings: Settings) -> None:
    (Path(settings.STATICFILES_DIRS[0]) / "contoh.js").write_text(f"// baru\n{SCRIPT}")
    static.lay_out()
    assert laid.read_bytes().startswith(b"// baru")
    assert packed(laid) == (laid.read_bytes(), laid.read_bytes())
