"""One-time links: what one opens, for which device, how long; guessed, shared, replayed, taken back."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import openers
from teduh.cases.models import Case, Person
from teduh.lib.actors import COMMAND
from teduh.lib.timing import local_day
from teduh.outbox.models import Message
from teduh.records import queries
from teduh.records.actions import granting, linking
from teduh.records.actions.restoring import note_restore
from teduh.records.models import Consent
from teduh.records.rules import LINKS_MOST, NotHolding
from teduh.vault import actions as vault
from teduh.vault import demo, grants, units
from teduh.vault import queries as vault_queries
from teduh.vault.envelope import sign_statement
from teduh.vault.grants import read_link
from teduh.vault.models import Compartment, GrantWrap, PartnerLink, UnitKey
from teduh.vault.packages import b64, unb64
from teduh.vault.rules import LINK_TRIES, Refused, Tried
from tests.factories import signed_in
from tests.factories.cases import AT, SAFETY, CaseOffice, case_office, opened, sealed_item
from tests.factories.grants import Partners, agreed, begin, granted, partners, withdraw
from tests.factories.links import OTHER, PHONE, Held, grant_of, held, linked, texts, tried
from tests.support.at_once import together
from tests.vectors import link as vectors

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
NAME, PLAN, NEW_PLAN = '{"name":"Contoh Mawar"}', '{"bag":"Satu."}', '{"bag":"Dua."}'
LATER = AT + timedelta(hours=1)
WRONG = b"w" * 32


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
    Person.objects.filter(case=case).update(item=keep(office, case, "cases.person.card", NAME))
    keep(office, case, SAFETY, PLAN)
    keep(office, case, "cases.note.text", "Catatan kantor.")
    return case


@pytest.fixture
def consent(office: CaseOffice, others: Partners, case: Case) -> Consent:
    """A yes to name and plan for the hospital, thirty days."""
    return agreed(office, case, others.hospital)


def keep(office: CaseOffice, case: Case, what: str, text: str) -> str:
    """One more item of melati; its name."""
    item = sealed_item(case, what, text)
    vault.keep_items(by=office.melati.actor, subject=case.code, items=[item], at=AT)
    return item.item


def trail(case: Case) -> list[str]:
    """What the trail says of links, first to last."""
    rows = Row.objects.filter(subject=case.code, verb__startswith="partner_link.")
    return list(rows.order_by("number").values_list("verb", flat=True))


def test_a_link_opens_what_was_granted_on_the_device_that_opens_it_first(
    office: CaseOffice, case: Case, consent: Consent
) -> None:
    link = linked(office, consent)
    Message.objects.all().delete()  # what opening the case has told
    assert texts(link, tried(link).bundle) == [NAME, PLAN]  # never the office's own notes
    keep(office, case, SAFETY, NEW_PLAN)
    assert texts(link, tried(link, at=LATER).bundle) == [NAME, NEW_PLAN]  # a reload
    shared = tried(link, OTHER, LATER)
    assert (shared.tried, shared.bundle) == (Tried.ELSEWHERE, None)
    tried(link, OTHER, LATER)
    assert Message.objects.count() == 1  # whoever made it hears once
    [told] = queries.given_of(case, local_day(LATER))[consent.sha]
    assert told.link is not None
    assert (told.times, told.link.elsewhere, told.standing) == (2, 2, True)
    assert trail(case) == [
        "partner_link.opened",
        "partner_link.elsewhere",
        "partner_link.elsewhere",
    ]
    [line] = [one for one in openers.of_case(case) if one.agency == "RS Contoh"]
    assert (line.role, line.times) == ("pemegang tautan", 2)


def test_five_wrong_proofs_close_it_for_everybody(
    office: CaseOffice, case: Case, consent: Consent
) -> None:
    link = linked(office, consent)
    Message.objects.all().delete()  # what opening the case has told
    left = [tried(link, OTHER, auth=WRONG).left for _ in range(LINK_TRIES - 1)]
    assert left == [4, 3, 2, 1]
    assert tried(link, auth=link.keys.auth[:31]).tried == Tried.SPENT  # the fifth
    assert tried(link).tried == tried(link, auth=WRONG).tried == Tried.OVER
    assert trail(case) == ["partner_link.wrong"] * LINK_TRIES
    assert Message.objects.count() == 1
    assert not GrantWrap.objects.exists()
    assert vault_queries.spent_of(case.code) == []  # nobody has had its wraps
    [told] = queries.given_of(case, local_day(AT))[consent.sha]
    assert (told.shut, told.standing) == (True, False)


@pytest.mark.django_db(databases=["default", "shred"], transaction=True)
def test_wrong_proofs_and_new_devices_at_once_are_each_counted(
    office: CaseOffice, consent: Consent
) -> None:
    link, other = linked(office, consent), linked(office, consent)
    guesses = together([partial(tried, link, OTHER, auth=WRONG)] * 8)
    assert sorted(one.left for one in guesses if one.tried != Tried.OVER) == [0, 1, 2, 3, 4]
    assert tried(link).tried == Tried.OVER
    devices = [partial(tried, other, bytes([number]) * 32) for number in range(6)]
    opened = [one.tried for one in together(devices)]
    assert (opened.count(Tried.OPEN), opened.count(Tried.ELSEWHERE)) == (1, 5)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
@pytest.mark.django_db(databases=["default", "shred"], transaction=True)
def test_what_is_opened_while_it_is_ended_is_spent(
    office: CaseOffice, case: Case, consent: Consent
) -> None:
    link = linked(office, consent)

    def end() -> None:
        vault.end_grants(by=COMMAND, ended=[grant_of(link)], at=AT)
        connections.close_all()

    ends = Thread(target=end)
    with transaction.atomic():
        assert tried(link).tried == Tried.OPEN
        ends.start()
        ends.join(timeout=0.2)
    ends.join()
    assert tried(link).tried == Tried.OVER
    assert {one.comp for one in vault_queries.spent_of(case.code)} == set(consent.parts)


def test_a_right_proof_does_not_forgive_wrong_ones(office: CaseOffice, consent: Consent) -> None:
    link = linked(office, consent)
    for _ in range(LINK_TRIES - 1):
        tried(link, OTHER, auth=WRONG)
    assert tried(link).tried == Tried.OPEN
    assert tried(link, OTHER, auth=WRONG).tried == Tried.SPENT
    assert tried(link).tried == Tried.OVER


@pytest.mark.django_db(databases=["default", "shred"], transaction=True)
def test_it_ends_with_the_consent_at_once_and_in_every_backup(
    office: CaseOffice, case: Case, consent: Consent
) -> None:
    link = linked(office, consent)
    tried(link)
    assert UnitKey.objects.filter(unit=units.of_grant(link.name)).exists()
    withdraw(office, consent, LATER)
    assert tried(link, at=LATER).tried == Tried.OVER
    assert not queries.still_linked(link.name, PHONE, LATER)
    assert not GrantWrap.objects.exists()
    assert not UnitKey.objects.filter(unit=units.of_grant(link.name)).exists()
    with pytest.raises(Refused, match="generation"):
        keep(office, case, SAFETY, NEW_PLAN)


def test_it_ends_a_day_after_it_was_opened_and_a_week_after_it_was_made(
    office: CaseOffice, consent: Consent
) -> None:
    link, waiting = linked(office, consent), linked(office, consent)
    tried(link)
    day, week = AT + timedelta(hours=24), AT + timedelta(days=8)
    assert tried(link, at=day - timedelta(seconds=1)).tried == Tried.OPEN
    assert tried(link, at=day).tried == Tried.OVER
    assert granting.end_over(at=day - timedelta(seconds=1)) == 0
    assert granting.end_over(at=day) == 1
    assert grant_of(waiting).until == local_day(AT) + timedelta(days=7)
    assert granting.end_over(at=week - timedelta(days=1)) == 0
    assert tried(waiting, at=week).tried == Tried.OVER
    assert granting.end_over(at=week) == 1
    assert not GrantWrap.objects.exists()


def test_it_lasts_no_longer_than_its_consent(
    office: CaseOffice, others: Partners, case: Case
) -> None:
    short = agreed(office, case, others.hospital, until=local_day(AT) + timedelta(days=2))
    assert grant_of(linked(office, short)).until == short.until


def test_an_officer_ends_one_link_and_leaves_the_others(
    office: CaseOffice, consent: Consent
) -> None:
    link, other = linked(office, consent), linked(office, consent)
    act: dict[str, Any] = {"consent": consent, "name": link.name, "at": LATER}
    with pytest.raises(Forbidden):
        linking.end_link(by=office.outsider, **act)
    assert linking.end_link(by=office.melati, **act) == 1
    assert linking.end_link(by=office.melati, **act) == 0
    assert tried(link, at=LATER).tried == Tried.OVER
    assert tried(other, at=LATER).tried == Tried.OPEN


def test_a_restore_ends_it_and_none_is_made_before_all_was_gone_through(
    office: CaseOffice, consent: Consent
) -> None:
    link = linked(office, consent)
    granting.end_all(by=COMMAND, at=LATER)
    assert tried(link, at=LATER).tried == Tried.OVER
    note_restore(backup_at=AT, at=LATER)
    with pytest.raises(NotHolding):
        linked(office, consent, LATER)


def test_what_was_opened_is_read_on_after_somebody_elses_withdrawal(
    office: CaseOffice, others: Partners, case: Case, consent: Consent
) -> None:
    police = agreed(office, case, others.bakung.agency, purpose="share_police", comps=("identity",))
    granted(office, police, others.bakung)
    link = linked(office, consent)
    tried(link)
    withdraw(office, police, LATER)
    begin(office, case, LATER)
    card = keep(office, case, "cases.person.card", '{"name":"Contoh Baru"}')
    Person.objects.filter(case=case).update(item=card)
    assert texts(link, tried(link, at=LATER).bundle) == [PLAN, '{"name":"Contoh Baru"}']
    assert Compartment.objects.filter(subject=case.code, comp="identity", gen=2).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"comps": ("identity", "work")},
        {"comps": ("identity",)},
        {"subject": "KSS-0000-0001"},
        {"inst": "kota-lain"},
        {"purpose": "share_police"},
        {"consent": "A" * 43},
        {"until": local_day(AT) + timedelta(days=8)},
        {"day": local_day(AT) - timedelta(days=1)},
        {"to": "tautan.00000000"},
        {"key": "A" * 43},
        {"key": ""},  # a grant to somebody whom the list names
    ],
)
def test_a_link_that_says_anything_else_is_not_kept(
    office: CaseOffice, consent: Consent, change: dict[str, Any]
) -> None:
    good = held(consent)
    said = json.loads(good.made.grant.statement.body)
    wanted = queries.wanted_by_link(office.melati, consent, good.made, AT)
    body = grants.body(replace(wanted, **change), said["id"], said["by"])
    label = replace(wanted, **change).label
    sig = sign_statement(demo.seed("sign:melati"), label, body)
    statement = replace(good.made.grant.statement, body=body, sig=sig)
    bad = replace(good.made.grant, statement=statement, said=json.loads(body))
    with pytest.raises(Refused):
        linking.make_link(
            by=office.melati, consent=consent, made=replace(good.made, grant=bad), at=AT
        )
    assert not PartnerLink.objects.exists()


def test_only_whoever_signed_it_under_a_consent_that_holds_makes_one_and_not_without_end(
    office: CaseOffice, consent: Consent
) -> None:
    good = held(consent)
    act: dict[str, Any] = {"consent": consent, "at": AT}
    with pytest.raises(Refused, match="author"):
        linking.make_link(by=office.supervisor, made=good.made, **act)
    with pytest.raises(Refused, match="statement"):  # wrapped to another key than it names
        other = held(consent).made
        linking.make_link(by=office.melati, made=replace(good.made, key=other.key), **act)
    with pytest.raises(Forbidden):
        linking.make_link(by=office.outsider, made=good.made, **act)
    for _ in range(LINKS_MOST):
        linked(office, consent)
    with pytest.raises(Refused, match="many"):
        linking.make_link(by=office.melati, made=good.made, **act)
    withdraw(office, consent, LATER)
    with pytest.raises(NotHolding):
        linked(office, consent, LATER)


def test_a_row_without_its_unit_key_opens_nothing(office: CaseOffice, consent: Consent) -> None:
    """Whoever writes the database alone gives nothing back, and makes nothing open again."""
    link = linked(office, consent)
    withdraw(office, consent, LATER)
    units.destroy([units.of_grant(link.name)])
    Consent.objects.update(withdrawn_at=None, withdrawn_by="")
    row = grant_of(link)
    row.ended_at = None
    row.save()
    assert tried(link, at=LATER).tried == Tried.OVER


def lasting(consent: Consent) -> Consent:
    """The same consent with a day that is not over for views, which ask what time it is."""
    Consent.objects.update(until="2999-01-01")
    consent.refresh_from_db()
    consent.sha = queries.hash_of(consent)
    consent.save()
    return consent


def test_the_page_of_a_link_gives_nothing_without_the_proof_and_sets_no_cookie_before(
    office: CaseOffice, consent: Consent
) -> None:
    link = linked(office, lasting(consent), timezone.now())
    page, phone, other = f"/mitra/{link.name}/", Client(), Client()
    assert phone.get(f"/mitra/{'A' * 22}/").status_code == 404
    asked = phone.get(page)
    assert (asked.status_code, asked.cookies, asked["Cache-Control"]) == (200, {}, "no-store")
    assert consent.case.code not in asked.content.decode()
    assert phone.get(f"{page}masih/").status_code == 404
    wrong = phone.post(page, {"auth": b64(WRONG)})
    assert (wrong.status_code, wrong.json(), wrong.cookies) == (403, {"left": 4}, {})
    right = {"auth": b64(link.keys.auth)}
    answer = phone.post(page, right)
    cookie = next(iter(answer.cookies.values()))
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 86400)
    assert len(answer.json()["bundle"]["items"]) == 2
    assert "Contoh Mawar" not in answer.content.decode()
    assert phone.get(f"{page}masih/").status_code == 204
    assert phone.post(page, right).status_code == 200
    replayed = other.post(page, right)
    assert (replayed.status_code, replayed.cookies) == (409, {})
    assert other.get(f"{page}masih/").status_code == 404
    withdraw(office, consent, timezone.now())
    assert phone.get(f"{page}masih/").status_code == 404
    assert phone.post(page, right).status_code == 410
    assert phone.get(page).status_code == 404


@pytest.mark.parametrize("planted", [b"p" * 32, b"p", b"p" * 2_000])
def test_a_link_is_bound_to_nothing_that_a_browser_brings(
    office: CaseOffice, consent: Consent, planted: bytes
) -> None:
    """Whoever can plant a cookie, and hears the words later, has the same cookie at home."""
    link = linked(office, lasting(consent), timezone.now())
    page, right, name = (
        f"/mitra/{link.name}/",
        {"auth": b64(link.keys.auth)},
        f"teduh_tautan_{link.name[:8]}",
    )
    hers, planter = Client(), Client()
    for browser in (hers, planter):
        browser.cookies[name] = b64(planted)
    told = hers.post(page, right)
    assert (told.status_code, len(unb64(told.cookies[name].value))) == (200, 32)
    assert told.cookies[name].value != b64(planted)
    assert hers.post(page, right).status_code == 200  # a reload
    assert planter.post(page, right).status_code == 409
    assert planter.get(f"{page}masih/").status_code == 404


def test_no_link_opens_what_is_shown_only_at_a_conference(
    office: CaseOffice, consent: Consent, client: Client
) -> None:
    shown = f"/kantor/data/kasus/{consent.case.code}/persetujuan/"
    signed_in(client, office.melati)
    assert "data-link" in client.get(shown).content.decode()
    Consent.objects.update(purpose="conference")
    consent.refresh_from_db()
    consent.sha = queries.hash_of(consent)
    consent.save()
    with pytest.raises(Refused, match="purpose"):
        linked(office, consent)
    assert not PartnerLink.objects.exists()
    assert "data-link" not in client.get(shown).content.decode()


def test_an_officer_makes_and_ends_one_by_the_pages(
    office: CaseOffice, consent: Consent, client: Client
) -> None:
    signed_in(client, office.melati)
    link = held(lasting(consent), timezone.now())
    base = f"/kantor/data/kasus/{consent.case.code}/persetujuan/{consent.number}/tautan/"
    assert client.post(base, {"link": "{}"}).status_code == 409
    made = client.post(base, {"link": as_sent(link)})
    assert made.json()["address"].endswith(f"/mitra/{link.name}/")
    assert client.post(base, {"link": as_sent(link)}).status_code == 409  # the same again
    client.post(f"{base}{link.name}/cabut/")
    assert tried(link, at=timezone.now()).tried == Tried.OVER


def as_sent(link: Held) -> str:
    """A link as a browser sends it."""
    grant = link.made.grant
    wraps = [{"cmp": one.cmp, "kid": one.kid, "w": b64(one.w)} for one in grant.wraps]
    statement = {"body": b64(grant.statement.body), "sig": b64(grant.statement.sig)}
    told = {
        "granted": {**statement, "wraps": wraps},
        "key": b64(link.made.key),
        "auth": b64(link.made.auth),
    }
    assert read_link(json.dumps(told)).grant.statement == grant.statement
    return json.dumps(told)


def test_the_example_of_a_link_comes_out_the_same_again() -> None:
    assert json.loads(vectors.PLACE.read_text(encoding="utf-8")) == vectors.everything()
