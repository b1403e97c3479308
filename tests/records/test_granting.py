"""Grants: what a partner's key opens, before and after new words, an end, a withdrawal."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from teduh.access.models import Conflict, Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.audit.queries import openings
from teduh.cases.models import Case, Person
from teduh.cases.words import PersonRole
from teduh.config import clock
from teduh.lib.actors import CLOCK
from teduh.lib.timing import local_day
from teduh.outbox.models import Message
from teduh.records import queries
from teduh.records.actions import granting
from teduh.records.models import Consent
from teduh.records.rules import NotHolding
from teduh.vault import actions as vault
from teduh.vault import demo, grants, units
from teduh.vault import queries as vault_queries
from teduh.vault.envelope import sign_statement
from teduh.vault.models import Compartment, Envelope, Grant, GrantWrap, UnitKey
from teduh.vault.packages import compact
from teduh.vault.rules import Refused
from tests.factories import signed_in
from tests.factories.cases import AT, SAFETY, CaseOffice, case_office, opened, sealed_item
from tests.factories.grants import (
    Partners,
    agreed,
    begin,
    begun,
    granted,
    partners,
    read,
    sealed,
    texts,
    wanted,
    withdraw,
)

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
NAME, PLAN, NEW_PLAN = '{"name":"Contoh Mawar"}', '{"bag":"Satu."}', '{"bag":"Dua."}'
LATER = AT + timedelta(hours=1)


@pytest.fixture
def office() -> CaseOffice:
    """A team with keys."""
    return case_office()


@pytest.fixture
def others(office: CaseOffice) -> Partners:
    """Partners whose keys the office's list names."""
    return partners()


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case with a survivor's card, a plan, and a note of the office."""
    case = opened(office)
    Person.objects.filter(case=case).update(item=keep(case, "cases.person.card", NAME))
    keep(case, SAFETY, PLAN)
    keep(case, "cases.note.text", "Catatan kantor.")
    return case


def keep(case: Case, what: str, text: str) -> str:
    """One more item of melati; its name."""
    item = sealed_item(case, what, text)
    by = office_member("melati").actor
    vault.keep_items(by=by, subject=case.code, items=[item], at=AT)
    return item.item


def office_member(code: str) -> Any:
    return Member.objects.get_queryset().get(code=code)


def everything(case: Case, given: list[Grant]) -> list[str]:
    """Every item of a case, as if the server handed all of them out with these wraps."""
    items = list(
        Envelope.objects.filter(compartment__subject=case.code).values_list("item", flat=True)
    )
    bundle = vault_queries.granted_bundle(case.code, given, items)
    return texts(office_member(given[0].member_code), bundle)


