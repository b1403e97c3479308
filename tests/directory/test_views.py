"""The office keeps its channels; the front page shows them."""

import html
from dataclasses import replace

import pytest
from django.test import Client

from teduh.access.models import Member
from teduh.access.words import AgencyKind
from teduh.directory import actions, queries
from teduh.directory.rules import Way
from teduh.directory.words import ChannelKind
from tests.factories import AgencyFactory, MemberFactory, signed_in
from tests.factories.reports import AT

pytestmark = pytest.mark.django_db
PHONE = Way("phone", "Telepon kantor", "0800-000-0000", "Setiap hari")


@pytest.fixture
def head() -> Member:
    return MemberFactory(role="head", agency=AgencyFactory(kind=AgencyKind.OFFICE))


def told(prefix: str, **changed: str) -> dict[str, str]:
    given = {"kind": "phone", "label": "Telepon", "target": "0800-000-0000", "active": "on"}
    return {f"{prefix}-{name}": value for name, value in {**given, **changed}.items()}


def test_the_front_page_names_each_open_channel_with_its_hours(head: Member) -> None:
    actions.enter_channel(by=head, way=PHONE, at=AT)
    for path in ("/", "/en/"):
        page = Client().get(path).content.decode()
        for text in (PHONE.label, PHONE.target, PHONE.hours, "tel:08000000000"):
            assert text in page


@pytest.mark.parametrize("kind", ChannelKind)
def test_one_page_compares_what_each_way_costs_and_leaves_behind(
    head: Member, kind: ChannelKind
) -> None:
    way = replace(PHONE, kind=kind, cost="credit")
    row = actions.enter_channel(by=head, way=way, at=AT)
    page = html.unescape(Client().get("/cara/").content.decode())
    assert all(text in page for text in (way.label, way.hours, row.get_cost_display(), row.leaves))


def test_the_comparison_ends_with_the_numbers_of_others() -> None:
    page = Client().get("/cara/").content.decode()
    assert all(f'href="tel:{number}"' in page for number in (119, 113, 115, 148))


def test_without_channels_the_front_page_says_nothing_of_them() -> None:
    assert "Cara lain menghubungi" not in Client().get("/").content.decode()


def test_112_is_shown_only_where_the_city_runs_it(settings: object) -> None:
    assert "tel:112" not in Client().get("/").content.decode()
    settings.TEDUH_CITY_HAS_112 = True  # type: ignore[attr-defined]
    assert "tel:112" in Client().get("/").content.decode()


def test_a_channel_entered_on_the_page_is_shown_at_once(head: Member) -> None:
    answer = signed_in(Client(), head).post("/kantor/kanal/", told("new", hours="08–16"))
    assert answer.status_code == 302
    assert "08–16" in Client().get("/").content.decode()


def test_a_channel_mended_on_the_page_changes(head: Member) -> None:
    row = actions.enter_channel(by=head, way=PHONE, at=AT)
    client = signed_in(Client(), head)
    answer = client.post(f"/kantor/kanal/{row.pk}/", told(str(row.pk), label="Hotline"))
    assert answer.status_code == 302
    assert [one.label for one in queries.channels()] == ["Hotline"]


def test_a_number_nobody_can_dial_is_said_and_the_rest_kept(head: Member) -> None:
    client = signed_in(Client(), head)
    page = client.post("/kantor/kanal/", told("new", target="menyusul", label="Hotline"))
    assert page.status_code == 400
    assert "Tulis nomor yang bisa dihubungi." in page.content.decode()
    assert "Hotline" in page.content.decode()
    assert not queries.channels().exists()


def test_a_number_that_stands_there_already_is_said(head: Member) -> None:
    row = actions.enter_channel(by=head, way=PHONE, at=AT)
    actions.enter_channel(by=head, way=Way("phone", "Lain", "0800-111-1111"), at=AT)
    client = signed_in(Client(), head)
    for path, prefix in (("/kantor/kanal/", "new"), (f"/kantor/kanal/{row.pk}/", str(row.pk))):
        page = client.post(path, told(prefix, target="0800-111-1111"))
        assert page.status_code == 400
        assert "sudah ada di daftar" in page.content.decode()
