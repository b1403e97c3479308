"""The longest page of a ticket still has the size of every other one."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from teduh.tickets import remembering, rules
from teduh.tickets.models import Ticket
from teduh.tickets.words import NextStep, Stage
from tests.factories.reports import AT

DAY = date(2026, 9, 24)
FRAME = len("<!---->")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("issued", [None, DAY])
def test_the_longest_status_fits_into_its_size(language: str, issued: date | None) -> None:
    request = RequestFactory().get("/status/")
    wish = remembering.wish_of(Ticket(number="TDH-9999-0001", auth="0" * 64), AT)
    given = remembering.given_on(remembering.Kept("TDH-9999-0001", 2**63 - 1), AT) if issued else ""
    with translation.override(language):
        for step in NextStep:
            told = {
                "ticket": "TDH-9999-0001",
                "stages": [
                    {"label": Stage(one).label, "day": DAY, "state": "done"} for one in rules.LADDER
                ],
                "next_step": step.label,
                "next_day": DAY,
                "late": True,
                "quiet": False,
                "own": True,
                "files": SimpleNamespace(whole=10, unfinished=10),
                "opinion": True,
                "issued": issued,
            }
            part = render_to_string("tickets/parts/shown.html", told)
            page = render_to_string(
                "tickets/status.html", {**told, "wish": wish, "given_on": given}, request=request
            )
            assert len(part.encode()) + FRAME <= rules.PART
            assert len(page.encode()) + FRAME <= rules.PAGE
