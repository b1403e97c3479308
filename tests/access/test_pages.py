"""What members see of each other, and how much a list costs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from teduh.access.models import Duty, Elevation, Member, Team
from teduh.access.words import AgencyKind
from teduh.audit.actions import record
from teduh.lib.actors import CLOCK
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MEMBERS_QUERIES = (
    16  # session, member, rights, agency, count, page, its roles, seats, teams; saving
)
TRAIL_QUERIES = 13

pytestmark = pytest.mark.django_db


def test_the_list_of_members_costs_the_same_for_two_and_for_forty(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    team = TeamFactory()
    signed_in(client, MemberFactory(role="head", team=team))
    for count in (1, 39):
        MemberFactory.create_batch(count, role="officer", team=team)
        with django_assert_max_num_queries(MEMBERS_QUERIES):
            assert client.get("/kantor/anggota/").status_code == 200


def test_the_trail_costs_the_same_for_few_and_for_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client, MemberFactory(role="auditor"))
    for count in (1, 80):
        for number in range(count):
            record(by=CLOCK, verb="a.b", subject=f"S-{number}", at=AT)
        with django_assert_max_num_queries(TRAIL_QUERIES):
            assert client.get("/kantor/jejak/").status_code == 200


def test_the_trail_is_filtered_by_subject_verb_and_hand(client: Client) -> None:
    member = MemberFactory(role="auditor")
    signed_in(client, member)
    record(by=CLOCK, verb="report.read", subject="TDH-AAAA-AAAA", at=AT)
    record(by=member.actor, verb="cards.read", subject="t", at=AT, subjects=["TDH-AAAA-AAAA"])
    record(by=member.actor, verb="report.read", subject="TDH-BBBB-BBBB", at=AT)

    def numbers(query: str) -> list[int]:
        page = client.get(f"/kantor/jejak/?{query}").context["page"]
        return sorted(row.number for row in page)

    assert numbers("subject=TDH-AAAA-AAAA") == [2, 3]
    assert numbers("verb=report.read") == [2, 4]
    assert numbers(f"by={member.code}") == [3, 4]
    assert numbers("subject=TDH-AAAA-AAAA&verb=cards.read") == [3]
    assert numbers("subject=%27%20OR%201=1") == []


def test_a_manager_of_the_office_sees_all_agencies_and_others_only_their_own() -> None:
    office, police = AgencyFactory(), AgencyFactory(kind=AgencyKind.POLICE)
    head = MemberFactory(role="head", agency=office)
    officer = MemberFactory(role="officer", agency=office)
    chief = MemberFactory(role="head", agency=police)
    TeamFactory(agency=office)
    TeamFactory(agency=police)
    assert set(Member.objects.visible_to(head)) == {head, officer, chief}
    assert set(Member.objects.visible_to(officer)) == {head, officer}
    assert set(Member.objects.visible_to(chief)) == {chief}
    assert Team.objects.visible_to(head).count() == 2
    assert Team.objects.visible_to(chief).count() == 1


def test_one_click_deactivates(client: Client) -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(agency=head.agency)
    signed_in(client, head)
    client.post(f"/kantor/anggota/{member.code}/nonaktif/")
    member.refresh_from_db()
    assert not member.active


def test_a_role_of_the_office_is_refused_in_plain_words(client: Client) -> None:
    police = AgencyFactory(kind=AgencyKind.POLICE)
    member = MemberFactory(agency=police)
    signed_in(client, MemberFactory(role="head", agency=police))
    answer = client.post(f"/kantor/anggota/{member.code}/", {"roles": ["auditor"]})
    assert answer.status_code == 200
    assert "hanya dapat diberikan oleh pengelola di kantor" in answer.content.decode()
    assert member.role_codes() == set()


def test_after_deactivation_the_page_says_what_happens_to_the_keys_and_whom_to_tell(
    client: Client,
) -> None:
    team = TeamFactory()
    head = MemberFactory(role="head", team=team)
    lead = MemberFactory(role="case_manager", team=team)
    signer = MemberFactory(role="key_officer", agency=team.agency)
    elsewhere = MemberFactory(role="case_manager", team=TeamFactory(agency=team.agency))
    member = MemberFactory(role="officer", team=team)
    page = f"/kantor/anggota/{member.code}/"
    signed_in(client, head)
    client.post(f"{page}nonaktif/")
    said = client.get(page).content.decode()
    assert "Dalam satu menit: semua kunci" in said
    assert "kunci tim baru" in said
    assert lead.name in said
    assert signer.name in said
    assert elsewhere.name not in said
    assert "/kantor/kunci/tim/" not in said


def test_who_holds_key_rights_is_led_to_the_page_of_keys(client: Client) -> None:
    head = MemberFactory(role=["head", "key_officer"])
    member = MemberFactory(agency=head.agency)
    page = f"/kantor/anggota/{member.code}/"
    signed_in(client, head)
    client.post(f"{page}nonaktif/")
    said = client.get(page).content.decode()
    assert 'href="/kantor/kunci/tim/"' in said
    assert "kunci tim baru" not in said  # they sat in no team


def test_the_page_offers_nobody_their_own_rights(client: Client) -> None:
    head = MemberFactory(role="head")
    signed_in(client, head)
    page = client.get(f"/kantor/anggota/{head.code}/").content.decode()
    assert "nonaktif/" not in page
    assert 'name="roles"' not in page
    assert client.post(f"/kantor/anggota/{head.code}/", {"roles": ["officer"]}).status_code == 403
    assert client.post(f"/kantor/anggota/{head.code}/nonaktif/").status_code == 403
    assert head.role_codes() == {"head"}


def test_duty_is_planned_on_the_page_and_seen_by_the_team(client: Client) -> None:
    team = TeamFactory()
    officer = MemberFactory(role="officer", team=team)
    signed_in(client, MemberFactory(role="supervisor", team=team))
    told = {"team": team.code, "member": officer.code, "starts": "2099-01-01T08:00"}
    assert client.post("/kantor/jaga/", {**told, "ends": "2099-01-01T07:00"}).status_code == 200
    assert client.post("/kantor/jaga/", {**told, "ends": "2099-01-01T16:00"}).status_code == 302
    assert Duty.objects.get().starts == datetime(2099, 1, 1, 1, 0, tzinfo=UTC)
    assert officer.name in signed_in(Client(), officer).get("/kantor/jaga/").content.decode()
    assert signed_in(Client(), officer).post("/kantor/jaga/", told).status_code == 403


def test_a_request_is_asked_approved_and_ended_on_the_page(client: Client) -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(role="data_officer", agency=head.agency)
    signed_in(client, member)
    told = {"right": "read_audit", "hours": "2", "reason": "Memeriksa laporan bulan lalu."}
    assert client.get("/kantor/jejak/").status_code == 403
    client.post("/kantor/akses-sementara/", told)
    number = Elevation.objects.get().pk
    signed_in(Client(), head).post(f"/kantor/akses-sementara/{number}/setuju/")
    assert client.get("/kantor/jejak/").status_code == 200
    client.post(f"/kantor/akses-sementara/{number}/akhiri/")
    assert client.get("/kantor/jejak/").status_code == 403
    assert Elevation.objects.get().until <= timezone.now() + timedelta(seconds=1)


def test_too_short_a_reason_is_said_in_the_page(client: Client) -> None:
    signed_in(client, MemberFactory())
    told = {"right": "read_audit", "hours": "2", "reason": "perlu"}
    assert client.post("/kantor/akses-sementara/", told).status_code == 200
    assert not Elevation.objects.exists()
