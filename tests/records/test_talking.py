"""Conversations that ended are erased by the clock, and nothing that hangs on one."""

from datetime import datetime, timedelta

import pytest

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


@pytest.mark.parametrize("why", ["added", "report", "held", "reopened", "web"])
def test_what_more_hangs_on_stays(team: Team, why: str) -> None:
    report = ended(team)
    rows = Report.objects.filter(pk=report.pk)
    if why == "added":
        report.additions.create(number=2, token="t", day=AT.date(), origin="server")
    elif why == "report":
        rows.update(door="self")
    elif why == "held":
        keeper = MemberFactory(role="supervisor", team=team)
        hold(by=keeper, subject=report.ticket.number, reason=Hold.values[0], at=AT)
    elif why == "reopened":
        actions.write_back(ticket=report.ticket, items=again(report), at=AT)
    else:
        rows.update(channel="web")
    assert erase_ended_talks(at=LATER) == 0
    assert not vault.is_forgotten(report.ticket.number)
