"""The partner's side: its own referrals, answered once, whoever else tries."""

from datetime import timedelta

import pytest

from teduh.access.models import Conflict
from teduh.access.rules import Forbidden
from teduh.lib.timing import local_day
from teduh.outbox.models import Message
from teduh.services import rules
from teduh.services.actions import answering as actions
from teduh.services.models import Referral
from teduh.services.queries import answering as queries
from tests.factories import MemberFactory
from tests.factories.cases import AT, CaseOffice, opened
from tests.factories.services import answered, partner, said, sent

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
ALL = queries.Filters()


def test_opening_it_is_kept_once(office: CaseOffice) -> None:
    to = partner()
    row = sent(office, opened(office), to)
    for _again in range(2):
        row = actions.see(by=to.member, referral=row, at=AT)
    assert [one.state for one in row.steps.all()] == ["drafted", "sent", "seen"]


def test_an_answer_tells_whoever_manages_the_case(office: CaseOffice) -> None:
    to = partner()
    row = sent(office, opened(office), to)
    Message.objects.all().delete()
    row = actions.answer(by=to.member, referral=row, said=said("accepted"), at=AT)
    assert (row.state, Message.objects.count()) == ("accepted", 1)


@pytest.mark.parametrize(
    ("steps", "wrong", "error"),
    [
        ((), said("completed"), rules.WrongMove),
        ((), said("withdrawn"), rules.WrongMove),
        ((), said("silent"), rules.WrongMove),
        ((), said("refused", reason=""), rules.NoReason),
        ((), said("refused", reason="met"), rules.NoReason),
        ((), said("accepted", reason="full"), rules.NoReason),
        ((), said("accepted", "accepted"), rules.Changed),
        (("accepted",), said("refused", "sent"), rules.Changed),
        (("refused",), said("accepted", "refused"), rules.WrongMove),
        (("accepted",), said("served", "accepted", day=None), rules.Early),
        (
            ("accepted",),
            said("served", "accepted", day=local_day(AT) - timedelta(days=1)),
            rules.Early,
        ),
        (
            ("accepted",),
            said("served", "accepted", day=local_day(AT) + timedelta(days=1)),
            rules.Early,
        ),
    ],
)
def test_what_a_partner_cannot_say_changes_nothing(
    office: CaseOffice, steps: tuple[str, ...], wrong: actions.Said, error: type[Exception]
) -> None:
    to = partner()
    row = answered(to, sent(office, opened(office), to), *steps)
    before = (row.state, row.steps.count(), Message.objects.count())
    with pytest.raises(error):
        actions.answer(by=to.member, referral=row, said=wrong, at=AT)
    row.refresh_from_db()
    assert (row.state, row.steps.count(), Message.objects.count()) == before


def test_a_partner_sees_what_was_sent_to_its_own_agency_and_no_more(office: CaseOffice) -> None:
    case, to, another = opened(office), partner(), partner()
    row = sent(office, case, to)
    theirs = sent(office, case, another)
    assert [one.code for one in queries.inbox(to.member, ALL)] == [row.code]
    assert queries.one(to.member, theirs.code) is None
    with pytest.raises(Forbidden):
        actions.answer(by=to.member, referral=theirs, said=said("accepted"), at=AT)
    assert not queries.visible_to(office.melati).exists()  # of the office, by its own pages only
    colleague = MemberFactory(role="officer", agency=to.provider.agency)
    assert not queries.visible_to(colleague).exists()


def test_whom_a_conflict_keeps_from_the_case_gets_nothing_of_it(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = sent(office, case, to)
    Conflict.objects.create(
        subject=case.code,
        root=case.code,
        team_code=case.team_code,
        member=to.member,
        kind="family",
        told_by=office.melati,
        day=local_day(AT),
    )
    assert queries.one(to.member, row.code) is None
    with pytest.raises(Forbidden):
        actions.see(by=to.member, referral=row, at=AT)


def test_the_list_goes_by_urgency_then_the_newest(office: CaseOffice) -> None:
    to = partner()
    rows = [sent(office, opened(office), to, at=AT + timedelta(minutes=n)) for n in range(4)]
    Referral.objects.filter(pk=rows[1].pk).update(urgency=0)
    answered(to, rows[2], "accepted")
    answered(to, rows[3], "refused")
    codes = {row.code: number for number, row in enumerate(rows)}

    def listed(which: str) -> list[int]:
        asked = queries.Filters(which)
        return [codes[one.code] for one in queries.inbox(to.member, asked)]

    assert listed("") == [1, 2, 0]
    assert listed(queries.WAITING) == [1, 0]
    assert listed(queries.RUNNING) == [2]
    assert listed(queries.ENDED) == [3]
    found = queries.Filters(code=rows[0].code.lower().replace("-", " "))
    assert [codes[one.code] for one in queries.inbox(to.member, found)] == [0]
