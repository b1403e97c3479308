"""An unsafe house does not open: what the settings refuse, each start in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
GOOD = "a-secret-that-only-this-test-knows-0000"
SAFE = {"TEDUH_SECRET": GOOD, "TEDUH_HOSTS": "teduh.contoh.invalid"}


def start(folder: Path, **told: str) -> "subprocess.CompletedProcess[str]":
    """Read the settings with this environment and print what the tests ask about."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("TEDUH_")}
    asked = (
        "from teduh.config import settings as s;"
        "print(s.TEDUH_DEMO, s.DEBUG, s.ALLOWED_HOSTS, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE)"
    )
    return subprocess.run(
        [sys.executable, "-c", asked],
        env={**outer, "PYTHONPATH": str(HOUSE / "src"), "TEDUH_VAR": str(folder), **told},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, "TEDUH_SECRET is missing"),
        ({"TEDUH_HOSTS": "teduh.contoh.invalid"}, "TEDUH_SECRET is missing"),
        ({**SAFE, "TEDUH_SECRET": "teduh-demo-secret-for-nobody-real"}, "demo secret"),
        ({**SAFE, "TEDUH_SECRET": "x" * 31}, "too short"),
        ({**SAFE, "TEDUH_FIELD_HOST": "lain.contoh.invalid"}, "TEDUH_FIELD_HOST"),
        ({"TEDUH_SECRET": GOOD}, "TEDUH_HOSTS is missing"),
        ({**SAFE, "TEDUH_HOSTS": ","}, "TEDUH_HOSTS is missing"),
        ({**SAFE, "TEDUH_QUIET_HOURS": "malam"}, "TEDUH_QUIET_HOURS is not like"),
        ({**SAFE, "TEDUH_SMS_URL": "http://contoh.invalid/"}, "TEDUH_SMS_URL must be https"),
        ({**SAFE, "TEDUH_WHATSAPP_URL": "https://contoh.invalid/"}, "TEDUH_WHATSAPP_KEY is too"),
    ],
)
def test_a_start_that_is_not_safe_is_refused(
    tmp_path: Path, told: dict[str, str], reason: str
) -> None:
    done = start(tmp_path, **told)
    assert done.returncode != 0
    assert reason in done.stderr
    assert "ImproperlyConfigured" in done.stderr


def test_the_reason_never_repeats_the_secret(tmp_path: Path) -> None:
    done = start(tmp_path, **{**SAFE, "TEDUH_SECRET": "short-kata-rahasia"})
    assert "short-kata-rahasia" not in done.stderr + done.stdout


def test_a_safe_start_is_let_in(tmp_path: Path) -> None:
    done = start(tmp_path, **SAFE)
    assert done.stdout.split() == ["False", "False", "['teduh.contoh.invalid']", "0", "False"]


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(GOOD + "\n", encoding="utf-8")
    told = {"TEDUH_SECRET_FILE": str(file), "TEDUH_HOSTS": "teduh.contoh.invalid"}
    assert start(tmp_path, **told).returncode == 0


def test_tls_makes_cookies_secure_and_tells_browsers_for_a_year(tmp_path: Path) -> None:
    done = start(tmp_path, **SAFE, TEDUH_TLS="1")
    assert done.stdout.split()[-2:] == ["31536000", "True"]


def test_only_the_demo_starts_without_anything_and_on_this_machine_only(tmp_path: Path) -> None:
    done = start(tmp_path, TEDUH_DEMO="1")
    assert done.stdout.startswith("True False")
    assert "127.0.0.1" in done.stdout
    assert "*" not in done.stdout


@pytest.mark.parametrize(
    ("told", "kept", "reason"),
    [
        ({"TEDUH_DATABASE_URL": "postgresql://u:p@db/teduh"}, "", "TEDUH_DATABASE_URL is set"),
        ({"TEDUH_FILES": "/srv/files"}, "", "TEDUH_FILES is set"),
        ({"TEDUH_SECRET": GOOD}, "", "TEDUH_SECRET is set"),
        ({"TEDUH_SMTP_URL": "smtp://relay"}, "", "TEDUH_SMTP_URL is set"),
        ({}, "teduh.sqlite3", "not for practice"),
        ({}, "files", "not for practice"),
    ],
)
def test_practice_touches_nothing_of_a_real_office(
    tmp_path: Path, told: dict[str, str], kept: str, reason: str
) -> None:
    if kept:
        (tmp_path / kept).touch()
    done = start(tmp_path, TEDUH_PRACTICE="1", **told)
    assert done.returncode != 0
    assert reason in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ([kept] if kept else [])


def test_a_real_office_never_starts_in_the_folder_of_practice(tmp_path: Path) -> None:
    (tmp_path / "practice").touch()
    (tmp_path / "teduh.sqlite3").touch()
    assert "practice office" in start(tmp_path, **SAFE).stderr
    assert start(tmp_path, TEDUH_PRACTICE="1").stdout.split()[0] == "True"
