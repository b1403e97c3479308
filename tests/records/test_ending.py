"""What ends a grant, and that nothing of it is left then."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.cases.models import Case
from teduh.lib.actors import CLOCK, COMMAND
from teduh.lib.timing import local_day
from teduh.records import queries
from teduh.records.actions import granting
from teduh.records.models import Consent
from teduh.vault import actions as vault
from teduh.vault import queries as vault_queries
from teduh.vault import units
from teduh.vault.grants import GivenOn
from teduh.vault.keywork import NewWrap
from teduh.vault.models import Grant, GrantWrap, PublicKey
from teduh.vault.packages import SignedStatement, b64
from teduh.vault.rules import Refused
from teduh.vault.suite import sha256
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, case_office, opened
from tests.factories.grants import (
    Partners,
    agreed,
    begin,
    begun,
    granted,
    partners,
    read,
    sealed,
    wanted,
    withdraw,
)

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
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
    """A case in which nothing is written yet."""
    return opened(office)


def test_a_grant_ends_when_the_key_it_was_made_for_is_taken(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan, others.cendana)
    keys = PublicKey.objects.filter(owner=others.flamboyan.code, kind="member")
    keys.update(gone=local_day(AT))
    assert granting.end_over(at=AT) == 1
    [left] = Grant.objects.filter(ended_at__isnull=True)
    assert left.member_code == "cendana"


@pytest.mark.parametrize(("days", "ended"), [(59, 0), (60, 1)])
def test_a_grant_ends_when_its_case_may_go_to_the_archive(
    office: CaseOffice, others: Partners, case: Case, days: int, ended: int
) -> None:
    """There two people are needed to open it; one partner's key must not."""
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan)
    vault.rest(subjects=[case.code], team=case.team_code, at=AT)
    Consent.objects.update(until="2999-01-01")
    Grant.objects.update(until="2999-01-01")
    assert granting.end_over(at=AT + timedelta(days=days)) == ended


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"to":1}', b'{"to":{}}'])
def test_a_broken_statement_names_no_key(body: bytes) -> None:
    assert queries.keys_of([SignedStatement(body, b"0" * 64)]) == []


def test_what_the_new_grant_names_no_more_is_spent(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    """Who dropped a part may have kept its key."""
    consent = agreed(office, case, others.hospital)
    [old] = granted(office, consent, others.flamboyan)
    fewer = wanted(consent, others.flamboyan, LATER, comps=("identity",))
    new = vault.grant(
        by=office.melati,
        to=vault.Recipient(others.flamboyan, fewer.to),
        wanted=fewer,
        sealed=sealed(consent, others.flamboyan, LATER, comps=("identity",)),
        at=LATER,
    )
    vault.replace_grants(by=office.melati.actor, ended=[old], new=new, at=LATER)
    assert [one.comp for one in vault_queries.spent_of(case.code)] == ["care"]


def test_given_again_to_another_key_spends_what_the_first_opened(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan)
    Grant.objects.update(kid="anggota-flamboyan.00000000")
    granted(office, consent, others.flamboyan, at=LATER)
    assert {one.comp for one in vault_queries.spent_of(case.code)} == {"identity", "care"}


def test_a_restore_ends_every_grant_and_the_case_says_to_ask_again(
    office: CaseOffice, others: Partners, case: Case, client: Client
) -> None:
    consent = agreed(office, case, others.hospital)
    granted(office, consent, others.flamboyan, others.cendana)
    assert granting.end_all(by=COMMAND, at=LATER) == 2
    assert not GrantWrap.objects.exists()
    with pytest.raises(Forbidden):
        read(others.flamboyan, case, LATER)
    again = granted(office, consent, others.cendana, at=LATER)
    told = queries.given_of(case, local_day(LATER))[consent.sha]
    assert [one.row.member_code for one in told if one.put_back] == ["flamboyan"]
    assert [one.row for one in told if one.standing] == again
    Consent.objects.update(until="2999-01-01")
    signed_in(client, office.melati)
    page = client.get(f"/kantor/data/kasus/{case.code}/persetujuan/").content.decode()
    assert page.count("dipulihkan dari cadangan") == 1


@pytest.mark.django_db(databases=["default", "shred"], transaction=True)
def test_whoever_clears_the_end_in_the_database_gives_nothing_back(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    """With the wraps of an older copy too; and what is written from then on is not given on."""
    consent = agreed(office, case, others.hospital)
    [grant] = granted(office, consent, others.flamboyan)
    assert read(others.flamboyan, case) == []  # nothing is written yet, and it stands
    wraps = list(GrantWrap.objects.values())
    withdraw(office, consent, LATER)
    Consent.objects.update(withdrawn_at=None, withdrawn_by="")
    Grant.objects.update(ended_at=None)
    GrantWrap.objects.bulk_create(GrantWrap(**one) for one in wraps)

    bundle = vault_queries.granted_bundle(case.code, [grant], [])
    assert [one.wraps for one in bundle.compartments] == [(), ()]
    with pytest.raises(Forbidden):
        read(others.flamboyan, case, LATER)

    made, given = begun(case, office.melati)
    assert given == []
    wrapped = [NewWrap(b64(sha256(one.d)), grant.kid, bytes(1168)) for one in made]
    forced = [GivenOn(grant.name, one) for one in wrapped]
    with pytest.raises(Refused, match="readers"):
        granting.begin(by=office.melati, case=case, made=made, given=forced, at=LATER)
    granting.begin(by=office.melati, case=case, made=made, given=given, at=LATER)
    assert GrantWrap.objects.count() == len(wraps)


def test_a_crash_after_an_end_leaves_a_unit_key_until_the_next_beat(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    dead, alive = granted(office, consent, others.flamboyan, others.cendana)
    vault.end_grants(by=CLOCK, ended=[dead], at=LATER)  # what follows the commit never runs here
    assert {dead.name, alive.name} == set(units.named(units.GRANT))
    assert granting.end_over(at=LATER) == 0
    assert units.named(units.GRANT) == [alive.name]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
@pytest.mark.django_db(databases=["default", "shred"], transaction=True)
def test_an_end_waits_for_a_generation_that_begins_and_ends_that_too(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    consent = agreed(office, case, others.hospital)
    police = agreed(office, case, others.bakung.agency, purpose="share_police", comps=("identity",))
    granted(office, consent, others.flamboyan)
    [on] = granted(office, police, others.bakung)
    withdraw(office, consent, LATER)

    def end() -> None:
        vault.end_grants(by=CLOCK, ended=[on], at=LATER)
        connections.close_all()

    ending = Thread(target=end)
    with transaction.atomic():
        begin(office, case, LATER)
        ending.start()
        ending.join(0.5)
        assert ending.is_alive()
    ending.join()
    assert not GrantWrap.objects.exists()
    assert [one.comp for one in vault_queries.spent_of(case.code)] == ["identity"]
