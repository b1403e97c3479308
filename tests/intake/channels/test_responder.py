"""The field page: what it says, what may be installed, and that nothing else may be."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from teduh.intake import texts
from teduh.intake.channels.responder.guide import guide
from tests.walks.test_every_page import PUBLIC

pytestmark = pytest.mark.django_db
GUIDE = Path(texts.__file__).parent / "data" / "guide.toml"


def policy(address: str) -> str:
    return str(Client().get(address)["Content-Security-Policy"])


def shell(text: str) -> dict[str, object]:
    """What the worker is told, read from its first line."""
    told: dict[str, object] = json.loads(text.partition("self.SHELL=")[2].partition(";")[0])
    return told


def test_the_guide_says_the_same_in_both_languages() -> None:
    told = tomllib.loads(GUIDE.read_text(encoding="utf-8"))
    assert [level["code"] for level in told["levels"]] == ["red", "amber", "green"]
    for level in told["levels"]:
        assert len(level["signs_id"]) == len(level["signs_en"]) > 3
    for said in ("id", "en"):
        with translation.override(said):
            every = guide()
        assert len(every.lives) == 5
        assert every.do
        assert every.dont


def test_every_sign_and_what_to_do_stands_on_the_page_without_script() -> None:
    page = Client().get("/lapangan/").content.decode()
    for level in guide().levels:
        assert level.advice in page
        for sign in level.signs:
            assert sign in page
    assert page.index("tel:110") < page.index("<h1>")


@pytest.mark.parametrize("name", PUBLIC)
def test_no_other_public_page_may_be_installed(name: str) -> None:
    asked = policy(reverse(name))
    assert ("worker-src 'self'" in asked) == (name == "intake:field")
    assert ("manifest-src 'self'" in asked) == (name == "intake:field")


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_worker_sees_nothing_above_its_own_page(language: str) -> None:
    told = json.loads(Client().get(f"{language}/lapangan/pasang.webmanifest").content)
    assert told["scope"] == told["start_url"] == f"{language}/lapangan/"
    answer = Client().get(f"{language}/lapangan/kerja.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer
    kept = shell(answer.content.decode())["addresses"]
    assert f"{language}/lapangan/" in kept  # type: ignore[operator]
    assert not [one for one in kept if "lapor" in str(one)]  # type: ignore[attr-defined]


def test_another_text_of_the_page_is_another_version(settings: LazySettings) -> None:
    first = shell(Client().get("/lapangan/kerja.js").content.decode())
    again = shell(Client().get("/lapangan/kerja.js").content.decode())
    settings.TEDUH_PUBLIC_TITLE = "Resep"
    other = shell(Client().get("/lapangan/kerja.js").content.decode())
    assert first == again
    assert first["version"] != other["version"]


def test_its_quick_exit_leaves_what_waits_where_it_is() -> None:
    page = Client().get("/lapangan/").content.decode()
    assert re.search(r'class="exit"><a href="https?://[^"]+"', page)
    assert "data-beacon" not in page
