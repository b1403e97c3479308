"""What every answer carries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from teduh.access.roles import ROLES
from teduh.config import urls as house
from tests.factories import signed_in
from tests.house.urls import TABLE, Place, place

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
HEADERS = {
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "Teduh",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
}
STATIC = ("public.css", "vault-worker.js", "pdf-worker.js")
A_YEAR = 31_536_000  # seconds
__all__ = ["place"]  # the fixture of everything that an address may name
pytestmark = pytest.mark.django_db


@login_not_required
def broken(_request: HttpRequest) -> HttpResponse:
    """A page that fails."""
    raise RuntimeError("kenari")


# A house with one page more, which fails: to see the answer of 500.
urlpatterns = [*house.urlpatterns, path("rusak/", broken)]
handler500 = house.handler500


def lacking(answer: Any) -> list[str]:
    """Headers that this answer should carry, and says otherwise or not at all."""
    wrong = [name for name, said in HEADERS.items() if answer.headers.get(name) != said]
    policy = answer.headers.get("Content-Security-Policy", "")
    wrong += sorted(POLICY - {part.strip() for part in policy.split(";")})
    wrong += ["unsafe in CSP"] if "unsafe" in policy or "http" in policy else []
    wrong += [] if "camera=()" in answer.headers.get("Permissions-Policy", "") else ["Permissions"]
    return wrong


def lacking_of_a_page(answer: Any) -> list[str]:
    """The same, and that nobody keeps it."""
    kept = answer.headers.get("Cache-Control") != "no-store"
    return lacking(answer) + (["Cache-Control"] if kept else [])


def static_file(name: str) -> Any:
    """The answer to a request for a static file, read to its end."""
    answer = Client().get(f"/s/{name}")
    assert b"".join(answer.streaming_content) == b"a"
    answer.close()
    return answer


def every_answer(place: Place) -> Iterator[tuple[str, Any]]:
    """Each address asked by a stranger and by a member it lets in, in three ways."""
    for name, entry in sorted(TABLE.items()):
        roles = sorted(entry.roles) or sorted(ROLES)
        member = place.members[roles[0], "own team"]
        address = reverse(name, kwargs=entry.names(place))
        for who in (Client(), signed_in(Client(), member)):
            for method in ("get", "post", "delete"):
                with transaction.atomic():
                    yield f"{method} {name}", getattr(who, method)(address)
                    transaction.set_rollback(True)


def test_no_answer_of_any_address_is_kept_framed_or_told_of(place: Place) -> None:
    wrong, statuses = [], set()
    for asked, answer in every_answer(place):
        statuses.add(answer.status_code)
        wrong += [(asked, answer.status_code, what) for what in lacking_of_a_page(answer)]
    assert wrong == []
    assert {200, 302, 400, 403, 404, 405} <= statuses
    assert max(statuses) < 500


def test_an_address_takes_no_other_method_than_its_own(place: Place) -> None:
    taken = [
        asked
        for asked, answer in every_answer(place)
        if (asked.startswith("delete") and answer.status_code in range(200, 300))
        or (
            asked.startswith("get")
            and TABLE[asked[4:]].method == "post"
            and answer.status_code == 200
        )
    ]
    assert taken == []


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/hilang/", "testserver", 404),
        ("/kantor/hilang/", "testserver", 404),
        ("/s/hilang.css", "testserver", 404),
        ("/", "lain.invalid", 400),
        ("/rusak/", "testserver", 500),
    ],
)
def test_an_error_carries_the_same(settings: Any, address: str, host: str, status: int) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    answer = client.get(address, headers={"host": host})
    assert answer.status_code == status
    assert lacking(answer) == []
    assert answer.headers.get("Cache-Control") == "no-store" or address.startswith("/s/")
    assert "kenari" not in answer.content.decode()


def test_a_post_from_another_site_is_refused_with_the_same(client: Client) -> None:
    answer = client.post("/lapor/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert lacking_of_a_page(answer) == []


def test_a_static_file_carries_the_same_and_may_be_kept(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    for name in STATIC:
        (tmp_path / name).write_text("a")
    answers = {name: static_file(name) for name in STATIC}
    assert lacking(answers["public.css"]) == []
    assert "max-age=3600" in answers["public.css"]["Cache-Control"]
    for name in ("vault-worker.js", "pdf-worker.js"):
        own = answers[name]["Content-Security-Policy"]
        assert own.startswith("default-src 'none'; script-src 'self'")
        assert "unsafe-inline" not in own
        assert "http" not in own


@pytest.mark.parametrize("address", ["/", "/kantor/", "/hilang/", "/keluar/", "/s/hilang.css"])
def test_under_tls_a_browser_is_told_to_stay_there(settings: Any, address: str) -> None:
    settings.SECURE_HSTS_SECONDS = A_YEAR  # what TEDUH_TLS sets: tests/config/test_settings.py
    answer = Client().get(address, secure=True)
    assert answer["Strict-Transport-Security"] == f"max-age={A_YEAR}"


def test_only_pages_of_the_office_may_start_a_worker(client: Client) -> None:
    assert "worker-src 'none'" in client.get("/lapor/")["Content-Security-Policy"]
    assert "worker-src 'self'" in client.get("/kantor/masuk/")["Content-Security-Policy"]


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
