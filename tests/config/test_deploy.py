"""What stands around the program keeps its promises: nothing logged, nothing on disk, little allowed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
IMAGE = re.compile(r"^FROM (\S+)|^ARG BASE=(\S+)", re.MULTILINE)


def directives(text: str) -> list[str]:
    """Lines of nginx without comments."""
    return [line.partition("#")[0].strip() for line in text.splitlines()]


@pytest.fixture
def site() -> str:
    return (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def test_the_proxy_writes_nothing_of_a_request_anywhere(site: str) -> None:
    servers = site.count("server {")
    lines = directives(site)
    for line in ("access_log off;", "error_log /dev/null emerg;", "server_tokens off;"):
        assert lines.count(line) == servers
    for line in ("proxy_request_buffering off;", "proxy_buffering off;", "gzip off;"):
        assert lines.count(line) == 1
    assert "proxy_max_temp_file_size 0;" in lines


def test_the_proxy_believes_nobody_about_where_a_visitor_comes_from(site: str) -> None:
    lines = directives(site)
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in lines
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in lines


def test_the_proxy_lets_a_whole_form_through_so_that_teduh_names_what_is_too_large(
    site: str,
) -> None:
    from teduh.web.uploads import FORM_LIMIT

    (most,) = re.findall(r"client_max_body_size (\d+)m;", site)
    assert int(most) * 1024 * 1024 > FORM_LIMIT


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_understands_the_site(tmp_path: Path, site: str) -> None:
    subject = ["-subj", "/CN=teduh.contoh.invalid", "-days", "2", "-nodes"]
    key, cert = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        *subject,
        "-keyout",
        key,
        "-out",
        cert,
    ]
    subprocess.run(made, check=True, capture_output=True)
    (tmp_path / "site").write_text(site.replace("/etc/ssl/teduh", str(tmp_path)))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {tmp_path / kind}; " for kind in kinds)
    whole = f"events {{}} http {{ {places} include {tmp_path / 'site'}; }} pid {tmp_path / 'pid'};"
    (tmp_path / "nginx.conf").write_text(whole)
    subprocess.run(
        ["nginx", "-e", "stderr", "-p", tmp_path, "-t", "-c", tmp_path / "nginx.conf"], check=True
    )


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_leaves_no_memory_behind_and_can_do_little(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in (
        "User=teduh",
        "UMask=0077",
        "LimitCORE=0",
        "MemorySwapMax=0",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
    ):
        assert line in lines


def test_every_service_starts_a_command_that_exists() -> None:
    from django.core.management import get_commands

    started = [
        re.findall(r"manage\.py (\w+)", path.read_text(encoding="utf-8")) for path in SERVICES
    ]
    assert sorted(name for names in started for name in names) == ["backup", "clock", "serve"]
    assert {"backup", "clock", "serve"} <= set(get_commands())


def test_the_container_names_no_registry() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    named = {image for pair in IMAGE.findall(text) for image in pair if image}
    assert named == {"${BASE}", "python:3.12-slim"}
    assert "http" not in text


def test_the_settings_to_begin_with_hold_no_secret_and_no_unknown_name() -> None:
    text = (DEPLOY / "office.env").read_text(encoding="utf-8")
    documented = (DEPLOY.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    names = re.findall(r"^#?(TEDUH_\w+)=", text, re.MULTILINE)
    assert "TEDUH_SECRET" not in names
    assert {name.removesuffix("_FILE") for name in names} <= set(
        re.findall(r"`(TEDUH_\w+)`", documented)
    )
