"""A referral as a FHIR R4 bundle: valid in every state, and nothing of an identity in it."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.actions import guarding
from teduh.cases.words import ConsentBy, ConsentHow, GlassReason
from teduh.records.actions import consenting
from teduh.records.words import TakenBack
from teduh.services import fhir
from teduh.services.actions import referring
from teduh.services.actions.bundling import bundle_referral
from teduh.services.fhir import NotShared, Told
from teduh.services.models import Referral
from teduh.services.rules import ENDS, MOVES, REASONS
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened
from tests.factories.services import Partner, answered, partner, prepared, provider, sent
from tests.support.schemas import flaws

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "vectors" / "fhir-r4.schema.json").read_text(encoding="utf-8")
)
DAY = date(2026, 11, 24)
TOLD = Told(
    code="RJK-0000-0001",
    service="svc_medical",
    service_name="Layanan kesehatan",
    state="sent",
    reason="",
    band="high",
    child=False,
    office="Kantor contoh",
    provider="Rumah sakit contoh",
    provider_kind="hospital",
    sent=DAY,
    moved=DAY,
    purpose="share_health",
    agreed=DAY,
    until=DAY + timedelta(days=30),
    holds=True,
)


def made(**change: object) -> dict[str, Any]:
    ids = itertools.count(1)
    return fhir.bundle(
        replace(TOLD, **change),  # type: ignore[arg-type]
        datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
        lambda: f"00000000-0000-4000-8000-{next(ids):012}",
    )


def wrong(bundle: dict[str, Any]) -> list[str]:
    return flaws(bundle, SCHEMA, SCHEMA)


def of_kind(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    rows = [entry["resource"] for entry in bundle["entry"]]
    return [row for row in rows if row["resourceType"] == kind]


def every(value: object) -> Iterator[tuple[str, object]]:
    """Every name in a bundle with what stands under it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield name, one
            yield from every(one)
    if isinstance(value, list):
        for one in value:
            yield from every(one)


@pytest.mark.parametrize("state", sorted(set(MOVES) - {"drafted"}))
@pytest.mark.parametrize("band", ["extreme", "low"])
def test_every_state_is_valid_by_the_published_schema(state: str, band: str) -> None:
    reason = REASONS[state][0] if state in ENDS else ""
    assert wrong(made(state=state, reason=reason, band=band)) == []
    assert wrong(made(state=state, reason=reason, until=None, purpose="", holds=False)) == []


def break_it(bundle: dict[str, Any], how: str) -> None:
    task, [consent] = of_kind(bundle, "Task")[0], of_kind(bundle, "Consent")
    if how == "status":
        task["status"] = "silent"
    elif how == "missing":
        del consent["scope"]
    elif how == "unknown":
        task["case"] = "KSS-0000-0001"
    elif how == "date":
        task["authoredOn"] = "24/11/2026"
    elif how == "list":
        bundle["entry"] = bundle["entry"][0]
    elif how == "kind":
        bundle["entry"][0]["resource"]["resourceType"] = "Person"
    else:
        bundle["type"] = 7


@pytest.mark.parametrize("how", ["status", "missing", "unknown", "date", "list", "kind", "number"])
def test_the_schema_finds_what_is_wrong(how: str) -> None:
    bundle = made()
    break_it(bundle, how)
    assert wrong(bundle) != []


def test_who_is_referred_to_whom_and_how_far_it_came() -> None:
    bundle = made(state="refused", reason="full")
    patient, [request], [task] = (
        of_kind(bundle, kind) for kind in ("Patient", "ServiceRequest", "Task")
    )
    office, provider = of_kind(bundle, "Organization")
    assert set(patient[0]) == {"resourceType", "id", "meta"}
    assert request["subject"] == task["for"] == {"reference": f"urn:uuid:{patient[0]['id']}"}
    assert request["requester"] == {"reference": f"urn:uuid:{office['id']}"}
    assert task["owner"] == {"reference": f"urn:uuid:{provider['id']}"}
    assert (request["status"], task["status"], request["priority"]) == (
        "revoked",
        "rejected",
        "urgent",
    )
    assert task["statusReason"]["coding"][0]["code"] == "full"
    full = {entry["fullUrl"] for entry in bundle["entry"]}
    assert {
        one for name, one in every(bundle) if name == "reference" and isinstance(one, str)
    } < full


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, "R"),
        ({"child": True}, "V"),
        ({"service": "svc_visum"}, "V"),
        ({"service": "svc_shelter"}, "V"),
    ],
)
def test_every_resource_says_how_it_is_handled(change: dict[str, object], level: str) -> None:
    bundle = made(**change)
    for one in [bundle, *(entry["resource"] for entry in bundle["entry"])]:
        assert [label["code"] for label in one["meta"]["security"]][:2] == [level, "SDV"]
    assert bundle["meta"]["security"][2]["code"] == "NORDSCLCD"
    [consent] = of_kind(bundle, "Consent")
    assert [one["code"] for one in consent["provision"]["securityLabel"]] == [level, "SDV"]


