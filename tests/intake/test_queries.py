"""Whose reports a member sees, and in which order."""

import pytest

from teduh.access.models import Member, Team
from teduh.access.words import AgencyKind, TeamKind
from teduh.intake import queries
from teduh.intake.models import Report
from tests.factories import AgencyFactory, MemberFactory, TeamFactory
from tests.factories.reports import keys_for, received

pytestmark = pytest.mark.django_db
ALL = queries.Filters()


@pytest.fixture
def teams() -> tuple[Team, Team]:
    agency = AgencyFactory()
    made = TeamFactory(code="asesmen", agency=agency), TeamFactory(code="lain", agency=agency)
    keys_for(*made)
    return made


def seen(member: Member) -> list[Report]:
    return list(queries.visible_to(member))


def numbers(member: Member, asked: queries.Filters = ALL) -> list[str]:
    return [report.ticket.number for report in queries.worklist(member, asked)]


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        ("officer", True),
        ("case_manager", True),
        ("counsellor", True),
        ("legal_companion", True),
        ("supervisor", True),
        ("head", False),
        ("data_officer", False),
        ("auditor", False),
        ("city_it", False),
        ("key_officer", False),
        ("", False),
    ],
)
def test_a_member_sees_reports_of_the_own_team_if_the_role_reads(
    teams: tuple[Team, Team], role: str, *, reads: bool
) -> None:
    report = received(teams[0])
    assert seen(MemberFactory(role=role, team=teams[0])) == ([report] if reads else [])


def test_another_team_of_the_same_office_sees_nothing(teams: tuple[Team, Team]) -> None:
    received(teams[0])
    assert seen(MemberFactory(role="officer", team=teams[1])) == []


def test_a_partner_sees_what_was_passed_to_the_own_agency_only(teams: tuple[Team, Team]) -> None:
    police, health = AgencyFactory(kind=AgencyKind.POLICE), AgencyFactory(kind=AgencyKind.HEALTH)
    report, _other = received(teams[0]), received(teams[0])
    Report.objects.filter(pk=report.pk).update(passed_to=police.code)
    assert seen(MemberFactory(role="partner_officer", agency=police)) == [report]
    assert seen(MemberFactory(role="partner_officer", agency=health)) == []


def test_one_report_is_found_by_whoever_may_see_it(teams: tuple[Team, Team]) -> None:
    report = received(teams[0])
    mine, theirs = (MemberFactory(role="officer", team=team) for team in teams)
    assert queries.one(mine, report.ticket.number) == report
    assert queries.one(theirs, report.ticket.number) is None


def test_danger_comes_first_then_the_newest(teams: tuple[Team, Team]) -> None:
    made = {
        name: received(teams[0], danger=danger).ticket.number
        for name, danger in (
            ("old safe", "safe"),
            ("old danger", "unsafe"),
            ("skipped", ""),
            ("unsure", "unsure"),
            ("new danger", "unsafe"),
            ("new safe", "safe"),
        )
    }
    order = ["new danger", "old danger", "unsure", "skipped", "new safe", "old safe"]
    officer = MemberFactory(role="officer", team=teams[0])
    assert numbers(officer) == [made[name] for name in order]


def test_filters_narrow_the_list(teams: tuple[Team, Team]) -> None:
    safe, unsafe = received(teams[0], danger="safe"), received(teams[0], danger="unsafe")
    unsafe.coded.create(question="kinds", code="online")
    officer = MemberFactory(role="officer", team=teams[0])
    Report.objects.filter(pk=safe.pk).update(state="taken", handler=officer, flood=True)
    for asked, expected in (
        (queries.Filters(state="taken"), safe),
        (queries.Filters(danger="unsafe"), unsafe),
        (queries.Filters(kind="online"), unsafe),
        (queries.Filters(mine=True), safe),
        (queries.Filters(flood="1"), safe),
        (queries.Filters(flood="0"), unsafe),
    ):
        assert numbers(officer, asked) == [expected.ticket.number], asked
    assert numbers(officer, queries.Filters(team="lain")) == []


def test_what_stands_where_is_counted_over_visible_reports_only(teams: tuple[Team, Team]) -> None:
    received(teams[0])
    received(teams[1])
    counted = queries.standing(MemberFactory(role="officer", team=teams[0]))
    assert counted.states["new"] == 1
    assert (sum(counted.states.values()), counted.unread) == (1, 0)


def test_who_avoids_an_officer_gets_the_other_team() -> None:
    agency = AgencyFactory()
    TeamFactory(code="asesmen", agency=agency, kind=TeamKind.ASSESSMENT)
    TeamFactory(code="pendampingan", agency=agency, kind=TeamKind.COMPANION)
    assert queries.team_for(avoid=False) == "asesmen"
    assert queries.team_for(avoid=True) == "pendampingan"


def test_with_one_team_only_even_a_report_that_avoids_it_arrives() -> None:
    TeamFactory(code="asesmen")
    assert queries.team_for(avoid=True) == "asesmen"
