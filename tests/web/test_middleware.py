"""What every answer carries."""

import brotli
import pytest
from django.test import Client

PUBLIC = [
    "/",
    "/bantuan/",
    "/lapor/",
    "/lapor/anak/",
    "/tanya/",
    "/aman/",
    "/aman/daring/",
    "/status/",
]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", [*PUBLIC, "/en/", "/en/lapor/", "/status/pesan/", "/hilang/", "/kantor/"]
)
def test_no_page_is_kept_framed_or_told_of(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Server"] == "Teduh"
    assert "camera=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("address", PUBLIC)
def test_nobody_gets_a_cookie_before_sending(client: Client, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_neutral_and_asks_nobody_else(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "<title>Teduh</title>" in page
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert page.count("data-exit=") == 1
    loaded = [
        part.split('"')[1] for part in page.split("<")[1:] if part.startswith(("link", "script"))
    ]
    assert not [name for name in loaded if name.startswith("http")]


@pytest.mark.parametrize("path", ["/lapor/", "/status/", "/status/pesan/"])
def test_a_page_anybody_gets_travels_packed(client: Client, path: str) -> None:
    page = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert page["Content-Encoding"] == "br"
    assert b"<form" in brotli.decompress(page.content)


def test_what_a_cookie_or_a_code_opens_is_never_packed(client: Client) -> None:
    told = {"ticket": "TDH-0000-0000", "code": "0000 0000 0000 0000 0000"}
    opened = client.post("/status/pesan/", told, headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in opened.headers
    client.cookies["teduh_pesan"] = "contoh"
    messages = client.get("/status/pesan/", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in messages.headers
