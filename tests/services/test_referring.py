"""The office's side of a referral: nothing goes out without her yes, nothing is lost that came to
nothing.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases import rules as case_rules
from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow, GlassReason, MergeReason
from teduh.lib.timing import local_day
from teduh.outbox.models import Message
from teduh.records.actions import consenting
from teduh.records.words import Purpose, TakenBack
from teduh.services import rules
from teduh.services.actions import referring as actions
from teduh.services.actions.silence import look_at_referrals
from teduh.services.models import Referral, ReferralStep
from teduh.services.queries import referring as queries
from teduh.services.words import Need, Reason, State, Told, Way
from teduh.sop.models import Promise
from tests.factories.cases import AT, CaseOffice, at_state, opened
from tests.factories.services import (
    SERVICE,
    agreed,
    answered,
    partner,
    prepared,
    provider,
    said,
    sent,
)
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
LATE = AT + timedelta(days=4)  # longer than any partner may be silent


def verbs(code: str) -> list[str]:
    """What the trail says of referrals of a case, the oldest first."""
    rows = Row.objects.filter(subject=code, verb__startswith="referral.")
    return [one.verb.removeprefix("referral.") for one in rows.order_by("pk")]


def running(about: str) -> set[str]:
    """The steps that are promised of one referral."""
    return set(Promise.objects.running().filter(about=about).values_list("step", flat=True))


def test_a_draft_leaves_the_office_in_nothing(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    before = Message.objects.count()
    asking = actions.Asking(SERVICE, to.provider, [Need.INTERPRETER, Need.WOMAN])
    row = actions.prepare(by=office.melati, case=case, asking=asking, at=AT)
    assert (row.state, row.needs, row.number) == ("drafted", "interpreter woman", 1)
    assert row.agency is None
    assert Message.objects.count() == before
    assert verbs(case.code) == ["drafted"]


def test_sending_tells_the_partner_and_begins_its_time(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = sent(office, case, to)
    assert (row.state, row.agency, row.sent_at) == ("sent", to.provider.agency, AT)
    assert row.answer_by == AT + rules.ANSWER_WITHIN[case.band]
    assert running(row.code) == {"referral_follow_up"}  # as 2026-1 knows it
    assert Message.objects.order_by("pk").last().template == "work"  # type: ignore[union-attr]
    assert verbs(case.code) == ["drafted", "sent"]
    assert [one.state for one in row.steps.all()] == ["drafted", "sent"]


def test_the_next_procedure_gives_the_partner_its_own_time(office: CaseOffice) -> None:
    adopt_next(office.team, since=local_day(AT))
    case, to = opened(office), partner()
    row = sent(office, case, to)
    promised = Promise.objects.get(about=row.code, step="referral_answer")
    assert row.answer_by == promised.due_at
    row = answered(to, row, "accepted")
    assert running(row.code) == {"referral_service", "referral_follow_up"}
    answered(to, row, "served", "completed")
    assert running(row.code) == set()


def test_without_a_consent_that_holds_nothing_goes_out(office: CaseOffice) -> None:
    case, to, another = opened(office), partner(), partner()
    row = prepared(office, case, to)
    theirs, hers = agreed(office, case, another), agreed(office, case, to)
    consenting.withdraw_consent(by=office.melati, consent=hers, who=TakenBack.SURVIVOR, at=AT)
    her_word = actions.Basis(None, ConsentBy.SELF, ConsentHow.SPOKEN, local_day(AT))
    of_another = agreed(office, opened(office), to)
    for basis, lacking in (
        (actions.Basis(), ("no_consent",)),
        (her_word, ("no_consent",)),  # who has accounts here reads by a consent, or nothing
        (actions.Basis(theirs), ("other_agency", "not_holding")[:1]),
        (actions.Basis(hers), ("not_holding",)),
        (actions.Basis(of_another), ("not_holding",)),
    ):
        with pytest.raises(rules.NotSent) as refused:
            actions.send(by=office.melati, referral=row, basis=basis, at=AT)
        assert refused.value.lacks == lacking
    assert verbs(case.code) == ["drafted"]
    assert not Promise.objects.filter(about=row.code).exists()


def test_a_yes_to_a_conference_is_no_yes_to_a_referral(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = prepared(office, case, to)
    talked = agreed(office, case, to, purpose=Purpose.CONFERENCE)
    assert queries.consents_for(case, to.provider, AT) == []
    with pytest.raises(rules.NotSent) as refused:
        actions.send(by=office.melati, referral=row, basis=actions.Basis(talked), at=AT)
    assert refused.value.lacks == ("not_holding",)
    shared = agreed(office, case, to)
    assert queries.consents_for(case, to.provider, AT) == [shared]


def test_where_nobody_has_an_account_her_own_word_is_written_down(office: CaseOffice) -> None:
    case, place = opened(office), provider()
    asking = actions.Asking(SERVICE, place)
    row = actions.prepare(by=office.melati, case=case, asking=asking, at=AT)
    basis = actions.Basis(None, ConsentBy.SELF, ConsentHow.PHONE, local_day(AT))
    row = actions.send(by=office.melati, referral=row, basis=basis, at=AT)
    assert (row.consent, row.agreed_by, row.agreed_day) == (None, "self", local_day(AT))


def test_a_workplace_is_never_told_by_duty(office: CaseOffice) -> None:
    case, place = opened(office), provider("svc_economic", kind="company")
    asking = actions.Asking("svc_economic", place)
    row = actions.prepare(by=office.supervisor, case=case, asking=asking, at=AT)
    duty = actions.Basis(None, ConsentBy.DUTY, ConsentHow.SPOKEN, local_day(AT))
    with pytest.raises(rules.NotSent) as refused:
        actions.send(by=office.supervisor, referral=row, basis=duty, at=AT)
    assert refused.value.lacks == ("employer",)


def test_the_table_itself_takes_nothing_sent_without_a_yes(office: CaseOffice) -> None:
    row = sent(office, opened(office), partner())
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(consent=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(state="refused")  # an end without a reason


def test_only_who_works_on_the_case_prepares_and_sends(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    with pytest.raises(Forbidden):
        actions.prepare(
            by=office.outsider, case=case, asking=actions.Asking(SERVICE, to.provider), at=AT
        )
    row = prepared(office, case, to)
    basis = actions.Basis(agreed(office, case, to))
    cases.break_glass(by=office.outsider, case=case, reason=GlassReason.DANGER, at=AT)
    with pytest.raises(Forbidden):  # an opening in need carries nothing out
        actions.send(by=office.outsider, referral=row, basis=basis, at=AT)


def test_it_is_sent_once_and_only_what_is_given(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = sent(office, case, to)
    with pytest.raises(rules.Changed):
        actions.send(by=office.melati, referral=row, basis=actions.Basis(row.consent), at=AT)
    with pytest.raises(rules.NotSent):
        asking = actions.Asking("svc_shelter", to.provider)
        actions.prepare(by=office.melati, case=case, asking=asking, at=AT)


def test_what_is_taken_back_has_a_reason_and_tells_the_partner(office: CaseOffice) -> None:
    row = sent(office, opened(office), partner())
    Message.objects.all().delete()
    with pytest.raises(rules.NoReason):
        actions.withdraw(by=office.melati, referral=row, reason=Reason.FULL, at=AT)
    actions.withdraw(by=office.melati, referral=row, reason=Reason.CHANGED, at=AT)
    assert Message.objects.count() == 1
    assert running(row.code) == set()
    with pytest.raises(rules.WrongMove):
        actions.withdraw(by=office.melati, referral=row, reason=Reason.CHANGED, at=AT)


def test_what_was_refused_waits_until_another_is_sent(office: CaseOffice) -> None:
    case, first, second = opened(office), partner(), partner()
    row = answered(first, sent(office, case, first), "refused")
    assert [one.code for one in queries.unmet(office.melati)] == [row.code]
    assert queries.unmet(office.melati).count() == 1
    Case.objects.filter(pk=case.pk).update(state="closed")
    assert queries.unmet(office.melati).count() == 0
    Case.objects.filter(pk=case.pk).update(state=case.state)
    assert running(row.code) == {"referral_follow_up"}  # nobody loses sight of it
    assert [one.provider for one in queries.next_providers(row, AT)] == [second.provider]
    draft = prepared(office, case, second, replaces=row)
    with pytest.raises(rules.Changed):  # a colleague pressed the same button
        prepared(office, case, second, replaces=row)
    assert queries.unmet(office.melati).count() == 1  # a draft helps nobody
    basis = actions.Basis(agreed(office, case, second))
    actions.send(by=office.melati, referral=draft, basis=basis, at=AT)
    row.refresh_from_db()
    assert (row.settled_for, queries.unmet(office.melati).count()) == ("reoffered", 0)
    assert running(row.code) == set()
    assert running(draft.code) == {"referral_follow_up"}


def test_what_is_silent_is_taken_back_when_another_is_sent(office: CaseOffice) -> None:
    case, first, second = opened(office), partner(), partner()
    row = sent(office, case, first)
    assert look_at_referrals(at=AT + timedelta(minutes=1)) == 0
    assert look_at_referrals(at=LATE) == 1
    assert look_at_referrals(at=LATE) == 0
    row.refresh_from_db()
    assert row.state == State.SILENT
    assert row.steps.last().way == Way.CLOCK  # type: ignore[union-attr]
    sent(office, case, second, replaces=row, at=LATE)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "reoffered")


def test_a_late_answer_keeps_another_from_being_sent(office: CaseOffice) -> None:
    case, first, second = opened(office), partner(), partner()
    row = sent(office, case, first)
    look_at_referrals(at=LATE)
    row.refresh_from_db()
    draft = prepared(office, case, second, replaces=row, at=LATE)
    answered(first, row, "accepted", at=LATE)
    basis = actions.Basis(agreed(office, case, second, local_day(LATE), LATE))
    with pytest.raises(rules.Changed):
        actions.send(by=office.melati, referral=draft, basis=basis, at=LATE)
    draft.refresh_from_db()
    assert draft.state == State.DRAFTED


def test_nobody_seeks_another_where_somebody_said_why(office: CaseOffice) -> None:
    to = partner()
    row = answered(to, sent(office, opened(office), to), "refused")
    for wrong in (Reason.REOFFERED, Reason.FULL):
        with pytest.raises(rules.NoReason):
            actions.settle(by=office.melati, referral=row, reason=wrong, at=AT)
    actions.settle(by=office.melati, referral=row, reason=Reason.CHANGED, at=AT)
    assert queries.unmet(office.melati).count() == 0
    assert running(row.code) == set()
    with pytest.raises(rules.WrongMove):
        actions.settle(by=office.melati, referral=row, reason=Reason.CHANGED, at=AT)


def test_what_was_told_on_the_telephone_keeps_who_said_it_and_when(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = sent(office, case, to)
    told = {"referral": row, "told": Told.NURSE, "at": AT + timedelta(hours=3)}
    with pytest.raises(rules.Early):
        actions.hear(
            by=office.melati, said=said("accepted"), told_at=AT - timedelta(hours=1), **told
        )
    heard = AT + timedelta(hours=2)
    row = actions.hear(by=office.melati, said=said("accepted"), told_at=heard, **told)
    last = ReferralStep.objects.filter(referral=row).last()
    assert last is not None
    assert (last.way, last.told, last.told_at, last.member) == (
        "phone",
        "nurse",
        heard,
        office.melati,
    )
    with pytest.raises(Forbidden):
        actions.hear(by=office.outsider, said=said("served", "accepted"), told_at=heard, **told)


def test_a_consent_that_is_taken_back_takes_the_referral_back(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = answered(to, sent(office, case, to), "accepted")
    assert row.consent
    consenting.withdraw_consent(
        by=office.melati, consent=row.consent, who=TakenBack.SURVIVOR, at=AT
    )
    row.refresh_from_db()
    with pytest.raises(rules.WrongMove):  # before any clock has looked
        answered(to, row, "served")
    assert look_at_referrals(at=AT) == 1
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "taken_back")


def test_a_case_that_ended_waits_for_no_answer_but_hears_an_outcome(office: CaseOffice) -> None:
    case, first, second = opened(office), partner(), partner()
    waits = sent(office, case, first)
    runs = answered(second, sent(office, case, second), "accepted", "served")
    at_state(case, "closed")
    assert look_at_referrals(at=AT) == 1
    waits.refresh_from_db()
    assert (waits.state, waits.reason) == ("withdrawn", "case_ended")
    assert answered(second, runs, "completed").state == "completed"
    with pytest.raises(case_rules.WrongMove):
        prepared(office, case, first)


def test_a_merged_case_takes_its_referrals_along(office: CaseOffice) -> None:
    goes, stays = opened(office), opened(office)
    to = partner()
    row = sent(office, goes, to)
    merge = cases.ask_merge(
        by=office.melati, case=goes, into=stays, reason=MergeReason.values[0], at=AT
    )
    cases.approve_merge(by=office.supervisor, merge=merge, at=AT)
    assert [one.code for one in queries.of_case(stays)] == [row.code]
    assert Promise.objects.running().get(about=row.code).subject == stays.code
    row = answered(to, Referral.objects.get(pk=row.pk), "accepted", "served")
    assert running(row.code) == set()
    assert verbs(stays.code)[-2:] == ["accepted", "served"]
