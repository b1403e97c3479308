"""Static files: collected, stamped with the office's root key, and packed once."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from whitenoise.compress import Compressor

PLACE_OF_ROOT = (
    "TEDUH_ROOT_PUBLIC_KEY_GOES_HERE____________"  # 43 characters, as a key in base64url
)


def lay_out() -> None:
    """Collect static files into TEDUH_VAR/static, put the root key into the scripts, compress."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    packer = Compressor(quiet=True)
    for path in sorted(Path(settings.STATIC_ROOT).rglob("*")):
        if path.is_file() and path.suffix in {".js", ".css", ".svg", ".txt"}:
            _stamp(path)
            if not path.with_name(f"{path.name}.br").exists():  # packed when it was built
                list(packer.compress(str(path)))


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
