"""A procedure that two have approved, in force from a day that a test chooses."""

from datetime import date, timedelta

from teduh.access.models import Team
from teduh.lib.timing import begin_of
from teduh.sop import actions, books
from tests.factories.access import MemberFactory

WAITING = ("penanganan", "2026-2")  # the version of the release that waits for two approvals


def adopt_next(team: Team, *, since: date) -> None:
    """The waiting version, under the number `next`: drafted the day before, approved by two."""
    book = books.shipped()[WAITING]
    text = book.text.replace(f'version = "{WAITING[1]}"', 'version = "next"')
    text = text.replace(f"from = {book.book.since}", f"from = {since}")
    at = begin_of(since) - timedelta(hours=1)
    version = actions.draft(by=MemberFactory(role="officer", team=team), text=text, at=at)
    for role in ("head", "supervisor"):
        actions.approve(by=MemberFactory(role=role, team=team), version=version, at=at)
