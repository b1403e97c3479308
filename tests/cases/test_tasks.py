"""Tasks in a case: given to somebody who may work on it, done by one click."""

from datetime import timedelta

import pytest
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import queries, rules
from teduh.cases.actions import daily
from teduh.cases.models import Case, Task
from teduh.cases.words import TaskKind, TaskState
from teduh.lib.timing import local_day
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened, sealed_item

pytestmark = pytest.mark.django_db
DAY = local_day(AT)


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case with melati and its manager."""
    return opened(office)


def given(office: CaseOffice, case: Case, **told: object) -> Task:
    return daily.add_task(
        **{  # type: ignore[arg-type]  # each test says only what it is about
            "by": office.melati,
            "case": case,
            "kind": TaskKind.CALL,
            "who": office.manager,
            "due": DAY,
            "items": [],
            "at": AT,
            **told,
        }
    )


def test_a_task_keeps_its_words_sealed_and_stands_with_who_is_asked(
    office: CaseOffice, case: Case
) -> None:
    item = sealed_item(case, "cases.task.text", "Contoh tugas")
    task = given(office, case, items=[item])
    assert task.item == item.item
    assert Row.objects.filter(subject=case.code, verb="case.task_given").count() == 1
    assert list(queries.tasks_for(office.manager, DAY, late=False)) == [task]
    assert list(queries.tasks_for(office.manager, DAY + timedelta(days=1), late=True)) == [task]
    assert not queries.tasks_for(office.melati, DAY, late=False).exists()


def test_nobody_from_elsewhere_is_asked_and_nothing_is_kept(office: CaseOffice, case: Case) -> None:
    item = sealed_item(case, "cases.task.text", "Contoh tugas")
    away = MemberFactory(role="officer", team=TeamFactory())
    for wrong in ({"who": away}, {"by": office.outsider}):
        with pytest.raises(Forbidden):
            given(office, case, items=[item], **wrong)
    with pytest.raises(Refused):
        given(office, case, items=[sealed_item(case, "cases.note.text", "Contoh")])
    assert not Task.objects.exists()
    assert not Envelope.objects.filter(item=item.item).exists()


def test_done_is_done_once(office: CaseOffice, case: Case) -> None:
    task = given(office, case)
    with pytest.raises(rules.WrongMove):
        daily.end_task(by=office.melati, task=task, to=TaskState.OPEN, at=AT)
    for to in (TaskState.DONE, TaskState.DROPPED):
        daily.end_task(by=office.melati, task=task, to=to, at=AT)
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    assert Row.objects.filter(verb="case.task_ended").count() == 1


def test_given_and_done_from_the_page_of_the_case(office: CaseOffice, case: Case) -> None:
    client, path = signed_in(Client(), office.melati), f"/kantor/kasus/{case.code}/"
    wrong = client.post(f"{path}tugas/", {"kind": "call"})
    assert wrong.status_code == 422
    assert [field for field, _text in wrong.json()["wrong"]] == ["due", "who"]
    told = {"kind": "call", "due": DAY.isoformat(), "who": office.melati.code}
    assert client.post(f"{path}tugas/", told).json() == {"to": path}
    [task] = Task.objects.all()
    assert f"{path}tugas/{task.pk}/" in client.get(path).content.decode()
    assert client.post(f"{path}tugas/{task.pk}/", {"keadaan": "done"}).status_code == 302
    assert client.post(f"{path}tugas/{task.pk + 9}/").status_code == 404
    assert f"{path}tugas/{task.pk}/" not in client.get(path).content.decode()
