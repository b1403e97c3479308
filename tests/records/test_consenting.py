"""Consent: who may give it, for what, until when; and that it ends the moment it is taken back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.models import Agency
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.models import Case, Person
from teduh.cases.rules import WrongMove
from teduh.cases.words import ConsentBy, ConsentHow, GlassReason, PersonRole
from teduh.lib.timing import local_day
from teduh.records import queries, rules
from teduh.records.actions import consenting as actions
from teduh.records.models import Consent
from teduh.records.rules import NEEDED, SERVES, Asked, lacks
from teduh.records.words import Duty, Lacks, Purpose, TakenBack, Tie
from tests.factories import AgencyFactory, signed_in
from tests.factories.cases import AT, CaseOffice, at_state, opened

TODAY = local_day(AT)
SELF, GUARDIAN, DUTY = (str(one) for one in ConsentBy)
ADULT = Asked(
    given_by=SELF,
    day=TODAY,
    until=TODAY + timedelta(days=30),
    today=TODAY,
    purpose="share_health",
    agency_kind="health",
    comps=("identity", "medical"),
    child=False,
)
CHILD = replace(ADULT, given_by=GUARDIAN, child=True, tie="apart", child_agrees=True)
BY_DUTY = replace(CHILD, given_by=DUTY, tie="", duty="life", responsible=True)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (ADULT, []),
        (CHILD, []),
        (BY_DUTY, []),
        (replace(BY_DUTY, child=False, child_agrees=False), []),
        (replace(ADULT, child=True), ["child_alone"]),
        (replace(CHILD, child=False), ["no_child"]),
        (replace(CHILD, tie="accused"), ["conflict"]),
        (replace(CHILD, tie="household"), ["conflict"]),
        (replace(CHILD, accused=True), ["conflict"]),  # whatever was said about the tie
        (replace(CHILD, tie="unsure"), ["unsure"]),
        (replace(CHILD, tie=""), ["unsure"]),
        (replace(CHILD, child_agrees=False), ["child_unasked"]),
        (replace(CHILD, child_agrees=False, youngest=True), []),
        (replace(CHILD, tie="household", child_agrees=False), ["conflict", "child_unasked"]),
        (replace(BY_DUTY, duty=""), ["no_duty"]),
        (replace(BY_DUTY, responsible=False), ["not_responsible"]),
        (replace(ADULT, comps=()), ["nothing"]),
        (replace(ADULT, comps=("identity", "legal")), ["needless"]),
        (replace(ADULT, comps=("work",)), ["needless"]),
        (replace(ADULT, purpose="conference", comps=("medical", "care")), []),
        (replace(ADULT, purpose="conference", comps=("legal",)), ["needless"]),
        (replace(ADULT, agency_kind="police"), ["wrong_agency"]),
        (replace(ADULT, agency_kind="office"), ["wrong_agency"]),
        (replace(ADULT, purpose="anything"), ["needless", "wrong_agency"]),
        (replace(ADULT, day=TODAY + timedelta(days=1)), ["later"]),
        (replace(ADULT, until=TODAY), []),
        (replace(ADULT, until=TODAY - timedelta(days=1)), ["too_long"]),
        (replace(ADULT, until=TODAY + timedelta(days=180)), []),
        (replace(ADULT, until=TODAY + timedelta(days=181)), ["too_long"]),
    ],
)
def test_who_may_consent_to_what(told: Asked, expected: list[str]) -> None:
    assert lacks(told) == expected
    assert all(one in Lacks.values for one in expected)


@given(
    st.sampled_from(["accused", "household", "unsure", "", "apart"]),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_an_accused_and_who_lives_with_them_never_consent(
    tie: str, rest: tuple[bool, bool, bool]
) -> None:
    agrees, youngest, accused = rest
    told = replace(CHILD, tie=tie, child_agrees=agrees, youngest=youngest, accused=accused)
    kept_out = tie != "apart" or accused
    assert bool({"conflict", "unsure"} & set(lacks(told))) is kept_out


def test_no_purpose_needs_the_notes_of_the_office_and_each_is_served_by_somebody() -> None:
    assert set(NEEDED) == set(SERVES) == set(Purpose.values)
    assert all("work" not in comps for comps in NEEDED.values())
    kinds = {kind for some in SERVES.values() for kind in some}
    assert kinds <= set(AgencyKind.values) - {"office", "city_it", "inspectorate"}
    assert {comp for comps in NEEDED.values() for comp in comps} == set(queries.part_labels())


def told(agency: Agency, **other: Any) -> actions.Told:
    """Her own yes for thirty days."""
    usual: dict[str, Any] = {
        "agency": agency,
        "purpose": Purpose.HEALTH,
        "comps": ("identity", "medical"),
        "given_by": ConsentBy.SELF,
        "how": ConsentHow.SPOKEN,
        "day": TODAY,
        "until": TODAY + timedelta(days=30),
    }
    return actions.Told(**{**usual, **other})


def keep(office: CaseOffice, case: Case, agency: Agency, **other: Any) -> Consent:
    return actions.keep_consent(by=office.melati, case=case, told=told(agency, **other), at=AT)


def hospital() -> Agency:
    return AgencyFactory(kind=AgencyKind.HEALTH, name="RS Contoh")


def of_a_child(office: CaseOffice) -> Case:
    case = opened(office)
    Case.objects.filter(pk=case.pk).update(child=True)
    return Case.objects.get(pk=case.pk)


databases = pytest.mark.django_db(databases=["default", "shred"])


@databases
def test_a_consent_is_written_down_with_its_line(office: CaseOffice) -> None:
    case, agency = opened(office), hospital()
    row = keep(office, case, agency)
    assert (row.number, row.parts, row.child_agrees) == (1, ("identity", "medical"), False)
    line = Row.objects.get(verb="consent.given")
    assert line.subject == case.code
    assert f'"to":"{agency.code}"' in line.detail
    [shown] = queries.consents_of(case, TODAY)
    assert (shown.state, len(shown.parts)) == ("holding", 2)
    [later] = queries.consents_of(case, row.until + timedelta(days=1))
    assert later.state == "over"


@databases
def test_what_does_not_count_is_not_kept(office: CaseOffice) -> None:
    case, agency = of_a_child(office), hospital()
    accused = Person.objects.create(case=case, number=9, role=PersonRole.ACCUSED)
    by_guardian: dict[str, Any] = {
        "given_by": ConsentBy.GUARDIAN,
        "tie": Tie.APART,
        "child_agrees": True,
    }
    for other, why in (
        ({}, "child_alone"),
        ({**by_guardian, "guardian": accused}, "conflict"),
        ({**by_guardian, "tie": Tie.HOUSEHOLD}, "conflict"),
        ({**by_guardian, "child_agrees": False}, "child_unasked"),
        ({"given_by": ConsentBy.DUTY, "duty": Duty.LIFE}, "not_responsible"),
    ):
        with pytest.raises(rules.NoConsent) as refused:
            keep(office, case, agency, **other)
        assert refused.value.lacks == (why,)
    assert not Consent.objects.exists()
    assert keep(office, case, agency, **by_guardian).tie == Tie.APART


@databases
def test_the_supervisor_answers_for_it_where_the_law_asks(office: CaseOffice) -> None:
    case = of_a_child(office)
    by_law = told(hospital(), given_by=ConsentBy.DUTY, duty=Duty.CHILD)
    row = actions.keep_consent(by=office.supervisor, case=case, told=by_law, at=AT)
    assert (row.duty, row.tie) == (Duty.CHILD, "")


@databases
def test_a_guardian_who_is_accused_later_opens_nothing_from_then_on(office: CaseOffice) -> None:
    case = of_a_child(office)
    uncle = Person.objects.create(case=case, number=9, role=PersonRole.HOUSEHOLD)
    agreed: dict[str, Any] = {"given_by": ConsentBy.GUARDIAN, "tie": Tie.APART}
    keep(office, case, hospital(), guardian=uncle, child_agrees=True, **agreed)
    Person.objects.filter(pk=uncle.pk).update(role=PersonRole.ACCUSED)
    [shown] = queries.consents_of(case, TODAY)
    assert shown.state == "void"
    assert not Consent.objects.holding(TODAY).exists()


@databases
def test_the_table_itself_holds_no_consent_of_an_accused(office: CaseOffice) -> None:
    row = keep(office, opened(office), hospital())
    for wrong in (
        {"given_by": "guardian", "tie": "accused"},
        {"given_by": "guardian", "tie": "household"},
        {"given_by": "guardian", "tie": ""},
        {"given_by": "duty"},
        {"until": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=row.pk).update(**wrong)


@databases
def test_withdrawal_works_at_once_and_once(office: CaseOffice) -> None:
    case, agency = opened(office), hospital()
    row = keep(office, case, agency)
    with pytest.raises(rules.AlreadyAsked):
        keep(office, case, agency)
    take_back: dict[str, Any] = {"consent": row, "who": TakenBack.SURVIVOR}
    actions.withdraw_consent(by=office.melati, at=AT, **take_back)
    again = actions.withdraw_consent(by=office.melati, at=AT + timedelta(hours=1), **take_back)
    assert again.withdrawn_at == AT
    assert Row.objects.filter(verb="consent.withdrawn").count() == 1
    assert not Consent.objects.holding(TODAY).exists()
    assert keep(office, case, agency).number == 2


@databases
def test_only_who_walks_with_the_case_gives_and_takes_back(office: CaseOffice) -> None:
    case, agency = opened(office), hospital()
    row = keep(office, case, agency)
    cases.break_glass(by=office.outsider, case=case, reason=GlassReason.DANGER, at=AT)
    with pytest.raises(Forbidden):
        yes = told(agency, purpose=Purpose.PSYCH, comps=("care",))
        actions.keep_consent(by=office.outsider, case=case, told=yes, at=AT)
    with pytest.raises(Forbidden):
        actions.withdraw_consent(by=office.outsider, consent=row, who=TakenBack.OFFICE, at=AT)
    with pytest.raises(WrongMove):
        keep(office, at_state(case, "closed"), agency, purpose=Purpose.PSYCH, comps=("care",))


@databases
def test_the_page_keeps_what_was_typed_and_says_why(office: CaseOffice, client: Client) -> None:
    case, agency = opened(office), hospital()
    signed_in(client, office.melati)
    path = f"/kantor/data/kasus/{case.code}/persetujuan/"
    today = date.today()
    sent = {
        "agency": str(agency.pk),
        "purpose": "share_police",
        "comps": ["identity"],
        "given_by": "self",
        "how": "phone",
        "day": str(today),
        "until": str(today + timedelta(days=20)),
    }
    refused = client.post(path, sent)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "tidak melayani tujuan itu" in page
    assert f'value="{today + timedelta(days=20)}"' in page
    asks = sent | {"purpose": "share_health"}
    longer = client.post(path, asks | {"until": str(today + timedelta(days=181))})
    assert "paling lama 180 hari" in longer.content.decode()
    assert client.post(path, asks).status_code == 302
    row = Consent.objects.get()
    printed = client.get(f"{path}{row.number}/cetak/").content.decode()
    assert "RS Contoh" in printed
    assert "menarik persetujuan ini kapan saja" in printed
    assert client.post(f"{path}{row.number}/tarik/", {"who": ""}).status_code == 422
    assert client.post(f"{path}{row.number}/tarik/", {"who": "survivor"}).status_code == 302
    assert Consent.objects.get().withdrawn_by == TakenBack.SURVIVOR