def test_a_partner_reads_exactly_what_was_granted_and_what_comes_later(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    with pytest.raises(Forbidden):
        read(others.flamboyan, case)
    given = granted(office, consent, others.flamboyan)
    assert read(others.flamboyan, case) == [NAME, PLAN]
    assert everything(case, given) == [NAME, PLAN]  # never the office's own notes
    keep(case, SAFETY, NEW_PLAN)
    assert read(others.flamboyan, case) == [NAME, NEW_PLAN]  # of a plan only as it is now
    for stranger in (others.cendana, others.bakung):
        with pytest.raises(Forbidden):
            read(stranger, case)
    assert openings(case.code).filter(by_code="flamboyan").count() == 2


def test_withdrawal_ends_it_at_once_and_new_words_take_new_keys(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan, others.cendana)
    read(others.flamboyan, case)
    withdraw(office, consent, LATER)
    for gone in (others.flamboyan, others.cendana):
        with pytest.raises(Forbidden):
            read(gone, case, LATER)
    assert not GrantWrap.objects.exists()
    with pytest.raises(Refused, match="generation"):
        keep(case, SAFETY, NEW_PLAN)
    keep(case, "cases.note.text", "Yang tidak dibagikan tetap.")
    begin(office, case, LATER)
    keep(case, SAFETY, NEW_PLAN)
    assert {one.gen for one in Compartment.objects.filter(subject=case.code, comp="care")} == {1, 2}
    [told] = queries.given_of(case, local_day(LATER))[consent.sha][-1:]
    assert (told.standing, told.times) == (False, 1)
    assert Message.objects.count() >= 2


@pytest.mark.django_db(databases=["default", "shred"], transaction=True)
def test_a_withdrawn_grant_is_dead_in_every_backup(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    [grant] = granted(office, consent, others.flamboyan)
    assert UnitKey.objects.filter(unit=units.of_grant(grant.name)).exists()
    withdraw(office, consent, LATER)
    assert not UnitKey.objects.filter(unit=units.of_grant(grant.name)).exists()


def test_who_reads_on_gets_the_next_generation_and_the_other_does_not(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    police = agreed(office, case, others.bakung.agency, purpose="share_police", comps=("identity",))
    [gone] = granted(office, consent, others.flamboyan)
    old = vault_queries.granted_bundle(case.code, [gone], [])
    granted(office, police, others.bakung)
    withdraw(office, consent, LATER)
    begin(office, case, LATER)
    card = keep(case, "cases.person.card", '{"name":"Contoh Baru"}')
    Person.objects.filter(case=case).update(item=card)
    assert read(others.bakung, case, LATER) == ['{"name":"Contoh Baru"}']
    [newest] = Compartment.objects.filter(subject=case.code, comp="identity", gen=2)
    assert bytes(newest.d) not in [one.d for one in old.compartments]
    assert [one.grant.member_code for one in newest.granted.all()] == ["bakung"]


def test_it_ends_with_its_day_with_the_guardian_and_with_who_left(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan, others.cendana)
    end = AT + timedelta(days=31)
    with pytest.raises(Forbidden):
        read(others.flamboyan, case, end)
    assert granting.end_over(at=AT) == 0
    others.cendana.active = False
    others.cendana.save()
    assert granting.end_over(at=AT) == 1
    assert read(others.flamboyan, case) == [NAME, PLAN]
    assert granting.end_over(at=end) == 1
    assert any("end_over" in one.__code__.co_names for one in clock.CHORES)
    assert not Grant.objects.filter(ended_at__isnull=True).exists()
    assert Row.objects.filter(verb="vault.grant_ended", by_kind=CLOCK.kind).count() == 2


def test_a_conflict_of_interest_keeps_a_partner_out(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    [grant] = granted(office, consent, others.flamboyan)
    Conflict.objects.create(
        subject=case.code,
        root=case.code,
        team_code="asesmen",
        member=others.flamboyan,
        kind="family",
        told_by=others.flamboyan,
        day=local_day(AT),
    )
    with pytest.raises(Forbidden):
        read(others.flamboyan, case)
    with pytest.raises(Forbidden):
        vault.hand_out_granted(
            by=others.flamboyan, subject=case.code, names=[grant.name], items=[], at=AT
        )
    assert others.flamboyan not in [one.member for one in queries.readers_of(consent, AT)]
    assert granting.end_over(at=AT) == 1
    assert not GrantWrap.objects.exists()
    begin(office, case, LATER)  # what is written from now on is sealed with keys they never had
    assert not GrantWrap.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"comps": ("identity", "work")},
        {"comps": ("identity",)},
        {"subject": "KSS-0000-0001"},
        {"inst": "kota-lain"},
        {"purpose": "share_police"},
        {"consent": "A" * 43},
        {"until": local_day(AT) + timedelta(days=300)},
        {"day": local_day(AT) - timedelta(days=1)},
    ],
)
def test_a_grant_that_says_anything_else_is_not_kept(
    office: CaseOffice, others: Partners, case: Case, change: dict[str, Any]
) -> None:
    consent = agreed(office, case, others.hospital)
    good, bad = (
        sealed(consent, others.flamboyan),
        replace(wanted(consent, others.flamboyan), **change),
    )
    said = json.loads(good.statement.body)
    body = grants.body(bad, said["id"], said["by"])
    signed = replace(
        good.statement,
        body=body,
        sig=sign_statement(demo.seed("sign:melati"), grants.LABEL, body),
    )
    with pytest.raises(Refused):
        granting.give(
            by=office.melati,
            consent=consent,
            sealed=[replace(good, statement=signed, said=json.loads(body))],
            at=AT,
        )
    assert not Grant.objects.exists()


def test_only_its_author_under_a_consent_that_holds_gives_and_only_to_the_agency(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    good = sealed(consent, others.flamboyan)
    with pytest.raises(Refused, match="author"):
        granting.give(by=office.supervisor, consent=consent, sealed=[good], at=AT)
    with pytest.raises(Refused, match="readers"):
        to_police = sealed(consent, others.bakung)
        granting.give(by=office.melati, consent=consent, sealed=[to_police], at=AT)
    with pytest.raises(Refused, match="compartments"):
        fewer = replace(good, wraps=good.wraps[:1])
        granting.give(by=office.melati, consent=consent, sealed=[fewer], at=AT)
    granting.give(by=office.melati, consent=consent, sealed=[good], at=AT)
    with pytest.raises(Refused, match="again"):
        granting.give(by=office.melati, consent=consent, sealed=[good], at=AT)
    withdraw(office, consent, LATER)
    with pytest.raises(NotHolding):
        granted(office, consent, others.flamboyan, at=LATER)


def test_given_again_takes_the_place_of_the_first_and_spends_nothing(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan)
    granted(office, consent, others.flamboyan, at=LATER)
    assert Grant.objects.filter(ended_at__isnull=True).count() == 1
    assert vault_queries.spent_of(case.code) == []
    assert read(others.flamboyan, case, LATER) == [NAME, PLAN]


def test_only_who_does_not_read_it_yet_is_offered(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)

    def offered(at: datetime = AT) -> list[str]:
        given = queries.given_of(case, local_day(at))[consent.sha]
        offer = queries.offer_of(office.melati, consent, given, at)
        assert offer.all_read == (offer.readers == [])
        assert len(offer.told["keys"]) == len(offer.readers)  # type: ignore[arg-type]
        return [one.member.code for one in offer.readers]

    assert offered() == ["cendana", "flamboyan"]
    one, _other = granted(office, consent, others.flamboyan, others.cendana)
    Grant.objects.filter(member_code="cendana").update(comps="identity")
    assert offered() == ["cendana"]  # who reads a part only may be given the rest
    granted(office, consent, others.cendana)
    assert offered() == []
    Grant.objects.filter(pk=one.pk).update(ended_at=AT)
    assert offered() == ["flamboyan"]


def test_a_forged_row_opens_nothing_and_is_named(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    [true] = granted(office, consent, others.flamboyan)
    forged = Grant.objects.create(
        name="A" * 22,
        subject=case.code,
        member_code="cendana",
        kid=wanted(consent, others.cendana).to,
        comps="identity care legal medical work",
        consent="B" * 43,
        until=consent.until,
        made_at=AT,
        by=true.by,
        body=compact({"to": "x"}),
        sig=b"0" * 64,
    )
    with pytest.raises(Forbidden):
        read(others.cendana, case)
    given = queries.given_of(case, local_day(AT))
    agreements = queries.consents_of(case, local_day(AT))
    assert [one.row for one in queries.strays(given, agreements)] == [forged]
    # With a true consent's name nothing is handed out either: it never had a unit key.
    Grant.objects.filter(pk=forged.pk).update(consent=consent.sha)
    with pytest.raises(Forbidden):
        read(others.cendana, case)
    # With a key for it, by whoever writes both databases, there is no wrap in it for this key.
    units.make(units.of_grant(forged.name))
    assert read(others.cendana, case) == []
    Grant.objects.filter(pk=true.pk).update(member_code="cendana")
    with pytest.raises(AssertionError):  # a wrap for another's key
        read(others.cendana, case)


def test_a_next_generation_fits_or_is_refused(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    police = agreed(office, case, others.bakung.agency, purpose="share_police", comps=("identity",))
    granted(office, consent, others.flamboyan)
    granted(office, police, others.bakung)
    place: dict[str, Any] = {"subject": case.code, "team": "asesmen", "member": "melati"}
    with pytest.raises(Refused, match="generation"):
        granting.begin(by=office.melati, case=case, made=[], given=[], at=AT)
    withdraw(office, consent, LATER)
    made, given = begun(case, office.melati)
    act: dict[str, Any] = {"by": office.melati, "case": case, "at": LATER}
    [on] = given
    for wrong in (
        {"made": made[:1], "given": []},
        {"made": demo.make_case(**place), "given": []},
        {"made": made, "given": [replace(on, grant="C" * 22)]},
        {"made": made, "given": [on, on]},
        {"made": made, "given": [replace(on, wrap=replace(on.wrap, kid="anggota-x.00000000"))]},
    ):
        with pytest.raises(Refused):
            granting.begin(**act, **wrong)
    assert Compartment.objects.filter(subject=case.code, gen=2).count() == 0
    granting.begin(**act, made=made, given=given)
    with pytest.raises(Refused, match="generation"):
        granting.begin(**act, made=made, given=given)


def test_what_is_forgotten_is_granted_no_more(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    [grant] = granted(office, consent, others.flamboyan)
    vault.forget(by=office.melati.actor, subject=case.code, at=LATER)
    assert everything(case, [grant]) == []
    assert Grant.objects.get().ended_at == LATER


def test_only_cards_that_the_purpose_needs_are_handed_out(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    accused = keep(case, "cases.person.card", '{"name":"Contoh Terlapor"}')
    Person.objects.create(case=case, number=9, role=PersonRole.ACCUSED, item=accused)
    health = queries.pieces(case, "share_health", {"identity"})
    police = queries.pieces(case, "share_police", {"identity"})
    assert accused not in [one.item for one in health]
    assert accused in [one.item for one in police]


def test_the_pages_of_a_partner_are_there_while_it_stands(
    office: CaseOffice, others: Partners, case: Case, client: Client
) -> None:
    consent = agreed(office, case, others.hospital)
    Consent.objects.update(until="2999-01-01")
    consent.refresh_from_db()
    consent.sha = queries.hash_of(consent)
    consent.save()
    signed_in(client, others.flamboyan)
    listed, page = "/kantor/data/dibagikan/", f"/kantor/data/dibagikan/{case.code}/"
    assert client.get(page).status_code == 404
    granted(office, consent, others.flamboyan)
    assert case.code in client.get(listed).content.decode()
    shown = client.get(page).content.decode()
    assert "Contoh Mawar" not in shown
    assert client.get(f"{page}masih/").status_code == 204
    assert client.get(f"/kantor/kasus/{case.code}/").status_code == 403
    withdraw(office, consent, LATER)
    assert case.code not in client.get(listed).content.decode()
    assert client.get(page).status_code == 404
    assert client.get(f"{page}masih/").status_code == 404
