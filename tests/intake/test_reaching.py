"""Word to a reporter outside her ticket: only as she agreed, from whoever may write to her."""

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.intake import actions, queries
from teduh.intake.answers import Answers
from teduh.intake.models import Report
from teduh.intake.rules import NotAgreed
from teduh.lib.actors import reporter
from teduh.outbox.models import Message
from teduh.outbox.words import End
from teduh.tickets.actions import ask_quiet
from tests.factories import MemberFactory, signed_in
from tests.factories.reports import AT, received
from tests.intake.test_adding import sealed

pytestmark = pytest.mark.django_db
NUMBER = "0812 3456 789"


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def hand_over(by: Member, report: Report, address: str = NUMBER, *, agreed: bool = True) -> None:
    actions.hand_over(by=by, report=report, address=address, agreed=agreed, at=AT)


def words_for_her() -> list[Message]:
    return list(Message.objects.exclude(ticket=""))


def change_contact(report: Report, via: str) -> None:
    actions.add(
        report=report,
        answers=Answers(door="self", contact_via=via),
        package=sealed(report),
        number=2,
        token="x",
        at=AT,
    )


@pytest.mark.parametrize(
    ("via", "way", "address"),
    [("phone", "sms", NUMBER), ("whatsapp", "whatsapp", NUMBER), ("email", "email", "a@contoh.id")],
)
def test_word_leaves_by_the_way_she_chose(
    team: Team, officer: Member, via: str, way: str, address: str
) -> None:
    report = received(team, contact_via=via)
    hand_over(officer, report, address)
    (message,) = words_for_her()
    assert (message.channel, message.ticket) == (way, report.ticket.number)
    assert Row.objects.filter(verb="message.handed_over", by_code=officer.code).count() == 1


@pytest.mark.parametrize("via", ["", "ticket", "none"])
def test_who_chose_no_such_way_is_told_nothing(team: Team, officer: Member, via: str) -> None:
    report = received(team, contact_via=via)
    with pytest.raises(NotAgreed):
        hand_over(officer, report)
    page = signed_in(Client(), officer).get(f"/kantor/laporan/{report.ticket.number}/")
    assert "data-hand-over" not in page.content.decode()
    assert words_for_her() == []


def test_without_her_yes_or_without_the_right_nothing_leaves(team: Team, officer: Member) -> None:
    report = received(team, contact_via="phone")
    with pytest.raises(NotAgreed):
        hand_over(officer, report, agreed=False)
    with pytest.raises(Forbidden):
        hand_over(MemberFactory(role="head", team=team), report)
    assert words_for_her() == []


def test_her_newest_word_counts_and_takes_back_what_still_waits(
    team: Team, officer: Member
) -> None:
    report = received(team, contact_via="phone")
    hand_over(officer, report)
    change_contact(report, "ticket")
    assert [one.ended for one in words_for_her()] == [End.WITHDRAWN]
    assert queries.way_to(Report.objects.get(pk=report.pk)) == ""


def test_her_wish_for_quiet_takes_back_what_still_waits(team: Team, officer: Member) -> None:
    report = received(team, contact_via="whatsapp")
    hand_over(officer, report)
    by = reporter(report.ticket.number)
    ask_quiet(by=by, ticket=report.ticket, quiet=True, at=AT)
    assert [(one.ended, bytes(one.address)) for one in words_for_her()] == [(End.WITHDRAWN, b"")]
    with pytest.raises(NotAgreed):
        hand_over(officer, Report.objects.get(pk=report.pk))


def test_what_was_not_committed_is_not_there(team: Team, officer: Member) -> None:
    report = received(team, contact_via="phone")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        hand_over(officer, report)
        _ = 1 / 0
    assert words_for_her() == []
    assert not Row.objects.filter(verb="message.handed_over").exists()


def test_the_page_hands_over_and_keeps_what_was_mistyped(team: Team, officer: Member) -> None:
    report = received(team, contact_via="phone")
    client, page = signed_in(Client(), officer), f"/kantor/laporan/{report.ticket.number}/"
    assert "data-hand-over" in client.get(page).content.decode()
    for told in ({"address": "0812 34", "agreed": "on"}, {"address": NUMBER}):
        refused = client.post(f"{page}kabar/", told)
        assert refused.status_code == 422
        assert f'value="{told["address"]}"' in refused.content.decode()
    assert words_for_her() == []
    taken = client.post(f"{page}kabar/", {"address": NUMBER, "agreed": "on"}, follow=True)
    assert "Kabar menunggu untuk keluar." in taken.content.decode()
    assert "3456" not in taken.content.decode()


def test_an_office_without_the_way_says_so_before_anything_is_typed(
    team: Team, officer: Member, settings: Settings
) -> None:
    report = received(team, contact_via="phone")
    settings.TEDUH_DEMO = False
    page = signed_in(Client(), officer).get(f"/kantor/laporan/{report.ticket.number}/")
    assert "belum punya jalur" in page.content.decode()
    assert "data-hand-over" not in page.content.decode()
