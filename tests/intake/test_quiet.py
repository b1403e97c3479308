"""A conversation nobody ends comes to its end by itself, and is erased like every other question."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from teduh.access.models import Team
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.chat.models import Conversation
from teduh.chat.rules import quiet_since
from teduh.intake import actions
from teduh.intake.actions.chatting import end_quiet
from teduh.intake.models import Report
from teduh.lib.actors import CLOCK
from teduh.outbox.models import Message
from teduh.outbox.secrets import decrypt
from teduh.records.actions.talking import erase_ended_talks
from teduh.vault import queries as vault
from teduh.vault import without_script
from tests.factories import MemberFactory
from tests.factories.reports import AT, CODE, asked, message_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "shred"])
DAYS = 30


def answered(team: Team) -> Report:
    report, officer = asked(team), MemberFactory(role="officer", team=team)
    item = message_of(report, officer, "Contoh jawaban.")
    chat.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    return report


def write(report: Report, seq: int, at: datetime) -> None:
    items = without_script.seal_message(
        ticket=report.ticket.number, code=CODE, text="Contoh lagi.", seq=seq, at=at
    )
    actions.write_back(ticket=report.ticket, items=items, at=at)


def days_later(*days: int) -> Sequence[datetime]:
    return [AT + timedelta(days=one) for one in days]


@pytest.mark.parametrize(
    ("waits", "since"), [(False, date(2026, 11, 2)), (True, date(2026, 10, 3))]
)
def test_who_waits_for_an_answer_is_given_twice_as_long(*, waits: bool, since: date) -> None:
    assert quiet_since(date(2026, 12, 2), DAYS, waits=waits) == since


def test_a_conversation_without_a_word_ends_and_is_erased_in_its_time(team: Team) -> None:
    report = answered(team)
    before, day, kept, gone = days_later(DAYS - 1, DAYS, DAYS + 89, DAYS + 90)
    assert end_quiet(at=before) == 0
    assert end_quiet(at=day.replace(minute=1)) == 0  # not in this minute
    assert end_quiet(at=day) == 1
    row = Conversation.objects.get()
    assert (row.ended_day, row.ended_by, row.reminded_day) == (day.date(), "", None)
    assert Row.objects.get(verb="conversation.lapsed").by_kind == "clock"
    assert end_quiet(at=day) == 0
    assert erase_ended_talks(at=kept) == 0
    assert erase_ended_talks(at=gone) == 1
    assert vault.is_forgotten(report.ticket.number)


def test_who_waits_is_not_forgotten_silently(team: Team) -> None:
    asked(team)
    seroja = MemberFactory(role="supervisor", team=team)
    day, later, end = days_later(DAYS, DAYS + 1, 2 * DAYS)
    Message.objects.all().delete()
    assert (end_quiet(at=day), end_quiet(at=later)) == (0, 0)
    assert Conversation.objects.get().reminded_day == day.date()
    assert [decrypt(bytes(one.address)) for one in Message.objects.all()] == [seroja.email]
    assert Row.objects.filter(verb="conversation.reminded").count() == 1
    assert end_quiet(at=end) == 1
    row = Conversation.objects.get()
    assert (row.ended_by, row.waiting_since) == ("", None)


@pytest.mark.parametrize("side", ["hers", "theirs"])
def test_a_word_of_either_side_begins_the_time_anew(team: Team, side: str) -> None:
    report = answered(team)
    word, day, end = days_later(DAYS - 1, DAYS, 3 * DAYS)
    if side == "hers":
        write(report, 2, word)
    else:
        officer = MemberFactory(role="officer", team=team)
        item = message_of(report, officer, "Contoh lagi.", seq=2)
        chat.answer(by=officer, ticket=report.ticket, items=[item], at=word)
    assert end_quiet(at=day) == 0
    assert not chat.lapse(by=CLOCK, subject=report.ticket.number, days=DAYS, at=day)
    assert end_quiet(at=end) == 1
    write(report, 3 if side == "hers" else 2, end)
    assert Conversation.objects.get().ended_day is None
    assert Row.objects.filter(verb="conversation.reopened").count() == 1
