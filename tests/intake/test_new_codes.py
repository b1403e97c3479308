"""Another code for a ticket: hers in place of the office's, and the office's for a lost one."""

import json
import re
from collections.abc import Sequence

import pytest
from django.conf import settings
from django.test import Client

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.intake import actions, queries, rules
from teduh.intake.answers import Answers
from teduh.intake.models import Reissue, Report
from teduh.intake.words import Channel, Fact, Met
from teduh.outbox.models import Message
from teduh.tickets import queries as held
from teduh.tickets.models import Ticket
from teduh.vault import queries as vault
from teduh.vault import reporter, suite, without_script
from teduh.vault.codes import spell_digits
from teduh.vault.envelope import Place, Words, make_compartment, seal, sign_statement
from teduh.vault.packages import SealedRenewal, SignedStatement, b64, compact
from teduh.vault.rules import HELLO, RENEW, Refused
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import (
    AT,
    CODE,
    DAY,
    filed_package,
    message_of,
    received,
    renewal_as_field,
    signer,
)

pytestmark = pytest.mark.django_db
NEW = CODE + 1
STATUS, PAGE, THREAD, ADD = "/status/", "/status/kode/", "/status/pesan/", "/status/tambah/"
WORDS = "Contoh kabar penanda-4471."
AGREED = actions.Compared([Fact.NAME, Fact.WORDS], Met.HERE)


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


@pytest.fixture
def filed(team: Team, officer: Member) -> Report:
    """A report that staff filed for somebody, with a message in its thread."""
    report = actions.file_for(
        by=officer,
        channel=Channel.WALKIN,
        answers=Answers(door="self"),
        package=filed_package(team),
        rights_version="2026-01-01",
        at=AT,
    )
    chat.answer(by=officer, ticket=report.ticket, items=[message_of(report, officer, WORDS)], at=AT)
    return report


def own(report: Report, code: int = CODE, new: int = NEW, gen: int = 2) -> SealedRenewal:
    """Her own new code, sealed without script."""
    return without_script.seal_renewal(
        ticket=report.ticket.number,
        code=code,
        new_code=new,
        team_code=report.team_code,
        gen=gen,
        at=AT,
    )


def given(report: Report, by: Member, new: int = NEW, gen: int = 2) -> SealedRenewal:
    """A new code as an officer's browser makes it for a lost one."""
    number, inst = report.ticket.number, vault.reporter_bundle(report.ticket.number).inst
    stem = reporter.stretched(new, inst, number)
    her = reporter.keys(stem, reporter.relay(settings.TEDUH_SERVER_SECRET, number))
    made = make_compartment(Place(inst, number, "chat"), gen)
    to = [*vault.readers(report.team_code, DAY), (her.box_kid, her.box_public)]
    said = {"ticket": number, "d": [made.cmp], "before": []}
    words = Words(HELLO, 0, "staff", str(DAY), "pow2-4k", "")
    hello = seal(made, her.author, words, compact(said))
    author = signer(by)
    body = compact(
        {
            "v": 1,
            "inst": inst,
            "ticket": number,
            "gen": gen,
            "before": vault.newest_hello(number),
            "hello": b64(suite.sha256(hello.hdr + hello.ct)),
            "day": str(DAY),
            "by": author.kid,
        }
    )
    statement = SignedStatement(body, sign_statement(author.seed, RENEW, body))
    return SealedRenewal(
        reporter.auth_token(stem),
        her.box_public,
        her.sign_public,
        without_script.wrapped(made, to),
        hello,
        statement,
    )


def fresh(report: Report) -> Ticket:
    return Ticket.objects.get(pk=report.ticket_id)


def opens(report: Report, code: int) -> bool:
    return held.opens(fresh(report), without_script.auth_of(report.ticket.number, code))


def told(report: Report, code: int = CODE, **more: str) -> dict[str, str]:
    return {"ticket": report.ticket.number, "code": spell_digits(code), **more}


def by_script(report: Report, code: int = CODE, **more: str) -> dict[str, str]:
    auth = without_script.auth_of(report.ticket.number, code)
    return {"ticket": report.ticket.number, "auth": b64(auth), **more}


# --- a code that staff know ------------------------------------------------------------------------


def test_a_code_that_staff_handed_over_is_marked_until_it_is_changed(filed: Report) -> None:
    assert fresh(filed).issued_on == filed.day
    actions.change_code(report=filed, sealed=own(filed), at=AT)
    after = fresh(filed)
    assert (after.issued_on, after.renewed_on) == (None, filed.day)
    assert (opens(filed, CODE), opens(filed, NEW)) == (False, True)
    verbs = Row.objects.filter(subject=filed.ticket.number).values_list("verb", flat=True)
    assert {"ticket.code_issued", "ticket.code_changed", "vault.renewed"} <= set(verbs)


