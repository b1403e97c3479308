"""Psychological support of some months: how long, measured sealed, looked at, who may be slipping."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import sharing
from teduh.cases.models import Case, Crew
from teduh.services import psych_days as rules
from teduh.services import psych_table as table
from teduh.services.actions import psych as actions
from teduh.services.models import Measure, PsychLook, PsychPlan
from teduh.services.queries.psych import rights_of
from teduh.vault import demo
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, opened

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2024, 1, 31), date(2030, 12, 31))
PLAN: dict[str, Any] = {"months": 6, "monthly": 2, "goals": ["sleep"]}


def counselled(office: CaseOffice) -> Case:
    """A case in whose team melati is the counsellor."""
    case = opened(office)
    Crew.objects.filter(case=case, member=office.melati).update(role="counsellor")
    return case


def begun(office: CaseOffice, case: Case) -> PsychPlan:
    return actions.begin_plan(by=office.melati, case=case, at=AT, **PLAN)


def sealed(case: Case, what: str = actions.ANSWERS, text: str = '{"r":"6"}') -> actions.Sealed:
    place = {"subject": case.code, "team": case.team_code, "member": "melati"}
    new = not sharing.is_sealed(case, rules.COMP)
    made = demo.make_case(**place, comps=[rules.COMP]) if new else ()
    item = demo.seal_for_case(**place, what=what, text=text, at=AT, made=made)
    return actions.Sealed([item], made)


def measured(office: CaseOffice, plan: PsychPlan, by: Member | None = None) -> Measure:
    return actions.measure(
        by=by or office.melati, plan=plan, instrument="rating", sealed=sealed(plan.case), at=AT
    )


@given(DAYS, st.integers(1, 24))
def test_so_many_months_later_is_never_another_month(since: date, months: int) -> None:
    later = rules.months_later(since, months)
    apart = (later.year - since.year) * 12 + later.month - since.month
    assert apart == months
    assert later.day == since.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("days", "held", "ahead", "asks"),
    [
        (20, [], [], False),
        (21, [], [], True),
        (21, [-1], [], True),  # before the plan
        (21, [0], [], False),
        (60, [59], [], False),  # silence after the first is another rule
        (21, [], [21], False),
        (21, [], [20], True),
    ],
)
def test_a_plan_in_which_nobody_met_asks_after_her(
    days: int, held: list[int], ahead: list[int], *, asks: bool
) -> None:
    since = TODAY - timedelta(days=days)
    met, booked = ([since + timedelta(days=n) for n in some] for some in (held, ahead))
    assert rules.never_met(since, TODAY, met, booked) == asks


@pytest.mark.parametrize(
    ("months", "monthly", "goals", "wrong"),
    [
        (2, 2, ["sleep"], "months"),
        (13, 2, ["sleep"], "months"),
        (6, 0, ["sleep"], "monthly"),
        (6, 13, ["sleep"], "monthly"),
        (6, 2, [], "goals"),
        (6, 2, ["sleep", "sleep"], "goals"),
        (6, 2, ["pesta"], "goals"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    office: CaseOffice, months: int, monthly: int, goals: list[str], wrong: str
) -> None:
    case = counselled(office)
    told: dict[str, Any] = {"months": months, "monthly": monthly, "goals": goals}
    with pytest.raises(rules.WrongPlan, match=wrong):
        actions.begin_plan(by=office.melati, case=case, at=AT, **told)
    assert not PsychPlan.objects.exists()


def test_a_plan_runs_is_measured_looked_at_and_ends(office: CaseOffice) -> None:
    case = counselled(office)
    plan = begun(office, case)
    assert (plan.since, plan.until) == (TODAY, date(2027, 5, 24))
    with pytest.raises(rules.RunsAlready):
        begun(office, case)
    row = measured(office, plan)
    assert Envelope.objects.get(item=row.item).compartment.comp == "part-psych"
    note = sealed(case, actions.NOTE, "Contoh.")
    actions.look_at_plan(by=office.melati, plan=plan, monthly=4, goals=["calm"], sealed=note, at=AT)
    plan.refresh_from_db()
    assert (plan.monthly, plan.goals, PsychLook.objects.get().monthly) == (4, ["calm"], 4)
    actions.end_plan(by=office.melati, plan=plan, reason="reached", at=AT)
    for act in (
        lambda: measured(office, plan),
        lambda: actions.end_plan(by=office.melati, plan=plan, reason="reached", at=AT),
    ):
        with pytest.raises(rules.PlanOver):
            act()
    begun(office, case)
    verbs = Row.objects.filter(verb__startswith="psych.").order_by("number")
    assert [one.verb.removeprefix("psych.") for one in verbs] == [
        *("begun", "measured", "looked", "ended", "begun")
    ]


def test_nothing_else_is_kept_as_a_measure_and_no_score_stands_in_the_open(
    office: CaseOffice,
) -> None:
    plan = begun(office, counselled(office))
    for told in (sealed(plan.case, actions.NOTE), actions.Sealed()):
        with pytest.raises(Refused):
            actions.measure(by=office.melati, plan=plan, instrument="rating", sealed=told, at=AT)
    with pytest.raises(rules.WrongPlan):
        actions.measure(
            by=office.melati, plan=plan, instrument="bdi", sealed=sealed(plan.case), at=AT
        )
    assert not Measure.objects.exists()
    names = {field.name for field in Measure._meta.get_fields()}
    assert names == {"id", "plan", "instrument", "day", "subject", "item", "member"}


def test_only_whose_place_it_is_writes_and_reads_what_was_measured(office: CaseOffice) -> None:
    case = counselled(office)
    plan = begun(office, case)
    row = measured(office, plan)
    for other in (office.manager, office.supervisor, office.outsider):
        with pytest.raises(Forbidden):
            measured(office, plan, by=other)
    page = f"/kantor/layanan/kasus/{case.code}/pendampingan/psikologis/"
    assert row.item in signed_in(Client(), office.melati).get(page).content.decode()
    for other in (office.manager, office.supervisor):
        answer = signed_in(Client(), other).get(page)
        assert answer.status_code == 200
        assert row.item not in answer.content.decode()


def test_a_manager_who_stands_in_reads_no_measure_of_a_counsellor_who_left(
    office: CaseOffice,
) -> None:
    case = counselled(office)
    measured(office, begun(office, case))
    Crew.objects.filter(case=case, member=office.melati).update(until=TODAY)
    assert sharing.stands_in(office.manager, case, "psych", AT)
    assert not rights_of(office.manager, case, AT).reads
    assert "psych" not in sharing.parts_for(office.manager, case, AT).writes
    pages = (f"/kantor/layanan/kasus/{case.code}/pendampingan/psikologis/",
             f"/kantor/kasus/{case.code}/asesmen/")  # fmt: skip
    item = Measure.objects.get().item
    for page in pages:
        assert item not in signed_in(Client(), office.manager).get(page).content.decode()


def test_a_manager_who_stands_in_from_the_start_goes_on(office: CaseOffice) -> None:
    case = opened(office)
    Crew.objects.filter(case=case).delete()
    Crew.objects.create(case=case, member=office.melati, role="manager", since=TODAY)
    plan = begun(office, case)
    measured(office, plan)
    assert rights_of(office.melati, case, AT).writes
    measured(office, plan)
    assert Measure.objects.count() == 2


def test_one_plan_runs_and_an_end_has_its_reason_in_the_database_too(office: CaseOffice) -> None:
    plan = begun(office, counselled(office))
    for wrong in ({"ended_day": TODAY}, {"ended_for": "reached"}, {"until": TODAY}, {"monthly": 0}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            PsychPlan.objects.filter(pk=plan.pk).update(**wrong)
    with transaction.atomic(), pytest.raises(IntegrityError):
        PsychPlan.objects.create(
            case=plan.case, since=TODAY, until=plan.until, monthly=1, member=office.melati
        )


def test_the_page_begins_a_plan_says_when_it_was_not_looked_at_and_ends_it(
    office: CaseOffice,
) -> None:
    case, client = counselled(office), signed_in(Client(), office.melati)
    page = f"/kantor/layanan/kasus/{case.code}/pendampingan/psikologis/"
    refused = client.post(page, {"months": "4", "monthly": "3"})
    assert refused.status_code == 422
    assert 'value="4" selected' in refused.content.decode()
    told = {"months": "4", "monthly": "3", "goals": ["sleep", "calm"]}
    assert client.post(page, told).status_code == 302
    assert client.post(page, told).status_code == 409
    plan = PsychPlan.objects.get()
    assert "belum ditinjau" not in client.get(page).content.decode()
    PsychPlan.objects.update(since=plan.since - timedelta(days=40))
    shown = client.get(page).content.decode()
    assert "belum ditinjau" in shown
    assert "tanpa pertemuan" in shown  # forty days and nobody met
    assert (
        "Pendampingan psikologis"
        in client.get(f"/kantor/layanan/kasus/{case.code}/").content.decode()
    )
    assert client.post(f"{page}{plan.pk}/ukur/", {"alat": "x"}).status_code == 422
    assert client.post(f"{page}{plan.pk}/ukur/", {"alat": "who5"}).status_code == 409
    look = {"monthly": "1"}
    assert client.post(f"{page}{plan.pk}/tinjau/", look).json()["wrong"][0][0] == "goals"
    assert client.post(f"{page}{plan.pk}/tinjau/", look | {"goals": "calm"}).json() == {"to": page}
    assert client.post(f"{page}{plan.pk}/akhir/").status_code == 422
    assert client.post(f"{page}{plan.pk}/akhir/", {"reason": "chose"}).status_code == 302
    assert client.post(f"{page}{plan.pk}/akhir/", {"reason": "chose"}).status_code == 409
    assert client.post(f"{page}0/akhir/").status_code == 404


def test_an_instrument_that_cannot_be_right_is_refused_and_each_is_free() -> None:
    text = table.FILE.read_text(encoding="utf-8")
    for old, new in (
        ("least = 0", "least = 1"),
        ("most = 10", "most = 0"),
        ('better = "high"', 'better = "up"'),
        ("watch = 50", "watch = 500"),
        ('{ code = "a", id', '{ code = "b", id'),
        ("[[goal]]", "[[aim]]"),
        ('code = "suds"', 'code = "rating"'),
    ):
        assert old in text
        with pytest.raises(ValueError, match=r"instrument|goal"):
            table.parse(text.replace(old, new))
    assert {one.top for one in table.tables().instruments.values()} == {10, 100}
    assert all(one.free for one in table.tables().instruments.values())
