"""She writes back: the duty hears of it, the work list marks it, nothing of hers stays closed."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.test import Client

from teduh.access.models import Duty, Member, Team
from teduh.audit.models import Row
from teduh.chat import actions as chat
from teduh.chat.models import Message
from teduh.chat.rules import WrongTurn
from teduh.intake import actions, queries, rules
from teduh.intake.models import Report
from teduh.intake.words import State
from teduh.outbox.models import Message as Note
from teduh.outbox.secrets import decrypt
from teduh.tickets.words import NextStep, Stage
from teduh.vault import without_script
from teduh.vault.codes import spell_digits
from teduh.vault.packages import SealedItem
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, CODE, message_of, received

pytestmark = pytest.mark.django_db
WORDS = "Contoh kabar penanda-77."
LIST = "/kantor/?keadaan=semua&pesan=1"


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def hers(report: Report, seq: int = 1) -> list[SealedItem]:
    return list(
        without_script.seal_message(
            ticket=report.ticket.number, code=CODE, text=WORDS, seq=seq, at=AT
        )
    )


def write(report: Report, seq: int = 1) -> Report:
    actions.write_back(ticket=report.ticket, items=hers(report, seq), at=AT)
    return Report.objects.select_related("ticket").get(pk=report.pk)


def in_state(team: Team, *steps: tuple[Member, State]) -> Report:
    report = received(team)
    for by, to in steps:
        item = message_of(report, by, "Contoh.", seq=Message.objects.count() + 1)
        chat.answer(by=by, ticket=report.ticket, items=[item], at=AT)
        actions.move(by=by, report=report, to=to, at=AT, reason="polres")
    return Report.objects.get(pk=report.pk)


# --- who hears -------------------------------------------------------------------------------------


def test_whoever_is_on_duty_hears_that_she_wrote(team: Team, officer: Member) -> None:
    Duty.objects.create(team=team, member=officer, starts=AT, ends=AT + timedelta(hours=8))
    report = received(team)
    Note.objects.update(delivered_at=AT, address=b"", twin=b"")  # the one about the report has left
    before = set(Note.objects.values_list("pk", flat=True))
    page = Client().post(
        "/status/pesan/",
        {"ticket": report.ticket.number, "code": spell_digits(CODE), "text": WORDS},
        follow=True,
    )
    assert WORDS in page.content.decode()
    note = Note.objects.exclude(pk__in=before).get()
    assert report.ticket.number not in " ".join(str(value) for value in vars(note).values())
    assert Report.objects.get(pk=report.pk).unread == 1


def test_a_message_that_is_refused_marks_nothing(team: Team) -> None:
    report = received(team)
    before = Note.objects.count()
    with pytest.raises(WrongTurn):
        write(report, seq=5)
    assert (Report.objects.get(pk=report.pk).unread, Note.objects.count()) == (0, before)


# --- where it stands -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "stands"),
    [
        ((), State.NEW),
        ((State.TAKEN,), State.TAKEN),
        ((State.TAKEN, State.ASKED), State.TAKEN),
        ((State.ASKED,), State.NEW),
        ((State.TAKEN, State.GUIDED), State.TAKEN),
        ((State.GUIDED,), State.NEW),
        ((State.PASSED,), State.PASSED),
        ((State.DUPLICATE,), State.DUPLICATE),
    ],
)
def test_what_waited_for_her_or_was_closed_comes_back(
    team: Team, officer: Member, states: Sequence[State], stands: State
) -> None:
    report = in_state(team, *((officer, state) for state in states))
    fresh = write(report)
    assert (fresh.state, fresh.unread) == (stands, 1)
    moved = bool(states) and states[-1] != stands
    assert Row.objects.filter(verb="report.returned").count() == moved
    if moved:
        assert (fresh.ticket.stage, fresh.ticket.next_step) == (Stage.REVIEW, NextStep.ASSESS)


def test_what_she_adds_brings_a_closed_report_back_too(team: Team, officer: Member) -> None:
    report = in_state(team, (officer, State.GUIDED))
    sent = {"ticket": report.ticket.number, "code": spell_digits(CODE), "story": WORDS}
    assert Client().post("/status/tambah/", sent).status_code == 303
    fresh = Report.objects.select_related("ticket").get(pk=report.pk)
    assert (fresh.state, fresh.ticket.stage) == (State.NEW, Stage.REVIEW)


def test_every_state_has_an_answer_to_her_word() -> None:
    for state in State.values:
        for in_hand in (True, False):
            assert rules.after_her_word(state, in_hand=in_hand) in State.values


# --- the mark --------------------------------------------------------------------------------------


def test_the_work_list_marks_it_until_somebody_of_the_team_opens_it(
    team: Team, officer: Member
) -> None:
    quiet, report = received(team), write(received(team))
    client = signed_in(Client(), officer)
    page = client.get(LIST).content.decode()
    assert "pesan baru" in page
    assert "Pesan baru <b>1</b>" in page
    assert report.ticket.number in page
    assert quiet.ticket.number not in page
    client.get(f"/kantor/laporan/{report.ticket.number}/")
    assert Report.objects.get(pk=report.pk).unread == 0
    assert "Pesan baru <b>0</b>" in client.get(LIST).content.decode()


def test_a_partner_who_opens_it_leaves_the_mark_to_the_team(team: Team, officer: Member) -> None:
    police = AgencyFactory(code="polres")
    report = write(in_state(team, (officer, State.PASSED)))
    partner = signed_in(Client(), MemberFactory(role="partner_officer", agency=police))
    assert partner.get(f"/kantor/laporan/{report.ticket.number}/").status_code == 200
    assert Report.objects.get(pk=report.pk).unread == 1
    assert "esan baru" not in partner.get("/kantor/").content.decode()


def test_one_that_comes_while_the_page_is_made_keeps_the_mark(team: Team, officer: Member) -> None:
    seen = queries.one(officer, write(received(team)).ticket.number)
    assert seen
    write(seen, seq=2)
    actions.note_read(by=officer, report=seen)
    assert Report.objects.get(pk=seen.pk).unread == 2


# --- nobody on duty --------------------------------------------------------------------------------


def addresses() -> list[str]:
    return sorted(decrypt(bytes(one.address)) for one in Note.objects.all())


def test_where_nobody_is_on_duty_every_reader_of_the_team_hears_of_a_report(team: Team) -> None:
    readers = [MemberFactory(role=role, team=team) for role in ("officer", "counsellor")]
    MemberFactory(role="key_officer", team=team)
    MemberFactory(role="officer", team=TeamFactory(agency=team.agency))
    MemberFactory(role="officer", team=team, active=False)
    received(team)
    assert addresses() == sorted(one.email for one in readers)


def test_while_somebody_is_on_duty_the_others_hear_nothing(team: Team, officer: Member) -> None:
    MemberFactory(role="officer", team=team)
    Duty.objects.create(team=team, member=officer, starts=AT, ends=AT + timedelta(hours=8))
    received(team)
    assert addresses() == [officer.email]


def test_a_team_without_duty_alarms_its_members_and_who_plans(team: Team, officer: Member) -> None:
    bare = f"{team.name} tidak punya petugas piket"
    planner = MemberFactory(role="head", agency=team.agency)
    clients = [signed_in(Client(), one) for one in (officer, planner)]
    stranger = signed_in(Client(), MemberFactory(role="officer", team=TeamFactory()))
    assert [bare in client.get("/kantor/").content.decode() for client in clients] == [True, True]
    assert bare not in stranger.get("/kantor/").content.decode()
    Duty.objects.create(team=team, member=officer, starts=AT, ends=AT + timedelta(hours=8))
    assert not any(bare in client.get("/kantor/").content.decode() for client in clients)
