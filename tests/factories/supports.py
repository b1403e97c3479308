"""Economic support at each of its steps, in an office whose head keeps the money."""

from datetime import date, timedelta
from typing import Any

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.funding.models import Line
from teduh.lib.timing import local_day
from teduh.services.actions import supporting as actions
from teduh.services.models import Support
from teduh.services.support_words import IncomeLost, Proof, SupportKind
from tests.factories.access import MemberFactory
from tests.factories.cases import AT, CaseOffice
from tests.factories.money import a_line

DAY = local_day(AT)
PAPER = actions.Paper(Proof.RECEIPT, "KW-001")


def keeper(office: CaseOffice) -> Member:
    """The head of the office, who reads no case."""
    return MemberFactory(role="head", agency=office.team.agency)


def asking(
    *, amount: int = 900_000, parts: int = 3, until: date = DAY + timedelta(days=90), **more: Any
) -> actions.Asking:
    """What is asked for."""
    return actions.Asking(SupportKind.LIVING, amount, parts, until, **more)


def asked(office: CaseOffice, case: Case, **told: Any) -> Support:
    """A request by the officer."""
    return actions.ask(by=office.melati, case=case, asking=asking(**told), at=AT)


def assessed(office: CaseOffice, case: Case, **told: Any) -> Support:
    """The same, assessed by the case's manager or, where that is another, by the officer."""
    row = asked(office, case, **told)
    found = actions.Found(IncomeLost.ALL, 2)
    return actions.assess(by=office.melati, support=row, found=found, items=[], at=AT)


def approved(
    office: CaseOffice, case: Case, head: Member, line: Line | None = None, **told: Any
) -> Support:
    """The same, given by the head out of a line with two million in it."""
    row = assessed(office, case, **told)
    line = line or a_line(head, planned=2_000_000)
    return actions.approve(by=head, support=row, line=line, at=AT)
