"""A member files a report for somebody: sealed as hers, told of the member, in the member's hand."""

import pytest

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit import actions as audit
from teduh.audit.models import Row
from teduh.intake import actions
from teduh.intake.answers import Answers
from teduh.intake.models import Report
from teduh.intake.rules import TicketTaken
from teduh.intake.words import Channel, State
from teduh.sop.models import Promise
from teduh.tickets.models import Ticket
from teduh.vault.models import Compartment, UnitKey
from teduh.vault.packages import SealedPackage
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, CODE, filed_package, sealed_report

pytestmark = pytest.mark.django_db


def file_for(
    by: Member, package: SealedPackage, channel: Channel = Channel.PHONE, **answers: str
) -> Report:
    return actions.file_for(
        by=by,
        channel=channel,
        answers=Answers(**{"door": "self", **answers}),
        package=package,
        rights_version="2026-01-01",
        at=AT,
    )


def test_the_report_is_the_same_as_any_other_and_says_how_it_came(team: Team) -> None:
    officer = MemberFactory(role="officer", team=team)
    report = file_for(officer, filed_package(team), danger="unsafe")
    assert (report.channel, report.origin, report.team_code) == ("phone", "staff", team.code)
    assert (report.urgency, report.ticket.own, report.flood) == (0, True, False)
    sealed = Compartment.objects.filter(subject=report.ticket.number)
    assert set(sealed.values_list("comp", flat=True)) == {"identity", "narrative", "file", "chat"}


def test_every_line_of_the_trail_names_the_member(team: Team) -> None:
    officer = MemberFactory(role="officer", team=team)
    report = file_for(officer, filed_package(team))
    lines = Row.objects.filter(subject=report.ticket.number).exclude(verb__startswith="promise.")
    assert set(lines.values_list("by_code", flat=True)) == {officer.code}
    assert lines.get(verb="report.received").detail == '{"channel":"phone"}'
    assert audit.verify() is None


def test_whoever_files_for_their_own_team_has_it_in_hand(team: Team) -> None:
    officer = MemberFactory(role="officer", team=team)
    report = file_for(officer, filed_package(team))
    report.refresh_from_db()
    assert (report.state, report.handler) == (State.TAKEN, officer)


@pytest.mark.parametrize("role", ["officer", "counsellor"])
def test_whoever_does_not_triage_for_that_team_leaves_it_in_the_work_list(
    team: Team, role: str
) -> None:
    elsewhere = TeamFactory(code="hotline", agency=team.agency)
    member = MemberFactory(role=role, team=team if role == "counsellor" else elsewhere)
    report = file_for(member, filed_package(team))
    report.refresh_from_db()
    assert (report.state, report.handler) == (State.NEW, None)


@pytest.mark.parametrize(
    ("channel", "made"), [(Channel.PHONE, True), (Channel.WALKIN, True), (Channel.LETTER, False)]
)
def test_talking_with_her_is_the_first_contact_and_a_letter_is_none(
    team: Team, channel: Channel, *, made: bool
) -> None:
    report = file_for(MemberFactory(role="counsellor", team=team), filed_package(team), channel)
    promises = Promise.objects.filter(subject=report.ticket.number)
    assert promises.exists()
    assert promises.filter(step="first_contact", met_at__isnull=False).exists() is made


def test_the_same_report_again_is_the_one_that_is_kept(team: Team) -> None:
    officer, package = MemberFactory(role="officer", team=team), filed_package(team)
    first = file_for(officer, package)
    again = file_for(officer, filed_package(team, ticket=package.ticket))
    assert (again.pk, Report.objects.count(), Ticket.objects.count()) == (first.pk, 1, 1)


def test_a_ticket_somebody_else_has_is_refused(team: Team) -> None:
    officer, package = MemberFactory(role="officer", team=team), filed_package(team)
    file_for(officer, package)
    with pytest.raises(TicketTaken):
        file_for(officer, filed_package(team, ticket=package.ticket, code=CODE + 1))


@pytest.mark.parametrize("role", ["head", "data_officer", "auditor", "partner_officer"])
def test_without_the_right_nothing_is_kept(team: Team, role: str) -> None:
    with pytest.raises(Forbidden):
        file_for(MemberFactory(role=role, team=team), filed_package(team))
    assert (Ticket.objects.count(), UnitKey.objects.filter(unit__contains="TDH").count()) == (0, 0)


def test_what_a_reporter_sealed_is_not_filed_by_a_member(team: Team) -> None:
    with pytest.raises(Refused, match="origin"):
        file_for(MemberFactory(role="officer", team=team), sealed_report(team))
    assert Ticket.objects.count() == 0


def test_what_a_member_sealed_is_not_sent_as_a_reporters(team: Team) -> None:
    with pytest.raises(Refused, match="origin"):
        actions.receive(
            answers=Answers(door="self"),
            package=filed_package(team),
            rights_version="2026-01-01",
            flood=False,
            at=AT,
        )
    assert Ticket.objects.count() == 0
