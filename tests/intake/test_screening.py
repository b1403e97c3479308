"""The short screen of a report: only its band arrives, and only ever makes it more urgent."""

import pytest
from django.test import Client
from django.urls import reverse

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.intake import actions, rules
from teduh.intake.models import Report
from teduh.outbox.models import Message
from teduh.sop.models import Promise
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT
from tests.factories.reports import keys_for, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    """A team with keys."""
    team = TeamFactory()
    keys_for(team)
    return team


@pytest.fixture
def officer(team: Team) -> Member:
    """Somebody of it."""
    return MemberFactory(role="officer", team=team)


@pytest.fixture
def report(team: Team) -> Report:
    """A report whose sender said she is safe."""
    return received(team, at=AT, danger="safe")


@pytest.mark.parametrize("kept", range(4))
@pytest.mark.parametrize("band", rules.BAND_ORDER)
def test_a_screen_never_makes_a_report_less_urgent(kept: int, band: str) -> None:
    assert rules.more_urgent_band(kept, band) <= min(kept, rules.BAND_ORDER[band])


def test_a_high_band_raises_the_report_brings_its_promises_nearer_and_rings(
    officer: Member, report: Report
) -> None:
    due = Promise.objects.get(step="triage").due_at
    actions.screen(by=officer, report=report, band="high", at=AT)
    report.refresh_from_db()
    assert (report.urgency, report.danger) == (1, "safe")
    assert rules.danger_now(report.urgency, report.danger) == "unsure"
    assert Promise.objects.get(step="triage").due_at < due
    assert Message.objects.filter(danger=True).exists()
    assert Row.objects.filter(verb="report.screened", subject=report.ticket.number).exists()


def test_a_low_band_changes_nothing(officer: Member, report: Report) -> None:
    Report.objects.update(urgency=0)
    actions.screen(by=officer, report=report, band="low", at=AT)
    report.refresh_from_db()
    assert report.urgency == 0
    assert not Message.objects.filter(danger=True).exists()


def test_no_band_no_right_no_team_no_open_report_is_refused(
    team: Team, officer: Member, report: Report
) -> None:
    def screen(by: Member = officer, band: str = "high") -> None:
        actions.screen(by=by, report=report, band=band, at=AT)

    with pytest.raises(rules.UnknownCode):
        screen(band="worse")
    for stranger in (MemberFactory(role="officer"), MemberFactory(role="data_officer", team=team)):
        with pytest.raises(Forbidden):
            screen(by=stranger)
    Report.objects.update(state="case")
    with pytest.raises(rules.WrongMove):
        screen()
    assert not Row.objects.filter(verb="report.screened").exists()


def test_the_page_asks_five_questions_that_belong_to_no_form(
    officer: Member, report: Report
) -> None:
    client = signed_in(Client(), officer)
    address = reverse("desk:screen", args=[report.ticket.number])
    shown = client.get(address).content.decode()
    assert shown.count("<fieldset") == 5
    assert shown.count('form="nowhere"') == shown.count('type="radio"') == 20
    assert client.post(address, {"final": ""}).status_code == 409
    assert client.post(address, {"final": "extreme"}).status_code == 302
    assert Report.objects.get().urgency == 0
