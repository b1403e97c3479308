"""A day that nobody can mean is answered in the page, whatever is counted with it afterwards."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from teduh.lib.timing import local_day
from teduh.services.day_forms import plausible, to_come
from teduh.services.models import Hearing, Slot, Visit
from tests.factories import signed_in
from tests.factories.cases import CaseOffice, opened

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
FAR = ["0001-01-01", "0001-01-02", "9999-12-31"]
HOURS = {"begins": "09:00", "ends": "10:00"}


def test_days_are_bounded_on_both_sides() -> None:
    today = local_day(timezone.now())
    for day in (today, today + timedelta(days=731)):
        to_come(day)
        plausible(day)
    for day in (today - timedelta(days=1), today + timedelta(days=732)):
        with pytest.raises(ValidationError):
            to_come(day)
    for day in (date.min, date.max, date(1949, 12, 31)):
        with pytest.raises(ValidationError):
            plausible(day)


@pytest.mark.parametrize("day", FAR)
def test_a_far_day_is_answered_in_the_page(office: CaseOffice, day: str) -> None:
    case = opened(office)
    client = signed_in(Client(), office.melati)
    visit = {"transport": "office", "pos1-service": "svc_legal", "pos1-who": "m-melati"}
    visit |= {f"pos1-{name}": hour for name, hour in HOURS.items()}
    hearing = {"kind": "hearing_prosecution", "hour": "00:00", "companion": "melati"}
    own, of_case = [], [case.code]
    for name, args, sent in (
        ("week", own, HOURS | {"place": "room"}),
        ("week", own, HOURS | {"place": "room", "weekly": "on"}),
        ("visits", of_case, visit),
        ("hearings", of_case, hearing),
        ("ask_support", of_case, {"kind": "living", "amount": "9", "until": day}),
        ("police_letters", of_case, {"kind": "a1", "received": day}),
    ):
        answer = client.post(reverse(f"services:{name}", args=args), sent | {"day": day})
        assert answer.status_code in {400, 409, 422}, name
        assert name == "police_letters" or day in answer.content.decode(), name
    assert not any(one.objects.exists() for one in (Slot, Visit, Hearing))
