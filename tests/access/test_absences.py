"""While somebody is away, who stands in for them hears; why they are away nobody writes down."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from teduh.access import actions, queries
from teduh.access.models import Absence, Duty, Member, Team
from teduh.access.rules import EndsFirst, Forbidden, NotInTeam, OwnDeputy
from teduh.audit.models import Row
from teduh.lib.actors import COMMAND
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PAGE = "/kantor/jaga/"


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def pair(team: Team) -> tuple[Member, Member]:
    """Somebody on duty, and a colleague of the same team."""
    first, second = (MemberFactory(role="officer", team=team) for _number in range(2))
    Duty.objects.create(team=team, member=first, starts=AT, ends=AT + timedelta(days=30))
    return first, second


def away(member: Member, deputy: Member | None = None, days: int = 5) -> Absence:
    return actions.plan_absence(
        by=COMMAND, member=member, deputy=deputy, starts=AT, ends=AT + timedelta(days=days), at=AT
    )


def heard(team: Team, at: datetime = AT) -> list[str]:
    return sorted(one.code for one in queries.answering(team.code, at))


def test_the_deputy_hears_while_who_is_on_duty_is_away(
    team: Team, pair: tuple[Member, Member]
) -> None:
    assert heard(team) == [pair[0].code]
    away(*pair)
    assert heard(team) == [pair[1].code]
    assert heard(team, AT + timedelta(days=5)) == [pair[0].code]
    assert list(queries.standing_in([pair[0].code], AT)) == [pair[1]]


def test_without_a_deputy_the_other_readers_hear(team: Team, pair: tuple[Member, Member]) -> None:
    away(pair[0])
    assert heard(team) == [pair[1].code]


def test_where_everybody_is_away_everybody_hears(team: Team, pair: tuple[Member, Member]) -> None:
    for one in pair:
        away(one)
    assert heard(team) == sorted(one.code for one in pair)


def test_a_deputy_who_is_away_too_does_not_hear(team: Team, pair: tuple[Member, Member]) -> None:
    third = MemberFactory(role="officer", team=team)
    away(*pair)
    away(pair[1])
    assert heard(team) == [third.code]


def test_of_a_ladder_the_deputy_hears_and_at_last_who_is_away(
    team: Team, pair: tuple[Member, Member]
) -> None:
    head = MemberFactory(role="head", agency=team.agency)
    stand = MemberFactory(role="data_officer", agency=team.agency)
    planned = away(head, stand)
    assert list(queries.with_role("head", team.code, AT)) == [stand]
    Absence.objects.filter(pk=planned.pk).update(deputy=None)
    assert list(queries.with_role("head", team.code, AT)) == [head]


def test_a_deputy_is_a_colleague_of_the_same_team(team: Team, pair: tuple[Member, Member]) -> None:
    stranger = MemberFactory(role="officer", team=TeamFactory(agency=team.agency))
    with pytest.raises(NotInTeam):
        away(pair[0], stranger)
    with pytest.raises(OwnDeputy):
        away(pair[0], pair[0])
    with pytest.raises(EndsFirst):
        away(*pair, days=0)
    assert not Absence.objects.exists()


def test_whoever_plans_duty_plans_leave_of_colleagues_they_may_see(
    team: Team, pair: tuple[Member, Member]
) -> None:
    police = AgencyFactory(kind="police")
    for member in (pair[0], MemberFactory(role="supervisor", team=TeamFactory(agency=police))):
        with pytest.raises(Forbidden):
            actions.plan_absence(
                by=member.actor,
                member=pair[0],
                deputy=None,
                starts=AT,
                ends=AT + timedelta(days=1),
                at=AT,
            )


def test_leave_that_runs_ends_now_and_leave_to_come_goes(
    team: Team, pair: tuple[Member, Member]
) -> None:
    running = away(*pair)
    actions.cancel_absence(by=COMMAND, absence=running, at=AT + timedelta(days=1))
    running.refresh_from_db()
    assert running.ends == AT + timedelta(days=1)
    coming = away(*pair)
    actions.cancel_absence(by=COMMAND, absence=coming, at=AT)
    assert Absence.objects.count() == 1
    told = Row.objects.filter(verb__startswith="absence.").values_list("verb", flat=True)
    assert sorted(told) == ["absence.cancelled"] * 2 + ["absence.planned"] * 2


def test_whoever_leaves_the_office_stands_in_for_nobody(
    team: Team, pair: tuple[Member, Member]
) -> None:
    planned = away(*pair)
    actions.deactivate(by=COMMAND, member=pair[1], at=AT)
    planned.refresh_from_db()
    assert planned.deputy is None


def test_leave_is_planned_and_ended_on_the_duty_page(
    team: Team, pair: tuple[Member, Member]
) -> None:
    client = signed_in(Client(), MemberFactory(role="supervisor", team=team))
    sent = {
        "cuti-member": pair[0].code,
        "cuti-deputy": pair[1].code,
        "cuti-starts": "2026-12-01T08:00",
        "cuti-ends": f"{timezone.now().year + 2}-01-01T08:00",
    }
    refused = client.post(f"{PAGE}cuti/", {**sent, "cuti-deputy": pair[0].code})
    assert "Pilih orang lain" in refused.content.decode()
    assert client.post(f"{PAGE}cuti/", sent).status_code == 302
    assert pair[1].name in client.get(PAGE).content.decode()
    planned = Absence.objects.get()
    assert client.post(f"{PAGE}cuti/{planned.pk}/batal/").status_code == 302
    assert not Absence.objects.filter(ends__gt=timezone.now()).exists()
