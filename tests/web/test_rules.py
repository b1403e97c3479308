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
        ({"Origin": "http://[::1"}, False),
        ({"Referer": "http://[teduh.example/"}, False),
        ({"Origin": "https://teduh.example:x"}, False),
        ({}, True),
    ],
)
def test_a_post_is_let_in_only_from_our_own_pages(headers: dict[str, str], *, let_in: bool) -> None:
    assert rules.from_here(headers, HOST) is let_in


OURS = {"Origin": "https://teduh.example"}


@pytest.mark.parametrize(
    ("method", "headers", "forget"),
    [
        ("GET", {"Sec-Fetch-Site": "same-origin"}, True),
        ("GET", {"Sec-Fetch-Site": "none"}, True),
        ("GET", {"Sec-Fetch-Site": "cross-site"}, False),
        ("GET", {"Sec-Fetch-Site": "same-site", **OURS}, False),
        ("POST", {"Sec-Fetch-Site": "cross-site", **OURS}, False),
        ("POST", OURS, True),
        ("GET", OURS, False),
        ("POST", {"Origin": "https://evil.example"}, False),
        ("POST", {"Origin": "http://[::1"}, False),
        ("POST", {}, False),
        ("GET", {}, False),
    ],
)
def test_only_our_own_page_or_the_person_makes_a_browser_forget(
    method: str, headers: dict[str, str], *, forget: bool
) -> None:
    assert rules.may_forget(method, headers, HOST) is forget


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
