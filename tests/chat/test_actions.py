"""Messages: counted per side, signed, kept sealed, and all or nothing."""

from datetime import timedelta
from typing import NoReturn

import pytest

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.chat import actions, rules
from teduh.chat.models import Conversation, Message
from teduh.chat.queries import next_seq, thread, waiting
from teduh.chat.words import Crowd, Pace, Side
from teduh.intake.models import Report
from teduh.lib.actors import COMMAND, reporter
from teduh.vault import actions as vault
from teduh.vault import without_script
from teduh.vault.models import Envelope
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, CODE, keys_for, message_of, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    team = TeamFactory(code="asesmen")
    keys_for(team)
    return received(team)


@pytest.fixture
def officer(report: Report) -> Member:
    from teduh.access.models import Team

    return MemberFactory(role="officer", team=Team.objects.get(code=report.team_code))


def hers(report: Report, text: str = "Contoh balasan.", seq: int = 1) -> list[SealedItem]:
    return without_script.seal_message(
        ticket=report.ticket.number, code=CODE, text=text, seq=seq, at=AT
    )


def nothing_kept() -> bool:
    kept = Envelope.objects.filter(what="chat.message.text").exists()
    lines = Row.objects.filter(verb__startswith="message.").exists()
    return not (Message.objects.exists() or kept or lines)


@pytest.mark.parametrize(
    ("seq", "expected", "answer"), [(1, 1, True), (2, 1, False), (1, 2, False)]
)
def test_a_message_carries_the_next_number(seq: int, expected: int, *, answer: bool) -> None:
    assert rules.is_next(seq, expected) is answer


def test_the_office_answers_and_the_holder_reads(report: Report, officer: Member) -> None:
    item = message_of(report, officer, "Contoh jawaban.")
    actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    row = thread(report.ticket.number).get()
    assert (row.side, row.seq, row.member_code) == (Side.OFFICE, 1, officer.code)
    opened = without_script.open_thread(ticket=report.ticket.number, code=CODE)
    assert opened == {row.item: "Contoh jawaban."}
    assert Row.objects.get(verb="message.office").by_code == officer.code
    assert b"Contoh jawaban" not in bytes(Envelope.objects.get(item=row.item).ct)


def test_the_holder_writes_back_and_each_side_counts_for_itself(
    report: Report, officer: Member
) -> None:
    item = message_of(report, officer, "Contoh jawaban.")
    actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    actions.write_back(ticket=report.ticket, items=hers(report), at=AT)
    assert [(row.side, row.seq) for row in thread(report.ticket.number)] == [
        (Side.OFFICE, 1),
        (Side.REPORTER, 1),
    ]
    assert next_seq(report.ticket.number, Side.REPORTER) == 2


def test_a_long_message_continues_in_the_next_numbers(report: Report) -> None:
    items = hers(report, "ü" * 1200)
    actions.write_back(ticket=report.ticket, items=items, at=AT)
    assert [row.seq for row in thread(report.ticket.number)] == [1, 2, 3]
    opened = without_script.open_thread(ticket=report.ticket.number, code=CODE)
    assert "".join(opened[item.item] for item in items) == "ü" * 1200


def test_without_the_right_nobody_writes_for_the_office(report: Report) -> None:
    stranger = MemberFactory(role="auditor")
    item = message_of(report, stranger, "Contoh jawaban.")
    with pytest.raises(Forbidden):
        actions.answer(by=stranger, ticket=report.ticket, items=[item], at=AT)
    assert nothing_kept()


@pytest.mark.parametrize("seq", [0, 2])
def test_a_number_out_of_turn_is_refused(report: Report, seq: int) -> None:
    with pytest.raises(rules.WrongTurn):
        actions.write_back(ticket=report.ticket, items=hers(report, seq=seq), at=AT)
    assert nothing_kept()


def test_one_refused_part_takes_the_whole_message_back(report: Report) -> None:
    first, second, _third = hers(report, "u" * 2100)
    broken = SealedItem(second.hdr, second.ct[:-1] + b"x", second.sig, second.said)
    with pytest.raises(Refused):
        actions.write_back(ticket=report.ticket, items=[first, broken], at=AT)
    assert nothing_kept()


def test_a_message_signed_by_a_stranger_is_refused(report: Report, officer: Member) -> None:
    from teduh.vault.models import PublicKey

    item = message_of(report, officer, "Contoh jawaban.")
    PublicKey.objects.filter(kind="sign").delete()
    with pytest.raises(Refused):
        actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    assert nothing_kept()


