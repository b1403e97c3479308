"""Progress letters of the police: kept with their days, their number sealed, missed after a month."""

from datetime import date, timedelta

import pytest

from teduh.access.rules import Forbidden
from teduh.cases.actions import legal
from teduh.cases.models import Case
from teduh.cases.words import JusticeStage
from teduh.lib.timing import local_day
from teduh.services import rules
from teduh.services.actions import letters as actions
from teduh.services.models import PoliceLetter
from teduh.services.queries import letters as queries
from teduh.services.words import LetterKind
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories.cases import AT, CaseOffice, at_state, opened, sealed_item

TODAY = local_day(AT)
MONTH = timedelta(days=30)


@pytest.mark.parametrize(
    ("stage", "since", "last", "says"),
    [
        ("lidik", TODAY - MONTH, None, "on time"),
        ("lidik", TODAY - MONTH - timedelta(days=1), None, "late"),
        ("sidik", TODAY - 3 * MONTH, TODAY - MONTH, "on time"),
        ("sidik", TODAY - 3 * MONTH, TODAY - MONTH - timedelta(days=1), "late"),
        ("tahap_1", TODAY - 3 * MONTH, None, "on time"),  # with the prosecutor now
        ("sp3", TODAY - 3 * MONTH, None, "on time"),
    ],
)
def test_a_month_without_a_letter_is_asked_about(
    stage: str, since: date, last: date | None, says: str
) -> None:
    assert rules.letter_is_late(stage, since, last, TODAY) == (says == "late")


@pytest.mark.django_db(databases=["default", "shred"])
class TestOfACase:
    """Kept by the team, told on the page of the case."""

    def keep(self, office: CaseOffice, case: Case, day: date, received: date) -> PoliceLetter:
        """A letter with its number, as melati's browser seals it."""
        letter = actions.Letter(LetterKind.A4, day, received)
        item = sealed_item(case, actions.NUMBER, "B/1/Contoh")
        return actions.keep_letter(by=office.melati, case=case, letter=letter, items=[item], at=AT)

    def test_its_number_lies_sealed_where_the_law_is(self, office: CaseOffice) -> None:
        case = opened(office)
        row = self.keep(office, case, TODAY - timedelta(days=3), TODAY)
        envelope = Envelope.objects.select_related("compartment").get(item=row.item)
        assert envelope.compartment.comp == "legal"
        assert [one.pk for one in queries.of_case(case)] == [row.pk]

    def test_it_came_after_it_was_written_and_not_tomorrow(self, office: CaseOffice) -> None:
        case = opened(office)
        for day, received in (
            (TODAY, TODAY - timedelta(days=1)),
            (TODAY, TODAY + timedelta(days=1)),
        ):
            with pytest.raises(rules.Early):
                self.keep(office, case, day, received)
        assert not PoliceLetter.objects.filter(case=case).exists()

    def test_nobody_else_keeps_one_and_nothing_else_is_sealed_with_it(
        self, office: CaseOffice
    ) -> None:
        case = opened(office)
        letter = actions.Letter(LetterKind.A1, TODAY, TODAY)
        with pytest.raises(Forbidden):
            actions.keep_letter(by=office.outsider, case=case, letter=letter, items=[], at=AT)
        with pytest.raises(Refused):
            other = sealed_item(case, "cases.note.text", "Contoh")
            actions.keep_letter(by=office.melati, case=case, letter=letter, items=[other], at=AT)

    def test_the_case_says_that_none_came_until_one_does(self, office: CaseOffice) -> None:
        case = opened(office)
        assert not queries.is_late(case, TODAY)  # the police know nothing yet
        legal.justice(
            by=office.melati,
            case=case,
            stage=JusticeStage.INQUIRY,
            day=TODAY - 2 * MONTH,
            at=AT,
        )
        assert queries.is_late(case, TODAY)
        self.keep(office, case, TODAY, TODAY)
        assert not queries.is_late(case, TODAY)
        PoliceLetter.objects.all().delete()
        assert not queries.is_late(at_state(case, "closed"), TODAY)
