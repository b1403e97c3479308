"""Pages of shelters: codes for the keeper, a safe place for the team, nothing typed is lost."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services.actions import sheltering as actions
from teduh.services.models import Shelter, ShelterRoom, Stay, TurnAway
from teduh.vault.packages import b64
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import CaseOffice, opened, sealed_item
from tests.factories.shelters import a_room, counted, stayed

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
HOUSES = "/kantor/layanan/rumah-aman/"


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case that goes on."""
    return opened(office)


@pytest.fixture
def keeper(office: CaseOffice) -> Member:
    """Who keeps the shelter and works on no case."""
    return MemberFactory(role="shelter_keeper", agency=office.team.agency)


def later(days: int) -> str:
    """So many days from today, as a browser sends it."""
    return str(local_day(timezone.now()) + timedelta(days=days))


def test_the_keeper_opens_a_house_with_rooms_and_closes_one(keeper: Member, client: Client) -> None:
    signed_in(client, keeper)
    assert client.post(f"{HOUSES}baru/", {"name": ""}).status_code == 422
    assert client.post(f"{HOUSES}baru/", {"name": "Contoh Melur"}).status_code == 302
    page = f"{HOUSES}{Shelter.objects.get().provider.code}/kamar/"
    refused = client.post(page, {"group": "girls", "beds": "0"})
    assert refused.status_code == 422
    assert client.post(page, {"group": "girls", "beds": "3", "wheelchair": "on"}).status_code == 302
    row = ShelterRoom.objects.get()
    assert (row.beds, row.wheelchair, row.active) == (3, True, True)
    assert client.post(f"{page}ubah/", {"kamar": "1"}).status_code == 302
    assert client.post(f"{page}ubah/", {"kamar": "9"}).status_code == 409
    assert not ShelterRoom.objects.get().active
    assert "Contoh Melur" in client.get(HOUSES).content.decode()


def test_a_stay_is_begun_sealed_and_the_team_reads_a_safe_place_only(
    office: CaseOffice, case: Case, keeper: Member, client: Client
) -> None:
    room, page = a_room(keeper), f"/kantor/layanan/kasus/{case.code}/tempat-aman/"
    item = sealed_item(case, actions.PLACE, "Contoh: jalan tanpa nama")
    packed = json.dumps({"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)})
    sent = {"room": room.pk, "persons": "1", "until": later(14), "sealed": packed}
    signed_in(client, office.melati)
    assert room.shelter.provider.name not in client.get(page).content.decode()
    for wrong in ({"persons": "3"}, {"until": later(20)}, {"wheelchair": "on"}, {"room": ""}):
        assert client.post(page, sent | wrong).status_code == 422
    assert client.post(page, sent).json() == {"to": page}
    shown = client.get(page).content.decode()
    stay = Stay.objects.get()
    assert stay.item in shown
    assert room.shelter.provider.name not in shown
    again = client.post(page, sent)
    assert again.status_code == 409
    assert client.post(f"{page}{stay.code}/lanjut/", {"until": later(90)}).status_code == 422
    longer = {"until": later(90), "reason": "danger"}
    refused = client.post(f"{page}{stay.code}/lanjut/", longer)
    assert refused.status_code == 409
    assert f'value="{longer["until"]}"' in refused.content.decode()
    longer["until"] = later(20)
    assert client.post(f"{page}{stay.code}/lanjut/", longer).status_code == 302
    assert client.post(f"{page}{stay.code}/pergi/", {"end": ""}).status_code == 422
    assert client.post(f"{page}{stay.code}/pergi/", {"end": "family"}).status_code == 302
    assert counted(room) == 0


def test_the_keeper_knows_a_stay_by_its_code_and_no_case(
    office: CaseOffice, case: Case, keeper: Member, client: Client
) -> None:
    stay = stayed(office, case, a_room(keeper))
    page = f"{HOUSES}tinggal/{stay.code}/"
    signed_in(client, keeper)
    shown = client.get(HOUSES).content.decode() + client.get(page).content.decode()
    assert stay.code in shown
    assert case.code not in shown
    assert client.get(f"/kantor/layanan/kasus/{case.code}/tempat-aman/").status_code == 403
    assert client.post(f"{page}pergi/", {"end": "home"}).status_code == 302
    assert client.post(f"{page}pergi/", {"end": "home"}).status_code == 409
    assert case.code in signed_in(client, office.supervisor).get(page).content.decode()


def test_no_place_is_noted_without_a_name(office: CaseOffice, client: Client) -> None:
    sent = {"group": "women", "persons": "2", "reason": "full", "instead": "family"}
    page = f"{HOUSES}penuh/"
    refused = signed_in(client, office.melati).post(page, sent | {"persons": "99"})
    assert refused.status_code == 422
    assert 'value="99"' in refused.content.decode()
    assert client.post(page, sent).status_code == 302
    assert TurnAway.objects.get().persons == 2
    assert client.get(f"{HOUSES}aturan/").status_code == 200


def test_the_page_of_shelters_costs_as_much_for_many_stays_as_for_one(
    office: CaseOffice,
    case: Case,
    keeper: Member,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    room = a_room(keeper, beds=6)
    for one in (case, opened(office), opened(office)):
        stayed(office, one, room)
    signed_in(client, keeper).get(HOUSES)
    with django_assert_num_queries(12):
        client.get(HOUSES)
