"""Whatever happens in whatever order: no promise is lost, none met twice, no moment seen to twice."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from teduh.access.actions import plan_absence
from teduh.access.models import Duty, Member
from teduh.audit.models import Row
from teduh.lib.actors import ANONYMOUS, COMMAND
from teduh.outbox.models import Message
from teduh.sop import actions, books, queries, rules
from teduh.sop.actions import clock
from teduh.sop.models import Approval, Miss, Promise, PromiseQuery, Version
from teduh.sop.queries.versions import forget_kept
from teduh.sop.words import Band, Ended, Pause
from tests.factories import MemberFactory, TeamFactory

pytestmark = pytest.mark.django_db
LONG = bool(os.environ.get("TEDUH_LONG"))
AT = datetime(2026, 12, 23, 3, 0, tzinfo=UTC)  # Wednesday; then Christmas and its weekend
CASE, TWIN = "KSS-7K2M-9QXR", "KSS-7K2M-9QXS"  # two cases that turn out to be one
END = timedelta(days=900)

STARTS = ("case.opened", "case.sexual", "risk.assessed", "closure.asked", "protection.given")
MEETS = ("risk.assessed", "rights.told", "plan.agreed", "review.done", "closure.reviewed",
         "visum.examined", "police.told", "protection.extended", "lpsk.asked")  # fmt: skip
OPS = st.one_of(
    st.tuples(st.just("start"), st.sampled_from(STARTS)),
    st.tuples(st.just("start_twin"), st.sampled_from(STARTS)),
    st.tuples(st.just("meet"), st.sampled_from(MEETS)),
    st.tuples(st.sampled_from(["refer", "refer_twin", "follow", "drop"]), st.integers(1, 3)),
    st.tuples(st.just("pause"), st.integers(0, 9)),
    st.tuples(st.just("resume"), st.integers(0, 9)),
    st.tuples(st.just("hear"), st.integers(0, 9)),
    st.tuples(st.just("band"), st.sampled_from(Band.values)),
    st.tuples(st.sampled_from(["end", "clock", "clocks", "version", "leave", "merge"]), st.none()),
)
WAITS = st.sampled_from([0, 1, 29, 60, 61, 360, 1440, 4320, 20_160])  # minutes before it happens
STORIES = st.lists(st.tuples(WAITS, OPS), min_size=3, max_size=(25 if LONG else 15))


class Office:
    """An office of two people, and a case of theirs to which things happen."""

    def __init__(self) -> None:
        team = TeamFactory(code="asesmen")
        self.member: Member = MemberFactory(role="case_manager", team=team)
        self.deputy: Member = MemberFactory(role="case_manager", team=team)
        Duty.objects.create(team=team, member=self.member, starts=AT, ends=AT + END)
        self.at = AT
        self.made: list[tuple[int, str]] = []  # every promise ever made, and its version then

    def do(self, name: str, said: object) -> None:
        """Let one thing happen; what cannot be done just now is refused and changes nothing."""
        with suppress(rules.NotOpen):
            getattr(self, name)(said)

    def refer(self, number: int, subject: str = CASE) -> None:
        """One of several referrals is sent, its follow-up promised apart from the others."""
        self.start("referral.sent", subject, f"RJK-{number}")

    def refer_twin(self, number: int) -> None:
        """The same of the other case."""
        self.refer(number, TWIN)

    def follow(self, number: int) -> None:
        """One of them is followed up, told twice: no other one is met by it."""
        others = self._referrals().exclude(about=f"RJK-{number}")
        before = set(others.values_list("pk", flat=True))
        for _turn in range(2):
            actions.happened(
                by=ANONYMOUS,
                event="referral.followed",
                subject=CASE,
                at=self.at,
                about=f"RJK-{number}",
            )
        assert set(others.all().values_list("pk", flat=True)) == before
        assert not self._referrals().filter(about=f"RJK-{number}").exists()

    def drop(self, number: int) -> None:
        """One of them is not needed any more; everything else goes on."""
        about = f"RJK-{number}"
        before = set(Promise.objects.running().exclude(subject=CASE, about=about))
        actions.end(by=ANONYMOUS, subject=CASE, reason=Ended.NO_NEED, at=self.at, about=about)
        assert set(Promise.objects.running()) == before

    def _referrals(self) -> PromiseQuery:
        return Promise.objects.running().filter(subject=CASE, step="referral_follow_up")

    def start(self, event: str, subject: str = CASE, about: str = "") -> None:
        """Something begins, some of it counted from earlier."""
        version = queries.in_force("penanganan", self.at.date()).version
        actions.start(
            by=ANONYMOUS,
            event=event,
            subject=subject,
            team_code="asesmen",
            band="medium",
            at=self.at,
            began_at=self.at - timedelta(hours=20),
            owner=self.member.code,
            about=about,
        )
        known = {number for number, _version in self.made}
        fresh = Promise.objects.exclude(pk__in=known).values_list("pk", flat=True)
        self.made += [(number, version) for number in fresh]

    def start_twin(self, event: str) -> None:
        """The same case, opened once more, begins too."""
        self.start(event, TWIN)

    def merge(self, _nothing: None) -> None:
        """The two are found to be one: nothing waits longer than before, nothing is asked twice."""
        asked = Promise.objects.running()
        due = {row.pk: row.due_at for row in asked}
        steps = {(row.subject, (row.step, row.about)) for row in asked}
        met = queries.last_met(CASE)
        done = {
            (row.step, row.about)
            for row in asked.filter(subject=TWIN)
            if met.get((row.step, row.about), row.began_at) > row.began_at
        }
        carried = actions.carry(
            by=ANONYMOUS, subject=TWIN, into=CASE, team_code="asesmen", owner="", at=self.at
        )
        left = {(row.step, row.about): row for row in queries.running_of(CASE)}
        assert queries.running_of(TWIN) == []
        assert set(left) == {step for subject, step in steps if subject == CASE or step not in done}
        assert all(row.due_at == due[row.pk] for row in left.values())
        assert all(left[row.step, row.about].pk == row.pk for row in carried)
        ended = Promise.objects.filter(pk__in=due, ended=Ended.DOUBLE, ended_at=self.at)
        assert all(
            (row.step, row.about) in done
            or row.paused_at
            or row.due_at >= left[row.step, row.about].due_at
            for row in ended
        )

    def meet(self, event: str) -> None:
        """Something is done, and told twice."""
        for _turn in range(2):
            actions.happened(by=ANONYMOUS, event=event, subject=CASE, at=self.at)

    def pause(self, number: int) -> None:
        """One of them waits."""
        for one in self._one(number):
            actions.pause(by=self.member, promise=one, reason=Pause.ASKED, at=self.at)

    def resume(self, number: int) -> None:
        """One of them goes on."""
        for one in self._one(number):
            actions.resume(by=self.member, promise=one, at=self.at)

    def hear(self, number: int) -> None:
        """Somebody knows of one."""
        for one in self._one(number):
            actions.hear(by=self.member, promise=one, at=self.at)

    def band(self, band: str) -> None:
        """The risk changes."""
        before = dict(Promise.objects.running().values_list("pk", "due_at"))
        actions.re_band(by=ANONYMOUS, subject=CASE, band=band, at=self.at)
        after = dict(Promise.objects.running().values_list("pk", "due_at"))
        assert all(after[number] <= due for number, due in before.items())

    def end(self, _nothing: None) -> None:
        """The case is closed; what is begun later reopens it."""
        actions.end(by=ANONYMOUS, subject=CASE, reason=Ended.NO_NEED, at=self.at)

    def clock(self, _nothing: None) -> None:
        """A clock looks."""
        actions.tick(at=self.at)

    def clocks(self, _nothing: None) -> None:
        """Two clocks look at once: the second acts on what it saw before the first acted."""
        seen = list(Promise.objects.waiting(self.at))
        actions.tick(at=self.at)
        for one in seen:
            clock._see_to(one, self.at)

    def version(self, _nothing: None) -> None:
        """Two people have approved another version."""
        name = f"{self.at:%Y%m%d%H%M}"
        text = books.shipped()["penanganan", "2026-1"].text.replace('"2026-1"', f'"{name}"')
        if Version.objects.filter(version=name).exists():
            return
        row = Version.objects.create(
            book="penanganan",
            version=name,
            since=self.at.date(),
            sha=books.sha_of(text),
            text=text.replace("from = 2026-01-01", f"from = {self.at.date()}"),
            drafted_by="x",
            drafted_at=self.at,
            approved_at=self.at,
        )
        Approval.objects.create(version=row, by="y", at=self.at)

    def leave(self, _nothing: None) -> None:
        """Who is on duty goes on leave for a day."""
        until = self.at + timedelta(days=1)
        plan_absence(
            by=COMMAND,
            member=self.member,
            deputy=self.deputy,
            starts=self.at,
            ends=until,
            at=self.at,
        )

    def _one(self, number: int) -> list[Promise]:
        rows = list(Promise.objects.running().order_by("id"))
        return [rows[number % len(rows)]] if rows else []


@contextmanager
def undone() -> Iterator[None]:
    """Whatever was written inside is taken back."""
    forget_kept()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check(office: Office) -> None:
    """What holds after any story, once every clock has had its turn."""
    rows = {row.pk: row for row in Promise.objects.all()}
    assert {number: row.version for number, row in rows.items()} == dict(office.made), (
        "none is lost"
    )
    lines = Row.objects.filter(verb__in=("promise.met", "promise.missed"))
    details = [(row.verb, json.loads(row.detail)) for row in lines]
    told = Counter((verb, one["step"], one.get("moment")) for verb, one in details)
    met = Counter(row.step for row in rows.values() if row.met_at)
    assert {step: told["promise.met", step, None] for step in met} == met, "none is met twice"
    misses = Counter((miss.promise.step, miss.moment) for miss in Miss.objects.select_related())
    for (step, moment), number in misses.items():
        assert told["promise.missed", step, moment] == number, "none is told of twice"
    for row in rows.values():
        fired = sorted(row.misses.values_list("moment", flat=True))
        assert fired == list(range(1, len(fired) + 1)), "no rung before the one below it"
        assert (row.missed_at is not None) == bool(fired)
        assert all(miss.noticed_at >= miss.due_at for miss in row.misses.all())
        runs = row.met_at is None and row.ended_at is None
        step = queries.step(row.book, row.version, row.step)
        if runs and not row.paused_at and not row.heard_at:
            assert fired == list(range(1, len(step.rungs) + 2)), "every rung of what is late heard"
        if row.paused_at or row.heard_at or not runs:
            assert row.next_at is None


def test_no_story_loses_a_promise_or_sees_to_one_twice() -> None:
    @settings(
        max_examples=(1_000 if LONG else 8),
        deadline=None,
        derandomize=not LONG,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(STORIES)
    def try_one(story: list[tuple[int, tuple[str, object]]]) -> None:
        with undone():
            office = Office()
            for minutes, (name, said) in story:
                office.at += timedelta(minutes=minutes)
                office.do(name, said)
            office.at += END
            office.clocks(None)
            assert actions.tick(at=office.at) == 0
            check(office)

    try_one()
    forget_kept()
    assert Message.objects.count() == 0
