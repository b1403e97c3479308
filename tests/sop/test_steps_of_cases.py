"""Steps of a case: since when they count, what brings them nearer, to whom they go over."""

from datetime import timedelta
from typing import Any

import pytest

from teduh.access.models import Absence, Member, Team
from teduh.lib.actors import ANONYMOUS
from teduh.outbox.models import Message
from teduh.sop import actions
from teduh.sop.models import Miss, Promise
from teduh.sop.words import Pause
from tests.factories import MemberFactory, TeamFactory
from tests.sop.promised import AT, CASE, told, verbs

pytestmark = pytest.mark.django_db


def begin(event: str, *, band: str = "high", **more: Any) -> list[Promise]:
    return actions.start(
        by=ANONYMOUS,
        event=event,
        subject=CASE,
        team_code="asesmen",
        band=band,
        at=more.pop("at", AT),
        **more,
    )


def of_case(step: str) -> Promise:
    return Promise.objects.get(subject=CASE, step=step)


def test_a_step_counts_since_when_it_is_told_to(team: Team) -> None:
    begin("case.sexual", began_at=AT - timedelta(hours=1))
    begin("violence.dated", began_at=AT - timedelta(hours=40))
    assert {row.step: row.due_at - AT for row in Promise.objects.all()} == {
        "visum_contact": timedelta(hours=1),
        "visum_examination": timedelta(hours=23),
        "visum_window": timedelta(hours=32),
        "police_told": timedelta(hours=71),
    }


def test_what_was_over_before_it_was_promised_is_missed_at_once_and_once(
    ladder: dict[str, str],
) -> None:
    begin("case.opened", began_at=AT - timedelta(days=8))
    assert actions.tick(at=AT) == 6
    assert actions.tick(at=AT) == 0
    assert Miss.objects.filter(moment=1).count() == 2
    assert of_case("risk_assessment").missed_at == AT - timedelta(days=8) + timedelta(hours=6)


def test_nothing_begins_later_than_it_is_told(team: Team) -> None:
    begin("case.opened", began_at=AT + timedelta(hours=5))
    assert of_case("risk_assessment").began_at == AT


def test_a_day_named_elsewhere_ends_a_promise_sooner_never_later(team: Team) -> None:
    begin("protection.given", until=AT + timedelta(days=5))
    begin("protection.given_home", until=AT + timedelta(days=50))
    assert of_case("protection_end").due_at == AT + timedelta(days=5)
    assert of_case("protection_end_home").due_at == AT + timedelta(days=7)


def test_a_review_is_met_and_the_next_one_asked_for(team: Team) -> None:
    begin("risk.assessed", band="extreme")
    later = AT + timedelta(hours=20)
    assert actions.happened(by=ANONYMOUS, event="review.done", subject=CASE, at=later) == 1
    begin("review.done", band="medium", at=later)
    running = Promise.objects.running().get(step="review")
    assert running.due_at == later + timedelta(days=14)


def test_a_higher_risk_brings_every_running_promise_nearer(team: Team) -> None:
    begin("case.opened", band="low")
    begin("risk.assessed", band="low")
    at = AT + timedelta(hours=1)
    assert actions.re_band(by=ANONYMOUS, subject=CASE, band="extreme", at=at) == 3
    assert of_case("risk_assessment").due_at == AT + timedelta(hours=2)
    assert of_case("risk_assessment").next_at == AT + timedelta(hours=1)
    assert of_case("review").due_at == AT + timedelta(days=1)
    assert of_case("rights_told").band == "low", "its time is the same for every risk"
    assert actions.re_band(by=ANONYMOUS, subject=CASE, band="low", at=at) == 0
    assert of_case("plan").due_at == AT + timedelta(days=1)
    assert verbs()[-3:] == ["promise.nearer"] * 3


def test_nothing_is_late_before_the_higher_risk_was_known(ladder: dict[str, str]) -> None:
    begin("risk.assessed", band="low")
    at = AT + timedelta(days=9)
    actions.re_band(by=ANONYMOUS, subject=CASE, band="extreme", at=at)
    assert of_case("review").due_at == at
    actions.tick(at=at)
    assert set(Miss.objects.values_list("due_at", flat=True)) == {at}


def test_a_higher_risk_leaves_what_is_missed_or_waits_as_it_stands(
    ladder: dict[str, str], officer: Member
) -> None:
    begin("case.opened", band="low")
    begin("risk.assessed", band="low")
    late = AT + timedelta(days=2)
    actions.tick(at=late)
    actions.pause(by=officer, promise=of_case("review"), reason=Pause.ASKED, at=late)
    actions.re_band(by=ANONYMOUS, subject=CASE, band="high", at=late)
    assert of_case("risk_assessment").due_at == AT + timedelta(days=1)
    assert of_case("review").due_at == AT + timedelta(days=3)
    assert of_case("review").next_at is None
    resumed = late + timedelta(days=4)
    actions.resume(by=officer, promise=of_case("review"), at=resumed)
    assert of_case("review").due_at == resumed + timedelta(days=1)


def test_what_is_promised_goes_over_to_another_team_and_member(team: Team) -> None:
    begin("case.opened", owner="melati")
    other = TeamFactory(code="pendamping")
    actions.assign(by=ANONYMOUS, subject=CASE, team_code=other.code, owner="kenanga", at=AT)
    assert {(row.team_code, row.owner) for row in Promise.objects.all()} == {
        ("pendamping", "kenanga")
    }
    assert verbs() == ["promise.made", "promise.assigned"]


def test_the_owner_hears_and_their_deputy_while_they_are_away(
    ladder: dict[str, str], team: Team
) -> None:
    owner, deputy = (MemberFactory(role="case_manager", team=team) for _number in range(2))
    begin("risk.assessed", band="medium", owner=owner.code)
    actions.tick(at=AT + timedelta(days=7))
    assert set(told()) == {("work", owner.email)}
    Message.objects.all().delete()
    away = {"starts": AT, "ends": AT + timedelta(days=90)}
    Absence.objects.create(member=owner, deputy=deputy, **away)
    actions.tick(at=AT + timedelta(days=14))
    assert ("work", deputy.email) in told()
    assert ("work", owner.email) not in told()
