"""Whatever went otherwise than promised has a reason of the list, and is counted by team."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from teduh.access.models import Member, Team
from teduh.lib.actors import ANONYMOUS
from teduh.sop import actions, queries
from teduh.sop.counts import Counted, deviations
from teduh.sop.models import Promise
from teduh.sop.rules import NotOpen
from teduh.sop.words import Deviation, Ended, Pause, Reason
from tests.factories import MemberFactory, TeamFactory, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
CASE = "KSS-7K2M-9QXR"
BOARD = "/kantor/janji/"


@pytest.fixture
def team() -> Team:
    return TeamFactory(code="asesmen")


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="case_manager", team=team)


def begin(*events: str, at: datetime = AT, owner: str = "") -> None:
    for event in events:
        actions.start(
            by=ANONYMOUS,
            event=event,
            subject=CASE,
            team_code="asesmen",
            band="high",
            at=at,
            owner=owner,
        )


def meet(event: str, at: datetime) -> None:
    actions.happened(by=ANONYMOUS, event=event, subject=CASE, at=at)


def of(step: str) -> Promise:
    return Promise.objects.get(step=step)


def test_what_was_met_in_time_and_in_turn_asks_for_nothing(team: Team, officer: Member) -> None:
    begin("case.opened")
    meet("risk.assessed", AT + timedelta(hours=6))
    assert not of("risk_assessment").asks_reason
    with pytest.raises(NotOpen):
        actions.explain(by=officer, promise=of("risk_assessment"), reason=Reason.STAFF, at=AT)


def test_what_was_met_late_asks_why_once(team: Team, officer: Member) -> None:
    begin("case.opened")
    late = AT + timedelta(hours=7)
    meet("risk.assessed", late)
    assert [row.step for row in queries.unexplained(officer, late)] == ["risk_assessment"]
    actions.explain(by=officer, promise=of("risk_assessment"), reason=Reason.OTHERS, at=late)
    assert (of("risk_assessment").reason, of("risk_assessment").explained_by) == (
        "others",
        officer.code,
    )
    assert not queries.unexplained(officer, late).exists()
    with pytest.raises(NotOpen):
        actions.explain(by=officer, promise=of("risk_assessment"), reason=Reason.STAFF, at=late)


def test_what_waited_because_she_asked_is_not_late(team: Team, officer: Member) -> None:
    begin("case.opened")
    actions.pause(by=officer, promise=of("risk_assessment"), reason=Pause.ASKED, at=AT)
    meet("risk.assessed", AT + timedelta(days=2))
    assert not of("risk_assessment").asks_reason
    stands = {line.row.step: line.stands for line in queries.lines_of(CASE, AT)}
    assert stands["risk_assessment"] == "met"


def test_a_step_before_one_that_comes_first_asks_why(team: Team, officer: Member) -> None:
    begin("case.opened", "risk.assessed")
    meet("plan.agreed", AT)
    assert of("plan").out_of_turn
    assert of("plan").asks_reason
    meet("rights.told", AT)
    assert not of("rights_told").out_of_turn


def test_steps_in_their_turn_ask_nothing(team: Team) -> None:
    begin("case.opened", "risk.assessed")
    meet("rights.told", AT)
    meet("plan.agreed", AT)
    assert not of("plan").out_of_turn


def test_what_went_otherwise_is_counted_by_team_step_and_reason(
    team: Team, officer: Member
) -> None:
    begin("case.opened", "case.physical", "risk.assessed")
    meet("plan.agreed", AT + timedelta(hours=1))
    actions.explain(by=officer, promise=of("plan"), reason=Reason.SAFETY, at=AT)
    actions.tick(at=AT + timedelta(hours=7))
    declined = ("visum_examination",)
    actions.end(by=ANONYMOUS, subject=CASE, reason=Ended.DECLINED, at=AT, steps=declined)
    meet("visum.offered", AT + timedelta(hours=8))
    counted = deviations(since=AT, until=AT + timedelta(days=1))
    assert counted == [
        Counted("asesmen", "risk_assessment", Deviation.MISSED, "", 1),
        Counted("asesmen", "visum_contact", Deviation.MISSED, "", 1),
        Counted("asesmen", "visum_examination", Deviation.SKIPPED, "declined", 1),
        Counted("asesmen", "plan", Deviation.OUT_OF_TURN, "safety", 1),
    ]
    assert deviations(since=AT + timedelta(days=1), until=AT + timedelta(days=9)) == []


def test_a_miss_no_clock_saw_is_counted_too(team: Team) -> None:
    begin("case.opened")
    meet("risk.assessed", AT + timedelta(hours=9))
    assert [one.step for one in deviations(since=AT, until=AT + timedelta(days=1))] == [
        "risk_assessment"
    ]


# --- the board -------------------------------------------------------------------------------------


def test_the_board_asks_why_and_takes_a_reason_of_the_list_only(
    team: Team, officer: Member
) -> None:
    began = timezone.now() - timedelta(days=2)
    begin("case.opened", at=began)
    meet("risk.assessed", timezone.now() - timedelta(hours=1))
    client = signed_in(Client(), officer)
    assert "Perlu alasan" in client.get(BOARD).content.decode()
    way = f"{BOARD}{of('risk_assessment').pk}/alasan/"
    assert "Pilih alasannya" in client.post(way, {"alasan": "x"}, follow=True).content.decode()
    assert client.post(way, {"alasan": "staff"}).headers["Location"] == BOARD
    assert of("risk_assessment").reason == "staff"
    assert "Perlu alasan" not in client.get(BOARD).content.decode()
    assert (
        "Keadaannya sudah berubah"
        in client.post(way, {"alasan": "staff"}, follow=True).content.decode()
    )


def test_the_board_counts_by_team_and_person_and_shows_one_of_them(
    team: Team, officer: Member
) -> None:
    begin("case.opened", at=timezone.now() - timedelta(days=2), owner=officer.code)
    other = MemberFactory(role="case_manager", team=team, name="Contoh Lain")
    actions.start(
        by=ANONYMOUS,
        event="case.physical",
        subject="KSS-7K2M-9QXS",
        team_code="asesmen",
        band="high",
        at=timezone.now() - timedelta(hours=1),
        owner=other.code,
    )
    client = signed_in(Client(), officer)
    page = client.get(BOARD).content.decode()
    assert "Menurut tim dan orang" in page
    assert f"/kantor/kasus/{CASE}/" in page
    now = timezone.now()
    told = queries.board(officer, now, now + timedelta(hours=24)).tallies
    assert [(one.person, one.late, one.soon, one.later) for one in told] == [
        (officer.name, 2, 0, 0),
        (other.name, 0, 1, 1),
    ]
    mine = client.get(f"{BOARD}?tim=asesmen&orang={officer.code}").content.decode()
    assert CASE in mine
    assert "KSS-7K2M-9QXS" not in mine
    wall = client.get(f"{BOARD}?layar=dinding").content.decode()
    assert "KSS-" not in wall
    assert other.name not in wall


def test_the_board_counts_those_with_most_overdue_first_and_no_more_than_a_page_of_them(
    officer: Member,
) -> None:
    now = timezone.now()
    for number in range(queries.PEOPLE + 2):
        Promise.objects.bulk_create(
            Promise(
                subject=f"KSS-{number:04d}-{late:04d}",
                team_code="asesmen",
                book="penanganan",
                version="2026-1",
                step="review",
                band="low",
                owner=f"m{number}",
                began_at=now - timedelta(days=3),
                due_at=now - timedelta(days=2),
            )
            for late in range(number + 1)
        )
    told = queries.board(officer, now, now + timedelta(hours=24)).tallies
    assert [(one.owner, one.late) for one in told[:2]] == [("m21", 22), ("m20", 21)]
    assert len(told) == queries.PEOPLE
    tomorrow = now + timedelta(hours=24)
    assert not queries.board(officer, now, tomorrow, team_code="hotline").tallies
    assert "Paling banyak 20 baris" in signed_in(Client(), officer).get(BOARD).content.decode()


def test_the_board_asks_for_ten_reasons_at_once(officer: Member) -> None:
    now = timezone.now()
    Promise.objects.bulk_create(
        Promise(
            subject=f"KSS-0000-{number:04d}",
            team_code="asesmen",
            book="penanganan",
            version="2026-1",
            step="review",
            band="low",
            began_at=now - timedelta(days=3),
            due_at=now - timedelta(days=2),
            met_at=now - timedelta(days=1),
            asks_reason=True,
        )
        for number in range(12)
    )
    page = signed_in(Client(), officer).get(BOARD).content.decode()
    assert page.count('name="alasan"') == 10
    assert 'Perlu alasan <span class="badge">10+</span>' in page
