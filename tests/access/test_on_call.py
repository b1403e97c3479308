"""The telephone that goes with duty: who enters it, where it stands, and when it rings."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from teduh.access import actions, queries
from teduh.access.models import Duty, Member, Team
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.lib.actors import CLOCK
from teduh.outbox.models import Message
from teduh.outbox.rules import WrongAddress
from teduh.outbox.secrets import decrypt
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.outbox.test_gateway import everything

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NUMBER = "+628123456789"


@pytest.fixture
def team() -> Team:
    return TeamFactory(code="asesmen")


@pytest.fixture
def supervisor(team: Team) -> Member:
    return MemberFactory(role="supervisor", team=team)


def enter(by: Member, team: Team, number: str = "0812-3456-789") -> None:
    actions.set_on_call(by=by.actor, team=team, number=number, at=AT)


def told() -> list[tuple[str, str, bool]]:
    """Every message that waits: by which way, to whom, and whether it rings."""
    rows = Message.objects.order_by("id")
    return [(row.channel, decrypt(bytes(row.address)), row.danger) for row in rows]


def test_a_number_is_kept_encrypted_and_the_trail_does_not_tell_it(
    team: Team, supervisor: Member
) -> None:
    enter(supervisor, team)
    assert queries.on_call("asesmen") == NUMBER
    row = Row.objects.get(verb="duty.phone_changed")
    assert (row.subject, row.by_code, row.detail) == ("asesmen", supervisor.code, "{}")
    assert "8123456789" not in everything()
    enter(supervisor, team, " ")
    assert queries.on_call("asesmen") == ""
    assert Row.objects.filter(verb="duty.phone_changed").count() == 2


def test_only_who_plans_duty_of_the_team_enters_it(team: Team) -> None:
    away = TeamFactory(agency=AgencyFactory(kind=AgencyKind.POLICE))
    for member in (
        MemberFactory(role="officer", team=team),
        MemberFactory(role="supervisor", team=away),
    ):
        with pytest.raises(Forbidden):
            enter(member, team)
    assert queries.on_call("asesmen") == ""


def test_what_is_no_number_changes_nothing(team: Team, supervisor: Member) -> None:
    enter(supervisor, team)
    with pytest.raises(WrongAddress):
        enter(supervisor, team, "110")
    assert queries.on_call("asesmen") == NUMBER


def test_a_number_that_was_not_committed_is_not_there(team: Team, supervisor: Member) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enter(supervisor, team)
        _ = 1 / 0
    assert queries.on_call("asesmen") == ""
    assert not Row.objects.filter(verb="duty.phone_changed").exists()


def test_danger_rings_on_the_telephone_and_goes_to_whoever_is_on_duty(
    team: Team, supervisor: Member
) -> None:
    enter(supervisor, team)
    officer = MemberFactory(role="officer", team=team)
    Duty.objects.create(team=team, member=officer, starts=AT, ends=AT + timedelta(hours=8))
    actions.tell_duty(by=CLOCK, team_code="asesmen", danger=False, at=AT)
    assert told() == [("email", officer.email, False)]
    actions.tell_duty(by=CLOCK, team_code="asesmen", danger=True, at=AT)
    assert told() == [("email", officer.email, True), ("sms", NUMBER, True)]


def test_a_house_without_a_gateway_writes_and_refuses_nobody(
    team: Team, supervisor: Member, settings: Settings
) -> None:
    enter(supervisor, team)
    settings.TEDUH_DEMO = False
    actions.tell_duty(by=CLOCK, team_code="asesmen", danger=True, at=AT)
    assert told() == [("email", supervisor.email, True)]


def test_a_number_of_another_server_secret_stops_no_message(
    team: Team, supervisor: Member, settings: Settings
) -> None:
    enter(supervisor, team)
    settings.TEDUH_SERVER_SECRET = b"another secret of this server 01"
    actions.tell_duty(by=CLOCK, team_code="asesmen", danger=True, at=AT)
    assert told() == [("email", supervisor.email, True)]


def test_the_page_takes_a_number_shows_its_end_and_keeps_what_was_mistyped(
    team: Team, supervisor: Member
) -> None:
    client = signed_in(Client(), supervisor)
    sent = {"telepon-team": "asesmen", "telepon-number": "0812 3456 7"}
    refused = client.post("/kantor/jaga/telepon/", sent)
    assert refused.status_code == 200
    assert 'value="0812 3456 7"' in refused.content.decode()
    taken = client.post("/kantor/jaga/telepon/", {**sent, "telepon-number": "0812 3456 789"})
    assert taken.status_code == 302
    page = client.get("/kantor/jaga/").content.decode()
    assert "…6789" in page
    assert "3456789" not in page
    officer = signed_in(Client(), MemberFactory(role="officer", team=team))
    assert "…6789" not in officer.get("/kantor/jaga/").content.decode()
