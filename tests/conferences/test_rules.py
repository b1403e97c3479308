"""What puts a case on an agenda, what keeps it from being discussed, what a screen may show."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.words import AgencyKind
from teduh.conferences import declaration, rules
from teduh.conferences.rules import Facts, Standing, lacks, triggers
from teduh.conferences.words import Blocker, Lacks, Progress, Span, State, Trigger
from teduh.records.rules import SERVES, needed
from teduh.vault.rules import compartment_of

TODAY = date(2026, 11, 24)
CALM = Facts(band="medium")
READY = Standing(open=True, waiting=True, wishes=True, allowed=True, there=True)


def ago(*days: int) -> tuple[date, ...]:
    return tuple(TODAY - timedelta(days=one) for one in days)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (CALM, []),
        (replace(CALM, band="low"), []),
        (replace(CALM, band="high"), ["score"]),
        (replace(CALM, band="extreme"), ["score"]),
        (replace(CALM, band="high", assessed=ago(9)[0], held=ago(5)), []),  # was discussed
        (replace(CALM, band="high", assessed=ago(5)[0], held=ago(5)), []),
        (replace(CALM, band="high", assessed=ago(4)[0], held=ago(5)), ["score"]),
        (replace(CALM, incidents=ago(1, 2)), []),
        (replace(CALM, incidents=ago(1, 2, 3)), ["escalation"]),
        (replace(CALM, incidents=ago(200, 250, 300)), []),  # three, and none of them lately
        (replace(CALM, incidents=ago(10, 250, 300)), []),  # fewer than before
        (replace(CALM, incidents=ago(10, 20, 200, 300)), []),  # as many as before: not rising
        (replace(CALM, incidents=ago(10, 20, 30, 200)), ["escalation"]),
        (replace(CALM, incidents=ago(10, 20, 366)), []),
        (replace(CALM, incidents=ago(10, 20, 30), held=ago(5)), []),
        (replace(CALM, incidents=ago(4), held=ago(5)), ["repeat"]),
        (replace(CALM, incidents=ago(5), held=ago(5)), []),  # told at the table
        (replace(CALM, incidents=ago(1), held=ago(366)), ["repeat"]),  # within a year after it
        (replace(CALM, incidents=ago(1), held=ago(367)), []),
        (replace(CALM, incidents=ago(-1), held=ago(5)), []),  # not yet
        (replace(CALM, incidents=ago(1, 2, 3), held=ago(5)), ["escalation", "repeat"]),
        (replace(CALM, stuck=True), ["stuck"]),
        (replace(CALM, stuck=True, held=ago(1)), ["stuck"]),
        (replace(CALM, law=ago(14)), ["legal"]),
        (replace(CALM, law=ago(15)), []),
        (replace(CALM, law=ago(-1)), []),
        (replace(CALM, law=ago(3), held=ago(2)), []),
        (replace(CALM, law=ago(1), held=ago(2)), ["legal"]),
    ],
)
def test_what_puts_a_case_on_the_agenda(facts: Facts, expected: list[str]) -> None:
    assert triggers(facts, TODAY) == expected
    assert set(expected) <= set(Trigger.values)


DAYS = st.lists(
    st.integers(-30, 500).map(lambda days: TODAY - timedelta(days=days)), max_size=6
).map(tuple)


@given(
    st.builds(
        Facts,
        band=st.sampled_from(["low", "medium", "high", "extreme"]),
        assessed=st.none() | st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days)),
        incidents=DAYS,
        held=st.just((TODAY,)),
        stuck=st.just(value=False),
        law=DAYS,
    )
)
def test_nothing_that_was_known_at_the_table_calls_for_another_the_same_day(facts: Facts) -> None:
    assert triggers(facts, TODAY) == []


@given(DAYS, DAYS)
def test_one_incident_more_today_takes_no_trigger_away(
    incidents: tuple[date, ...], held: tuple[date, ...]
) -> None:
    facts = replace(CALM, incidents=incidents, held=held)
    more = replace(facts, incidents=(*incidents, TODAY))
    assert set(triggers(facts, TODAY)) <= set(triggers(more, TODAY))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (READY, []),
        (replace(READY, wishes=False), ["wishes"]),
        (replace(READY, allowed=False, there=False), ["basis"]),
        (replace(READY, there=False), ["nobody"]),
        (replace(READY, open=False), ["not_open"]),
        (replace(READY, open=False, wishes=False, allowed=False), ["not_open", "wishes", "basis"]),
        (replace(READY, waiting=False), ["over"]),
    ],
)
def test_nothing_is_discussed_without_her_wishes_and_her_yes_or_a_duty(
    told: Standing, expected: list[str]
) -> None:
    assert lacks(told) == expected
    assert set(expected) <= set(Lacks.values)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], []),
        ([("discussed", True), ("off", False)], []),
        ([("discussed", False)], ["feedback"]),
        ([("waiting", True)], ["waiting"]),
        ([("waiting", False), ("discussed", False)], ["waiting", "feedback"]),
    ],
)
def test_a_meeting_is_closed_when_each_case_was_seen_to(
    items: list[tuple[str, bool]], expected: list[str]
) -> None:
    assert rules.gaps(items) == expected


def test_a_meeting_that_is_over_stays_so() -> None:
    assert set(rules.MOVES) == set(State.values)
    assert [one for one in State if not rules.MOVES[one]] == [State.HELD, State.CALLED_OFF]
    assert not rules.may_move("planned", "held")


@given(
    st.integers(-500, 500), st.integers(1, rules.MOST_WEEKS), st.integers(0, 60), st.integers(0, 90)
)
def test_a_series_keeps_its_weekday_and_its_step(
    starts: int, every: int, since: int, span: int
) -> None:
    first = TODAY + timedelta(days=starts)
    start, end = TODAY + timedelta(days=since), TODAY + timedelta(days=since + span)
    days = list(rules.days_of(first, every, start, end))
    all_days = [first + timedelta(weeks=every * n) for n in range(200)]
    assert days == [one for one in all_days if start <= one <= end]


@pytest.mark.parametrize("kind", AgencyKind.values)
def test_the_words_of_an_agency_lie_where_a_consent_for_the_table_can_let_it_read(
    kind: str,
) -> None:
    part = rules.part_of(kind)
    for field in ("contribution", "decision"):
        assert compartment_of(f"conferences.{field}.{part}") == part
    if kind in SERVES["conference"]:
        assert needed("conference", kind) == {part, "care"}  # and nothing of another agency
    else:
        assert part == "work"


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], "none"),
        ([("done", 3), ("let_go", 9)], "done"),
        ([("done", 3), ("open", 0)], "runs"),
        ([("open", 1), ("open", -5)], "late"),
    ],
)
def test_how_decisions_stand_together(decisions: list[tuple[str, int]], expected: str) -> None:
    rows = [(state, TODAY - timedelta(days=days)) for state, days in decisions]
    assert rules.progress(rows, TODAY) == expected
    assert expected in Progress.values


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "quarter"), (91, "longer")],
)
def test_how_long_is_said_coarsely(days: int, code: str) -> None:
    assert rules.span_of(TODAY - timedelta(days=days), TODAY) == code
    assert code in Span.values


COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30))


@given(COUNTS, st.integers(2, 10))
def test_no_small_number_is_shown_and_none_follows_from_the_rest(
    counts: dict[str, int], least: int
) -> None:
    visible = rules.shown(counts, least)
    assert all(n >= least and counts[code] == n for code, n in visible.items())
    hidden = [n for code, n in counts.items() if n and code not in visible]
    if hidden and visible:  # what is left when the visible ones are taken from the total
        assert len(hidden) >= 2
        assert sum(hidden) >= least


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(10, 30)))
def test_what_is_large_enough_is_all_shown(counts: dict[str, int]) -> None:
    assert rules.shown(counts, 5) == counts


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(0, 2**32))
def test_names_of_a_meeting_depend_on_the_draw_alone(cases: set[int], seed: int) -> None:
    words = declaration.names()

    def drawn(some: list[int]) -> list[tuple[int, str]]:
        draw = random.Random(seed)
        return rules.veils(some, words, draw.shuffle, draw.choice)

    some = sorted(cases)
    found, others = drawn(some), drawn([one + 50_000 for one in some])
    assert sorted(case for case, _name in found) == some
    assert len({name for _case, name in found}) == len(some)
    assert [case + 50_000 for case, _name in found] == [case for case, _name in others]
    assert [name for _case, name in found] == [name for _case, name in others]


def test_there_are_words_enough_and_no_two_alike() -> None:
    first, second = declaration.names()
    assert len({*first}) * len({*second}) > 5 * 200
    assert set(Blocker.values)


def test_the_declaration_in_force_is_the_newest_that_has_begun() -> None:
    known = declaration.versions()
    assert declaration.in_force(date(2000, 1, 1)) == known[0]
    for one in known:
        assert declaration.in_force(one.since) == one
        assert len(one.told["id"]) == len(one.told["en"]) > 3
        assert len(one.sha) == 64