def test_no_place_for_words_or_a_person_is_filled() -> None:
    names = {name for name, _one in every(made(state="refused", reason="full"))}
    assert not names & {
        "text", "note", "div", "description", "birthDate", "gender", "address", "telecom",
        "contact", "photo", "given", "family", "extension", "contained", "comment", "input",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_bundle_of_a_case_holds_no_identity_and_two_share_nothing_but_the_referral(
    office: CaseOffice,
) -> None:
    case = opened(office, person=cases.PersonFacts(sex="P", age_band="25-44"))
    row = answered(to := partner(contact="Contoh Narahubung", address="Jalan Contoh Rahasia"),
                   sent(office, case, to), "accepted")  # fmt: skip
    both = [bundle_referral(by=office.melati, referral=row, at=AT) for _ in range(2)]
    assert [wrong(one) for one in both] == [[], []]
    told = json.dumps(both[0])
    canaries = (
        case.code, "KSS-", "TDH-", office.melati.code, office.melati.name, to.member.name,
        "Contoh Mawar", "Contoh Narahubung", "Jalan Contoh Rahasia", "25-44", case.team_code,
    )  # fmt: skip
    assert [one for one in canaries if one in told] == []
    strings = [{one for _n, one in every(both[n]) if isinstance(one, str)} for n in (0, 1)]
    shared = {one for one in strings[0] & strings[1] if one.count("-") >= 4}
    assert shared == set()
    assert row.code in told
    assert Row.objects.filter(verb="referral.bundled", subject=case.code).count() == 2


@pytest.mark.django_db
def test_no_bundle_without_a_yes_that_holds(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    draft = prepared(office, case, to)
    with pytest.raises(NotShared):
        bundle_referral(by=office.melati, referral=draft, at=AT)
    row = prepared(office, opened(office), Partner(provider(), to.member))
    her_word = referring.Basis(None, ConsentBy.SELF, ConsentHow.SPOKEN, DAY)
    row = referring.send(by=office.melati, referral=row, basis=her_word, at=AT)
    assert wrong(bundle_referral(by=office.melati, referral=row, at=AT)) == []
    Referral.objects.filter(pk=row.pk).update(agreed_by=ConsentBy.DUTY)
    with pytest.raises(NotShared):
        bundle_referral(by=office.melati, referral=row, at=AT)
    row = sent(office, opened(office), to)
    with pytest.raises(NotShared):
        bundle_referral(by=office.melati, referral=row, at=AT + timedelta(days=60))
    assert row.consent
    consenting.withdraw_consent(
        by=office.melati, consent=row.consent, who=TakenBack.SURVIVOR, at=AT
    )
    row.refresh_from_db()
    with pytest.raises(NotShared):
        bundle_referral(by=office.melati, referral=row, at=AT)


@pytest.mark.django_db
def test_who_opened_the_case_only_in_need_takes_nothing_along(office: CaseOffice) -> None:
    case = opened(office)
    row = sent(office, case, partner())
    other = MemberFactory(role="officer", team=office.team)
    guarding.break_glass(by=other, case=case, reason=GlassReason.values[0], at=AT)
    for by in (other, office.outsider):
        with pytest.raises(Forbidden):
            bundle_referral(by=by, referral=row, at=AT)


@pytest.mark.django_db
def test_a_file_to_save_or_a_sentence_why_not(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row, client = sent(office, case, to), signed_in(Client(), office.melati)
    row.consent.__class__.objects.update(until=date(2099, 1, 1))
    answer = client.post(reverse("services:bundle", args=[case.code, row.code]))
    assert answer["Content-Type"] == "application/fhir+json"
    assert row.code in answer["Content-Disposition"]
    assert wrong(json.loads(answer.content)) == []
    draft = prepared(office, opened(office), to)
    no = client.post(reverse("services:bundle", args=[draft.case.code, draft.code]), follow=True)
    assert "selama ia setuju" in no.content.decode()
