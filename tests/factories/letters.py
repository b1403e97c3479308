"""Letters of a case, as melati writes them and a supervisor numbers them."""

from datetime import date, datetime

from teduh.cases import queries as cases
from teduh.cases.models import Case
from teduh.services import letter_table as table
from teduh.services.actions.lettering import TEXT, Told, draft_letter, issue_letter
from teduh.services.models import Letter
from teduh.vault.packages import SealedItem
from tests.factories.cases import AT, CaseOffice, sealed_item
from tests.factories.directory import provider

FACTS = "Contoh uraian yang hanya terbaca di peramban"
AGREED = {"agreed_by": "self", "agreed_how": "spoken", "agreed_day": date(2026, 11, 24)}


def words(case: Case) -> SealedItem:
    """What was typed into a letter."""
    return sealed_item(case, TEXT, f'{{"facts":"{FACTS}"}}')


def told(office: CaseOffice, case: Case, **more: object) -> Told:
    """What a request for a visum says in the open."""
    usual = {
        "signatory": office.supervisor,
        "person": cases.people_of(case)[0],
        "provider": provider(kind="police"),
        **AGREED,
    }
    return Told(**usual | more)  # type: ignore[arg-type]


def drafted(office: CaseOffice, case: Case, kind: str = "visum", **more: object) -> Letter:
    """A letter without a number."""
    template, said = table.templates()[kind], told(office, case, **more)
    return draft_letter(
        by=office.melati, case=case, template=template, told=said, items=[words(case)], at=AT
    )


def issued(office: CaseOffice, letter: Letter, at: datetime = AT) -> Letter:
    """A letter with its number."""
    return issue_letter(by=office.supervisor, letter=letter, seen=letter.item, at=at)
