"""What answers of a risk instrument come to: by tables, and for whatever somebody may answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.intake import instruments
from teduh.intake.scoring import (
    ANSWERS,
    BANDS,
    Instrument,
    assess,
    highest,
    is_possible,
)
from teduh.intake.words import RiskAnswer
from teduh.sop.words import Band
from tests.vectors import scoring

[FULL] = instruments.in_force("full", date(2026, 11, 24))
[SHORT] = instruments.in_force("short", date(2026, 11, 24))
LETHALITY = {  # code list 4.14
    *("strangled", "kill_threat", "weapon", "separation", "stalking", "escalation", "pregnancy"),
    *("child_threat", "suicide", "child_at_home", "sexual_force", "knows_report", "no_safe_place"),
}
DRAWN = st.sampled_from([FULL, SHORT]).flatmap(
    lambda one: st.tuples(
        st.just(one),
        st.dictionaries(st.sampled_from([q.key for q in one.questions]), st.sampled_from(ANSWERS)),
        st.sampled_from([q.key for q in one.questions]),
    )
)


def answered(instrument: Instrument, *yes: str) -> dict[str, str]:
    """Yes to these, no to all others."""
    return {one.key: "yes" if one.key in yes else "no" for one in instrument.questions}


def test_words_and_rules_know_the_same_bands_and_answers() -> None:
    assert set(BANDS) == set(Band)
    assert set(ANSWERS) == set(RiskAnswer)


def test_every_danger_of_the_list_forces_a_high_band() -> None:
    assert {one.key for one in FULL.questions if one.floor} == LETHALITY
    for key in LETHALITY:
        result = assess(FULL, answered(FULL, key))
        assert result.floors == (key,)
        assert result.band == ("extreme" if key == "no_safe_place" else "high")


@pytest.mark.parametrize(
    ("yes", "score", "band"),
    [
        ((), 0, "low"),
        (("dependence", "isolation"), 2, "low"),
        (("own_fear",), 5, "medium"),
        (("control", "jealousy", "injury", "own_fear", "breach", "isolation"), 14, "high"),
        (("weapon", "stalking", "pregnancy"), 10, "high"),
        (("weapon", "stalking", "pregnancy", "separation"), 13, "extreme"),
    ],
)
def test_the_full_instrument(yes: tuple[str, ...], score: int, band: str) -> None:
    result = assess(FULL, answered(FULL, *yes))
    assert (result.score, result.band, result.unanswered) == (score, band, ())


@pytest.mark.parametrize(
    ("count", "band"), [(0, "low"), (1, "medium"), (2, "medium"), (3, "high"), (5, "high")]
)
def test_three_yes_of_the_short_screen_are_high(count: int, band: str) -> None:
    assert len(SHORT.questions) == 5
    yes = [one.key for one in SHORT.questions][:count]
    assert assess(SHORT, answered(SHORT, *yes)).band == band


@pytest.mark.parametrize("answer", ["not_asked", "declined", "perhaps"])
def test_what_nobody_knows_of_a_danger_is_not_low(answer: str) -> None:
    result = assess(FULL, answered(FULL) | {"weapon": answer})
    assert (result.band, result.unanswered) == ("medium", ("weapon",))
    assert assess(FULL, answered(FULL) | {"substance": answer}).band == "low"
    assert assess(FULL, {}).band == assess(SHORT, {}).band == "medium"


@given(DRAWN)
def test_one_more_yes_and_not_answering_never_lower(
    drawn: tuple[Instrument, dict[str, str], str],
) -> None:
    instrument, answers, key = drawn
    no, left, yes = (assess(instrument, answers | {key: one}) for one in ("no", "declined", "yes"))
    ranks = [BANDS.index(one.band) for one in (no, left, yes)]
    assert ranks == sorted(ranks, reverse=True)
    assert no.score == left.score <= yes.score
    assert set(left.floors) <= set(yes.floors)


@given(DRAWN)
def test_what_can_come_out_is_possible_and_nothing_below_it(
    drawn: tuple[Instrument, dict[str, str], str],
) -> None:
    instrument, answers, _key = drawn
    result = assess(instrument, answers)
    assert is_possible(instrument, result.score, result.band)
    assert is_possible(instrument, result.score, "extreme")


def test_a_band_below_its_score_is_not_possible() -> None:
    assert not is_possible(FULL, 26, "high")
    assert not is_possible(FULL, FULL.most + 1, "extreme")
    assert not is_possible(FULL, -1, "low")
    assert not is_possible(FULL, 0, "worse")


def test_the_highest_of_no_band_is_low() -> None:
    assert highest() == highest("") == "low"
    assert highest("low", "", "high") == "high"


def test_the_shared_examples_are_fresh() -> None:
    assert scoring.PLACE.read_text(encoding="utf-8") == scoring.example()
