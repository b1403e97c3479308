"""Money and beds in the same moment: never below zero, never twice."""

from functools import partial

import pytest

from teduh.access.models import Member
from teduh.funding.models import Entry, Line
from teduh.funding.rules import Balance
from teduh.services.actions import sheltering
from teduh.services.actions import supporting as actions
from teduh.services.beds import Full, Housed
from teduh.services.models import Payment, Stay, Support
from teduh.services.rules import Changed
from teduh.services.shelter_words import StayEnd
from teduh.services.support_words import Proof
from tests.factories.cases import AT, case_office, opened
from tests.factories.money import a_line, proven
from tests.factories.shelters import a_room, counted, stayed
from tests.factories.sop import adopt_next
from tests.factories.supports import DAY, PAPER, approved, assessed, keeper
from tests.support.at_once import together

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "shred"])


def test_two_who_decide_at_once_give_it_once_and_two_who_pay_pay_once() -> None:
    office = case_office()
    both = (keeper(office), office.supervisor)
    line = a_line(both[0], planned=5_000_000)
    row = assessed(office, opened(office))

    def approve(by: Member) -> object:
        return actions.approve(by=by, support=row, line=Line.objects.get(pk=line.pk), at=AT)

    def pay(by: Member) -> object:
        paper = actions.Paper(Proof.RECEIPT, by.code)
        row = Support.objects.get()
        return actions.pay(by=by, support=row, number=1, paper=paper, at=AT)

    assert len(together([partial(approve, by) for by in both], Changed)) == 1
    assert len(together([partial(pay, by) for by in both], Changed)) == 1
    assert Payment.objects.filter(support=row).count() == 3
    assert Entry.objects.filter(line=line, kind="committed").count() == 1
    assert proven(line).balance == Balance(5_000_000, 600_000, 300_000)


@pytest.mark.parametrize(
    "beds", [5, pytest.param(12, marks=pytest.mark.long)], ids=["few beds", "many beds"]
)
def test_sixteen_who_seek_a_bed_at_once_take_no_more_than_there_are(beds: int) -> None:
    office = case_office()
    room = a_room(office.supervisor, beds=beds)
    cases = [opened(office) for _number in range(8)]
    acts = [partial(stayed, office, cases[number % 8], room) for number in range(16)]
    done = len(together(acts, Full, Housed))
    assert done == min(beds, 8)
    assert counted(room) == done
    stays = list(Stay.objects.all())
    assert len({one.case_id for one in stays}) == len(stays) == done

    leaves = [partial(leave, office.melati, one) for one in stays for _twice in range(2)]
    assert len(together(leaves, Changed)) == done
    assert counted(room) == 0


def leave(by: Member, stay: Stay) -> object:
    """They go home."""
    return sheltering.leave(by=by, stay=stay, end=StayEnd.HOME, at=AT)


def test_one_is_given_while_others_are_paid_and_nobody_waits_for_the_other() -> None:
    office = case_office()
    adopt_next(office.team, since=DAY)
    head = keeper(office)
    line = a_line(head, planned=9_000_000)
    given = [assessed(office, opened(office)) for _number in range(3)]
    paid = [approved(office, opened(office), head, line) for _number in range(3)]
    acts = [
        *(partial(actions.approve, by=head, support=one, line=line, at=AT) for one in given),
        *(partial(actions.pay, by=head, support=one, number=1, paper=PAPER, at=AT) for one in paid),
    ]
    assert len(together(acts)) == 6
    assert proven(line).balance == Balance(9_000_000, 4_500_000, 900_000)
