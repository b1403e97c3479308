"""Reports and cases that have somebody in common: asked by one, agreed by another, never merged."""

from collections.abc import Collection

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from teduh.access.actions import declare_conflict
from teduh.access.models import Conflict, Member
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Mention, Row
from teduh.cases import actions, links, rules
from teduh.cases.models import Case, Link, Task
from teduh.cases.words import CrewRole, LinkKind, TaskKind
from teduh.intake.actions import move
from teduh.intake.models import Report
from teduh.intake.words import State
from teduh.outbox.models import Message
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, opened

pytestmark = pytest.mark.django_db
ME, SHE, HE = 1, 2, 3


@pytest.mark.parametrize(
    ("one", "other", "supervises", "may"),
    [
        ({ME}, {SHE}, False, True),
        ({SHE}, {ME}, False, True),
        ({SHE}, {HE}, False, False),
        ({SHE}, {HE}, True, True),
        ({SHE}, set(), False, True),
        (set(), set(), False, True),
    ],
)
def test_who_has_one_of_them_in_hand_may_ask(
    *, one: Collection[int], other: Collection[int], supervises: bool, may: bool
) -> None:
    assert rules.may_ask_link(ME, one, other, supervises=supervises) is may


@pytest.mark.parametrize(
    ("asker", "one", "other", "supervises", "may"),
    [
        (SHE, {SHE}, {ME}, False, True),
        (SHE, {SHE}, {HE}, False, False),  # a third hand
        (SHE, {SHE}, {HE}, True, True),
        (SHE, {SHE}, {SHE}, False, True),  # she has both: any second person
        (SHE, {SHE}, set(), False, True),  # nobody has it: everybody who reads it
        (SHE, {SHE, ME}, {HE}, False, False),  # beside her on the side that asked
        (SHE, {ME}, {HE}, False, True),  # a supervisor asked
        (ME, {SHE}, {ME}, False, False),
        (ME, {ME}, {ME}, True, False),
    ],
)
def test_the_other_hand_answers_and_never_the_asker(
    *, asker: int, one: Collection[int], other: Collection[int], supervises: bool, may: bool
) -> None:
    assert rules.may_answer_link(ME, asker, one, other, supervises=supervises) is may


def taken(office: CaseOffice, by: Member) -> Report:
    """A report that somebody has in hand."""
    report = a_report(office.team)
    move(by=by, report=report, to=State.TAKEN, at=AT)
    return report


def ask(by: Member, one: str, other: str, kind: LinkKind = LinkKind.SURVIVOR) -> Link:
    """Somebody asks."""
    return actions.ask_link(by=by, subject=one, other=other, kind=kind, at=AT)


def agree(by: Member, link: Link, *, agreed: bool = True) -> Link:
    """Somebody answers."""
    return actions.answer_link(by=by, link=link, agreed=agreed, at=AT)


def shown(by: Member, subject: str) -> list[tuple[str, str]]:
    """What the page of a subject shows this member: the other side, and the answer."""
    here = links.side(by, subject, AT)
    assert here
    return [(row.there, row.link.answer) for row in links.of(by, here, AT)]


def test_two_hands_link_two_reports_and_both_show_it(office: CaseOffice) -> None:
    mine, hers = taken(office, office.melati), taken(office, office.manager)
    one, other = mine.ticket.number, hers.ticket.number
    Message.objects.all().delete()
    link = ask(office.melati, one, other)
    assert Message.objects.count() == 1  # to whoever has the other one in hand
    assert [found for found, _one, _other in links.waiting(office.manager, AT)] == [link]
    assert links.waiting(office.melati, AT) == []
    assert links.waiting(office.outsider, AT) == []
    with pytest.raises(Forbidden):
        agree(office.outsider, link)
    agree(office.manager, link)
    assert shown(office.outsider, one) == [(other, "agreed")]
    assert shown(office.melati, other) == [(one, "agreed")]
    lines = Row.objects.filter(verb__startswith="case.link_").order_by("number")
    assert [(row.verb, row.by_code) for row in lines] == [
        ("case.link_asked", "melati"),
        ("case.link_agreed", office.manager.code),
    ]
    named = set(Mention.objects.filter(number=lines[0].number).values_list("subject", flat=True))
    assert {lines[0].subject, *named} == {one, other}
    assert set(Report.objects.values_list("state", flat=True)) == {State.TAKEN}  # two, as before
    with pytest.raises(rules.WrongMove):
        agree(office.supervisor, link)


