"""A safe house has a name only before whoever keeps its rooms: every other page says a safe place."""

import re
from pathlib import Path

import pytest
from django.test import Client

from teduh.directory.models import Provider
from teduh.services import care_table
from teduh.services.care_forms import CareForm
from teduh.services.health_forms import Place
from teduh.services.models import Care
from teduh.services.queries.caring import Row
from teduh.services.refer_forms import NewForm
from tests.factories import signed_in
from tests.factories.cases import CaseOffice, opened
from tests.factories.services import SERVICE, partner, sent

ROOT = Path(__file__).resolve().parents[2] / "src/teduh"
OF_KEEPERS = {"stay.html", "shelters.html"}  # behind the right to keep a shelter
pytestmark = pytest.mark.django_db(databases=["default", "shred"])
NAMED = re.compile(r"provider\.name\b")
NAME, PHONE, CONTACT = "Rumah Contoh Melur", "0771-123123", "Ibu Contoh"


@pytest.fixture
def house() -> Provider:
    """A safe house that gives a service."""
    to = partner(secret=True, name=NAME, phone=PHONE, contact=CONTACT)
    return to.provider


@pytest.mark.parametrize("room", ["services", "conferences"])
def test_no_page_for_everybody_says_the_name_of_a_provider_as_it_is(room: str) -> None:
    files = [*(ROOT / room).rglob("*.html"), *(ROOT / room).rglob("*.py")]
    said = {one.name for one in files if NAMED.search(one.read_text())}
    assert said - OF_KEEPERS == set()


def test_no_choice_of_a_form_names_a_safe_house(house: Provider) -> None:
    kind = next(iter(care_table.kinds().values()))
    care = Care(kind=kind.code, provider=house)
    labels = [
        *NewForm(providers=[house])["provider"].subwidgets,
        *CareForm(kind=kind, members=[], providers=[house])["who"].subwidgets,
        Place().label_from_instance(house),
        Row(care, kind).gives,
    ]
    assert NAME not in " ".join(str(one) for one in labels)
    assert str(labels[-1]) == house.shown


def test_the_pages_of_a_referral_say_neither_its_name_nor_whom_to_call(
    client: Client, office: CaseOffice
) -> None:
    to, case = partner(secret=True, name=NAME, phone=PHONE, contact=CONTACT), opened(office)
    row = sent(office, case, to)
    signed_in(client, office.melati)
    base = f"/kantor/layanan/kasus/{case.code}/rujukan/"
    for page in (base, f"{base}?layanan={SERVICE}", f"{base}{row.code}/"):
        answer = client.get(page)
        assert answer.status_code == 200
        said = answer.content.decode()
        assert not {one for one in (NAME, PHONE, CONTACT) if one in said}, page
        assert to.provider.shown in said
