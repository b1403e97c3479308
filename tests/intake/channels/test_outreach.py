"""Many people at one place: one occasion, a report and a ticket for each, of the team that went."""

from typing import Any

import pytest
from django.test import Client

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.intake.answers import Answers
from teduh.intake.channels.outreach import actions, queries
from teduh.intake.channels.outreach.models import Gathered, Gathering
from teduh.intake.channels.outreach.words import Occasion
from teduh.intake.models import Report
from teduh.vault import without_script
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, filed_package, sealed_report, spelled

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


@pytest.fixture
def ship(officer: Member) -> Gathering:
    return actions.begin(
        by=officer, occasion=Occasion.RETURNED, place="public", area_code="21.72.01.1001", at=AT
    )


def meet(by: Member, at: Gathering, package: Any, **answers: Any) -> Report:
    told = Answers(door="self", **answers)
    return actions.meet(
        by=by, gathering=at, answers=told, package=package, rights_version="1", at=AT
    )


def test_each_person_has_a_report_at_the_place_of_the_occasion(
    team: Team, officer: Member, ship: Gathering
) -> None:
    first = meet(officer, ship, filed_package(team))
    other = meet(officer, ship, filed_package(team), place="work", area_code="21.72.02.1001")
    assert (first.channel, first.place, first.area_code) == ("outreach", "public", "21.72.01.1001")
    assert (other.place, other.area_code) == ("work", "21.72.02.1001")
    assert first.ticket.number != other.ticket.number
    found = queries.one(officer, ship.pk)
    assert found is not None
    assert found.met == 2  # type: ignore[attr-defined]
    assert Row.objects.filter(verb="gathering.begun", by_code=officer.code).count() == 1


def test_the_same_person_sent_twice_counts_once(
    team: Team, officer: Member, ship: Gathering
) -> None:
    package = filed_package(team)
    assert meet(officer, ship, package) == meet(officer, ship, package)
    assert (Report.objects.count(), Gathered.objects.count()) == (1, 1)


def test_what_cannot_be_kept_leaves_nothing(team: Team, officer: Member, ship: Gathering) -> None:
    with pytest.raises(Refused):
        meet(officer, ship, sealed_report(team))  # sealed by a reporter, not by a member
    assert (Report.objects.count(), Gathered.objects.count()) == (0, 0)


def test_another_teams_occasion_is_not_there(team: Team, ship: Gathering) -> None:
    stranger = MemberFactory(role="officer", team=TeamFactory(code="lain", agency=team.agency))
    with pytest.raises(Forbidden):
        meet(stranger, ship, filed_package(team))
    assert queries.newest(stranger) == []
    assert signed_in(Client(), stranger).get(f"/kantor/jemput/{ship.pk}/").status_code == 404
    assert not Report.objects.exists()


def test_who_files_no_reports_begins_none(team: Team) -> None:
    head = MemberFactory(role="head", agency=team.agency)
    with pytest.raises(Forbidden):
        actions.begin(by=head, occasion=Occasion.VISIT, place="", area_code="", at=AT)


def test_an_occasion_is_begun_on_the_page(officer: Member) -> None:
    desk = signed_in(Client(), officer)
    wrong = desk.post("/kantor/jemput/", {"occasion": "pesta", "place": "public"})
    assert wrong.status_code == 422
    answer = desk.post("/kantor/jemput/", {"occasion": "visit", "place": "school"})
    made = Gathering.objects.get()
    assert answer["Location"] == f"/kantor/jemput/{made.pk}/"
    page = desk.get(answer["Location"]).content.decode()
    assert "data-file-report" in page
    assert str(Occasion.VISIT.label) in page


def test_a_person_is_kept_from_the_page(team: Team, officer: Member, ship: Gathering) -> None:
    package = filed_package(team)
    relay = without_script.relay(package.ticket)
    sent = {"ticket": package.ticket, "r": relay, "sealed": spelled(package), "door": "young"}
    desk = signed_in(Client(), officer)
    answer = desk.post(f"/kantor/jemput/{ship.pk}/", sent)
    assert answer.json()["ticket"] == package.ticket
    assert Gathered.objects.get().report.door == "young"
