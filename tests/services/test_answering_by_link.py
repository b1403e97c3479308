"""A partner without an account answers by its link: on its device, while it stands, its own alone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.cases.models import Case
from teduh.outbox.models import Message
from teduh.records.models import Consent
from teduh.services import rules
from teduh.services.actions import answering as actions
from teduh.services.models import Referral
from teduh.services.queries.linking import of_link
from teduh.services.words import Way
from teduh.vault.packages import b64
from tests.factories.cases import AT, CaseOffice, case_office, opened
from tests.factories.grants import withdraw
from tests.factories.links import OTHER, PHONE, Held, linked, tried
from tests.factories.services import partner, said, sent

pytestmark = pytest.mark.django_db(databases=["default", "shred"])


@pytest.fixture
def office() -> CaseOffice:
    """A team with keys."""
    return case_office()


@pytest.fixture
def case(office: CaseOffice) -> Case:
    """A case that stands."""
    return opened(office)


def consent_of(row: Referral) -> Consent:
    """What it was sent under."""
    assert row.consent
    return row.consent


def asked(office: CaseOffice, case: Case) -> tuple[Referral, Held]:
    """A referral, and a link under its consent that a phone has opened."""
    row = sent(office, case, partner())
    link = linked(office, consent_of(row))
    tried(link)
    return row, link


def answer(link: Held, row: Referral, to: str, **other: Any) -> Referral:
    """What the phone says."""
    told: dict[str, Any] = {"device": PHONE, "code": row.code, "at": AT}
    seen = Referral.objects.get(pk=row.pk).state
    return actions.answer_by_link(name=link.name, said=said(to, seen), **told | other)


def test_it_is_seen_accepted_and_begun_by_the_link_and_the_office_hears(
    office: CaseOffice, case: Case
) -> None:
    row, link = asked(office, case)
    for _again in range(2):
        assert actions.see_by_link(name=link.name, device=PHONE, at=AT) == [row]
    Message.objects.all().delete()
    answer(link, row, "accepted")
    assert Message.objects.count() == 1
    answer(link, row, "served")
    steps = list(row.steps.order_by("id"))
    assert [one.state for one in steps] == ["drafted", "sent", "seen", "accepted", "served"]
    assert {(one.way, one.member) for one in steps[2:]} == {(Way.LINK, None)}


def test_no_other_device_answers_and_nobody_before_the_words_or_after_the_end(
    office: CaseOffice, case: Case
) -> None:
    row, link = asked(office, case)
    waiting = linked(office, consent_of(row))  # never opened
    for refused in (
        lambda: answer(link, row, "accepted", device=OTHER),
        lambda: answer(link, row, "accepted", device=b""),
        lambda: answer(waiting, row, "accepted"),
        lambda: answer(waiting, row, "accepted", device=b""),
        lambda: answer(link, row, "accepted", at=AT + timedelta(hours=24)),
    ):
        with pytest.raises(Forbidden):
            refused()
    withdraw(office, consent_of(row), AT)
    with pytest.raises(Forbidden):
        answer(link, row, "accepted")
    assert Referral.objects.get().state == "sent"


def test_only_what_rests_on_the_same_consent_is_answered(office: CaseOffice, case: Case) -> None:
    row, link = asked(office, case)
    other = sent(office, case, partner())
    assert of_link(link.name, PHONE, AT) == [row]
    with pytest.raises(Forbidden):
        answer(link, other, "accepted")
    answer(link, row, "refused")
    assert of_link(link.name, PHONE, AT) == []


@time_machine.travel(AT, tick=False)
def test_the_part_of_the_page_keeps_what_was_typed_and_says_what_became_of_it(
    office: CaseOffice, case: Case
) -> None:
    row = sent(office, case, partner())
    link = linked(office, consent_of(row))
    page, phone, other = f"/mitra/{link.name}/", Client(), Client()
    assert phone.get(f"{page}jawab/").status_code == 404
    phone.post(page, {"auth": b64(link.keys.auth)})
    assert other.get(f"{page}jawab/").status_code == 404
    assert row.code in phone.get(f"{page}jawab/").content.decode()
    told = {"code": row.code, "to": "refused", "expect": "seen"}
    wrong = phone.post(f"{page}jawab/", {**told, "reason": "met"})
    assert wrong.status_code == 422
    late = phone.post(f"{page}jawab/", {**told, "expect": "accepted", "to": "served", "day": "x"})
    assert late.status_code == 422
    assert 'value="x"' in late.content.decode()
    assert phone.post(f"{page}jawab/", {**told, "code": "RJK-0000-0000"}).status_code == 409
    kept = phone.post(f"{page}jawab/", {**told, "reason": "full"})
    assert (kept.status_code, Referral.objects.get().reason) == (200, "full")
    assert rules.MOVES[Referral.objects.get().state] == frozenset()
    assert other.post(f"{page}jawab/", told).status_code == 404
