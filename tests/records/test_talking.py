"""Conversations that ended are erased by the clock, and nothing that hangs on one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from teduh.access.models import Team
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.chat.models import Conversation
from teduh.config.backup import forgotten_subjects
from teduh.intake import actions
from teduh.intake.models import Report
from teduh.lib.actors import reporter
from teduh.records.actions.keeping import hold
from teduh.records.actions.talking import erase_ended_talks
from teduh.records.words import Hold
from teduh.vault import queries as vault
from teduh.vault import without_script
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, CODE, asked, keys_for

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "shred"])
LATER = AT + timedelta(days=90)


@pytest.fixture
def team() -> Team:
    made = TeamFactory(code="asesmen")
    keys_for(made)
    return made


def ended(team: Team, at: datetime = AT) -> Report:
    made = asked(team, at=at)
    chat.end(by=reporter(made.ticket.number), ticket=made.ticket, at=at)
    return made


def again(report: Report) -> list[SealedItem]:
    return without_script.seal_message(
        ticket=report.ticket.number, code=CODE, text="Contoh lagi.", seq=2, at=AT
    )


def test_a_question_is_erased_when_its_days_are_over_and_takes_no_word_any_more(team: Team) -> None:
    report = ended(team)
    words = again(report)
    number = report.ticket.number
    assert erase_ended_talks(at=LATER - timedelta(days=1)) == 0
    assert erase_ended_talks(at=LATER.replace(minute=1)) == 0  # not in this minute
    assert not vault.is_forgotten(number)
    assert erase_ended_talks(at=LATER) == 1
    assert vault.is_forgotten(number)
    assert erase_ended_talks(at=LATER) == 0
    assert forgotten_subjects() == [number]  # what a restore replays
    assert Row.objects.filter(verb="conversation.erased").count() == 1
    with pytest.raises(Refused):
        actions.write_back(ticket=report.ticket, items=words, at=LATER)
    assert Conversation.objects.get().ended_day is not None


def hang(team: Team, report: Report, why: str) -> None:
    """Let something hang on a question, for which it is no longer to be erased."""
    rows = Report.objects.filter(pk=report.pk)
    if why == "added":
        report.additions.create(number=2, token="t", day=AT.date(), origin="server")
    elif why == "report":
        rows.update(door="self")
    elif why == "case":
        rows.update(case_code="KSS-0000-0000")
    elif why == "held":
        keeper = MemberFactory(role="supervisor", team=team)
        hold(by=keeper, subject=report.ticket.number, reason=Hold.values[0], at=AT)
    elif why == "reopened":
        actions.write_back(ticket=report.ticket, items=again(report), at=AT)
    else:
        rows.update(channel="web")


WHY = ["added", "report", "case", "held", "reopened", "web"]


@pytest.mark.parametrize("why", WHY)
def test_what_more_hangs_on_stays(team: Team, why: str) -> None:
    report = ended(team)
    hang(team, report, why)
    assert erase_ended_talks(at=LATER) == 0
    assert not vault.is_forgotten(report.ticket.number)


@pytest.mark.parametrize("why", WHY)
def test_what_hangs_on_since_the_clock_looked_stays_too(team: Team, why: str) -> None:
    """The first is erased while the second, found by the same look, is no question any more."""
    first, second = ended(team), ended(team)

    waiting = [why]

    def meanwhile(run: Callable[..., Any], sql: str, *told: Any) -> Any:
        if waiting and sql.startswith("UPDATE") and Conversation._meta.db_table in sql:
            hang(team, second, waiting.pop())
        return run(sql, *told)

    with connection.execute_wrapper(meanwhile):
        assert erase_ended_talks(at=LATER) == 1
    assert vault.is_forgotten(first.ticket.number)
    assert not vault.is_forgotten(second.ticket.number)
