"""What a survivor asks of her data: hours of the law, two people, a reason, and her being told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.outbox.models import Message
from teduh.records import queries, rules
from teduh.records.actions import asking as actions
from teduh.records.actions import keeping
from teduh.records.models import DataRequest, Erasure
from teduh.records.schedule import demands
from teduh.records.words import Ask, Because, Came, Outcome, Why
from teduh.sop.models import Promise
from teduh.vault.packages import SealedItem
from teduh.vault.queries import newest
from teduh.vault.rules import Refused, belongs, compartment_of
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened, sealed_item

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
HER_WORDS = "Contoh: saya ingin membaca yang tertulis."


def asked(
    office: CaseOffice, case: Case, kind: Ask = Ask.COPY, items: tuple[SealedItem, ...] = ()
) -> DataRequest:
    """What melati registered."""
    return actions.register(
        by=office.melati,
        case=case,
        kind=kind,
        came=Came.MET,
        asked_at=AT - timedelta(hours=2),
        items=items,
        at=AT,
    )


def test_every_wish_has_its_hours_and_its_article() -> None:
    assert set(demands()) == set(Ask.values)
    assert {one.hours for one in demands().values()} == {72}
    assert {key for key, one in demands().items() if one.proposal} == {"erase"}
    assert all("UU 27/2022" in one.source for one in demands().values())


def test_the_hours_count_from_when_she_asked_and_her_words_are_sealed(office: CaseOffice) -> None:
    case = opened(office)
    item = sealed_item(case, actions.NOTE, HER_WORDS)
    Message.objects.all().delete()
    row = asked(office, case, items=(item,))
    assert row.due_at == AT + timedelta(hours=70)
    assert newest(case.code, actions.NOTE) == item.item == row.item
    assert compartment_of(actions.NOTE) == "work"
    assert belongs(actions.NOTE, case.code)
    assert not belongs(actions.NOTE, "TDH-0000-0001")
    assert Row.objects.get(verb="request.registered").detail == '{"kind":"copy"}'
    assert Message.objects.count() == 1  # the supervisor hears of it


def test_what_has_not_happened_yet_or_is_sealed_elsewhere_is_not_registered(
    office: CaseOffice,
) -> None:
    case = opened(office)
    told = {"by": office.melati, "case": case, "kind": Ask.COPY, "came": Came.MET, "at": AT}
    with pytest.raises(rules.Early):
        actions.register(asked_at=AT + timedelta(minutes=1), items=(), **told)
    other = sealed_item(case, "cases.note.text", "Contoh")
    with pytest.raises(Refused):
        actions.register(asked_at=AT, items=(other,), **told)
    with pytest.raises(Forbidden):
        actions.register(asked_at=AT, items=(), **{**told, "by": office.outsider})
    assert not DataRequest.objects.exists()


def test_another_person_answers_and_gives_a_reason_for_what_is_not_met(office: CaseOffice) -> None:
    row = asked(office, opened(office))
    answer = {"asked": row, "at": AT + timedelta(hours=1)}
    with pytest.raises(Forbidden):
        actions.answer(by=office.manager, outcome=Outcome.GRANTED, because=None, **answer)
    with pytest.raises(rules.ReasonMissing):
        actions.answer(by=office.supervisor, outcome=Outcome.REFUSED, because=None, **answer)
    actions.answer(by=office.supervisor, outcome=Outcome.PARTLY, because=Because.OTHERS, **answer)
    row.refresh_from_db()
    assert (row.outcome, row.because, row.answerer) == ("partly", "others", office.supervisor)
    with pytest.raises(rules.AlreadyAsked):
        actions.answer(by=office.supervisor, outcome=Outcome.GRANTED, because=None, **answer)
    line = Row.objects.get(verb="request.answered")
    assert line.detail == '{"kind":"copy","outcome":"partly","why":"others"}'


def test_who_registered_a_wish_does_not_answer_it(office: CaseOffice) -> None:
    case = opened(office)
    told = {"kind": Ask.COPY, "came": Came.PHONE, "asked_at": AT, "items": (), "at": AT}
    row = actions.register(by=office.supervisor, case=case, **told)
    with pytest.raises(rules.SameHand):
        actions.answer(
            by=office.supervisor, asked=row, outcome=Outcome.GRANTED, because=None, at=AT
        )


def test_she_is_told_the_answer_once_there_is_one(office: CaseOffice) -> None:
    row = asked(office, opened(office))
    with pytest.raises(rules.AlreadyAsked):
        actions.tell(by=office.melati, asked=row, at=AT)
    actions.answer(by=office.supervisor, asked=row, outcome=Outcome.GRANTED, because=None, at=AT)
    for _time in range(2):
        actions.tell(by=office.melati, asked=row, at=AT)
    assert Row.objects.filter(verb="request.told").count() == 1


def test_an_erasure_that_is_granted_waits_for_its_second_person_and_never_for_its_term(
    office: CaseOffice,
) -> None:
    case = opened(office)
    row = asked(office, case, Ask.ERASE)
    answer = {"by": office.supervisor, "asked": row, "outcome": Outcome.GRANTED, "at": AT}
    with pytest.raises(rules.Stopped, match="going"):
        actions.answer(because=None, **answer)
    Promise.objects.running().update(ended_at=AT, ended="no_need", next_at=None)
    day = AT.date()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_day=day, closed_for="self")
    assert queries.lines_of_cases([Case.objects.get()], day)[0].stops == ["request"]
    actions.answer(because=None, **answer)
    erasure = Erasure.objects.get()
    assert (erasure.why, erasure.asker, erasure.answer) == (Why.ASKED, office.supervisor, "")


def test_a_wish_to_be_erased_is_answered_where_its_term_is_over_too(office: CaseOffice) -> None:
    case, day = opened(office), AT.date()
    Promise.objects.running().update(ended_at=AT, ended="no_need", next_at=None)
    past = day.replace(year=day.year - 6)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_day=past, closed_for="self")
    asker = MemberFactory(role="supervisor", team=office.team)
    erasure = keeping.ask_erasure(by=asker, subject=case.code, at=AT)
    row = asked(office, case, Ask.ERASE)
    with pytest.raises(rules.Stopped, match="request"):
        keeping.approve_erasure(by=office.supervisor, asked=erasure, at=AT)
    answer = {"by": office.supervisor, "asked": row, "outcome": Outcome.GRANTED, "at": AT}
    actions.answer(because=None, **answer)
    keeping.approve_erasure(by=office.supervisor, asked=Erasure.objects.get(), at=AT)
    assert Case.objects.get().erased_day == day


def test_the_list_shows_what_is_late_first_and_to_the_head_only_codes(office: CaseOffice) -> None:
    case = opened(office)
    row = asked(office, case)
    head: Member = MemberFactory(role="head", agency=office.team.agency)
    assert queries.late(head, row.due_at) == 0
    assert queries.late(head, row.due_at + timedelta(seconds=1)) == 1
    page = signed_in(Client(), head).get("/kantor/data/permintaan/").content.decode()
    assert case.code in page
    assert f"/kantor/data/kasus/{case.code}/" not in page
    mine = signed_in(Client(), office.supervisor).get("/kantor/data/permintaan/").content.decode()
    assert f"/kantor/data/kasus/{case.code}/" in mine


def test_the_page_of_a_case_takes_a_wish_and_its_answer(office: CaseOffice) -> None:
    case = opened(office)
    client, second = signed_in(Client(), office.melati), signed_in(Client(), office.supervisor)
    page = f"/kantor/data/kasus/{case.code}/"
    soon = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    told = {"kind": "copy", "came": "met", "asked_at": soon}
    assert client.post(page, told).json()["wrong"][0][0] == "asked_at"
    assert client.post(page, {"kind": "copy"}).status_code == 422
    assert client.post(page, {**told, "asked_at": "2026-11-24T09:30"}).json() == {"to": page}
    row = DataRequest.objects.get()
    assert "Menunggu penyelia yang bukan pencatat." in client.get(page).content.decode()
    assert "lewat batas waktu" in second.get(page).content.decode()
    refused = second.post(f"{page}{row.pk}/", {"outcome": "refused"})
    assert refused.status_code == 422
    assert '<option value="refused" selected>' in refused.content.decode()
    second.post(f"{page}{row.pk}/", {"outcome": "refused", "because": "danger"})
    client.post(f"{page}{row.pk}/diberitahu/")
    row.refresh_from_db()
    assert (row.outcome, row.because) == ("refused", "danger")
    assert row.told_day
