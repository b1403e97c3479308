"""Which posts come from our own pages, and how an answer may be packed."""

import pytest

from teduh.web import rules

HOST = "teduh.example"


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://teduh.example"}, False),
        ({"Origin": "https://teduh.example"}, True),
        ({"Origin": "https://teduh.example.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Referer": "https://teduh.example/lapor/"}, True),
        ({"Referer": "https://evil.example/?teduh.example"}, False),
        ({}, True),
    ],
)
def test_a_post_is_let_in_only_from_our_own_pages(headers: dict[str, str], *, let_in: bool) -> None:
    assert rules.from_here(headers, HOST) is let_in


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_an_answer_is_packed_as_the_browser_can_read_it(accepted: str, coding: str) -> None:
    assert rules.coding(accepted) == coding
