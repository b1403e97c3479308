"""Who is offered first: hours, areas served, how fresh it is, room; and the reasons in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from teduh.directory.models import Area, Memorandum
from teduh.directory.queries import suggest
from teduh.directory.rules import (
    END_OF_DAY,
    Fit,
    NotHours,
    is_fresh,
    is_open,
    opens_next,
    order_of,
    said,
    spans,
)
from tests.factories.directory import provider

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # a Tuesday, ten in the city
TUESDAY, MORNING = 1, (1, 480, 960)
HERE, THERE = "21.72.01.1001", "21.72.02.1001"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("  ", ()),
        ("08.00–16.00", ((480, 960),)),
        ("8:00 - 12:30, 13.00-16.00", ((480, 750), (780, 960))),
        ("08.00-12.00,12.00-16.00", ((480, 720), (720, 960))),
        ("24 jam", ((0, 1440),)),
        ("24 JAM", ((0, 1440),)),
        ("20.00-24.00", ((1200, 1440),)),
    ],
)
def test_hours_as_people_write_them(text: str, found: object) -> None:
    assert spans(text) == found


@pytest.mark.parametrize(
    "text",
    ["pagi", "08.00", "16.00-08.00", "08.00-08.00", "08.60-09.00", "23.00-24.01", "25.00-26.00",
     "08.00-12.00, 11.00-13.00", "13.00-16.00, 08.00-12.00", "08.00-12.00,", "\u0660\u0668.00-12.00"],
)  # fmt: skip
def test_what_says_no_hours(text: str) -> None:
    with pytest.raises(NotHours):
        spans(text)


@given(st.sets(st.integers(0, END_OF_DAY), max_size=8))
def test_hours_that_are_said_are_read_again(ends: set[int]) -> None:
    ordered = sorted(ends)
    day = tuple(zip(ordered[::2], ordered[1::2], strict=False))
    assert spans(said(day)) == day


@pytest.mark.parametrize(
    ("weekday", "minute", "opened", "following"),
    [
        (1, 480, True, (3, 600)),
        (1, 959, True, (3, 600)),
        (1, 960, False, (3, 600)),
        (1, 479, False, (1, 480)),
        (3, 599, False, (3, 600)),
        (3, 601, True, (1, 480)),
        (0, 0, False, (1, 480)),
    ],
)
def test_open_at_a_minute(
    weekday: int, minute: int, following: tuple[int, int], *, opened: bool
) -> None:
    hours = [MORNING, (3, 600, 1440)]
    assert is_open(hours, weekday, minute) is opened
    assert opens_next(hours, weekday, minute) == following


def test_open_once_a_week_opens_a_week_later() -> None:
    assert opens_next([MORNING], 1, 480) == (1, 480)
    assert opens_next([], 1, 480) is None


@pytest.mark.parametrize(("days", "fresh"), [(0, True), (90, True), (91, False)])
def test_how_long_a_row_is_believed(days: int, *, fresh: bool) -> None:
    day = date(2026, 11, 24)
    assert is_fresh(day - timedelta(days=days), day) is fresh
    assert not is_fresh(None, day)


def test_what_counts_before_what() -> None:
    best_first = [
        Fit(open=True, serves=True, fresh=True, lapsed=False, a_day=9),
        Fit(open=True, serves=True, fresh=True, lapsed=False, a_day=2),
        Fit(open=True, serves=True, fresh=True, lapsed=False, a_day=None),
        Fit(open=True, serves=True, fresh=False, lapsed=False, a_day=9),
        Fit(open=True, serves=True, fresh=True, lapsed=True, a_day=9),
        Fit(open=None, serves=True, fresh=True, lapsed=False, a_day=9),
        Fit(open=False, serves=True, fresh=True, lapsed=False, a_day=9),
        Fit(open=True, serves=False, fresh=True, lapsed=False, a_day=9),
    ]
    mixed = best_first[::-1]
    mixed.sort(key=order_of)
    assert mixed == best_first


@pytest.fixture
def city(db: None) -> None:
    for code, name, level in (
        ("21.72.01", "Bukit Bestari", "district"),
        (HERE, "Tanjungpinang Timur", "kelurahan"),
    ):
        Area.objects.create(code=code, name=name, level=level, parent=code.rpartition(".")[0])


@pytest.mark.usefixtures("city")
def test_the_best_comes_first_and_says_why() -> None:
    closed = provider("svc_legal", hours=((0, 480, 960),))
    elsewhere = provider("svc_legal", hours=(MORNING,), serves=(THERE,))
    best = provider("svc_legal", hours=(MORNING,), serves=(HERE,), a_day=4)
    unknown = provider("svc_legal", verified_on=None)
    stale = provider("svc_legal", hours=(MORNING,), verified_on=date(2026, 1, 1))
    Memorandum.objects.create(
        provider=stale, number="1", since=date(2025, 1, 1), until=date(2026, 1, 1)
    )
    provider("svc_visum", hours=(MORNING,))
    provider("svc_legal", active=False)
    found = suggest("svc_legal", area=HERE, at=AT)
    assert [one.provider for one in found] == [best, stale, unknown, closed, elsewhere]
    assert [one.reasons for one in found] == [
        (
            "melayani Kel. Tanjungpinang Timur, Kec. Bukit Bestari",
            "buka sekarang",
            "datanya diperiksa 1 November 2026",
            "menerima 4 orang sehari",
        ),
        (
            "melayani seluruh kota",
            "buka sekarang",
            "datanya sudah lama tidak diperiksa",
            "nota kesepahamannya sudah berakhir",
        ),
        ("melayani seluruh kota", "jam bukanya belum dicatat", "datanya belum pernah diperiksa"),
        ("melayani seluruh kota", "buka lagi Senin 08.00", "datanya diperiksa 1 November 2026"),
        ("tidak melayani kelurahan ini", "buka sekarang", "datanya diperiksa 1 November 2026"),
    ]
    assert [one.provider for one in suggest("svc_legal", at=AT, without=[best.pk, stale.pk])] == [
        elsewhere,
        unknown,
        closed,
    ]


def test_a_renewed_memorandum_has_not_ended(db: None) -> None:
    row = provider("svc_legal")
    for number, until in (("1", date(2026, 1, 1)), ("2", date(2027, 1, 1))):
        Memorandum.objects.create(provider=row, number=number, since=date(2025, 1, 1), until=until)
    [found] = suggest("svc_legal", at=AT)
    assert not found.fit.lapsed


def test_a_secret_place_is_called_a_safe_place(db: None) -> None:
    provider("svc_shelter", name="Rumah Contoh Rahasia", secret=True, kind="lsm")
    [found] = suggest("svc_shelter", at=AT)
    assert found.provider.shown == "Tempat aman"
    assert not found.provider.served.exists()


@pytest.mark.parametrize("many", [1, 12])
def test_many_providers_cost_as_many_queries_as_one(db: None, many: int) -> None:
    for _ in range(many):
        provider("svc_legal", hours=(MORNING,), serves=(HERE,), a_day=2)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(suggest("svc_legal", area=HERE, at=AT)) == many
    assert len(asked) == 6
