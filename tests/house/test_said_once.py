"""What every page for whoever asks for help says once: that it costs nothing (ui.md, line 10)."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from teduh.vault.codes import spell_digits
from tests.factories import TeamFactory
from tests.factories.reports import CODE, keys_for, received
from tests.walks.test_every_page import PUBLIC

pytestmark = pytest.mark.django_db
FREE = {"id": r"\bgratis\b", "en": r"\bfree\b"}
LATER = b"<template"  # what a script shows afterwards stands behind all that is shown now


def times_free(page: bytes, language: str) -> int:
    return len(re.findall(FREE[language], page.decode(), re.IGNORECASE))


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_page_says_once_that_it_is_free(name: str, language: str) -> None:
    with translation.override(language):
        address = reverse(name)
    assert times_free(Client().get(address).content.partition(LATER)[0], language) == 1


def test_so_does_what_is_shown_after_sending(language: str) -> None:
    """Without script as a page, with script in the place of the lead."""
    keys_for(TeamFactory(code="asesmen"))
    client = Client()
    with translation.override(language):
        form, answer = reverse("intake:report"), reverse("intake:answer")
    page = client.get(form).content
    sent = dict(re.findall(r'name="(ticket|r|seed)" value="([^"]+)"', page.decode()))
    client.post(form, {**sent, "safe_now": "safe"})
    assert times_free(client.get(answer).content, language) == 1
    assert times_free(page.partition(LATER)[2], language) == 1
    assert times_free(page[page.index(b"<footer") :].partition(LATER)[0], language) == 0


def test_so_do_the_pages_under_a_ticket(language: str) -> None:
    team = TeamFactory()
    keys_for(team)
    told = {"ticket": received(team).ticket.number, "code": spell_digits(CODE)}
    with translation.override(language):
        pages = [reverse("tickets:status"), reverse("chat:messages")]
    for address in pages:
        page = Client().post(address, {**told, "remember": "1"}, follow=True).content
        assert times_free(page, language) == 1, address
