"""The list of cases: whose name it shows, and who puts it there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from teduh.access.models import Elevation, Member
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind, Right
from teduh.audit.models import Mention, Row
from teduh.cases import actions, queries
from teduh.cases.models import Case
from teduh.cases.rules import ChangedMeanwhile
from teduh.cases.words import GlassReason, PersonRole
from teduh.vault import demo
from teduh.vault.models import Card
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, a_report, listed, opened, sealed_item
from tests.factories.reports import as_field, carded, list_as_field

pytestmark = pytest.mark.django_db


def named(office: CaseOffice, case: Case, role: str = PersonRole.SURVIVOR) -> str:
    """One more person with a card; the item it lies in."""
    facts = actions.PersonFacts(role=role)
    items = [sealed_item(case)]
    actions.add_person(by=office.melati, case=case, facts=facts, items=items, at=AT)
    return items[0].item


def page_of(member: Member, address: str = "") -> str:
    """A page below the list of cases."""
    return signed_in(Client(), member).get(f"/kantor/kasus/{address}").content.decode()


def test_a_case_is_listed_by_its_survivors_and_its_accused_apart(office: CaseOffice) -> None:
    case = opened(office)
    assert queries.listed_as(queries.people_of(case)) == ""  # nobody has written a name yet
    accused = [named(office, case, PersonRole.ACCUSED) for _number in range(3)]
    assert queries.listed_as(queries.people_of(case)) == ""  # a list shows survivors
    named(office, case, PersonRole.HOUSEHOLD)
    survivors = [named(office, case) for _number in range(4)]
    told = queries.listed_as(queries.people_of(case))
    assert told == " ".join([*survivors[:3], f"!{accused[0]}", f"!{accused[1]}"])
    assert len(told) <= Card._meta.get_field("made_of").max_length


def test_the_page_of_a_case_asks_for_its_card_until_the_list_names_her(office: CaseOffice) -> None:
    case = opened(office)
    address = f"{case.code}/"
    assert "data-make-card" not in page_of(office.melati, address)
    item = named(office, case)
    assert f'data-items="{item}"' in page_of(office.melati, address)
    card, made = demo.seal_card(
        subject=case.code, team=case.team_code, member="melati", name="Contoh", at=AT
    )
    sent = {"card": as_field(card), "made": list_as_field(made), "items": item}
    client = signed_in(Client(), office.melati)
    assert client.post(f"/kantor/kasus/{address}kartu/", sent).json() == {"ok": True}
    assert "data-make-card" not in page_of(office.melati, address)
    actions.mend_person(
        by=office.melati,
        person=case.people.get(item=item),
        facts=actions.PersonFacts(),
        items=[sealed_item(case)],
        seen=item,
        at=AT,
    )
    assert "data-make-card" in page_of(office.melati, address)  # her name was put right


def test_the_list_shows_the_card_of_the_case_and_before_it_that_of_the_report(
    office: CaseOffice,
) -> None:
    report = a_report(office.team)
    case, ticket = opened(office, report), report.ticket.number
    carded(report, office.melati)
    assert f'data-of="{ticket}"' in page_of(office.melati)
    listed(office, case, made_of=named(office, case))
    page = page_of(office.melati)
    assert f'data-of="{case.code}"' in page
    assert ticket not in page
    newest = Row.objects.filter(verb="vault.list_read").latest("number")
    told = Mention.objects.filter(number=newest.number).values_list("subject", flat=True)
    assert list(told) == [case.code]


def test_a_card_of_what_somebody_has_mended_since_is_refused(office: CaseOffice) -> None:
    case = opened(office)
    item = named(office, case)
    named(office, case)
    for made_of in ("", item, f"{item} {item}"):
        with pytest.raises(ChangedMeanwhile):
            listed(office, case, made_of=made_of)
    assert not Card.objects.exists()


def test_only_the_team_of_a_case_puts_it_into_the_list(office: CaseOffice) -> None:
    case = opened(office)
    item = named(office, case)
    card, made = demo.seal_card(
        subject=case.code, team=case.team_code, member="melati", name="Contoh", at=AT
    )

    def show() -> None:
        actions.show_in_list(
            by=office.outsider, case=case, card=card, made=made, made_of=item, at=AT
        )

    with pytest.raises(Forbidden):
        show()
    actions.break_glass(by=office.outsider, case=case, reason=GlassReason.DANGER, at=AT)
    with pytest.raises(Forbidden):
        show()  # opened in need only
    sent = {"card": as_field(card), "made": list_as_field(made), "items": item}
    client = signed_in(Client(), office.outsider)
    assert client.post(f"/kantor/kasus/{case.code}/kartu/", sent).status_code == 409
    assert not Card.objects.exists()


def test_a_search_finds_cases_only_for_who_works_on_cases(office: CaseOffice) -> None:
    case = opened(office)
    listed(office, case, made_of=named(office, case))
    told = signed_in(Client(), office.outsider).get("/kantor/kartu/").json()
    assert (list(told["places"]), told["all"]) == ([case.code], 1)
    counting = MemberFactory(role="data_officer", team=office.team)
    now = timezone.now()
    Elevation.objects.create(
        member=counting,
        right=Right.READ_REPORTS,
        reason="Contoh",
        hours=1,
        asked_at=now,
        by=office.supervisor,
        approved=True,
        decided_at=now,
        until=now + timedelta(hours=1),
    )
    told = signed_in(Client(), counting).get("/kantor/kartu/").json()
    assert (told["places"], told["all"]) == ({}, 0)


def test_a_conflict_of_interest_takes_the_name_from_list_and_search(office: CaseOffice) -> None:
    case = opened(office)
    listed(office, case, made_of=named(office, case))
    actions.declare_conflict(
        by=office.outsider, case=case, member=office.outsider, kind=ConflictKind.FRIEND, at=AT
    )
    assert case.code not in page_of(office.outsider)
    told = signed_in(Client(), office.outsider).get("/kantor/kartu/").json()
    assert (told["places"], told["all"]) == ({}, 0)
