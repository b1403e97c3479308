"""Hearings and deadlines: their days, who is reminded, what clashes, the calendar of a companion."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.models import Conflict, Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.services import counts
from teduh.services import hearing_days as rules
from teduh.services import hearing_table as table
from teduh.services.actions import hearings as actions
from teduh.services.models import Hearing
from teduh.services.queries.hearings import hearing_of
from teduh.sop.models import Promise
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import AT, CaseOffice, opened
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db
SOON = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
QUERIES = 4  # of the calendar, whatever it holds
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


def on(office: CaseOffice, case: Case, when: datetime = SOON, kind: str = "witness") -> Hearing:
    day = actions.Day(kind, when, office.melati, "court")
    return actions.set_hearing(by=office.melati, case=case, day=day, at=AT)


def fresh(hearing: Hearing) -> Hearing:
    return Hearing.objects.select_related("case").get(pk=hearing.pk)


@given(DAYS)
def test_a_month_holds_each_of_its_days_once(day: date) -> None:
    first = rules.month_of(f"{day:%Y-%m}", day)
    found = [one for week in rules.weeks_of(first) for one in week if one]
    assert found[0] == first
    assert found == [
        first + timedelta(days=n) for n in range((rules.month_after(first) - first).days)
    ]
    assert rules.month_before(rules.month_after(first)) == first
    assert all(len(week) == 7 for week in rules.weeks_of(first))


@pytest.mark.parametrize("text", ["", "2026-13", "0000-00", "9999-12", "2026-1", "x", "2026-11-01"])
def test_an_odd_month_is_this_month(text: str) -> None:
    assert rules.month_of(text, date(2026, 11, 24)) == date(2026, 11, 1)


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 20)), max_size=8))
def test_two_of_one_companion_within_three_hours_clash_and_no_others(
    told: list[tuple[int, int]],
) -> None:
    rows = [(n, who, AT + timedelta(hours=hour)) for n, (who, hour) in enumerate(told)]
    close = {
        one[0]
        for one in rows
        for other in rows
        if one[0] != other[0] and one[1] == other[1] and abs(one[2] - other[2]) < rules.APART
    }
    assert rules.clashing(rows) == close


def test_a_list_of_kinds_that_cannot_be_right_is_refused() -> None:
    text = table.FILE.read_text(encoding="utf-8")
    for old, new in (
        ('code = "police"', 'code = "dua kata"'),
        ('code = "scene"', 'code = "police"'),
        ("deadline = true\ndays", "days"),
        ('en = "Examination by the police"', ""),
        ("[[outcome]]", "[[result]]"),
    ):
        assert old in text
        with pytest.raises(ValueError, match=r"kind|outcome"):
            table.parse(text.replace(old, new))
    assert all(one.source for one in table.lists()["kind"].values() if one.days)


def test_whoever_goes_along_is_reminded_until_the_day_is_over(office: CaseOffice) -> None:
    adopt_next(office.team, since=date(2026, 11, 1))
    case = opened(office)
    hearing, deadline = on(office, case), on(office, case, kind="appeal")
    due = dict(Promise.objects.filter(step="hearing").values_list("about", "due_at"))
    assert due == {
        hearing.code: datetime(2026, 12, 2, 17, 0, tzinfo=UTC),  # the end of the next day here
        deadline.code: datetime(2026, 12, 1, 17, 0, tzinfo=UTC),  # the end of its day
    }
    assert set(Promise.objects.filter(step="hearing").values_list("owner", flat=True)) == {"melati"}
    later = SOON + timedelta(hours=4)
    actions.note_outcome(by=office.melati, hearing=fresh(hearing), outcome="went", at=later)
    actions.drop(by=office.melati, hearing=fresh(deadline), at=later)
    assert not Promise.objects.running().filter(step="hearing").exists()
    assert Promise.objects.get(about=hearing.code).met_at == later
    assert (fresh(hearing).state, fresh(deadline).state) == ("held", "dropped")
    assert counts.hearings(date(2026, 12, 1), date(2026, 12, 1)) == {"went": 1}
    assert counts.hearings(date(2026, 11, 1), date(2026, 11, 30)) == {}
    verbs = Row.objects.filter(verb__startswith="hearing.").order_by("number")
    assert [one.verb for one in verbs] == ["hearing.set"] * 2 + ["hearing.noted", "hearing.dropped"]


def test_what_is_postponed_names_its_new_day_and_is_promised_anew(office: CaseOffice) -> None:
    adopt_next(office.team, since=date(2026, 11, 1))
    old = on(office, opened(office))
    new = actions.postpone(
        by=office.melati, hearing=fresh(old), when=SOON + timedelta(days=7), at=AT
    )
    old = fresh(old)
    assert (old.state, old.moved_to, new.companion) == ("postponed", new, office.melati)
    assert Promise.objects.running().get(step="hearing").about == new.code
    for act in (
        lambda: actions.drop(by=office.melati, hearing=old, at=AT),
        lambda: actions.postpone(by=office.melati, hearing=old, when=SOON, at=AT),
        lambda: actions.note_outcome(by=office.melati, hearing=old, outcome="went", at=AT),
    ):
        with pytest.raises(rules.OverAlready):
            act()
    assert Hearing.objects.count() == 2


def test_whoever_puts_it_off_goes_along_where_the_companion_has_left(office: CaseOffice) -> None:
    case = opened(office)
    day = actions.Day("witness", SOON, office.melati)
    old = actions.set_hearing(by=office.melati, case=case, day=day, at=AT)
    Member.objects.filter(pk=office.melati.pk).update(active=False)
    week = SOON + timedelta(days=7)
    new = actions.postpone(by=office.supervisor, hearing=fresh(old), when=week, at=AT)
    assert new.companion == office.supervisor


def test_a_day_is_set_no_farther_than_a_promise_runs(office: CaseOffice) -> None:
    adopt_next(office.team, since=date(2026, 11, 1))
    case = opened(office)
    last = datetime.combine(AT.date() + rules.AHEAD, time(3), UTC)
    on(office, case, when=last)
    assert Promise.objects.get(step="hearing").due_at.date() == last.date() + timedelta(days=1)
    with pytest.raises(rules.WrongDay):
        on(office, case, when=last + timedelta(days=1))


def test_no_outcome_before_its_time_and_no_day_that_is_over(office: CaseOffice) -> None:
    case = opened(office)
    hearing, deadline = on(office, case), on(office, case, kind="appeal")
    for outcome, at in (("went", AT), ("bukan", SOON)):
        with pytest.raises(rules.WrongDay):
            actions.note_outcome(by=office.melati, hearing=fresh(hearing), outcome=outcome, at=at)
    actions.note_outcome(by=office.melati, hearing=fresh(deadline), outcome="acted", at=AT)
    for when in (AT - timedelta(days=1), AT + timedelta(days=2000)):
        with pytest.raises(rules.WrongDay):
            on(office, case, when)
    with pytest.raises(rules.WrongDay):
        on(office, case, kind="pesta")
    assert Hearing.objects.count() == 2


def test_who_may_not_know_of_the_case_goes_along_to_nothing(office: CaseOffice) -> None:
    case, away = opened(office), MemberFactory(role="legal_companion")
    with pytest.raises(Forbidden):
        actions.set_hearing(
            by=office.melati, case=case, day=actions.Day("witness", SOON, away), at=AT
        )
    with pytest.raises(Forbidden):
        actions.set_hearing(
            by=office.outsider, case=case, day=actions.Day("witness", SOON, office.melati), at=AT
        )
    assert not Hearing.objects.exists()


def test_the_calendar_shows_ones_own_and_those_of_the_team_and_nothing_barred(
    office: CaseOffice,
) -> None:
    case, other = opened(office), opened(office)
    own, clash = on(office, case), on(office, other, SOON + timedelta(hours=1))
    page = "/kantor/layanan/sidang/?bulan=2026-12"
    client = signed_in(Client(), office.melati)
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(page).content.decode()
    assert len(asked) == QUERIES
    assert own.code in shown and clash.code in shown  # noqa: PT018  one thought
    assert "bertabrakan" in shown
    colleague = signed_in(Client(), office.manager)
    assert case.code not in colleague.get(page).content.decode()
    assert case.code in colleague.get(f"{page}&siapa=semua").content.decode()
    Conflict.objects.create(
        subject=case.code,
        root=case.code,
        team_code=office.team.code,
        member=office.manager,
        kind="friend",
        told_by=office.manager,
        day=date(2026, 11, 24),
    )
    assert case.code not in colleague.get(f"{page}&siapa=semua").content.decode()
    assert own.code not in client.get("/kantor/layanan/sidang/?bulan=2027-01").content.decode()


def test_a_form_that_is_refused_keeps_what_was_typed(office: CaseOffice) -> None:
    case, client = opened(office), signed_in(Client(), office.melati)
    page = f"/kantor/layanan/kasus/{case.code}/pendampingan/sidang/"
    told = {"kind": "witness", "day": "2031-01-31", "companion": "melati", "place": "court"}
    answer = client.post(page, told)
    assert answer.status_code == 422  # no hour
    assert all(one in answer.content.decode() for one in ("2031-01-31", "Isi jamnya"))
    assert client.post(page, told | {"hour": "09:00"}).status_code == 422  # too far ahead
    day = (timezone.now() + timedelta(days=5)).date().isoformat()
    assert client.post(page, told | {"hour": "09:00", "day": day}).status_code == 302
    hearing = Hearing.objects.get()
    step = f"{page}{hearing.code}/"
    for sent in (
        {"langkah": "hasil"},
        {"langkah": "undur", "day": "kemarin"},
        {"langkah": "undur", "day": day},
    ):
        answer = client.post(step, sent)
        assert answer.status_code == 422, sent
        assert sent.get("day", "") in answer.content.decode()
    assert client.post(step, {"langkah": "hasil", "outcome": "went"}).status_code == 409
    assert client.post(step, {"langkah": "undur", "day": day, "hour": "13:00"}).status_code == 302
    assert client.post(step, {"langkah": "batal"}).status_code == 409
    assert client.post(f"{page}SDG-9999-9999/", {"langkah": "batal"}).status_code == 404
    found = hearing_of(case, hearing.code)
    assert found is not None and found.moved_to is not None  # noqa: PT018  for the type
    after = client.get(f"{page}?jenis=appeal&sejak={day}").content.decode()
    assert (date.fromisoformat(day) + timedelta(days=7)).isoformat() in after
