"""What agencies file on behalf of somebody and see of it; what the network asks and hears."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.models import Case
from teduh.intake import actions as intake
from teduh.intake import papers
from teduh.intake.answers import Answers
from teduh.intake.channels.referral import actions, queries, rules
from teduh.intake.channels.referral.forms import FilingForm
from teduh.intake.channels.referral.models import Filing, NetworkQuery
from teduh.intake.channels.referral.words import Agreed, Paper, Query, Reply
from teduh.intake.models import FieldNote, Report
from teduh.intake.words import Proof, Signs, State
from teduh.lib.actors import CLOCK
from teduh.outbox.models import Message
from teduh.sop import actions as sop
from teduh.sop import books
from teduh.sop.actions import versions as procedures
from teduh.sop.models import Promise
from teduh.tickets import actions as tickets
from teduh.tickets.words import NextStep, Stage
from teduh.vault import without_script
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.factories.cases import a_report, at_state, case_office, opened
from tests.factories.reports import AT, filed_package, received, report_as_field

pytestmark = pytest.mark.django_db
NUMBER = "LP/B/0142/XI/2026"


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def partner(kind: AgencyKind) -> Member:
    """An officer of another agency."""
    return MemberFactory(role="partner_officer", agency=AgencyFactory(kind=kind))


def filed(team: Team, by: Member, paper: Paper, **told: str) -> Report:
    return actions.file_on_behalf(
        by=by,
        told=actions.Told(paper, Agreed.HERSELF, NUMBER, told),
        answers=Answers(door="self"),
        package=filed_package(team),
        rights_version="2026-01-01",
        at=AT,
    )


# --- decisions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (NUMBER, True),
        ("129-2026.004512", True),
        ("RS 0077/XI", True),
        ("Contoh Mawar", False),
        ("x" * 41 + "1", False),
        ("1", False),
        ("12; nama", False),
    ],
)
def test_a_number_is_no_sentence(text: str, *, taken: bool) -> None:
    assert rules.is_reference(text) is taken


def test_each_kind_of_agency_files_its_own_forms_on_a_channel_of_the_list() -> None:
    assert set(rules.PAPERS) <= set(AgencyKind)
    every = [one for some in rules.PAPERS.values() for one in some]
    assert set(every) == set(Paper)
    assert {rules.channel_of(one) for one in every} == {
        "police", "health", "referral", "sapa129", "lapor"
    }  # fmt: skip
    assert rules.papers_of("city_it") == ()


def test_every_question_of_a_form_fits_its_row() -> None:
    for paper in Paper:
        longest = [
            f"{one.code}={max((code for code, _label in one.answers), key=len)}"
            for one in papers.questions(paper)
        ]
        assert len(";".join(longest)) <= 200


# --- on behalf -------------------------------------------------------------------------------------


def test_an_agency_files_and_sees_its_own_words_and_three_stages(
    team: Team, officer: Member
) -> None:
    police = partner(AgencyKind.POLICE)
    report = filed(team, police, Paper.POLICE, visum="done", accused="bukan")
    assert (report.channel, report.state, report.ticket.issued_on) == (
        "police",
        State.NEW,
        AT.date(),
    )
    for days, stage in enumerate((Stage.PREPARING, Stage.RUNNING), 1):
        day = AT + timedelta(days=days)
        step = NextStep.ASSESS
        tickets.tell(by=CLOCK, ticket=report.ticket, stage=stage, next_step=step, at=day)
    [line] = queries.filed_by(police)
    assert (line.ticket, line.reference) == (report.ticket.number, NUMBER)
    assert [said for _label, said in line.told] == ["sudah dibuat"]
    # No more than somebody else's ticket shows, and not when what it hides came about.
    preparing_on = (AT + timedelta(days=1)).date()
    assert (line.stage, line.stage_day) == (str(Stage.PREPARING.label), preparing_on)
    page = signed_in(Client(), police).get(f"/kantor/laporan/{report.ticket.number}/")
    assert page.status_code == 404
    assert queries.filed_by(partner(AgencyKind.POLICE)) == []


def test_a_report_is_kept_with_who_filed_it_or_not_at_all(team: Team) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.file_on_behalf(
            by=partner(AgencyKind.POLICE),
            told=actions.Told(Paper.POLICE, Agreed.HERSELF, None, {}),  # type: ignore[arg-type]
            answers=Answers(door="self"),
            package=filed_package(team),
            rights_version="2026-01-01",
            at=AT,
        )
    assert (Report.objects.count(), Filing.objects.count()) == (0, 0)


def test_a_form_of_another_kind_of_agency_is_not_theirs(team: Team, officer: Member) -> None:
    for by, paper in [
        (partner(AgencyKind.SCHOOL), Paper.POLICE),
        (partner(AgencyKind.POLICE), Paper.SAPA129),
        (officer, Paper.POLICE),
    ]:
        with pytest.raises(Forbidden):
            filed(team, by, paper)
    assert not Report.objects.exists()


def test_the_office_files_what_a_national_line_hands_over(team: Team, officer: Member) -> None:
    report = filed(team, officer, Paper.SAPA129)
    assert report.channel == "sapa129"
    page = signed_in(Client(), officer).get("/kantor/mitra/").content.decode()
    assert f"Nomor {NUMBER}: {Stage.REVIEW.label}" in page
    desk = signed_in(Client(), officer).get(f"/kantor/laporan/{report.ticket.number}/")
    assert NUMBER in desk.content.decode()
    elsewhere = MemberFactory(role="officer", team=TeamFactory(code="hotline", agency=team.agency))
    assert queries.filed_by(elsewhere) == []


def test_the_same_filing_again_is_the_one_that_is_kept(team: Team) -> None:
    hospital, package = partner(AgencyKind.HEALTH), filed_package(team)
    for _twice in range(2):
        actions.file_on_behalf(
            by=hospital,
            told=actions.Told(Paper.HEALTH, Agreed.GUARDIAN, "", {"hours72": "yes"}),
            answers=Answers(door="young"),
            package=package,
            rights_version="2026-01-01",
            at=AT,
        )
    assert (Report.objects.count(), Filing.objects.get().told) == (1, "hours72=yes")


def form(paper: Paper, **sent: str) -> FilingForm:
    return FilingForm({"door": "self", "agreed": "herself", **sent}, paper=paper, areas=[])


def test_without_her_agreement_or_their_number_nothing_is_sent() -> None:
    assert form(Paper.SCHOOL).is_valid()
    assert "agreed" in form(Paper.SCHOOL, agreed="").errors
    assert "reference" in form(Paper.LAPOR).errors
    assert "reference" in form(Paper.POLICE, reference="Contoh Mawar").errors
    assert form(Paper.LAPOR, reference="8812345").is_valid()


def test_the_page_files_and_says_what_is_to_be_mended(team: Team) -> None:
    school = partner(AgencyKind.SCHOOL)
    client, page = signed_in(Client(), school), "/kantor/mitra/lapor/campus/"
    assert "own_together" in client.get(page).content.decode()
    assert client.get("/kantor/mitra/lapor/police/").status_code == 404
    assert client.get("/kantor/mitra/lapor/apa/").status_code == 404
    package = filed_package(team)
    sent = {
        "ticket": package.ticket,
        "r": without_script.relay(package.ticket),
        "sealed": report_as_field(package),
        "door": "self",
        "own_together": "yes",
    }
    refused = client.post(page, sent)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["agreed"])
    answer = client.post(page, {**sent, "agreed": "herself"})
    assert answer.json() == {"ok": True, "ticket": package.ticket, "next": ""}
    assert Filing.objects.get().answers == [("together", "yes")]


def test_where_the_content_is_destroyed_their_number_goes_too() -> None:
    office = case_office()
    police, made = partner(AgencyKind.POLICE), a_report(office.team)
    Filing.objects.create(
        report=made,
        agency=police.agency,
        member=police,
        paper=Paper.POLICE,
        agreed=Agreed.HERSELF,
        reference=NUMBER,
    )
    FieldNote.objects.create(report=made, level=Signs.RED, proof=Proof.PROVEN, card="ABCD1234")
    case = opened(office, made)
    Case.objects.update(closed_day=AT.date())
    at_state(case, "closed")
    cases.erase(by=MemberFactory(role="head", agency=office.team.agency), case=case, at=AT)
    assert Filing.objects.get().reference == ""
    assert FieldNote.objects.get().card == ""


# --- the network -----------------------------------------------------------------------------------


def test_the_network_sees_what_waits_and_nothing_else_of_it(team: Team, officer: Member) -> None:
    report, taken = received(team, danger="unsafe"), received(team)
    intake.move(by=officer, report=taken, to=State.TAKEN, at=AT)
    watcher = partner(AgencyKind.COMMUNITY)
    assert queries.by_channel(watcher) == [("Formulir daring", 1)]
    page = signed_in(Client(), watcher).get("/kantor/mitra/antrean/").content.decode()
    assert report.ticket.number in page
    assert taken.ticket.number not in page
    for other in (partner(AgencyKind.POLICE), officer):
        assert not queries.unanswered(other)
        assert signed_in(Client(), other).get("/kantor/mitra/antrean/").status_code in {403, 404}


def test_what_the_network_asks_is_answered_once_in_a_code(team: Team, officer: Member) -> None:
    report, watcher = received(team), partner(AgencyKind.LEGAL)
    Message.objects.all().delete()
    client, page = signed_in(Client(), watcher), "/kantor/mitra/antrean/"
    sent = {"ticket": report.ticket.number, "asked": "help"}
    assert client.post(page, sent).status_code == 302
    assert Message.objects.filter(template="work").count() == 1
    again = client.post(page, sent)
    assert again.status_code == 409
    assert f'value="{report.ticket.number}" selected' in again.content.decode()
    assert client.post(page, {**sent, "ticket": "TDH-0000-0000"}).status_code == 409
    row = NetworkQuery.objects.get()
    [asked] = queries.timed([row])
    assert asked.due_at - row.asked_at == timedelta(hours=24)
    desk = signed_in(Client(), officer)
    assert str(row.get_asked_display()) in desk.get("/kantor/mitra/").content.decode()
    for answer in ("help", "today"):
        desk.post("/kantor/mitra/jawab/", {"which": row.pk, "answer": answer})
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("help", officer)
    assert str(Reply.HELP.label) in client.get(page).content.decode()
    assert Row.objects.filter(verb__startswith="network.").count() == 2


def test_nobody_of_another_team_answers_the_network(team: Team) -> None:
    received(team)
    watcher = partner(AgencyKind.COMMUNITY)
    number = queries.unanswered(watcher).get().ticket.number
    row = actions.ask(by=watcher, number=number, what=Query.WHEN, at=AT)
    elsewhere = MemberFactory(role="officer", team=TeamFactory(code="hotline", agency=team.agency))
    with pytest.raises(Forbidden):
        actions.reply(by=elsewhere, query=row, answer=Reply.TAKEN, at=AT)
    answer = signed_in(Client(), elsewhere).post(
        "/kantor/mitra/jawab/", {"which": row.pk, "answer": "taken"}
    )
    assert answer.status_code == 404


def test_an_answer_no_procedure_promised_is_admitted_once_and_supervisors_hear(team: Team) -> None:
    MemberFactory(role="supervisor", team=team)
    report, watcher = received(team), partner(AgencyKind.COMMUNITY)
    actions.ask(by=watcher, number=report.ticket.number, what=Query.SAFE, at=AT)
    Message.objects.all().delete()
    late = AT + timedelta(hours=24)
    assert [actions.admit_late(at=one) for one in (AT, late, late)] == [0, 1, 0]
    assert Message.objects.count() == 1
    assert NetworkQuery.objects.get().late


@pytest.fixture
def promising(team: Team, officer: Member) -> datetime:
    """A moment at which the version of the release that promises an answer is in force."""
    text = books.shipped()["penanganan", "2026-2"].text
    version = procedures.draft(by=officer, text=text, at=AT)
    for role in ("head", "supervisor"):
        lead = MemberFactory(role=role, team=team)
        procedures.approve(by=lead, version=version, at=AT)
    return datetime(2027, 1, 1, 9, 0, tzinfo=UTC)


def test_an_answer_is_a_promise_with_its_own_clock(
    team: Team, officer: Member, promising: datetime
) -> None:
    report, watcher = received(team), partner(AgencyKind.COMMUNITY)
    number = report.ticket.number
    row = actions.ask(by=watcher, number=number, what=Query.SAFE, at=promising)
    other = actions.ask(by=partner(AgencyKind.LEGAL), number=number, what=Query.WHEN, at=promising)
    promise, beside = Promise.objects.filter(step="network_answer").order_by("id")
    assert (promise.subject, promise.about, promise.version) == (
        number,
        watcher.agency.code,
        "2026-2",
    )
    assert queries.timed([row]) == [queries.Asked(row, promising + timedelta(hours=24), late=False)]
    rings = promise.due_at - timedelta(hours=4)
    sop.tick(at=rings - timedelta(seconds=1))
    Message.objects.all().delete()
    sop.tick(at=rings)
    assert {one.template for one in Message.objects.all()} == {"work"}  # who is on duty
    Message.objects.all().delete()
    sop.tick(at=promise.due_at)
    assert "late" in {one.template for one in Message.objects.all()}  # the supervisor, at once
    assert [one.late for one in queries.timed([row, other])] == [True, True]
    assert actions.admit_late(at=promising + timedelta(days=9)) == 0
    page = signed_in(Client(), watcher).get("/kantor/mitra/antrean/").content.decode()
    assert "penyelia sudah diberi tahu" in page
    actions.reply(by=officer, query=row, answer=Reply.TODAY, at=promise.due_at)
    met = Promise.objects.get(pk=promise.pk)
    assert (met.met_at, met.asks_reason) == (promise.due_at, True)
    assert Promise.objects.get(pk=beside.pk).met_at is None


def test_whoever_asks_again_is_promised_again(
    team: Team, officer: Member, promising: datetime
) -> None:
    watcher, later = partner(AgencyKind.LEGAL), promising + timedelta(hours=3)
    number = received(team).ticket.number
    first = actions.ask(by=watcher, number=number, what=Query.WHEN, at=promising)
    actions.reply(by=officer, query=first, answer=Reply.TODAY, at=promising)
    second = actions.ask(by=watcher, number=number, what=Query.SAFE, at=later)
    [one, other] = queries.timed([first, second])
    assert (one.due_at, other.due_at) == (
        promising + timedelta(hours=24),
        later + timedelta(hours=24),
    )


def test_the_times_of_many_questions_cost_one_statement(team: Team, promising: datetime) -> None:
    rows = [
        actions.ask(by=partner(AgencyKind.LEGAL), number=received(team).ticket.number,
                    what=Query.WHEN, at=promising)
        for _each in range(3)
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as told:
        assert len(queries.timed(rows)) == 3
    assert len(told) == 1
