"""What an officer reads of the answers: every one that was given, how to reach her first."""

import pytest

from teduh.access.models import Team
from teduh.intake import facts, queries
from teduh.intake.models import Addition
from teduh.intake.words import ContactVia, EventWhen, OfficerSex
from teduh.lib.actors import CLOCK
from teduh.tickets import actions as tickets
from tests.factories.reports import AT, received

pytestmark = pytest.mark.django_db


def values(team: Team, **answers: str) -> list[str]:
    return [str(value) for _label, value in facts.lines(received(team, **answers))]


@pytest.mark.parametrize(
    ("question", "answer", "label"),
    [
        *(("event_when", one.value, one.label) for one in EventWhen),
        *(("officer_sex", one.value, one.label) for one in OfficerSex),
        ("place", "school", "Sekolah/kampus"),
        ("avoid_team", True, "Tim lain, diminta pelapor"),
    ],
)
def test_an_answered_question_is_a_line(team: Team, question: str, answer: str, label: str) -> None:
    assert values(team, **{question: answer}) == [str(label)]


def test_a_skipped_question_is_no_line(team: Team) -> None:
    assert values(team) == []


@pytest.mark.parametrize("chosen", ContactVia)
def test_the_way_she_chose_is_said(team: Team, chosen: ContactVia) -> None:
    reach = facts.reach(received(team, contact_via=chosen.value), [])
    assert reach.said == chosen.label
    assert reach.closed == (chosen == ContactVia.NONE)


def test_a_skipped_way_is_said_to_be_open_and_asks_for_care(team: Team) -> None:
    reach = facts.reach(received(team), [])
    assert str(reach.said) == "Tidak dijawab"
    assert "tanyakan dulu" in str(reach.hint)
    assert not reach.closed


def test_a_later_wish_for_quiet_counts_more_than_the_form(team: Team) -> None:
    report = received(team, contact_via="phone")
    tickets.ask_quiet(by=CLOCK, ticket=report.ticket, quiet=True, at=AT)
    assert facts.reach(report, []).said == ContactVia.NONE.label


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"place": "work"}, "atasan dan perusahaan tidak diberi tahu tanpa persetujuannya"),
        ({"relation": "employer"}, "tanpa persetujuannya, jangan ada kabar apa pun ke perusahaan"),
        ({"place": "school"}, "TPPK sekolah"),
        ({"place": "home_victim"}, "hanya dengan cara dan waktu yang disepakati"),
        ({"place": "boarding"}, "tempat aman lain"),
    ],
)
def test_what_was_answered_reminds_the_officer(
    team: Team, answers: dict[str, str], said: str
) -> None:
    (note,) = facts.notes(received(team, **answers), [])
    assert said in note


def test_an_answer_that_came_later_reminds_too(team: Team) -> None:
    report = received(team)
    assert facts.notes(report, []) == []
    addition = Addition.objects.create(report=report, number=2, token="t", day=AT, origin="server")
    addition.facts.create(question="barriers", code="economic")
    (note,) = facts.notes(report, queries.additions(report))
    assert "dukungan ekonomi sementara" in note


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"place": "home_victim"}, True),
        ({"relation": "spouse", "place": "public"}, True),
        ({"relation": "partner"}, False),
        ({"place": "school", "relation": "teacher"}, False),
        ({}, False),
    ],
)
def test_a_report_from_a_household_is_marked(
    team: Team, answers: dict[str, str], *, expected: bool
) -> None:
    assert facts.domestic(received(team, **answers), []) is expected
