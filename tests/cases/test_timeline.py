"""The picture of a case in time."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from teduh.cases.actions import IncidentFacts, daily, legal
from teduh.cases.drawing import EDGE, SHORT, WIDE, Span, folded, picture
from teduh.cases.words import ContactOutcome, ContactWay, VisumStatus
from tests.factories import signed_in
from tests.factories.cases import AT, case_office, opened

DAY = date(2026, 11, 24)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=12))
def test_everything_drawn_stands_inside(pairs: list[tuple[int, int]]) -> None:
    spans = [
        Span("x", DAY - timedelta(days=max(pair)), DAY - timedelta(days=min(pair)), "met")
        for pair in pairs
    ]
    drawn = picture(spans, DAY)
    assert len(drawn.bars) == len(spans)
    assert all(EDGE <= bar.x <= WIDE and bar.x + bar.width <= WIDE for bar in drawn.bars)
    assert 1 <= len(drawn.days) <= 9


def test_what_happens_again_stands_in_the_lane_of_its_name() -> None:
    days = [DAY + timedelta(days=n) for n in range(9)]
    again = [Span("a", since, until, "met") for since, until in pairwise(days)]
    drawn = picture([*again, Span("b", days[0], days[8], "late")], days[8])
    assert len({bar.y for bar in drawn.bars}) == 2
    assert [bar.span.label for bar in drawn.bars if bar.text_y] == ["a", "b"]
    beside = picture([Span("a", days[0], days[8], "met"), *again[:1]], days[8])
    assert len({bar.y for bar in beside.bars}) == 2


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30)), max_size=60))
def test_no_row_of_the_table_is_lost_by_folding(told: list[tuple[int, int]]) -> None:
    spans = [
        Span(f"{n}", DAY - timedelta(days=ago), DAY - timedelta(days=max(0, ago - days)), "met")
        for n, (ago, days) in enumerate(told)
    ]
    months, recent = folded(spans, DAY)
    kept = [span for month in months for span in month.spans] + recent
    assert sorted(kept, key=str) == sorted(spans, key=str)
    assert all(span.since.replace(day=1) == month.day for month in months for span in month.spans)
    assert [month.day for month in months] == sorted({month.day for month in months})
    assert all(span.until < DAY for month in months for span in month.spans)
    assert recent or not spans
    if len(spans) <= SHORT:
        assert months == []


@pytest.mark.django_db
def test_promises_states_contacts_and_visum_stand_in_picture_and_table() -> None:
    office = case_office()
    case = opened(office, incident=IncidentFacts("sexual"))
    client, path = signed_in(Client(), office.melati), f"/kantor/kasus/{case.code}/waktu/"
    costs = []
    for _turn in range(2):
        legal.visum(by=office.melati, case=case, to=VisumStatus.OFFERED, at=AT)
        daily.contacted(
            by=office.melati,
            case=case,
            way=ContactWay.PHONE,
            outcome=ContactOutcome.REACHED,
            followed=True,
            items=[],
            at=AT,
        )
        with CaptureQueriesContext(connection) as seen:
            text = client.get(path).content.decode()
        costs.append(len(seen))
    for said in ("Visum: Ditawarkan", "Kontak: Berbicara", "Keadaan: Dibuka", "ditepati"):
        assert said in text
    assert text.count('<rect class="') == text.count("<tr>") - 1
    assert costs[0] == costs[1]
