"""The messages page answers a script: one size whatever there is, nothing new said in few bytes."""

import gzip
from dataclasses import astuple
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Member, Team
from teduh.chat import actions, rules
from teduh.chat.models import Conversation, Message
from teduh.chat.slots import key_list
from teduh.intake.models import Report
from teduh.lib.actors import CLOCK, reporter
from teduh.tickets import actions as tickets
from teduh.tickets.words import NextStep, Stage
from teduh.vault import without_script
from teduh.vault.models import Wrap
from teduh.vault.packages import SealedItem, b64, compact, header_of
from teduh.vault.queries import package
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, CODE, keys_for, message_of, received

pytestmark = pytest.mark.django_db
PAGE = "/status/pesan/"
HERS = rules.OPENING + rules.SLOTS * rules.SLOT


@pytest.fixture
def team() -> Team:
    made = TeamFactory()
    keys_for(made)
    return made


@pytest.fixture
def report(team: Team) -> Report:
    return received(team)


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def written(report: Report, officer: Member, count: int) -> list[str]:
    """The office's messages, so many; their items in order."""
    for seq in range(1, count + 1):
        item = message_of(report, officer, f"Contoh {seq}.", seq=seq)
        actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    return [row.item for row in Message.objects.filter(subject=report.ticket.number).order_by("id")]


def ask(
    report: Report, *, tag: str = "", path: str = PAGE, **fields: str | list[str]
) -> HttpResponse:
    number = report.ticket.number
    auth = b64(without_script.auth_of(number, CODE))
    headers = {"accept": "application/octet-stream", **({"if-none-match": tag} if tag else {})}
    told = {"ticket": number, "auth": auth, **fields}
    return Client().post(path, told, headers=headers)


def shown(answer: HttpResponse) -> list[str]:
    """The items in the slots of an answer."""
    start = int.from_bytes(answer.content[:4])
    slots = [answer.content[start + n * rules.SLOT :][: rules.SLOT] for n in range(rules.SLOTS)]
    sizes = [int.from_bytes(slot[:2]) for slot in slots]
    return [
        str(header_of(slot[2 : 2 + size])["item"])
        for slot, size in zip(slots, sizes, strict=True)
        if size
    ]


def hers(answer: HttpResponse) -> int:
    """The bytes of an answer without the list of keys, which is everybody's."""
    return len(answer.content) - 4 * 4 - sum(len(part) for part in astuple(key_list(package())))


def told_outside(answer: HttpResponse) -> tuple[int, int, list[str], list[int]]:
    """What somebody sees who can only count bytes."""
    lines = sorted(answer.headers.items())
    return (
        answer.status_code,
        len(answer.content),
        [name for name, _value in lines],
        [len(value) for _name, value in lines],
    )


@pytest.mark.parametrize("count", [0, 1, 8, 9, 40])
def test_an_answer_is_as_long_whatever_was_written(
    report: Report, officer: Member, count: int
) -> None:
    items = written(report, officer, count)
    answer = ask(report)
    assert hers(answer) == HERS
    assert shown(answer) == items[-8:]


def test_a_survivors_answer_looks_like_anybody_elses(
    team: Team, report: Report, officer: Member
) -> None:
    other = received(team, door="other")
    assert other.ticket.own is not report.ticket.own
    written(report, officer, 3)
    stage, step = Stage.RUNNING, NextStep.ASSESS
    tickets.tell(by=CLOCK, ticket=report.ticket, stage=stage, next_step=step, at=AT)
    assert told_outside(ask(report)) == told_outside(ask(other))


@pytest.mark.parametrize("path", [PAGE, "/en/status/pesan/"])
def test_every_stage_has_room_in_the_opening_part(team: Team, path: str) -> None:
    sizes = set()
    for door, stage in product(("self", "other"), Stage):
        made = received(team, door=door)
        for reached in Stage:
            tickets.tell(
                by=CLOCK, ticket=made.ticket, stage=reached, next_step=NextStep.ASSESS, at=AT
            )
        for step in NextStep:
            tickets.tell(by=CLOCK, ticket=made.ticket, stage=stage, next_step=step, at=AT)
            sizes.add(hers(ask(made, path=path)))
    assert sizes == {HERS}