def test_a_code_she_drew_herself_is_not_marked(team: Team) -> None:
    report = received(team)
    assert report.ticket.issued_on is None


@pytest.mark.parametrize("path", [THREAD, ADD])
def test_with_a_code_that_staff_know_nothing_sealed_opens(filed: Report, path: str) -> None:
    page = Client().post(path, told(filed), follow=True)
    assert page.redirect_chain == [(STATUS, 303)]
    assert WORDS not in page.content.decode()
    assert PAGE in page.content.decode()
    answer = Client().post(path, by_script(filed))
    assert (answer.status_code, answer.json()) == (409, {"own_code_first": True})


def test_without_script_she_changes_it_and_goes_on_reading(filed: Report) -> None:
    client = Client()
    status = client.post(STATUS, told(filed), follow=True).content.decode()
    page = client.post(PAGE, hidden(status, "titip"), follow=True)
    assert page.redirect_chain == [(PAGE, 303)]
    offer = page.content.decode()
    [digits] = re.findall(r"data-digits>([\d ]+)<", offer)
    sent = {**hidden(offer, "titip"), **hidden(offer, "seed"), "catat": "1"}
    for _twice in range(2):  # a double tap is one change
        after = client.post(PAGE, sent, follow=True)
        assert after.redirect_chain == [(STATUS, 303)]
    assert not opens(filed, CODE)
    thread = Client().post(THREAD, {**told(filed), "code": digits}, follow=True)
    assert WORDS in thread.content.decode()


def hidden(page: str, name: str) -> dict[str, str]:
    [value] = re.findall(rf'name="{name}" value="([^"]+)"', page)[:1]
    return {name: value}


@pytest.mark.parametrize("minutes", [{"remember": "1"}, {}])
def test_a_page_that_the_old_code_opened_tells_and_sends_nothing_after_the_change(
    filed: Report, minutes: dict[str, str]
) -> None:
    client = Client()
    page = client.post(STATUS, told(filed, **minutes), follow=True).content.decode()
    actions.change_code(report=filed, sealed=own(filed), at=AT)
    assert filed.ticket.number not in client.get(STATUS).content.decode()
    for path in (STATUS + "jangan-hubungi/", THREAD + "keadaan/", STATUS + "data/"):
        answer = client.post(path, {**hidden(page, "keinginan"), "quiet": "1", "data": "0"})
        assert answer.status_code == 403 or answer.headers["Location"] == THREAD
    assert fresh(filed).quiet_since is None


def test_a_wish_that_was_on_its_way_during_the_change_shows_nothing_after_it(
    filed: Report,
) -> None:
    client = Client()
    page = client.post(STATUS, told(filed), follow=True).content.decode()
    sent = {**hidden(page, "keinginan"), "quiet": "1"}
    assert client.post(STATUS + "jangan-hubungi/", sent).status_code == 303
    actions.change_code(report=filed, sealed=own(filed), at=AT)
    assert filed.ticket.number not in client.get(STATUS).content.decode()


def test_the_page_of_a_new_code_opens_for_nobody_else(filed: Report) -> None:
    client = Client()
    assert client.get(PAGE).headers["Location"] == STATUS
    assert (
        client.post(PAGE, {"titip": "x", "seed": "y", "catat": "1"}).headers["Location"] == STATUS
    )
    assert opens(filed, CODE)


def test_a_script_gets_what_it_seals_with_and_sends_the_new_code(filed: Report) -> None:
    part = Client().post(PAGE, by_script(filed)).content.decode()
    [opening] = re.findall(r'data-opening="([^"]+)"', part)
    said = json.loads(opening.replace("&quot;", '"'))
    assert (said["gen"], len(said["compartments"]), said["keys"]["teams"][0]["code"]) == (
        2, 1, "asesmen"
    )  # fmt: skip
    sent = by_script(filed, renewal=renewal_as_field(own(filed)))
    assert [Client().post(PAGE, sent).status_code for _twice in range(2)] == [200, 200]
    assert opens(filed, NEW)
    late = by_script(filed, NEW, renewal=renewal_as_field(own(filed, NEW, CODE + 2)))
    assert Client().post(PAGE, late).status_code == 409  # a generation that is there already
    assert Client().post(PAGE, {**sent, "renewal": "{}"}).status_code == 400


def test_on_the_wire_a_change_of_code_looks_like_any_page_of_a_ticket(
    filed: Report, team: Team
) -> None:
    """Who counts bytes sees neither whose it is, nor that she has had a code changed before."""
    client = Client()
    status = client.post(STATUS, told(filed), follow=True)
    offer = client.post(PAGE, hidden(status.content.decode(), "titip"), follow=True)
    assert len(offer.content) == len(status.content) == 5120
    part = Client().post(STATUS, by_script(filed))
    offers = [Client().post(PAGE, by_script(one)).content for one in (filed, received(team))]
    done = Client().post(PAGE, by_script(filed, renewal=renewal_as_field(own(filed))))
    offers.append(Client().post(PAGE, by_script(filed, NEW)).content)
    assert {len(one) for one in offers} == {2 * 8192}
    assert len(done.content) == len(part.content) == 3072


