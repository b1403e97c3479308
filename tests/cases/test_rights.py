"""The rights of a survivor: a list with its laws, told on the first day, followed by days."""

import re
from datetime import date

import pytest
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import queries, rules
from teduh.cases.actions.rights import keep_rights, tell_all_rights
from teduh.cases.models import RightStep
from teduh.cases.rights import all_rights, known
from teduh.sop.models import Promise
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, opened

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_at_least_thirty_rights_each_with_its_law_its_day_and_how_sure_we_are() -> None:
    rows = all_rights()
    assert len(rows) >= 30
    assert len(known()) == len(rows)
    for one in rows:
        assert all((one.law, one.article, one.id, one.en)), one.code
        assert one.since[:2] == "20"
        assert one.confidence in {"S", "K-high", "K-med"}
        assert len(one.code) <= 20


def test_every_right_may_be_read_by_her_and_about_her() -> None:
    """The same words stand on the officer's list and on the page "Hak Anda"."""
    told = "\n".join(one.id for one in all_rights() if not one.id.startswith("Anak"))
    assert re.findall(r"\b(?:ia|dia|dirinya|datanya|laporannya|keterangannya)\b", told, re.I) == []
    english = "\n".join(one.en for one in all_rights() if "child" not in one.en)
    assert re.findall(r"\b(?:she|her|hers)\b", english, re.I) == []


def test_the_first_day_of_a_law_is_told_in_words(office: CaseOffice) -> None:
    page = signed_in(Client(), office.melati).get(f"/kantor/kasus/{opened(office).code}/hak/")
    assert "sejak 9 Mei 2022" in page.content.decode()
    assert "2022-05-09" not in page.content.decode()


def test_one_click_tells_all_and_keeps_the_promise_of_the_first_day(office: CaseOffice) -> None:
    case = opened(office)
    keep_rights(by=office.melati, case=case, days={"free": {"told": date(2026, 11, 20)}}, at=AT)
    assert Promise.objects.get(subject=case.code, step="rights_told").met_at is None
    assert tell_all_rights(by=office.melati, case=case, at=AT) == len(known()) - 1
    told = {row.right: row.told for row in queries.rights_of(case)}
    assert told.pop("free") == date(2026, 11, 20)
    assert set(told.values()) == {TODAY}
    assert Promise.objects.get(subject=case.code, step="rights_told").met_at == AT
    assert Row.objects.filter(subject=case.code, verb="case.rights_kept").count() == 2


def test_what_did_not_change_is_not_written_again(office: CaseOffice) -> None:
    case = opened(office)
    days = {"home": {"told": TODAY, "requested": TODAY, "met": None}}
    assert keep_rights(by=office.melati, case=case, days=days, at=AT) == 1
    assert keep_rights(by=office.manager, case=case, days=days, at=AT) == 0
    assert RightStep.objects.get().member == office.melati


def test_a_right_nobody_knows_and_a_member_outside_are_refused(office: CaseOffice) -> None:
    case = opened(office)
    with pytest.raises(rules.UnknownCode):
        keep_rights(by=office.melati, case=case, days={"x": {"told": TODAY}}, at=AT)
    with pytest.raises(Forbidden):
        tell_all_rights(by=office.outsider, case=case, at=AT)
    assert not RightStep.objects.exists()


def test_a_wrong_day_comes_back_as_it_was_typed(office: CaseOffice) -> None:
    case = opened(office)
    client, path = signed_in(Client(), office.melati), f"/kantor/kasus/{case.code}/hak/"
    for typed in ("besok", "2999-01-01"):
        answer = client.post(path, {"hak": "home", "met": typed, "told": "2026-11-02"})
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.content.decode()
        assert 'value="2026-11-02"' in answer.content.decode()
    assert not RightStep.objects.exists()
    assert client.post(path, {"hak": "home", "met": "2026-11-02"}).status_code == 302
    assert RightStep.objects.get().met == date(2026, 11, 2)


def test_one_click_marks_a_step_today_another_takes_it_back_and_the_rest_stays(
    office: CaseOffice,
) -> None:
    case = opened(office)
    before = {"home": {"told": date(2026, 11, 20)}, "free": {"told": date(2026, 11, 20)}}
    keep_rights(by=office.melati, case=case, days=before, at=AT)
    client, path = signed_in(Client(), office.melati), f"/kantor/kasus/{case.code}/hak/tandai/"
    answer = client.post(path, {"hak": "home", "hari-ini": "requested"})
    assert answer["Location"].endswith("/hak/#hak-home")
    row = RightStep.objects.get(right="home")
    assert (row.told, row.met) == (date(2026, 11, 20), None)
    assert row.requested is not None
    page = client.get(f"/kantor/kasus/{case.code}/hak/").content.decode()
    assert 'form="satu-home" name="urung" value="requested"' in page
    assert 'form="satu-home" name="hari-ini" value="met"' in page
    client.post(path, {"hak": "home", "urung": "requested"})
    row.refresh_from_db()
    assert (row.told, row.requested) == (date(2026, 11, 20), None)
    for sent in ({"hak": "home", "hari-ini": "x"}, {"hak": "x", "hari-ini": "met"}, {}):
        assert client.post(path, sent).status_code == 409
    assert Row.objects.filter(subject=case.code, verb="case.rights_kept").count() == 3


def test_the_page_to_hand_over_says_nothing_of_whose_rights_they_are(office: CaseOffice) -> None:
    case = opened(office)
    client = signed_in(Client(), office.melati)
    page = client.get(f"/kantor/kasus/{case.code}/hak/cetak/").content.decode()
    shown = page.split("<h1>")[1]
    assert case.code not in shown
    assert all(one.id in shown for one in all_rights())