def test_a_browser_that_takes_gzip_pays_less_for_the_list_of_keys(report: Report) -> None:
    plain, number = ask(report), report.ticket.number
    told = {"ticket": number, "auth": b64(without_script.auth_of(number, CODE))}
    small = Client().post(PAGE, told, headers={"accept-encoding": "br, gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert HERS < len(small.content) < len(plain.content)
    assert len(gzip.decompress(small.content)) == len(plain.content)
    refused = Client().post(PAGE, told, headers={"accept-encoding": "br, gzip;q=0"})
    assert not refused.has_header("Content-Encoding")


def test_older_messages_come_by_the_eight_in_answers_of_the_same_length(
    report: Report, officer: Member
) -> None:
    items = written(report, officer, 20)
    pages = [ask(report)]
    while shown(pages[-1]):
        pages.append(ask(report, before=shown(pages[-1])[0]))
    assert [shown(page) for page in pages] == [items[12:], items[4:12], items[:4], []]
    assert {hers(page) for page in pages} == {HERS}


def test_an_item_of_another_ticket_leads_nowhere(
    team: Team, report: Report, officer: Member
) -> None:
    written(report, officer, 2)
    strange = written(received(team), officer, 0)
    assert shown(ask(report, before="AAAAAAAAAAAAAAAAAAAAAA")) == strange == []


def test_a_script_that_has_it_all_is_told_so(report: Report, officer: Member) -> None:
    written(report, officer, 1)
    first = ask(report)
    again = ask(report, tag=first.headers["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert ask(report).content != first.content  # the filler is new each time
    item = message_of(report, officer, "Contoh kedua.", seq=2)
    actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    assert ask(report, tag=first.headers["ETag"]).status_code == 200


def test_a_new_stage_is_news_too(report: Report) -> None:
    tag = ask(report).headers["ETag"]
    stage, step = Stage.REVIEW, NextStep.ASSESS
    tickets.tell(by=CLOCK, ticket=report.ticket, stage=stage, next_step=step, at=AT)
    answer = ask(report, tag=tag)
    assert answer.status_code == 200
    assert str(Stage.REVIEW.label).encode() in answer.content


def sealed(report: Report, text: str) -> list[str]:
    number = report.ticket.number
    made = without_script.seal_message(ticket=number, code=CODE, text=text, seq=1, at=AT)
    return [
        compact({"hdr": b64(one.hdr), "ct": b64(one.ct), "sig": b64(one.sig)}).decode()
        for one in made
    ]


def test_a_reply_is_answered_in_the_same_shape(report: Report) -> None:
    tag = ask(report).headers["ETag"]
    answer = ask(report, tag=tag, sealed=sealed(report, "u" * 1500))
    assert (answer.status_code, hers(answer)) == (200, HERS)
    assert len(shown(answer)) == 2


def test_a_reply_out_of_turn_says_to_read_again(report: Report) -> None:
    ask(report, sealed=sealed(report, "Contoh."))
    assert ask(report, sealed=sealed(report, "Contoh.")).status_code == 409


def test_a_reply_whose_answer_was_lost_is_sent_again_and_kept_once(report: Report) -> None:
    words = sealed(report, "u" * 1500)
    first, again = (ask(report, sealed=words) for _try in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert shown(first) == shown(again)
    assert Message.objects.count() == 2
    report.refresh_from_db()
    assert report.unread == 1
    half_known = [*words[:1], *sealed(report, "Contoh lain.")]
    assert ask(report, sealed=half_known).status_code == 409


def test_the_office_sends_a_message_again_and_it_is_kept_once(
    report: Report, officer: Member
) -> None:
    item = message_of(report, officer, "Contoh.")
    for _try in range(2):
        actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    assert Message.objects.count() == 1


def test_a_known_name_with_other_words_is_not_the_message_that_is_kept(
    report: Report, officer: Member
) -> None:
    item = message_of(report, officer, "Contoh.")
    actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    other = SealedItem(item.hdr, item.ct[::-1], item.sig, item.said)
    with pytest.raises(rules.WrongTurn):
        actions.answer(by=officer, ticket=report.ticket, items=[other], at=AT)


def test_a_header_too_long_for_a_slot_is_refused(report: Report) -> None:
    made = without_script.seal_message(
        ticket=report.ticket.number, code=CODE, text="Contoh.", seq=1, at=AT
    )[0]
    swollen = made.hdr[:-1] + b',"more":"' + b"x" * rules.HEADER_MOST + b'"}'
    item = SealedItem(swollen, made.ct, made.sig, made.said)
    with pytest.raises(Refused, match="header"):
        actions.write_back(ticket=report.ticket, items=[item], at=AT)
    assert not Message.objects.exists()


def test_a_long_thread_costs_no_more_queries_than_a_short_one(
    report: Report, officer: Member
) -> None:
    written(report, officer, 1)
    with CaptureQueriesContext(connection) as few:
        ask(report)
    for seq in range(2, 30):
        item = message_of(report, officer, "Contoh.", seq=seq)
        actions.answer(by=officer, ticket=report.ticket, items=[item], at=AT)
    with CaptureQueriesContext(connection) as many:
        ask(report)
    assert len(many) == len(few) == 15


@pytest.mark.parametrize("path", [PAGE, f"/en{PAGE}"])
def test_where_a_conversation_stands_has_room_in_the_opening_part(
    report: Report, path: str
) -> None:
    """The longest stage with the longest word about waiting; and every one is of one size."""
    words = without_script.seal_message(
        ticket=report.ticket.number, code=CODE, text="Contoh.", seq=1, at=AT
    )
    actions.write_back(ticket=report.ticket, items=words, at=AT, team_code=report.team_code)
    kept = {"subject": "TDH-9998-0000", "team_code": report.team_code, "waiting_since": AT}
    others = [
        Conversation(**{**kept, "subject": f"TDH-9998-000{n}", "waiting_since": AT - timedelta(1)})
        for n in range(rules.FEW + 1)
    ]
    Conversation.objects.bulk_create(others)
    tickets.tell(
        by=CLOCK, ticket=report.ticket, stage=Stage.MONITORING, next_step=NextStep.ELSEWHERE, at=AT
    )
    mark = {"subject": report.ticket.number, "side": "office", "day": AT.date(), "file": "B" * 22}
    Message.objects.bulk_create(
        Message(**mark, seq=seq, item=f"{seq}".ljust(22, "A")) for seq in range(990, 997)
    )  # the other seven slots of the answer came with files
    sizes = [hers(ask(report, path=path))]
    actions.put_off(ticket=report.ticket, at=AT)
    sizes.append(hers(ask(report, path=path)))
    actions.end(by=reporter(report.ticket.number), ticket=report.ticket, at=AT)
    sizes.append(hers(ask(report, path=path)))
    assert sizes == [HERS] * 3


def test_a_poll_that_hears_nothing_new_costs_few_queries(report: Report, officer: Member) -> None:
    written(report, officer, 9)
    tag = ask(report)["ETag"]
    with CaptureQueriesContext(connection) as seen:
        assert ask(report, tag=tag).status_code == 304
    assert len(seen) == 5


def test_whatever_an_answer_tells_gives_it_another_name(report: Report) -> None:
    names = [ask(report)["ETag"]]

    def after(change: object) -> None:
        del change
        assert ask(report, tag=names[-1]).status_code == 200
        names.append(ask(report)["ETag"])

    def words(seq: int) -> list[SealedItem]:
        number = report.ticket.number
        return without_script.seal_message(ticket=number, code=CODE, text="u", seq=seq, at=AT)

    by, ticket = reporter(report.ticket.number), report.ticket
    step, team = NextStep.ASSESS, report.team_code
    after(tickets.tell(by=CLOCK, ticket=ticket, stage=Stage.REVIEW, next_step=step, at=AT))
    after(actions.write_back(ticket=ticket, items=words(1), at=AT, team_code=team))
    after(actions.put_off(ticket=ticket, at=AT))
    after(actions.end(by=by, ticket=ticket, at=AT))
    after(actions.write_back(ticket=ticket, items=words(2), at=AT, team_code=team))
    after(Wrap.objects.filter(compartment__subject=ticket.number).delete())
    assert ask(report, path=f"/en{PAGE}", tag=names[-1]).status_code == 200
    assert len(set(names)) == len(names)
