"""Promises are made once, met by what meets them, and missed aloud, each moment exactly once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from teduh.access.models import Member, Team
from teduh.lib.actors import ANONYMOUS
from teduh.outbox.models import Message
from teduh.sop import actions, queries
from teduh.sop.models import Miss, Promise
from teduh.sop.rules import NotOpen
from teduh.sop.words import Ended, Pause
from tests.factories import MemberFactory, TeamFactory
from tests.sop.promised import AT, CASE, TICKET, start, told, verbs

pytestmark = pytest.mark.django_db
TWIN = "KSS-0000-0002"
DUE = {"first_contact": timedelta(hours=1), "triage": timedelta(hours=2)}  # of the band "high"


def contact() -> Promise:
    return Promise.objects.get(step="first_contact")


# --- making and meeting ----------------------------------------------------------------------------


def test_a_report_is_promised_contact_and_triage(team: Team) -> None:
    start()
    assert {row.step: row.due_at - AT for row in Promise.objects.all()} == DUE
    assert all(row.version == "2026-1" for row in Promise.objects.all())
    assert verbs() == ["promise.made"]


def test_before_the_first_procedure_nothing_is_promised_and_nobody_refused(team: Team) -> None:
    assert start(at=datetime(2020, 1, 1, tzinfo=UTC)) == []
    assert verbs() == []


def test_what_is_promised_already_is_not_promised_again(team: Team) -> None:
    start()
    assert start(at=AT + timedelta(hours=3)) == []
    assert contact().began_at == AT
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.create(
            subject=TICKET,
            team_code="asesmen",
            book="penanganan",
            version="2026-1",
            step="triage",
            band="low",
            began_at=AT,
            due_at=AT,
        )


def refer(about: str) -> list[Promise]:
    """A referral is sent."""
    return actions.start(
        by=ANONYMOUS,
        event="referral.sent",
        subject=CASE,
        team_code="asesmen",
        band="high",
        at=AT,
        about=about,
    )


def test_two_referrals_at_once_are_followed_up_each_by_itself(team: Team) -> None:
    [first], [second] = refer("RJK-1"), refer("RJK-2")
    assert refer("RJK-1") == []  # promised already
    told = {"by": ANONYMOUS, "event": "referral.followed", "subject": CASE, "at": AT}
    assert actions.happened(about="RJK-1", **told) == 1
    assert actions.happened(about="RJK-1", **told) == 0
    assert queries.running_of(CASE) == [second]
    [again] = refer("RJK-1")  # sent anew: one more follow-up
    assert again.pk != first.pk
    assert "RJK-2" in [line.title.partition("(")[2][:-1] for line in queries.lines_of(CASE, AT)]
    ended = actions.end(by=ANONYMOUS, subject=CASE, reason=Ended.NO_NEED, at=AT, about="RJK-2")
    assert (ended, queries.running_of(CASE)) == (1, [again])
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=second.pk).update(about="RJK-1", ended_at=None, ended="")


def test_a_merge_carries_every_referral_and_asks_none_twice(team: Team) -> None:
    [here] = refer("RJK-1")
    [other] = refer("RJK-2")
    Promise.objects.filter(pk=other.pk).update(subject=TWIN)
    carried = actions.carry(
        by=ANONYMOUS, subject=TWIN, into=CASE, team_code="asesmen", owner="", at=AT
    )
    assert carried == [other]
    assert {row.pk for row in queries.running_of(CASE)} == {here.pk, other.pk}


def test_only_what_meets_a_promise_meets_it(team: Team) -> None:
    start()
    later = AT + timedelta(minutes=20)
    assert actions.happened(by=ANONYMOUS, event="message.reporter", subject=TICKET, at=later) == 0
    assert actions.happened(by=ANONYMOUS, event="message.office", subject=TICKET, at=later) == 1
    assert (contact().met_at, contact().next_at) == (later, None)
    assert Promise.objects.get(step="triage").met_at is None
    assert actions.happened(by=ANONYMOUS, event="message.office", subject=TICKET, at=later) == 0
    assert verbs() == ["promise.made", "promise.met"]


def test_a_refused_step_leaves_the_promise_as_it_was(team: Team) -> None:
    start()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.happened(by=ANONYMOUS, event="message.office", subject=TICKET, at=AT)
        _ = 1 / 0
    assert contact().met_at is None
    assert verbs() == ["promise.made"]


# --- missing ---------------------------------------------------------------------------------------


def test_a_promise_is_reminded_of_missed_and_told_up_the_ladder(ladder: dict[str, str]) -> None:
    start()
    Promise.objects.filter(step="triage").delete()
    heard = []
    for minutes in (44, 45, 60, 90, 299, 300, 10_000):
        seen = actions.tick(at=AT + timedelta(minutes=minutes))
        heard.append((minutes, seen, told()))
        Message.objects.all().delete()
    assert heard == [
        (44, 0, []),
        (45, 1, [("work", ladder["officer"])]),
        (60, 1, [("work", ladder["officer"])]),
        (90, 1, [("late", ladder["supervisor"])]),
        (299, 0, []),
        (300, 1, [("late", ladder["head"])]),
        (10_000, 0, []),
    ]
    assert contact().missed_at == contact().due_at
    assert list(Miss.objects.values_list("moment", flat=True)) == [1, 2, 3]
    assert verbs() == ["promise.made", *["promise.missed"] * 3]


def test_a_clock_that_stood_still_catches_up_once(ladder: dict[str, str]) -> None:
    start()
    a_day = AT + timedelta(days=1)
    assert actions.tick(at=a_day) == 6, "of each promise the miss and two rungs; no reminder"
    assert actions.tick(at=a_day) == 0
    assert Miss.objects.count() == 6
    assert {row.noticed_at for row in Miss.objects.all()} == {a_day}


def test_what_was_met_in_time_is_never_missed(ladder: dict[str, str]) -> None:
    start()
    for event in ("message.office", "report.moved"):
        actions.happened(by=ANONYMOUS, event=event, subject=TICKET, at=AT)
    assert actions.tick(at=AT + timedelta(days=9)) == 0
    assert told() == []


def test_what_is_met_late_stays_missed_and_the_ladder_ends(ladder: dict[str, str]) -> None:
    start()
    actions.tick(at=AT + timedelta(hours=1))
    actions.happened(
        by=ANONYMOUS, event="message.office", subject=TICKET, at=AT + timedelta(hours=2)
    )
    row = contact()
    assert row.missed_at is not None
    assert row.met_at is not None
    assert row.next_at is None


def test_whoever_says_they_know_stops_the_ladder_not_the_clock(
    ladder: dict[str, str], officer: Member
) -> None:
    start()
    with pytest.raises(NotOpen):
        actions.hear(by=officer, promise=contact(), at=AT)
    actions.tick(at=AT + timedelta(hours=1))
    actions.hear(by=officer, promise=contact(), at=AT + timedelta(hours=1))
    Promise.objects.filter(step="triage").delete()
    assert actions.tick(at=AT + timedelta(days=1)) == 0
    assert contact().met_at is None
    assert contact() in queries.overdue(officer, AT + timedelta(days=1))
    with pytest.raises(NotOpen):
        actions.hear(by=officer, promise=contact(), at=AT + timedelta(hours=2))
    assert "promise.heard" in verbs()


# --- waiting and ending ----------------------------------------------------------------------------


def test_a_pause_stops_everything_and_gives_back_what_was_left(
    ladder: dict[str, str], officer: Member
) -> None:
    start()
    Promise.objects.filter(step="triage").delete()
    paused, resumed = AT + timedelta(minutes=30), AT + timedelta(days=2)
    actions.pause(by=officer, promise=contact(), reason=Pause.ASKED, at=paused)
    assert actions.tick(at=AT + timedelta(days=1)) == 0
    assert contact() not in queries.overdue(officer, AT + timedelta(days=1))
    with pytest.raises(NotOpen):
        actions.pause(by=officer, promise=contact(), reason=Pause.ASKED, at=paused)
    actions.resume(by=officer, promise=contact(), at=resumed)
    assert contact().due_at == resumed + timedelta(minutes=30)
    assert contact().next_at == resumed + timedelta(minutes=15)
    with pytest.raises(NotOpen):
        actions.resume(by=officer, promise=contact(), at=resumed)
    assert verbs() == ["promise.made", "promise.paused", "promise.resumed"]


def test_what_ends_without_being_met_says_why(team: Team) -> None:
    start()
    steps = ("first_contact",)
    ended = actions.end(by=ANONYMOUS, subject=TICKET, reason=Ended.ELSEWHERE, at=AT, steps=steps)
    assert (ended, contact().ended) == (1, "elsewhere")
    assert [row.step for row in queries.running_of(TICKET)] == ["triage"]
    assert actions.end(by=ANONYMOUS, subject=TICKET, reason=Ended.NO_NEED, at=AT) == 1
    assert actions.tick(at=AT + timedelta(days=1)) == 0


# --- who sees --------------------------------------------------------------------------------------


def test_promises_are_seen_by_their_team_and_by_who_answers_for_the_office(
    team: Team, officer: Member
) -> None:
    start()
    late = AT + timedelta(days=1)
    assert queries.overdue(officer, late).count() == 2
    assert queries.soon(officer, AT).count() == 2
    stranger = MemberFactory(role="officer", team=TeamFactory(agency=team.agency))
    assert queries.overdue(stranger, late).count() == 0
    assert queries.overdue(MemberFactory(role="auditor"), late).count() == 0


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "kurang dari 1 menit"), (5, "5 menit"), (65, "1 jam 5 menit"), (1500, "1 hari 1 jam")],
)
def test_a_time_is_told_in_its_two_largest_units(minutes: int, words: str) -> None:
    assert queries.span_in_words(timedelta(minutes=minutes)) == words


def test_of_two_clocks_that_saw_the_same_moment_one_acts(
    ladder: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    Promise.objects.filter(step="triage").delete()
    at = AT + timedelta(hours=1)
    seen_before, nothing = [contact(), contact()], [None]
    monkeypatch.setattr(queries, "next_waiting", lambda _at: (seen_before or nothing).pop())
    actions.tick(at=at)
    assert Miss.objects.count() == 1
    assert told() == [("work", ladder["officer"])]


def test_a_clock_that_comes_too_late_for_a_met_promise_does_nothing(
    ladder: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    seen_before, nothing = [contact()], [None]
    for event in ("message.office", "report.moved"):
        actions.happened(by=ANONYMOUS, event=event, subject=TICKET, at=AT)
    monkeypatch.setattr(queries, "next_waiting", lambda _at: (seen_before or nothing).pop())
    actions.tick(at=AT + timedelta(days=1))
    assert (Miss.objects.count(), told()) == (0, [])


@pytest.mark.parametrize(("band", "rings"), [("extreme", True), ("medium", False)])
def test_a_grave_promise_that_is_late_rings_and_a_lesser_one_waits(
    ladder: dict[str, str], band: str, *, rings: bool
) -> None:
    start(band)
    actions.tick(at=AT + timedelta(days=9))
    assert set(Message.objects.values_list("danger", flat=True)) == {rings}
