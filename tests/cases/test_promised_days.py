"""The day of the next step on a survivor's own ticket: told, late only where it is, never to others."""

from datetime import timedelta

import pytest
from django.test import Client

from teduh.cases import actions
from teduh.cases.models import Case
from teduh.sop import actions as sop
from teduh.sop.models import Promise
from teduh.sop.words import Pause
from teduh.tickets.models import Ticket
from teduh.tickets.rules import PAGE
from teduh.vault.codes import spell_digits
from tests.factories.cases import AT, CaseOffice, a_report, assessed, opened
from tests.factories.reports import CODE

pytestmark = pytest.mark.django_db
SORRY = "Kami terlambat. Maaf."


def planning(office: CaseOffice) -> tuple[Case, Ticket, Ticket]:
    """A case that was assessed and waits for its plan; her own ticket and somebody else's."""
    own, other = a_report(office.team), a_report(office.team, door="other")
    case = opened(office, own, other)
    assessed(office, case)
    own.ticket.refresh_from_db()
    other.ticket.refresh_from_db()
    return case, own.ticket, other.ticket


def shown(ticket: Ticket) -> str:
    """What the status page says."""
    told = {"ticket": ticket.number, "code": spell_digits(CODE)}
    page = Client().post("/status/", told, follow=True).content
    assert len(page) == PAGE  # its size tells nothing (sealing.md 12)
    return page.decode()


def test_only_her_own_ticket_tells_the_day(office: CaseOffice) -> None:
    case, own, other = planning(office)
    due = Promise.objects.get(subject=case.code, step="plan").due_at
    assert own.by_day == due.date()
    assert "Paling lambat" in shown(own)
    assert other.by_day is None
    assert "Paling lambat" not in shown(other)


def test_a_day_that_is_over_is_admitted_once_and_only_to_her(office: CaseOffice) -> None:
    _case, own, other = planning(office)
    later = AT + timedelta(days=5)  # high risk: a plan within three days
    assert actions.look_at_days(at=AT) == 0
    assert actions.look_at_days(at=later) == 1
    assert actions.look_at_days(at=later) == 0
    assert SORRY in shown(own)
    assert "Paling lambat" not in shown(own)
    assert SORRY not in shown(other)


def test_what_waits_because_she_asked_is_never_called_late(office: CaseOffice) -> None:
    case, own, _other = planning(office)
    promise = Promise.objects.get(subject=case.code, step="plan")
    sop.pause(by=office.melati, promise=promise, reason=Pause.ASKED, at=AT)
    actions.look_at_days(at=AT + timedelta(days=5))
    own.refresh_from_db()
    assert (own.late, own.by_day) == (False, None)
    assert SORRY not in shown(own)


def test_a_day_she_agreed_to_is_told_where_it_comes_first_and_is_never_called_late(
    office: CaseOffice,
) -> None:
    opened_case, own, other = planning(office)
    case = Case.objects.get(pk=opened_case.pk)
    promised, by = own.by_day, office.melati.actor
    assert promised is not None
    for days, told in ((1, promised - timedelta(days=1)), (-1, promised)):
        agreed = promised - timedelta(days=days)
        actions.agree_day(by=by, case=case, day=agreed, at=AT)
        own.refresh_from_db()
        other.refresh_from_db()
        assert (own.by_day, other.by_day) == (told, None)
    actions.agree_day(by=by, case=case, day=promised - timedelta(days=1), at=AT)
    actions.look_at_days(at=AT + (promised - AT.date()))  # its day is over, the promise is not
    own.refresh_from_db()
    assert (own.by_day, own.late) == (promised, False)