def test_a_message_to_what_was_forgotten_is_refused(report: Report, officer: Member) -> None:
    items = hers(report)  # from a page that was open before
    answer = message_of(report, officer, "Contoh jawaban.")
    vault.forget(by=COMMAND, subject=report.ticket.number, at=AT)
    with pytest.raises(Refused):
        actions.write_back(ticket=report.ticket, items=items, at=AT)
    with pytest.raises(Refused):
        actions.answer(by=officer, ticket=report.ticket, items=[answer], at=AT)
    assert nothing_kept()


def test_a_message_of_another_ticket_is_refused(report: Report) -> None:
    from teduh.access.models import Team

    other = received(Team.objects.get(code=report.team_code))
    with pytest.raises(Refused):
        actions.write_back(ticket=report.ticket, items=hers(other), at=AT)
    assert nothing_kept()


def test_a_failure_at_the_trail_takes_the_message_back(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_told: object) -> NoReturn:
        raise OSError

    monkeypatch.setattr(actions, "record", fail)
    with pytest.raises(OSError):  # noqa: PT011  any will do
        actions.write_back(ticket=report.ticket, items=hers(report), at=AT)
    assert nothing_kept()


@pytest.mark.parametrize(("before", "word"), [(0, "next"), (1, "few"), (3, "few"), (4, "many")])
def test_who_waits_is_told_how_many_wait_before_in_coarse_words(before: int, word: str) -> None:
    assert rules.crowd(before) == word


@pytest.mark.parametrize(
    ("waited", "word"),
    [
        ([], ""),
        ([5] * 4, ""),  # too few to say
        ([5] * 5, "quarter"),
        ([15, 15, 15, 900, 900], "quarter"),  # the middle one, not the worst
        ([16, 16, 16, 0, 0], "hour"),
        ([61] * 5, "hours"),
        ([361] * 6, "day"),
    ],
)
def test_how_long_an_answer_takes_is_told_from_enough_answers_only(
    waited: list[int], word: str
) -> None:
    assert rules.pace(waited) == word


def test_she_waits_from_her_oldest_word_until_the_office_answers(
    report: Report, officer: Member
) -> None:
    actions.write_back(ticket=report.ticket, items=hers(report), at=AT, team_code="asesmen")
    later = AT + timedelta(minutes=20)
    actions.write_back(ticket=report.ticket, items=hers(report, seq=2), at=later)
    row = Conversation.objects.get()
    assert (row.waiting_since, row.team_code) == (AT, "asesmen")
    told = waiting(row, later)
    assert told is not None
    assert (told.crowd, told.pace) == (Crowd.NEXT, Pace.UNKNOWN)
    item = message_of(report, officer, "Contoh jawaban.")
    actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT + timedelta(minutes=50))
    row.refresh_from_db()
    assert (row.waiting_since, row.waited) == (None, 50)
    assert waiting(row, later) is None


def test_who_cannot_talk_now_waits_for_nobody_until_she_writes_again(report: Report) -> None:
    actions.write_back(ticket=report.ticket, items=hers(report), at=AT)
    actions.put_off(ticket=report.ticket, at=AT)
    row = Conversation.objects.get()
    assert (row.away, row.waiting_since) == (True, None)
    with pytest.raises(rules.NotOpen):
        actions.put_off(ticket=report.ticket, at=AT)
    actions.write_back(ticket=report.ticket, items=hers(report, seq=2), at=AT)
    row.refresh_from_db()
    assert (row.away, row.waiting_since) == (False, AT)
    assert Row.objects.get(verb="conversation.put_off").by_code == report.ticket.number


@pytest.mark.parametrize("side", [Side.OFFICE, Side.REPORTER])
def test_a_conversation_that_ended_is_opened_again_by_her_next_word(
    report: Report, officer: Member, side: Side
) -> None:
    actions.write_back(ticket=report.ticket, items=hers(report), at=AT)
    by = officer if side == Side.OFFICE else reporter(report.ticket.number)
    actions.end(by=by, ticket=report.ticket, at=AT)
    row = Conversation.objects.get()
    assert (row.ended_by, row.waiting_since) == (side, None)
    with pytest.raises(rules.NotOpen):
        actions.end(by=by, ticket=report.ticket, at=AT)
    with pytest.raises(rules.NotOpen):
        actions.put_off(ticket=report.ticket, at=AT)
    actions.write_back(ticket=report.ticket, items=hers(report, seq=2), at=AT)
    row.refresh_from_db()
    assert (row.ended_day, row.ended_by) == (None, "")
    assert Row.objects.filter(verb="conversation.reopened").count() == 1


def test_without_the_right_nobody_ends_it_for_the_office(report: Report) -> None:
    actions.write_back(ticket=report.ticket, items=hers(report), at=AT)
    with pytest.raises(Forbidden):
        actions.end(by=MemberFactory(role="auditor"), ticket=report.ticket, at=AT)
    assert Conversation.objects.get().ended_day is None
