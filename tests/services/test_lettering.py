"""Letters of a case: who writes, numbers, hands over and cancels; numbers without a gap."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from teduh.access.models import Conflict
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import queries as cases
from teduh.cases.actions import merging
from teduh.cases.models import Case
from teduh.cases.words import MergeReason
from teduh.services import letter_table as table
from teduh.services.actions.lettering import (
    TEXT,
    cancel_letter,
    draft_letter,
    hand_letter,
    issue_letter,
    mend_letter,
)
from teduh.services.letters import Lacking, WrongStep
from teduh.services.models import Letter, LetterCount
from teduh.services.queries.lettering import letters_of, signers
from teduh.services.words import LetterReason
from teduh.vault.models import Envelope
from teduh.vault.packages import b64
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened, sealed_item
from tests.factories.directory import provider
from tests.factories.letters import FACTS, drafted, issued, told, words

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def test_a_letter_is_written_numbered_and_handed_over(office: CaseOffice) -> None:
    case = opened(office)
    letter = drafted(office, case)
    assert (letter.state, letter.number, letter.year) == ("drafted", "", None)
    assert Envelope.objects.get(what=TEXT).compartment.comp == "work"
    letter = issued(office, letter)
    assert (letter.number, letter.issued_day) == ("1/UPTD-PPA/VER/XI/2026", DAY)
    letter = hand_letter(by=office.melati, letter=letter, at=AT)
    assert (letter.state, letter.handed_day) == ("handed", DAY)
    with pytest.raises(WrongStep):
        cancel_letter(by=office.melati, letter=letter, reason=LetterReason.MISTAKE, at=AT)
    verbs = Row.objects.filter(subject=case.code, verb__startswith="letter.").order_by("number")
    assert [one.verb for one in verbs] == ["letter.drafted", "letter.issued", "letter.handed"]


def test_numbers_go_on_over_kinds_and_begin_anew_each_year(office: CaseOffice) -> None:
    case = opened(office)
    new_year = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # half an hour into 2027 in the city
    first = issued(office, drafted(office, case))
    dropped = drafted(office, case)
    cancel_letter(by=office.melati, letter=dropped, reason=LetterReason.NO_NEED, at=AT)
    gone = issued(office, drafted(office, case, "assignment", person=None, provider=None,
                                  assigned=office.melati))  # fmt: skip
    cancel_letter(by=office.melati, letter=gone, reason=LetterReason.MISTAKE, at=AT)
    third = issued(office, drafted(office, case, "school", provider=None))
    later = issued(office, drafted(office, case), new_year)
    assert [one.number for one in (first, gone, third, later)] == [
        "1/UPTD-PPA/VER/XI/2026",
        "2/UPTD-PPA/ST/XI/2026",
        "3/PD/XI/2026",
        "1/UPTD-PPA/VER/I/2027",
    ]
    gone.refresh_from_db()
    assert (gone.state, gone.serial, gone.reason) == ("cancelled", 2, "mistake")


def test_an_office_may_number_its_own_way(office: CaseOffice, settings: object) -> None:
    settings.TEDUH_LETTER_NUMBER = "{year}.{month}/{n}"  # type: ignore[attr-defined]
    assert issued(office, drafted(office, opened(office))).number == "2026.11/1"


def test_what_fails_takes_no_number(office: CaseOffice) -> None:
    letter = drafted(office, opened(office))
    with pytest.raises(RuntimeError), transaction.atomic():
        issued(office, letter)
        raise RuntimeError
    assert not LetterCount.objects.exists()
    assert issued(office, Letter.objects.get()).serial == 1


def test_only_what_was_read_is_numbered(office: CaseOffice) -> None:
    case = opened(office)
    letter = drafted(office, case)
    seen = letter.item
    mended = mend_letter(
        by=office.melati, letter=letter, told=told(office, case), items=[words(case)], seen=seen,
        at=AT,
    )  # fmt: skip
    with pytest.raises(WrongStep):
        issue_letter(by=office.supervisor, letter=letter, seen=seen, at=AT)
    with pytest.raises(WrongStep):
        mend_letter(
            by=office.melati, letter=letter, told=told(office, case), items=[words(case)],
            seen=seen, at=AT,
        )  # fmt: skip
    issued(office, mended)
    with pytest.raises(WrongStep):
        mend_letter(
            by=office.melati, letter=letter, told=told(office, case), items=[words(case)],
            seen=mended.item, at=AT,
        )  # fmt: skip


def test_who_may_not(office: CaseOffice) -> None:
    case = opened(office)
    letter = drafted(office, case)
    with pytest.raises(Forbidden):
        issue_letter(by=office.melati, letter=letter, seen=letter.item, at=AT)
    for act in (
        lambda: hand_letter(by=office.outsider, letter=letter, at=AT),
        lambda: cancel_letter(
            by=office.outsider, letter=letter, reason=LetterReason.MISTAKE, at=AT
        ),
    ):
        with pytest.raises(Forbidden):
            act()
    letter.refresh_from_db()
    assert letter.state == "drafted"


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("visum", {"provider": None}, "provider"),
        ("visum", {"person": None}, "person"),
        ("visum", {"agreed_by": ""}, "agreed_by"),
        ("visum", {"agreed_how": ""}, "agreed_how"),
        ("visum", {"agreed_day": None}, "agreed_day"),
        ("visum", {"agreed_day": date(2026, 11, 25)}, "agreed_day"),
        ("school", {"agreed_by": "duty"}, "agreed_by"),
        ("referral", {}, "service"),
        ("assignment", {}, "assigned"),
    ],
)
def test_what_a_letter_needs(
    office: CaseOffice, kind: str, change: dict[str, object], field: str
) -> None:
    case = opened(office)
    with pytest.raises(Lacking) as error:
        drafted(office, case, kind, **change)
    assert field in error.value.fields
    assert not Letter.objects.exists()
    assert not Envelope.objects.filter(what=TEXT).exists()


def test_a_letter_goes_only_to_whom_it_may(office: CaseOffice) -> None:
    case, other = opened(office), opened(office)
    wrong: list[dict[str, object]] = [
        {"provider": provider(kind="hospital")},
        {"provider": provider(kind="police", active=False)},
        {"provider": provider(kind="police", secret=True)},
        {"signatory": office.melati},
        {"person": cases.people_of(other)[0]},
    ]
    for change in wrong:
        with pytest.raises(Forbidden):
            drafted(office, case, **change)
    said = told(office, case)
    for items in ([], [words(case), words(case)], [sealed_item(case, "cases.note.text")]):
        with pytest.raises(Refused):
            draft_letter(
                by=office.melati, case=case, template=table.templates()["visum"], told=said,
                items=items, at=AT,
            )  # fmt: skip
    assert not Letter.objects.exists()


def test_whom_a_conflict_keeps_from_the_case_signs_nothing_of_it(office: CaseOffice) -> None:
    case = opened(office)
    head = MemberFactory(role="head", agency=office.team.agency)
    MemberFactory(role="head", agency=office.team.agency, active=False)
    MemberFactory(role="head")
    assert set(signers(case, AT)) == {office.supervisor, head}
    Conflict.objects.create(
        subject=case.code, root=case.code, team_code=office.team.code, member=office.supervisor,
        kind="family", told_by=office.supervisor, day=DAY,
    )  # fmt: skip
    assert signers(case, AT) == [head]


def test_letters_go_on_in_the_case_that_stays(office: CaseOffice) -> None:
    first, stays = opened(office), opened(office)
    letter = drafted(office, first)
    row = merging.ask_merge(
        by=office.melati, case=first, into=stays, reason=MergeReason.values[0], at=AT
    )
    merging.approve_merge(by=office.supervisor, merge=row, at=AT)
    assert letters_of(Case.objects.get(pk=stays.pk)) == [letter]
    fresh = Letter.objects.select_related("case__merged_into").get()
    assert issued(office, fresh).serial == 1
    page = signed_in(Client(), office.supervisor).get(
        reverse("services:letter_print", args=[stays.code, letter.code])
    )
    assert page.status_code == 200


def test_the_table_itself_holds_number_and_state_together(office: CaseOffice) -> None:
    letter = drafted(office, opened(office))
    for wrong in (
        {"state": "issued"},
        {"number": "1/X"},
        {"state": "cancelled"},
        {"reason": "mistake"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**wrong)


def forms(page: str) -> set[str]:
    return set(re.findall(r'action="[^"]*/(nomor|serah|batal)/"', page))


def test_the_pages_say_what_is_next(office: CaseOffice) -> None:
    case = opened(office)
    letter = drafted(office, case)
    at = reverse("services:letter", args=[case.code, letter.code])
    officer, supervisor = (signed_in(Client(), one) for one in (office.melati, office.supervisor))
    assert forms(officer.get(at).content.decode()) == {"batal"}
    assert forms(supervisor.get(at).content.decode()) == {"nomor", "batal"}
    assert officer.post(f"{at}batal/", {"reason": ""}).status_code == 409
    assert supervisor.post(f"{at}nomor/", {"seen": "x"}).status_code == 409
    assert supervisor.post(f"{at}nomor/", {"seen": letter.item}).status_code == 302
    assert forms(officer.get(at).content.decode()) == {"serah", "batal"}
    assert officer.post(f"{at}serah/").status_code == 302
    assert forms(supervisor.get(at).content.decode()) == set()
    listed = officer.get(reverse("services:letters", args=[case.code])).content.decode()
    assert "1/UPTD-PPA/VER/" in listed


def test_a_form_with_something_missing_says_what_and_keeps_nothing(office: CaseOffice) -> None:
    case = opened(office)
    person, to = cases.people_of(case)[0], provider(kind="police")
    at = reverse("services:draft_letter", args=[case.code, "visum"])
    sent = {
        "provider": to.code, "person": str(person.pk), "signatory": office.supervisor.code,
        "agreed_by": "self", "agreed_how": "spoken", "agreed_day": "2026-11-24",
        "sealed": b64(words(case).ct),
    }  # fmt: skip
    client = signed_in(Client(), office.melati)
    missing = client.post(at, {**sent, "provider": "", "agreed_day": "kemarin"})
    assert missing.status_code == 422
    assert {field for field, _said in missing.json()["wrong"]} == {"provider", "agreed_day"}
    assert client.post(at, sent).status_code == 409  # ciphertext without its envelope
    assert not Letter.objects.exists()


def test_the_print_page_holds_no_name_and_no_word_that_was_typed(office: CaseOffice) -> None:
    case = opened(office)
    for kind in ("visum", "school"):
        more: dict[str, object] = {} if kind == "visum" else {"provider": None}
        letter = drafted(office, case, kind, **more)
        at = reverse("services:letter_print", args=[case.code, letter.code])
        page = signed_in(Client(), office.melati).get(at).content.decode()
        assert FACTS not in page
        assert "Contoh Mawar" not in page
        article = page.partition("<article")[2].partition("</article>")[0]
        assert "KONSEP" in article
        assert ("UPTD" in article) is (kind == "visum")
        assert ("UU 12/2022" in article) is (kind == "visum")
