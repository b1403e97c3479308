"""Print the demo members' second factor (called by scripts/demo-code)."""

import re
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from tests.support import totp  # noqa: E402  after the path is set


def main() -> None:
    """Read the seed where the demo keeps it, without starting Django."""
    demo = (HOUSE / "src/teduh/config/demo.py").read_text(encoding="utf-8")
    found = re.search(r'^TOTP_SEED = "([A-Z2-7]+)"', demo, re.MULTILINE)
    if not found:
        sys.exit("The demo keeps its second factor somewhere else now.")
    now = time.time()
    sys.stdout.write(f"{totp.code(found[1], now)}  ({totp.holds_for(now)} s)\n")


if __name__ == "__main__":
    main()
