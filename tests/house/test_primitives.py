"""What the browser must never call (docs/sealing.md 2)."""

from pathlib import Path

BROWSER = Path(__file__).resolve().parents[2] / "browser"


def test_a_seed_becomes_a_key_pair_in_one_way_only() -> None:
    """`deriveKeyPair` hashes the seed once more: the server would make another key of it."""
    named = [
        path.name for path in BROWSER.rglob("*.ts") if "deriveKeyPair" in path.read_text("utf-8")
    ]
    assert named == []
