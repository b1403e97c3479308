"""The register of breaches: its clock, whom it touches, what is safe to say, closed by two."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.models import Case
from teduh.intake.models import Report
from teduh.lib.codes import new_breach
from teduh.outbox.models import Message
from teduh.records import queries, rules
from teduh.records.actions import breaching as actions
from teduh.records.models import Breach, Touched
from teduh.records.words import BreachKind, Exposure, Gap, NoticeWay
from teduh.vault import demo
from teduh.vault.queries import office_bundle
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, case_office, opened

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
WORDS = '{"happened":"Contoh: ponsel tertinggal di angkot."}'
REGISTER = "/kantor/data/kebocoran/"


@pytest.fixture
def office() -> CaseOffice:
    """A team whose one key-holder, melati, also supervises."""
    made = case_office()
    melati = made.melati
    melati.roles_held.create(role="supervisor", since=AT - timedelta(days=30))
    return replace(made, melati=Member.objects.get(pk=melati.pk))


@pytest.fixture
def head(office: CaseOffice) -> Member:
    """The head of the office, in no team."""
    return MemberFactory(role="head", agency=office.team.agency)


def new_one(office: CaseOffice, *subjects: str, **told: Any) -> actions.NewBreach:
    """What the form of a new breach brings."""
    code = new_breach()
    sealed = {"subject": code, "team": office.team.code, "member": "melati"}
    made = demo.make_case(**sealed)
    work = [one for one in made if one.said["comp"] == "work"]
    new = actions.NewBreach(
        code=code,
        team_code=office.team.code,
        kind=BreachKind.LOST,
        known_at=AT - timedelta(hours=1),
        exposed=[Exposure.CONTACT, Exposure.STORY, Exposure.STORY],
        subjects=subjects,
        made=made,
        items=[demo.seal_for_case(**sealed, made=work, what=actions.WORDS, text=WORDS, at=AT)],
    )
    return replace(new, **told)


def registered(office: CaseOffice, *subjects: str) -> Breach:
    return actions.register_breach(by=office.melati, new=new_one(office, *subjects), at=AT)


def test_the_hours_count_from_when_it_was_known_and_its_words_are_sealed(
    office: CaseOffice, head: Member
) -> None:
    case = opened(office)
    Message.objects.all().delete()
    row = registered(office, case.code)
    assert row.due_at == AT + timedelta(hours=71)
    bundle = office_bundle(row.code, {office.team.code})
    assert [item.item for item in bundle.of(actions.WORDS)] == [row.item]
    assert all(one.wraps for one in bundle.compartments)
    assert {one.what for one in row.exposed.all()} == {"contact", "story"}
    assert Row.objects.get(verb="breach.registered").detail == '{"count":1,"kind":"lost"}'
    assert Message.objects.exists()
    assert queries.breaches(head).late(row.due_at).count() == 0
    assert queries.breaches(head).late(row.due_at + timedelta(seconds=1)).get() == row


def test_codes_of_nobody_times_to_come_and_words_of_other_kinds_are_refused(
    office: CaseOffice, head: Member
) -> None:
    def register(by: Member = office.melati, **told: Any) -> None:
        actions.register_breach(by=by, new=new_one(office, **told), at=AT)

    with pytest.raises(rules.Unknown, match="KSS-0000-0000"):
        register(subjects=["KSS-0000-0000"])
    with pytest.raises(rules.Early):
        register(known_at=AT + timedelta(minutes=1))
    with pytest.raises(Refused):
        register(items=())
    with pytest.raises(Refused):
        register(code="KSS-0000-0001")
    for by in (office.outsider, head):
        with pytest.raises(Forbidden):
            register(by=by)
    assert not Breach.objects.exists()


def test_a_code_one_is_kept_from_is_as_unknown_as_one_of_nobody(
    office: CaseOffice, head: Member
) -> None:
    case = opened(office)
    row, by = registered(office), office.melati
    cases.declare_conflict(by=by, case=case, member=by, kind=ConflictKind.FRIEND, at=AT)
    kept = replace(office, melati=Member.objects.get(pk=by.pk))
    for subject in (case.code, "KSS-0000-0000"):
        with pytest.raises(rules.Unknown, match=subject):
            actions.touch(by=kept.melati, breach=row, subject=subject, at=AT)
        with pytest.raises(rules.Unknown, match=subject):
            registered(kept, subject)
    actions.touch(by=head, breach=row, subject=case.code, at=AT)  # somebody else names it


def test_two_people_close_it_once_all_are_told_and_nothing_is_written_after(
    office: CaseOffice, head: Member
) -> None:
    case, ticket = opened(office), Report.objects.get().ticket.number
    row = registered(office, case.code)
    with pytest.raises(rules.Stopped, match=r"^authority,touched$"):
        actions.close_breach(by=head, breach=row, at=AT)
    actions.tell_authority(by=head, breach=row, at=AT)
    [touched] = queries.touched_of(head, row)
    actions.tell_touched(by=office.melati, touched=touched, way=NoticeWay.UNSAFE, at=AT)
    assert not actions.close_breach(by=head, breach=row, at=AT)
    with pytest.raises(rules.SameHand):
        actions.close_breach(by=head, breach=row, at=AT)
    actions.touch(by=head, breach=row, subject=ticket, at=AT)  # so all is not done after all
    with pytest.raises(rules.Stopped, match=r"^touched$"):
        actions.close_breach(by=office.melati, breach=row, at=AT)
    for one in queries.touched_of(head, row):
        actions.tell_touched(by=office.melati, touched=one, way=NoticeWay.MET, at=AT)
    assert not actions.close_breach(by=head, breach=row, at=AT)
    assert actions.close_breach(by=office.melati, breach=row, at=AT)
    with pytest.raises(rules.Closed):
        actions.touch(by=head, breach=row, subject=ticket, at=AT)
    with pytest.raises(rules.Closed):
        actions.tell_touched(by=head, touched=touched, way=NoticeWay.MET, at=AT)
    told = Row.objects.filter(verb="breach.told", subject=case.code)
    assert [one.detail for one in told.order_by("number")] == [
        f'{{"to":"{row.code}","way":"{way}"}}' for way in ("unsafe", "met")
    ]


def test_whoever_was_told_is_told_once_and_unsafe_is_no_telling(office: CaseOffice) -> None:
    row = registered(office, opened(office).code)
    [touched] = queries.touched_of(office.melati, row)
    actions.tell_touched(by=office.melati, touched=touched, way=NoticeWay.UNSAFE, at=AT)
    assert Touched.objects.get().told_at is None
    actions.tell_touched(by=office.melati, touched=touched, way=NoticeWay.CALL, at=AT)
    assert Touched.objects.get().told_at == AT
    with pytest.raises(rules.AlreadyAsked):
        actions.tell_touched(by=office.melati, touched=touched, way=NoticeWay.MET, at=AT)


def test_whoever_is_kept_from_a_case_does_not_see_it_in_a_breach(office: CaseOffice) -> None:
    case: Case = opened(office)
    row = registered(office, case.code)
    cases.declare_conflict(
        by=office.melati, case=case, member=office.supervisor, kind=ConflictKind.FRIEND, at=AT
    )
    page = signed_in(Client(), office.supervisor).get(f"{REGISTER}{row.code}/")
    assert case.code not in page.content.decode()


@pytest.mark.parametrize(
    ("authority", "decided", "expected"),
    [
        (False, [], ["authority", "touched"]),
        (True, [], ["touched"]),
        (True, [True, False], ["touched"]),
        (False, [True], ["authority"]),
        (True, [True, True], []),
    ],
)
def test_what_is_missing_before_a_breach_is_closed(
    authority: bool,  # noqa: FBT001
    decided: list[bool],
    expected: list[str],
) -> None:
    assert rules.breach_gaps(authority=authority, decided=decided) == expected
    assert set(expected) <= set(Gap.values)


def test_the_pages_show_the_clock_and_only_a_neutral_text_for_a_phone(
    office: CaseOffice, head: Member
) -> None:
    case = opened(office)
    row = registered(office, case.code)
    Breach.objects.update(due_at=timezone.now() - timedelta(hours=1))
    client, page = signed_in(Client(), head), f"{REGISTER}{row.code}/"
    assert "lewat batas waktu" in client.get(REGISTER).content.decode()
    shown = client.get(page).content.decode()
    assert "Ada kabar. Cek tiket Anda." in shown
    assert "sealed-parts" not in shown  # the head reads codes only
    assert "sealed-parts" in signed_in(Client(), office.melati).get(page).content.decode()
    wrong = client.post(f"{page}terkena/", {"subject": "KSS-xx"})
    assert wrong.status_code == 422
    assert 'value="KSS-xx"' in wrong.content.decode()
    client.post(f"{page}lembaga/")
    number = Touched.objects.get().pk
    assert client.post(f"{page}terkena/{number}/", {}).status_code == 422
    client.post(f"{page}terkena/{number}/", {"way": "met"})
    assert client.post(f"{page}tutup/").status_code == 302
    assert client.post(f"{page}tutup/").status_code == 409
    signed_in(Client(), office.melati).post(f"{page}tutup/")
    assert Breach.objects.get().closed_day


def test_the_form_answers_what_to_mend_and_keeps_a_whole_one(office: CaseOffice) -> None:
    client, page = signed_in(Client(), office.melati), f"{REGISTER}baru/"
    assert 'data-subject="BCR-' in client.get(page).content.decode()
    told = {"kind": "lost", "known_at": "2026-11-24T09:30", "exposed": ["contact"]}
    assert client.post(page, {"kind": "lost"}).json()["wrong"][0][0] == "known_at"
    wrong = client.post(page, {**told, "subjects": "KSS-0000-0000"})
    assert wrong.status_code in {409, 422}
    assert client.post(page, told).status_code == 409
