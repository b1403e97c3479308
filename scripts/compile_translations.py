"""Compile every .po under locale/ to .mo (called by scripts/build; msgfmt may be missing)."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def main() -> None:
    """Compile what is newer than its compiled twin."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime:
            polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(compiled))


if __name__ == "__main__":
    main()
