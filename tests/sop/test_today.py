"""The lists behind the numbers of the morning page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from teduh.cases.actions import IncidentFacts
from teduh.sop import actions, today
from teduh.sop.models import Promise
from teduh.sop.words import Pause, Pick
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import case_office, opened

pytestmark = pytest.mark.django_db
LIST = "/kantor/janji/daftar/"


def test_each_running_promise_stands_in_the_lists_it_belongs_to() -> None:
    office, now = case_office(), timezone.now()
    opened(office, at=now - timedelta(days=2), incident=IncidentFacts("sexual"))
    late, due, waiting, heard = Promise.objects.running().order_by("id")[:4]
    Promise.objects.running().exclude(pk__in=[late.pk, due.pk, waiting.pk, heard.pk]).delete()
    Promise.objects.update(due_at=now - timedelta(hours=1), missed_at=None, owner="")
    Promise.objects.filter(pk__in=[late.pk, heard.pk]).update(missed_at=now)
    Promise.objects.filter(pk=due.pk).update(due_at=now + timedelta(seconds=1))
    actions.pause(by=office.melati, promise=waiting, reason=Pause.ASKED, at=now)
    actions.hear(by=office.melati, promise=heard, at=now)

    def listed(pick: Pick) -> set[int]:
        rows = today.picked(office.melati, pick, now, mine=True)
        return set(rows.values_list("pk", flat=True))

    assert listed(Pick.LATE) == {late.pk, heard.pk}
    assert listed(Pick.TODAY) <= {due.pk}  # at the last second of a day it is tomorrow's
    assert listed(Pick.WAITING) == {waiting.pk}
    assert listed(Pick.UNHEARD) == {late.pk}


def test_mine_are_those_i_answer_for_and_those_nobody_does() -> None:
    office, now = case_office(), timezone.now()
    opened(office, at=now - timedelta(days=9))
    Promise.objects.update(owner="other")
    mine, nobodys = Promise.objects.running().order_by("id")[:2]
    Promise.objects.filter(pk=mine.pk).update(owner=office.melati.code)
    Promise.objects.filter(pk=nobodys.pk).update(owner="")
    rows = today.picked(office.melati, Pick.LATE, now, mine=True)
    assert set(rows) == {mine, nobodys}
    away = MemberFactory(role="officer", team=TeamFactory())
    assert not today.picked(away, Pick.LATE, now, mine=False).exists()


def test_the_list_leads_to_the_case_and_takes_any_address() -> None:
    office = case_office()
    case = opened(office, at=timezone.now() - timedelta(days=2))
    client = signed_in(Client(), office.melati)
    page = client.get(f"{LIST}?hanya=lewat").content.decode()
    assert f"/kantor/kasus/{case.code}/" in page
    assert client.get(f"{LIST}?hanya=apa&hal=99").status_code == 200
    assert f"/kantor/kasus/{case.code}/" in client.get("/kantor/janji/").content.decode()
