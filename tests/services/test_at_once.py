"""Two people of one partner in the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from teduh.services import rules
from teduh.services.actions import answering as actions
from teduh.services.models import ReferralStep
from tests.factories import MemberFactory
from tests.factories.cases import AT, case_office, opened
from tests.factories.services import partner, said, sent


@pytest.mark.django_db(transaction=True, databases=["default", "shred"])
def test_two_people_at_once_cannot_both_answer() -> None:
    office, to = case_office(), partner()
    row = sent(office, opened(office), to)
    both = [to.member, MemberFactory(role="partner_officer", agency=to.provider.agency)]
    ready, outcome = Barrier(len(both)), []

    def try_it(number: int) -> None:
        told = said(("accepted", "refused")[number])
        ready.wait()
        try:
            actions.answer(by=both[number], referral=row, said=told, at=AT)
            outcome.append("moved")
        except rules.Changed as error:
            outcome.append(str(error))
        finally:
            connections.close_all()

    threads = [Thread(target=try_it, args=(number,)) for number in range(len(both))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert sorted(outcome) == sorted(["moved", row.state])
    assert ReferralStep.objects.filter(referral=row).count() == 3
