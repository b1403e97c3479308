"""Visitors are told apart for a day, by what our own proxies say, and nothing of them is kept."""

from datetime import date, timedelta

import pytest

from teduh.lib import visitors
from teduh.lib.visitors import address_of, mark_of

TODAY = date(2026, 11, 24)
NEAR, FORGED, HERS, PROXY = "127.0.0.1", "198.51.100.7", "203.0.113.9", "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "", NEAR),
        (0, FORGED, NEAR),  # nobody of ours wrote that header
        (1, HERS, HERS),
        (1, f"{FORGED}, {HERS}", HERS),
        (2, f"{FORGED}, {HERS}, {PROXY}", HERS),
        (1, "", ""),  # a proxy that says nothing must not make one visitor of everybody
        (2, HERS, ""),
        (1, "not an address", ""),
        (1, f"{HERS},", ""),
    ],
)
def test_only_the_entry_of_our_own_proxy_is_believed(proxies: int, told: str, address: str) -> None:
    meta = {"REMOTE_ADDR": NEAR, **({"HTTP_X_FORWARDED_FOR": told} if told else {})}
    assert address_of(meta, proxies) == address


def test_one_household_is_one_visitor_whatever_address_its_phone_takes() -> None:
    one, other, elsewhere = (
        address_of({"REMOTE_ADDR": told}, 0)
        for told in ("2001:db8:1:2::a", "2001:db8:1:2:ffff::b", "2001:db8:1:3::a")
    )
    assert one == other != elsewhere
    assert address_of({"REMOTE_ADDR": f"::ffff:{HERS}"}, 0) == HERS


def test_a_mark_stands_for_one_visitor_on_one_day_and_does_not_show_the_address() -> None:
    mark = mark_of(HERS, TODAY)
    assert mark == mark_of(HERS, TODAY)
    assert mark != mark_of(PROXY, TODAY)
    assert HERS not in mark
    assert mark_of("", TODAY) == ""


def test_tomorrow_the_key_of_today_is_gone() -> None:
    mark, key = mark_of(HERS, TODAY), visitors._daily[TODAY]
    tomorrow = mark_of(HERS, TODAY + timedelta(days=1))
    assert mark != tomorrow
    assert key not in visitors._daily.values()
    assert mark_of(HERS, TODAY) != mark  # not even today can be made again
