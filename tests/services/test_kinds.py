"""Kinds of help over time: what the table says, which tables are refused, how far one can go."""

from itertools import product

import pytest

from teduh.directory import codes
from teduh.services import care_table, kinds
from teduh.services.kinds import ENDED, Kind
from teduh.sop.books import shipped

KINDS = list(care_table.kinds().values())
EVENTS = set(shipped()["penanganan", "2026-2"].book.events)
SMALL = """
[[reason]]
code = "declined"
id = "a"
en = "b"

[[kind]]
code = "svc_document"
note = "care"
source = { id = "a", en = "b" }

  [[kind.state]]
  code = "listed"
  id = "a"
  en = "b"
  next = ["issued"]

  [[kind.state]]
  code = "issued"
  id = "a"
  en = "b"
  next = []

  [[kind.field]]
  code = "document"
  kind = "choice"
  id = "a"
  en = "b"
  needed = ["issued"]
  options = [{ code = "birth", id = "a", en = "b" }, { code = "family", id = "a", en = "b" }]
"""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_comes_to_an_end_from_every_state(kind: Kind) -> None:
    assert all(ENDED in kinds.reached(kind, one.code) for one in kind.states)
    assert any(one.good for one in kind.reasons)  # something it can reach
    told = {event for one in kind.states for event in (one.begins, one.meets)} | {kind.meets}
    assert told - {""} <= EVENTS


def test_what_the_program_names_has_a_kind() -> None:
    asked = {"education", "document", "spiritual", "return", "reintegration", "takedown"}
    asked |= {"legal", "police", "court", "protection", "restitution", "interpreter", "transport"}
    assert {f"svc_{one}" for one in asked} | {"svc_mediation"} == set(care_table.kinds())
    assert set(care_table.kinds()) <= codes.known("service")
    assert care_table.kinds()["svc_mediation"].only == kinds.MEDIATION


def answered(kind: Kind) -> dict[str, object]:
    """Every field told, each with an answer that bars nothing."""
    free = {one.code: [o.code for o in one.options if not o.bars] for one in kind.fields}
    plain = {"day": "2026-11-24", "yes": True, "rupiah": 0}
    return {
        one.code: plain.get(one.kind) if one.kind in plain else free[one.code][:1]
        if one.kind == "several" else free[one.code][0]
        for one in kind.fields
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_step_is_made_just_where_the_table_says_so(kind: Kind) -> None:
    """Every state to every other, for no reason and for every one."""
    facts, states = answered(kind), [*(one.code for one in kind.states), ENDED]
    for state, to, reason in product(
        states, states, ["", "bukan", *(r.code for r in kind.reasons)]
    ):
        why = {one.code for one in kinds.ends_from(kind, state)} if to == ENDED else {""}
        right = to in kinds.goes_to(kind, state) and reason in why
        try:
            kinds.check_step(kind, state, to, facts, reason)
        except (kinds.WrongStep, kinds.Lacking):
            assert not right
        else:
            assert right


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_state_is_entered_only_once_its_fields_are_told(kind: Kind) -> None:
    facts = answered(kind)
    for state, missing in product((one.code for one in kind.states), facts):
        needed = {one.code for one in kind.fields if state in one.needed}
        told = {name: answer for name, answer in facts.items() if name != missing}
        assert set(kinds.lacking(kind, state, told)) == needed & {missing}
        assert set(kinds.lacking(kind, state, {})) == needed


def test_nobody_travels_to_where_it_is_not_safe() -> None:
    kind = care_table.kinds()["svc_return"]
    unsafe = answered(kind) | {"safe": "unsafe"}
    assert kinds.lacking(kind, "judged", unsafe) == ()
    assert kinds.lacking(kind, "planned", unsafe) == ("safe",)
    assert kinds.lacking(kind, "planned", unsafe | {"safe": "safe"}) == ()


def test_the_small_table_is_right() -> None:
    found = care_table.parse(SMALL)["svc_document"]
    assert [one.code for one in found.states] == ["listed", "issued"]
    assert [one.code for one in found.reasons] == ["declined"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[[kind]]", "[[", "TOML"),
        ("[[kind]]", "[[sort]]", "kind"),
        ('"svc_document"', '"svc_nothing"', "kind svc_nothing: service"),
        ('note = "care"', 'note = "work"', "note: work"),
        ('note = "care"', 'note = "care"\nonly = "moon"', "only: moon"),
        ('note = "care"', 'note = "care"\naddresses = "gone"', "addresses: no state gone"),
        ('source = { id = "a", en = "b" }', 'source = { id = "a" }', "kind svc_document: id, en"),
        ('next = ["issued"]', 'next = ["gone"]', "state listed: no state gone"),
        ('next = ["issued"]', "next = []", "state issued: never reached"),
        ('code = "issued"\n', 'code = "listed"\n', "state listed: twice"),
        ('code = "issued"\n', 'code = "ended"\n', "state ended: reserved"),
        ('kind = "choice"', 'kind = "words"', "field document: no kind words"),
        ('kind = "choice"', 'kind = "day"', "field document: options"),
        ('needed = ["issued"]', 'needed = ["gone"]', "field document: no state gone"),
        ('{ code = "birth", id = "a", en = "b" }', "1", "options 1"),
        ('{ code = "birth", id', '{ code = "birth", bars = ["gone"], id', "no state gone"),
        ('code = "declined"', 'code = "declined"\nfrom = ["issued"]', ""),
        ('code = "declined"', 'code = "declined"\nfrom = ["gone"]', "reason declined: no state"),
        ('[[reason]]\ncode = "declined"\nid = "a"\nen = "b"', "", "no way to an end"),
        ('code = "document"', 'code = "seen"', "field seen: reserved"),
        ('code = "document"', 'code = "dua kata"', "code 'dua kata'"),
        ('code = "declined"', "", "reason 1"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_with_its_place(
    old: str, new: str, place: str
) -> None:
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    if not place:
        care_table.parse(text)  # an end from the last state alone is an end from all
        return
    with pytest.raises(kinds.WrongTable, match=place):
        care_table.parse(text)


def test_a_kind_twice_is_refused() -> None:
    with pytest.raises(kinds.WrongTable, match="dua kali"):
        care_table.parse(SMALL + SMALL.partition("[[kind]]")[1] + SMALL.partition("[[kind]]")[2])