def test_where_one_has_both_a_second_person_agrees(office: CaseOffice) -> None:
    one, other = taken(office, office.melati), taken(office, office.melati)
    link = ask(office.melati, one.ticket.number, other.ticket.number)
    with pytest.raises(Forbidden):
        agree(office.melati, link)
    assert agree(office.outsider, link).answer == "agreed"


def test_what_is_in_other_hands_is_not_asked_about(office: CaseOffice) -> None:
    one, other = taken(office, office.melati), taken(office, office.manager)
    with pytest.raises(Forbidden):
        ask(office.outsider, one.ticket.number, other.ticket.number)
    assert ask(office.supervisor, one.ticket.number, other.ticket.number)


def test_the_same_is_asked_once_and_again_after_a_no(office: CaseOffice) -> None:
    one = taken(office, office.melati).ticket.number
    other = taken(office, office.manager).ticket.number
    link = ask(office.melati, one, other)
    with pytest.raises(rules.LinkedAlready):
        ask(office.manager, other, one)
    assert ask(office.melati, one, other, LinkKind.ACCUSED)  # another thing in common
    agree(office.manager, link, agreed=False)
    assert ask(office.manager, other, one).pk != link.pk
    with pytest.raises(rules.SameCase):
        ask(office.melati, one, one)


def test_a_report_told_in_a_case_is_linked_as_the_case(office: CaseOffice) -> None:
    told, other = a_report(office.team), taken(office, office.melati)
    case = opened(office, told)
    link = ask(office.melati, told.ticket.number, other.ticket.number)
    assert {link.one, link.other} == {case.code, other.ticket.number}
    with pytest.raises(rules.SameCase):
        ask(office.melati, told.ticket.number, case.code)
    agree(office.manager, link)
    later = opened(office, other)  # the other report becomes a case too: both keep the link
    assert shown(office.manager, later.code) == [(case.code, "agreed")]
    assert [one.there for one in links.repeats(office.manager, later, AT)] == [case.code]


@pytest.mark.parametrize(
    ("kind", "anew"),
    [(LinkKind.SURVIVOR, 2), (LinkKind.ACCUSED, 2), (LinkKind.INCIDENT, 0)],
)
def test_the_same_person_again_lets_both_cases_be_assessed_anew(
    office: CaseOffice, kind: LinkKind, anew: int
) -> None:
    one, other = opened(office), opened(office)
    link = ask(office.manager, one.code, other.code, kind)
    Message.objects.all().delete()
    agree(office.melati, link)
    tasks = Task.objects.open().filter(kind=TaskKind.RESCORE)
    assert [(task.who, task.due) for task in tasks] == [(office.manager, link.asked_day)] * anew
    assert Message.objects.filter(danger=True).count() == (anew > 0)  # one word to the supervisor
    assert len(links.repeats(office.manager, one, AT)) == (anew > 0)
    assert {Case.objects.get(pk=each.pk).band for each in (one, other)} == {one.band}


def test_a_no_leaves_everything_as_it_was(office: CaseOffice) -> None:
    one, other = opened(office), opened(office)
    agree(office.melati, ask(office.manager, one.code, other.code), agreed=False)
    assert not Task.objects.filter(kind=TaskKind.RESCORE).exists()
    assert links.repeats(office.manager, one, AT) == []
    assert shown(office.manager, one.code) == [(other.code, "declined")]


def conflicted(office: CaseOffice, member: Member, subject: str) -> None:
    """A member is kept from a subject."""
    declare_conflict(
        by=office.supervisor,
        member=member,
        subjects=[subject],
        team_code=office.team.code,
        kind=ConflictKind.values[0],  # type: ignore[arg-type]
        at=AT,
    )


def test_whoever_is_kept_from_one_side_neither_asks_nor_answers_nor_knows(
    office: CaseOffice,
) -> None:
    mine, hers = taken(office, office.melati), taken(office, office.manager)
    one, other = mine.ticket.number, hers.ticket.number
    link = ask(office.melati, one, other)
    conflicted(office, office.manager, one)
    with pytest.raises(Forbidden):
        agree(office.manager, link)
    assert links.waiting(office.manager, AT) == []
    assert links.one_of(office.manager, link.pk, AT) is None
    assert shown(office.manager, other) == []
    with pytest.raises(Forbidden):
        ask(office.manager, other, one, LinkKind.ACCUSED)
    assert agree(office.supervisor, link).answer == "agreed"
    assert Conflict.objects.count() == 1  # a link spreads nothing: a person decides