def test_an_unknown_ticket_and_a_wrong_code_answer_alike(filed: Report) -> None:
    wrong = Client().post(PAGE, by_script(filed, CODE + 9))
    unknown = Client().post(PAGE, {**by_script(filed), "ticket": "TDH-0000-0000"})
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.content == unknown.content


# --- a lost code -----------------------------------------------------------------------------------


def reissue(report: Report, by: Member, compared: actions.Compared = AGREED) -> Reissue:
    return actions.reissue_code(
        by=by, report=report, compared=compared, sealed=given(report, by), at=AT
    )


def test_a_new_code_for_a_lost_one_opens_nothing_that_was_said_before(
    team: Team, officer: Member
) -> None:
    report = received(team)
    chat.answer(by=officer, ticket=report.ticket, items=[message_of(report, officer, WORDS)], at=AT)
    reissue(report, officer)
    assert (opens(report, CODE), opens(report, NEW)) == (False, True)
    assert fresh(report).issued_on
    assert WORDS not in Client().post(THREAD, told(report, NEW), follow=True).content.decode()
    assert queries.one(officer, report.ticket.number)


def test_supervisors_hear_at_once_and_one_of_them_looks(team: Team, officer: Member) -> None:
    supervisor = MemberFactory(role="supervisor", team=team)
    report = received(team)
    Message.objects.all().delete()
    row = reissue(report, officer)
    assert [one.danger for one in Message.objects.filter(template="work")] == [True]
    line = Row.objects.get(verb="report.code_reissued")
    assert (line.by_code, json.loads(line.detail)) == (
        officer.code, {"facts": "name,words", "met": "here"}
    )  # fmt: skip
    client = signed_in(Client(), supervisor)
    assert report.ticket.number in client.get("/kantor/").content.decode()
    client.post(f"/kantor/laporan/{report.ticket.number}/kode/lihat/")
    row.refresh_from_db()
    assert row.looked_by == supervisor
    assert not queries.reissues(supervisor)


def test_nobody_is_the_second_pair_of_eyes_for_themself(team: Team) -> None:
    supervisor = MemberFactory(role="supervisor", team=team)
    row = reissue(received(team), supervisor)
    assert not queries.reissues(supervisor)
    with pytest.raises(Forbidden):
        actions.look_at_reissue(by=supervisor, reissue=row, at=AT)


@pytest.mark.parametrize("facts", [[], [Fact.NAME], [Fact.NAME, Fact.NAME]])
def test_too_little_that_agrees_gives_no_code(
    team: Team, officer: Member, facts: Sequence[Fact]
) -> None:
    report = received(team)
    with pytest.raises(rules.TooFewFacts):
        reissue(report, officer, actions.Compared(facts, Met.CALLED))
    assert (opens(report, CODE), Reissue.objects.count()) == (True, 0)


@pytest.mark.parametrize("role", ["head", "partner_officer", "auditor"])
def test_without_the_right_or_the_team_nobody_gives_a_code(team: Team, role: str) -> None:
    report = received(team)
    elsewhere = MemberFactory(role="officer", team=TeamFactory(code="hotline", agency=team.agency))
    for member in (MemberFactory(role=role, team=team), elsewhere):
        with pytest.raises(Forbidden):
            reissue(report, member)
    assert opens(report, CODE)


def test_a_code_that_does_not_fit_leaves_everything_as_it_was(team: Team, officer: Member) -> None:
    report = received(team)
    with pytest.raises(Refused, match="generation"):
        actions.reissue_code(
            by=officer, report=report, compared=AGREED, sealed=given(report, officer, gen=5), at=AT
        )
    assert (opens(report, CODE), Reissue.objects.count()) == (True, 0)


def test_the_desk_sends_what_its_browser_made(team: Team, officer: Member) -> None:
    report = received(team)
    page = f"/kantor/laporan/{report.ticket.number}/kode/"
    client = signed_in(Client(), officer)
    shown = client.get(page).content.decode()
    assert "data-reissue" in shown
    sent = {"facts": ["name", "contact"], "met": "called"}
    renewal = renewal_as_field(given(report, officer))
    assert client.post(page, {**sent, "met": "x", "renewal": renewal}).status_code == 422
    assert client.post(page, {**sent, "renewal": "{}"}).status_code == 409
    answers = [client.post(page, {**sent, "renewal": renewal}).status_code for _twice in range(2)]
    assert (answers, Reissue.objects.count()) == ([200, 200], 1)
    desk = client.get(f"/kantor/laporan/{report.ticket.number}/").content.decode()
    assert "kode belum diganti" in desk
