"""What histories, tabs and share cards show of a public page is a neutral word (ui.md, line 3)."""

import re

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.factories import TeamFactory
from tests.factories.reports import keys_for
from tests.walks.test_every_page import PUBLIC

pytestmark = pytest.mark.django_db
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
CARD = re.compile(r'<meta property="og:\w+" content="(.*?)">')


def page_of(address: str) -> str:
    return Client().get(address).content.decode()


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_page_has_one_title_and_an_office_may_choose_it(
    name: str, settings: LazySettings
) -> None:
    assert TITLE.findall(page_of(reverse(name))) == ["Teduh"]
    settings.TEDUH_PUBLIC_TITLE = "Resep & kue"
    assert TITLE.findall(page_of(reverse(name))) == ["Resep &amp; kue"]


def test_so_have_the_answer_and_the_pages_of_errors(settings: LazySettings) -> None:
    settings.TEDUH_PUBLIC_TITLE = "Resep"
    keys_for(TeamFactory(code="asesmen"))
    client = Client()
    form = client.get("/lapor/").content.decode()
    sent = dict(re.findall(r'name="(ticket|r|seed)" value="([^"]+)"', form))
    client.post("/lapor/", {**sent, "safe_now": "safe"})
    answer = client.get("/lapor/tersimpan/").content.decode()
    assert TITLE.findall(answer) == TITLE.findall(page_of("/hilang/")) == ["Resep"]


def test_the_card_of_a_shared_address_says_the_title_and_nothing_else(
    settings: LazySettings,
) -> None:
    settings.TEDUH_PUBLIC_TITLE = "Resep"
    assert set(CARD.findall(page_of("/"))) == {"Resep"}


def test_the_page_on_traces_names_the_title_to_look_for(settings: LazySettings) -> None:
    settings.TEDUH_PUBLIC_TITLE = "Resep"
    page = page_of("/aman/")
    assert page.count("“Resep”") == 3
    assert "“Teduh”" not in page