def test_who_oversees_hears_when_somebody_works_on_what_is_linked_to_a_conflict(
    office: CaseOffice,
) -> None:
    one, other = taken(office, office.melati), taken(office, office.melati)
    colleague = MemberFactory(role="officer", team=office.team)
    conflicted(office, office.melati, one.ticket.number)
    Report.objects.filter(pk=one.pk).update(handler=colleague)
    link = ask(colleague, one.ticket.number, other.ticket.number)
    Message.objects.all().delete()
    agree(MemberFactory(role="supervisor", team=office.team), link)
    assert Message.objects.count() == 2  # to the other supervisor, and to who asked


def test_a_case_of_another_team_is_there_for_who_sees_both_only(office: CaseOffice) -> None:
    case = opened(office)
    far = TeamFactory(code="jauh", agency=office.team.agency)
    other = Case.objects.create(
        code="KSS-8888-0001",
        team_code=far.code,
        opened_day=case.opened_day,
        band="medium",
        urgency=2,
    )
    with pytest.raises(Forbidden):
        ask(office.manager, case.code, other.code)
    both = MemberFactory(role="case_manager", team=office.team)
    both.seats.create(team=far, since=AT)
    Link.objects.create(
        one=case.code,
        other=other.code,
        kind=LinkKind.ACCUSED,
        asker=both,
        asked_day=case.opened_day,
        answer="agreed",
        answerer=office.supervisor,
        answered_day=case.opened_day,
    )
    assert shown(office.manager, case.code) == []
    assert [one.there for one in links.repeats(office.manager, case, AT)] == [""]  # that, not where
    page = signed_in(Client(), office.manager).get(f"/kantor/kasus/{case.code}/risiko/")
    assert "Berulang" in page.content.decode()
    assert other.code not in page.content.decode()


def test_the_database_holds_that_it_takes_two(office: CaseOffice) -> None:
    row = {"one": "a", "other": "b", "kind": "survivor", "asked_day": AT, "asker": office.melati}
    answered = {"answer": "agreed", "answered_day": AT}
    for wrong in (
        {**row, **answered, "answerer": office.melati},
        {**row, "other": "a"},
        {**row, "answer": "agreed"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.create(**wrong)


def test_a_page_asks_and_a_page_answers(office: CaseOffice) -> None:
    case, report = opened(office), taken(office, office.melati)
    number, address = report.ticket.number, f"/kantor/kasus/kaitan/{case.code}/"
    melati, manager = (signed_in(Client(), one) for one in (office.melati, office.manager))
    refused = melati.post(address, {"dengan": "TDH-0000-0000", "jenis": "survivor"})
    assert (refused.status_code, "TDH-0000-0000" in refused.content.decode()) == (409, True)
    assert melati.post(address, {"dengan": number, "jenis": "apa"}).status_code == 409
    assert melati.post(address, {"dengan": number.lower(), "jenis": "accused"}).status_code == 302
    link = Link.objects.get()
    assert melati.post(f"/kantor/kasus/kaitan/{link.pk}/jawaban/").status_code == 409
    assert "menunggu jawaban Anda" in manager.get(f"{address}ringkas/").content.decode()
    assert number in manager.get("/kantor/kasus/kaitan/").content.decode()
    sent = {"jawaban": "sepakat", "di": case.code}
    answered = manager.post(f"/kantor/kasus/kaitan/{link.pk}/jawaban/", sent)
    assert answered.headers["Location"] == address
    for page in (address, f"/kantor/kasus/kaitan/{number}/", f"{address}ringkas/"):
        assert "Terlapor yang sama" in manager.get(page).content.decode()
    assert number in manager.get(f"/kantor/kasus/{case.code}/risiko/").content.decode()
    stranger = signed_in(Client(), MemberFactory(role="case_manager"))
    for page in (address, f"{address}ringkas/"):
        assert stranger.get(page).status_code == 404
    assert stranger.post(f"/kantor/kasus/kaitan/{link.pk}/jawaban/", sent).status_code == 404


def test_who_joins_the_crew_has_the_case_in_hand(office: CaseOffice) -> None:
    colleague = MemberFactory(role="officer", team=office.team)
    case, other = opened(office), taken(office, colleague)
    link = ask(colleague, other.ticket.number, case.code)
    joiner = MemberFactory(role="counsellor", team=office.team)
    assert links.waiting(joiner, AT) == []
    role = CrewRole.COUNSELLOR
    actions.join(by=office.manager, case=case, member=joiner, role=role, at=AT)
    assert [found for found, _one, _other in links.waiting(joiner, AT)] == [link]
