"""What a failure leaves in the log: its kind, file and line, and no word of anybody."""

import subprocess
import sys
from pathlib import Path

from tests.config.test_settings import HOUSE, SAFE

STORY = "kisah-rahasia-9317"
FAIL = f"""
import logging, django
django.setup()
def fail(text):
    raise ValueError(text)
for name in ("django.request", "django.server", "teduh.clock", "any.library"):
    try:
        fail("{STORY}")
    except ValueError:
        logging.getLogger(name).exception("failed at /lapor/?{STORY} %s", "{STORY}"
                                          if not name.startswith("teduh") else "chore")
logging.getLogger("django.request").warning("Not Found: /{STORY}/")
print([type(one).__name__ for name in ("", "django", "django.server")
       for one in logging.getLogger(name).handlers])
"""


def test_a_failure_says_kind_and_line_and_nothing_that_was_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAIL.replace(f"failed at /lapor/?{STORY} %s", "chore failed %s")],
        env={**SAFE, "PYTHONPATH": str(HOUSE / "src"), "TEDUH_VAR": str(tmp_path),
             "DJANGO_SETTINGS_MODULE": "teduh.config.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )  # fmt: skip
    assert STORY not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 4
    assert all("ValueError at <string>:5" in line for line in lines)
    assert done.stdout.strip() == "['StreamHandler']"
