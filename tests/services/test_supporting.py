"""Economic support: nobody decides on their own asking, nothing is paid that is not there, nor twice."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.models import Conflict, Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.cases.rules import SameHand
from teduh.funding.rules import Balance, NotAnAmount, NotEnough
from teduh.services import instalments
from teduh.services.actions import supporting as actions
from teduh.services.instalments import WrongEnd
from teduh.services.models import Support
from teduh.services.queries import supporting as queries
from teduh.services.rules import Changed
from teduh.services.support_words import (
    IncomeLost,
    Relation,
    SupportOutcome,
    SupportRefusal,
)
from teduh.sop.models import Promise
from tests.factories import AgencyFactory, MemberFactory
from tests.factories.cases import AT, CaseOffice, opened, sealed_item
from tests.factories.money import a_line, proven
from tests.factories.sop import adopt_next
from tests.factories.supports import DAY, PAPER, approved, asked, asking, assessed, keeper

pytestmark = pytest.mark.django_db(databases=["default", "shred"])


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case that goes on."""
    return opened(office)


@pytest.fixture
def head(office: CaseOffice) -> Member:
    """Who keeps the money."""
    return keeper(office)


def test_support_is_given_paid_in_parts_and_ends(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row = approved(office, case, head, amount=1_000_000)
    assert [one.amount for one in row.payments.all()] == [333_334, 333_333, 333_333]
    assert proven(row.line).balance == Balance(2_000_000, 1_000_000, 0)
    for number in (1, 2, 3):
        actions.pay(by=head, support=row, number=number, paper=PAPER, at=AT)
    ended = actions.end(by=head, support=row, outcome=SupportOutcome.MET, at=AT)
    assert (ended.state, ended.outcome) == ("ended", "met")
    assert queries.paid_of(ended) == 1_000_000
    assert proven(row.line).balance == Balance(2_000_000, 0, 1_000_000)


def test_each_step_is_in_the_trail_of_the_case(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row = approved(office, case, head)
    actions.pay(by=head, support=row, number=1, paper=PAPER, at=AT)
    actions.end(by=office.melati, support=row, outcome=SupportOutcome.STANDS, at=AT)
    told = Row.objects.filter(subject=case.code, verb__startswith="support.").order_by("number")
    assert [one.verb.partition(".")[2] for one in told] == [
        *("asked", "assessed", "approved", "paid", "ended")
    ]
    assert all(row.code in one.detail for one in told)


def test_what_is_not_paid_goes_back_when_it_ends(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row = approved(office, case, head)
    actions.pay(by=head, support=row, number=1, paper=PAPER, at=AT)
    actions.end(by=office.melati, support=row, outcome=SupportOutcome.UNSAFE, at=AT)
    assert proven(row.line).balance == Balance(2_000_000, 0, 300_000)
    for act in (
        lambda: actions.pay(by=head, support=row, number=2, paper=PAPER, at=AT),
        lambda: actions.end(by=head, support=row, outcome=SupportOutcome.MET, at=AT),
    ):
        with pytest.raises(Changed):
            act()


def test_who_asked_or_assessed_neither_decides_nor_pays(office: CaseOffice, case: Case) -> None:
    lead = office.supervisor
    line = a_line(lead, planned=2_000_000)
    own = actions.ask(by=lead, case=case, asking=asking(), at=AT)
    found = actions.Found(IncomeLost.PART, 1)
    actions.assess(by=office.melati, support=own, found=found, items=[], at=AT)
    others = asked(office, case)
    actions.assess(by=lead, support=others, found=found, items=[], at=AT)
    for row in (own, others):
        with pytest.raises(SameHand):
            actions.approve(by=lead, support=row, line=line, at=AT)
        with pytest.raises(SameHand):
            actions.refuse(by=lead, support=row, reason=SupportRefusal.NO_MONEY, at=AT)
        with pytest.raises(DatabaseError), transaction.atomic():
            Support.objects.filter(pk=row.pk).update(decider=lead)
    given = actions.approve(by=keeper(office), support=own, line=line, at=AT)
    with pytest.raises(SameHand):
        actions.pay(by=lead, support=given, number=1, paper=PAPER, at=AT)
    assert proven(line).spent == 0


def test_nobody_who_ever_assessed_it_decides_or_pays(office: CaseOffice, case: Case) -> None:
    lead, found = office.supervisor, actions.Found(IncomeLost.PART, 1)
    row = asked(office, case)
    for _again in range(2):
        row = actions.assess(by=lead, support=row, found=found, items=[], at=AT)
    with pytest.raises(SameHand):
        actions.assess(by=office.melati, support=row, found=found, items=[], at=AT)
    assert Support.objects.get(pk=row.pk).assessor == lead
    line = a_line(lead, planned=2_000_000)
    given = actions.approve(by=keeper(office), support=row, line=line, at=AT)
    with pytest.raises(SameHand):
        actions.pay(by=lead, support=given, number=1, paper=PAPER, at=AT)
    assert proven(line).spent == 0


def test_only_who_keeps_this_agencys_money_decides(office: CaseOffice, case: Case) -> None:
    row = assessed(office, case)
    stranger = MemberFactory(role="head", agency=AgencyFactory())
    for by in (stranger, office.outsider):
        with pytest.raises(Forbidden):
            actions.refuse(by=by, support=row, reason=SupportRefusal.NO_MONEY, at=AT)
        assert queries.one_kept(by, row.code) is None


def test_whom_a_conflict_keeps_from_the_case_it_keeps_from_its_support(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row = assessed(office, case)
    told = {"subject": case.code, "root": case.code, "team_code": case.team_code}
    Conflict.objects.create(**told, member=head, kind="family", told_by=head, day=DAY)
    barred = Member.objects.get(pk=head.pk)
    assert queries.one_kept(barred, row.code) is None
    assert not queries.listed(barred, "").exists()
    with pytest.raises(Forbidden):
        actions.refuse(by=barred, support=row, reason=SupportRefusal.NO_MONEY, at=AT)


def test_a_line_without_enough_gives_nothing_and_changes_nothing(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row = assessed(office, case)
    line = a_line(head, planned=899_999)
    with pytest.raises(NotEnough):
        actions.approve(by=head, support=row, line=line, at=AT)
    row.refresh_from_db()
    assert (row.state, row.decider, row.payments.count()) == ("assessed", None, 0)
    assert proven(line).committed == 0


def test_what_was_refused_may_be_asked_for_again(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row = assessed(office, case)
    actions.refuse(by=head, support=row, reason=SupportRefusal.NO_MONEY, at=AT)
    with pytest.raises(Changed):
        actions.approve(by=head, support=row, line=a_line(head, planned=2_000_000), at=AT)
    assert approved(office, case, head).state == "approved"


@pytest.mark.parametrize("days", [-1, 367])
def test_support_is_for_a_while(office: CaseOffice, case: Case, days: int) -> None:
    with pytest.raises(WrongEnd):
        asked(office, case, until=DAY + timedelta(days=days))
    with pytest.raises(NotAnAmount):
        asked(office, case, amount=0)
    assert not Support.objects.exists()


def test_a_decision_is_promised_of_each_request_and_met_by_its_own(
    office: CaseOffice, case: Case, head: Member
) -> None:
    adopt_next(office.team, since=DAY)
    first, second, third = (assessed(office, case) for _number in range(3))
    promised = Promise.objects.filter(subject=case.code, step="support_decision")
    assert {one.about for one in promised} == {first.code, second.code, third.code}
    actions.refuse(by=head, support=first, reason=SupportRefusal.NO_MONEY, at=AT)
    actions.end(by=office.melati, support=second, outcome=SupportOutcome.HER_CHOICE, at=AT)
    assert promised.get(about=first.code).met_at
    assert promised.get(about=second.code).ended == "no_need"
    assert promised.running().get().about == third.code


def test_the_household_is_named_apart_and_its_name_is_sealed(
    office: CaseOffice, case: Case
) -> None:
    item = sealed_item(case, actions.NAME, "Contoh Melur")
    child = actions.name_beneficiary(
        by=office.melati,
        case=case,
        relation=Relation.CHILD,
        age_band="6-12",
        items=[item],
        at=AT,
    )
    row = asked(office, case, beneficiary=child)
    assert (row.beneficiary, child.item) == (child, item.item)
    assert case.people.count() == 1
    with pytest.raises(Forbidden):
        asked(office, opened(office), beneficiary=child)


def test_after_a_merge_it_goes_on_in_the_case_that_stays(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row, stays = approved(office, case, head), opened(office)
    Case.objects.filter(pk=case.pk).update(
        merged_into=stays, state="closed", closed_for="merged", closed_day=DAY
    )
    row = Support.objects.get(pk=row.pk)
    actions.pay(by=head, support=row, number=1, paper=PAPER, at=AT)
    assert queries.supports_of(stays) == [row]
    actions.end(by=office.melati, support=row, outcome=SupportOutcome.MET, at=AT)
    assert Row.objects.filter(subject=stays.code, verb="support.ended").exists()


def test_money_of_an_erased_case_can_still_be_given_back(
    office: CaseOffice, case: Case, head: Member
) -> None:
    row = approved(office, case, head)
    Case.objects.filter(pk=case.pk).update(erased_day=DAY)
    row = Support.objects.get(pk=row.pk)
    with pytest.raises(Forbidden):
        actions.end(by=office.melati, support=row, outcome=SupportOutcome.MET, at=AT)
    actions.end(by=head, support=row, outcome=SupportOutcome.MET, at=AT)
    assert proven(row.line).balance.left == 2_000_000


@given(amount=st.integers(1, 10**12), parts=st.integers(1, 12))
def test_instalments_are_whole_and_together_the_amount(amount: int, parts: int) -> None:
    each = instalments.split(amount, parts)
    assert sum(each) == amount
    assert min(each) > 0
    assert max(each) - min(each) <= 1
    assert len(each) == min(parts, amount)


@given(days=st.integers(0, 366), parts=st.integers(1, 12))
def test_the_first_is_due_at_once_and_none_after_the_end(days: int, parts: int) -> None:
    until = DAY + timedelta(days=days)
    due = instalments.due_days(DAY, until, parts)
    assert due[0] == DAY
    assert due == sorted(due)
    assert due[-1] <= until
