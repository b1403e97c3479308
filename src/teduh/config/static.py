"""Static files: collected, stamped with the office's root key, and packed once."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
from django.conf import settings
from django.core.management import call_command
from whitenoise.compress import Compressor

PLACE_OF_ROOT = (
    "TEDUH_ROOT_PUBLIC_KEY_GOES_HERE____________"  # 43 characters, as a key in base64url
)


def lay_out() -> None:
    """Collect static files into TEDUH_VAR/static, put the root key into the scripts, compress.

    Packing takes a second and more: what lies there packed, of the same bytes, stays.
    """
    lay = dict(_packed(Path(settings.STATIC_ROOT)))
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    packer = Compressor(quiet=True)
    for path in sorted(Path(settings.STATIC_ROOT).rglob("*")):
        if path.is_file() and path.suffix in {".js", ".css", ".svg", ".txt"}:
            _stamp(path)
            if path.with_name(f"{path.name}.br").exists():
                continue  # packed when it was built
            twins = lay.get(path)
            if twins and all(_unpacked(twin, end) == path.read_bytes() for end, twin in twins):
                for end, twin in twins:
                    path.with_name(f"{path.name}{end}").write_bytes(twin)
            else:
                list(packer.compress(str(path)))


def _packed(root: Path) -> Iterator[tuple[Path, list[tuple[str, bytes]]]]:
    """Files that lie there with both their packed twins, and these."""
    for brotlied in root.rglob("*.br"):
        path = brotlied.with_suffix("")
        gzipped = path.with_name(f"{path.name}.gz")
        if gzipped.is_file():
            yield path, [(".br", brotlied.read_bytes()), (".gz", gzipped.read_bytes())]


def _unpacked(twin: bytes, end: str) -> bytes | None:
    """What a browser reads from it; nothing where it is broken."""
    try:
        return bytes(brotli.decompress(twin) if end == ".br" else gzip.decompress(twin))
    except (brotli.error, OSError, EOFError, zlib.error):
        return None


def is_laid_out() -> bool:
    """Whether the scripts lie where they are served from, with this office's root key in them."""
    scripts = [path.read_text(encoding="utf-8") for path in Path(settings.STATIC_ROOT).glob("*.js")]
    carried = [text for text in scripts if settings.TEDUH_ROOT_PUBLIC in text]
    return bool(carried) and not any(PLACE_OF_ROOT in text for text in scripts)


def _stamp(path: Path) -> None:
    if path.suffix != ".js":
        return
    text = path.read_text(encoding="utf-8")
    if PLACE_OF_ROOT in text:
        path.write_text(text.replace(PLACE_OF_ROOT, settings.TEDUH_ROOT_PUBLIC), encoding="utf-8")
