"""One case at the table: her wishes, what agencies say, decisions with promises, what a partner reads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from teduh.access.models import Conflict, Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases.models import Case
from teduh.conferences import actions, queries
from teduh.conferences.models import AgendaItem, AgreedDanger, Contribution, Decision, TableSeat
from teduh.conferences.rules import NotDeclared, NotReady, WrongDay, WrongMove
from teduh.conferences.words import (
    DangerKind,
    Doing,
    Evidence,
    FeedbackWay,
    LetGo,
    Unsaid,
    Whose,
)
from teduh.config import clock
from teduh.lib.timing import begin_of, local_day
from teduh.outbox.models import Message
from teduh.records.models import Consent
from teduh.records.words import Duty
from teduh.sop.models import Promise
from teduh.vault.models import Envelope
from teduh.vault.rules import Refused
from tests.factories import AgencyFactory, MemberFactory, signed_in
from tests.factories.cases import AT, opened, sealed_item
from tests.factories.conferences import (
    DAY,
    AtTable,
    decided,
    held,
    spoken_of,
    under_way,
    wish,
)
from tests.factories.grants import granted, texts, withdraw
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
WISHES, DECISION = "conferences.item.wishes", "conferences.decision.legal"
LAW = "conferences.contribution.legal"
DECIDED = "Contoh: patroli malam."


def verbs(table: AtTable) -> list[str]:
    rows = Row.objects.filter(subject=table.case.code).order_by("number")
    prefixes = ("conference.", "decision.")
    return [one.verb for one in rows if one.verb.startswith(prefixes)]


def sealed(table: AtTable, what: str, text: str = "Contoh") -> list[Any]:
    return [sealed_item(table.case, what, text)]


def barred(table: AtTable, member: Member) -> None:
    """A conflict of interest keeps this member from the case."""
    Conflict.objects.create(
        subject=table.case.code,
        root=table.case.code,
        team_code=table.office.team.code,
        member=member,
        kind="friend",
        told_by=member,
        day=DAY,
    )


def contribute(table: AtTable, text: str = "Contoh: sudah dua kali menjemput.") -> Contribution:
    return actions.contribute(
        by=table.office.melati,
        item=table.item,
        agency=table.police,
        items=sealed(table, LAW, text),
        at=AT,
    )


def test_her_wishes_come_first_or_why_they_are_not_written(table: AtTable) -> None:
    under_way(table)
    with pytest.raises(NotReady) as error:
        actions.discuss(by=table.office.melati, item=table.item, at=AT)
    assert error.value.lacks == ("wishes",)
    keep: dict[str, Any] = {"by": table.office.melati, "item": table.item, "at": AT}
    for items, unsaid in (([], ""), (sealed(table, WISHES), Unsaid.NOT_NOW)):
        with pytest.raises(NotReady):
            actions.keep_wishes(**keep, items=items, unsaid=unsaid)
    assert not table.item.has_wishes
    assert not Envelope.objects.filter(what=WISHES).exists()
    actions.keep_wishes(**keep, items=[], unsaid=Unsaid.NOT_NOW)
    assert (table.item.wishes, table.item.unsaid) == ("", "not_now")
    wish(table)
    assert table.item.wishes
    assert not table.item.unsaid
    actions.discuss(by=table.office.melati, item=table.item, at=AT)
    assert table.item.state == "discussed"
    assert verbs(table)[-2:] == ["conference.wishes_kept", "conference.discussed"]


def test_the_table_itself_refuses_a_case_discussed_without_her(table: AtTable) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=table.item.pk).update(state="discussed")


def test_without_her_yes_or_a_duty_it_is_not_discussed(table: AtTable) -> None:
    wish(table)
    actions.begin(by=table.office.melati, conference=table.conference, at=AT)
    discuss: dict[str, Any] = {"by": table.office.melati, "item": table.item, "at": AT}
    with pytest.raises(NotReady) as error:
        actions.discuss(**discuss)
    assert error.value.lacks == ("basis",)
    yes = spoken_of(table)
    with pytest.raises(NotReady) as error:
        actions.discuss(**discuss)
    assert error.value.lacks == ("nobody",)
    TableSeat.objects.filter(member=table.others.bakung).update(presence="present")
    withdraw(table.office, yes, AT)
    with pytest.raises(NotReady) as error:
        actions.discuss(**discuss)
    assert error.value.lacks == ("basis",)
    duty = {"given_by": "duty", "duty": Duty.LIFE}
    spoken_of(replace(table, office=replace(table.office, melati=table.office.supervisor)), **duty)
    actions.discuss(**discuss)
    assert table.item.state == "discussed"


def test_an_agency_about_which_she_did_not_agree_says_and_gets_nothing(table: AtTable) -> None:
    wish(under_way(table))
    told = actions.Told(table.others.hospital, Doing.TREAT, DAY)
    with pytest.raises(NotReady) as error:
        actions.decide(
            by=table.office.melati,
            item=table.item,
            told=told,
            items=sealed(table, "conferences.decision.medical"),
            at=AT,
        )
    assert error.value.lacks == ("basis",)
    with pytest.raises(NotReady):
        actions.contribute(
            by=table.office.melati,
            item=table.item,
            agency=table.others.hospital,
            items=sealed(table, "conferences.contribution.medical"),
            at=AT,
        )
    assert not Decision.objects.exists()
    assert not Envelope.objects.filter(what__startswith="conferences.decision").exists()


def test_what_an_agency_says_is_kept_before_the_meeting_too(table: AtTable) -> None:
    spoken_of(table)
    row = contribute(table)
    assert (row.part, row.member) == ("legal", table.office.melati)
    with pytest.raises(Refused):  # in another part it would open for others
        actions.contribute(
            by=table.office.melati,
            item=table.item,
            agency=table.police,
            items=sealed(table, "conferences.contribution.care"),
            at=AT,
        )
    assert Contribution.objects.count() == 1


def test_dangers_are_agreed_once_each_with_the_newest_words(table: AtTable) -> None:
    agree: dict[str, Any] = {"by": table.office.melati, "item": table.item, "at": AT}
    one = {"whose": Whose.SURVIVOR, "kind": DangerKind.VIOLENCE}
    actions.agree_danger(**agree, **one, items=[])
    items = sealed(table, "conferences.danger.note")
    actions.agree_danger(**agree, **one, items=items)
    actions.agree_danger(**agree, **one, items=[])
    assert [row.sealed for row in AgreedDanger.objects.all()] == [items[0].item]


def test_minutes_are_sealed_for_the_team_of_the_case(table: AtTable) -> None:
    items = sealed(table, "conferences.item.minutes", "Contoh notulen")
    actions.write_minutes(by=table.office.melati, item=table.item, items=items, at=AT)
    assert table.item.minutes == items[0].item
    assert Envelope.objects.get(item=items[0].item).compartment.comp == "work"
    with pytest.raises(Refused):
        actions.write_minutes(by=table.office.melati, item=table.item, items=[], at=AT)


def test_a_decision_becomes_a_promise_until_its_day(table: AtTable) -> None:
    adopt_next(table.office.team, since=DAY)
    wish(under_way(table))
    row = decided(table, days=7)
    assert row.code.startswith("KPT-")
    promise = Promise.objects.get(about=row.code)
    assert (promise.subject, promise.step) == (table.case.code, "conference_decision")
    assert promise.due_at == begin_of(row.due + timedelta(days=1))
    actions.carry_out(by=table.others.bakung, decision=row, evidence=Evidence.LETTER, at=AT)
    row.refresh_from_db()
    promise.refresh_from_db()
    assert (row.state, row.evidence, row.ended_day) == ("done", "letter", DAY)
    assert promise.met_at == AT
    actions.carry_out(by=table.others.bakung, decision=row, evidence=Evidence.MET, at=AT)
    actions.let_go(by=table.office.melati, decision=row, reason=LetGo.NEEDLESS, at=AT)
    row.refresh_from_db()
    assert (row.state, row.evidence, row.let_go) == ("done", "letter", "")
    assert verbs(table)[-2:] == ["decision.made", "decision.done"]


def test_a_decision_of_a_merged_case_meets_the_promise_that_went_over(table: AtTable) -> None:
    adopt_next(table.office.team, since=DAY)
    wish(under_way(table))
    row = decided(table)
    stays = opened(table.office)
    Promise.objects.filter(about=row.code).update(subject=stays.code)
    Case.objects.filter(pk=table.case.pk).update(
        state="closed", closed_for="merged", closed_day=DAY, merged_into=stays
    )
    say: dict[str, Any] = {"decision": row, "evidence": Evidence.MET, "at": AT}
    with pytest.raises(Forbidden):  # her yes was about the case that ended
        actions.carry_out(by=table.others.bakung, **say)
    spoken_of(replace(table, case=stays))
    actions.carry_out(by=table.others.bakung, **say)
    assert Promise.objects.get(about=row.code).met_at == AT


def test_a_decision_needs_a_day_that_comes_and_a_member_of_that_agency(table: AtTable) -> None:
    wish(under_way(table))
    with pytest.raises(WrongDay):
        decided(table, days=-1)
    with pytest.raises(WrongDay):
        decided(table, days=61)
    with pytest.raises(WrongDay):
        decided(table, days=(date.max - DAY).days)
    with pytest.raises(WrongDay):
        decided(table, days=366)
    told = actions.Told(table.police, Doing.PATROL, DAY, table.others.flamboyan)
    with pytest.raises(Forbidden):
        actions.decide(
            by=table.office.melati,
            item=table.item,
            told=told,
            items=sealed(table, DECISION),
            at=AT,
        )
    assert not Decision.objects.exists()


def test_nothing_more_is_decided_of_a_case_that_has_ended(table: AtTable) -> None:
    wish(under_way(table))
    Case.objects.filter(pk=table.case.pk).update(state="closed", closed_day=DAY)
    with pytest.raises(WrongMove):
        decided(table)
    assert not Decision.objects.exists()


def test_it_is_decided_at_the_table_and_not_before(table: AtTable) -> None:
    spoken_of(table)
    wish(table)
    with pytest.raises(NotReady) as error:
        decided(table)
    assert error.value.lacks == ("not_open",)


ACTS: tuple[Callable[..., object], ...] = (
    lambda table, by: actions.keep_wishes(
        by=by, item=table.item, items=[], unsaid=Unsaid.YOUNG, at=AT
    ),
    lambda table, by: actions.discuss(by=by, item=table.item, at=AT),
    lambda table, by: actions.agree_danger(
        by=by, item=table.item, whose=Whose.STAFF, kind=DangerKind.REVENGE, items=[], at=AT
    ),
    lambda table, by: actions.agree_feedback(
        by=by,
        item=table.item,
        way=FeedbackWay.MET,
        who=table.office.melati,
        until=DAY,
        at=AT,
    ),
)


@pytest.mark.parametrize("act", ACTS)
def test_only_who_walks_with_her_and_sits_there_writes(
    table: AtTable, act: Callable[..., object]
) -> None:
    wish(under_way(table))
    before = verbs(table)
    for by in (table.office.outsider, table.others.bakung):
        with pytest.raises(Forbidden):
            act(table, by)
    with pytest.raises(NotDeclared):  # of the team, with no seat
        act(table, table.office.supervisor)
    assert verbs(table) == before


@pytest.mark.parametrize("act", ACTS)
def test_after_the_end_nothing_is_written(table: AtTable, act: Callable[..., object]) -> None:
    held(table)
    with pytest.raises(WrongMove):
        act(table, table.office.melati)


def test_she_is_told_after_the_meeting_and_that_is_kept(table: AtTable) -> None:
    with pytest.raises(WrongMove):
        actions.tell_her(by=table.office.melati, item=table.item, at=AT)
    held(table)
    until = table.item.feedback_until
    assert until is not None
    late = until + timedelta(days=1)
    assert queries.untold_of(table.office.melati, until) == []
    assert queries.untold_of(table.office.melati, late) == [table.item]
    assert queries.untold_of(table.others.bakung, late) == []
    AgendaItem.objects.update(feedback_until=DAY - timedelta(days=400))
    page = signed_in(Client(), table.office.melati).get("/kantor/rapat/").content.decode()
    assert "belum-dikabari" in page
    actions.tell_her(by=table.office.melati, item=table.item, at=AT)
    assert table.item.feedback_day == DAY
    assert queries.untold_of(table.office.melati, late) == []
    assert verbs(table)[-1] == "conference.feedback_given"


def test_nobody_outside_the_case_is_named_to_tell_her(table: AtTable) -> None:
    with pytest.raises(Forbidden):
        actions.agree_feedback(
            by=table.office.melati,
            item=table.item,
            way=FeedbackWay.CALL,
            who=table.others.bakung,
            until=DAY,
            at=AT,
        )
    with pytest.raises(WrongDay):
        actions.agree_feedback(
            by=table.office.melati,
            item=table.item,
            way=FeedbackWay.CALL,
            who=table.office.melati,
            until=DAY - timedelta(days=1),
            at=AT,
        )


def test_what_is_late_climbs_to_the_head_of_its_agency_once(table: AtTable) -> None:
    head = MemberFactory(role="head", agency=table.police, email="kepala@contoh.invalid")
    wish(under_way(table))
    row = decided(table, days=1)
    actions.climb(at=AT + timedelta(days=1))
    assert Decision.objects.get().told_day is None
    Message.objects.all().delete()
    later = AT + timedelta(days=2)
    actions.climb(at=later)
    actions.climb(at=later + timedelta(hours=1))
    told = Row.objects.filter(verb="decision.late", subject=table.case.code)
    assert told.count() == 1
    assert Decision.objects.get().told_day == DAY + timedelta(days=2)
    assert row.agency == head.agency
    assert any("climb" in one.__code__.co_names for one in clock.CHORES)


def test_the_head_of_the_office_sees_what_is_late_without_a_case(table: AtTable) -> None:
    head = MemberFactory(role="head", agency=table.office.team.agency)
    wish(under_way(table))
    row = decided(table)
    Decision.objects.update(due=DAY - timedelta(days=400))
    page = signed_in(Client(), head).get("/kantor/rapat/").content.decode()
    assert row.code in page
    assert table.case.code not in page
    partner = signed_in(Client(), table.others.flamboyan).get("/kantor/rapat/").content.decode()
    assert row.code not in partner
    barred(table, head)
    page = signed_in(Client(), head).get("/kantor/rapat/").content.decode()
    assert row.code not in page


def test_a_partner_reads_what_was_granted_for_the_table_and_no_more(table: AtTable) -> None:
    wish(under_way(table))
    yes = Consent.objects.get()
    contribute(table, "Contoh: dari polisi.")
    row = decided(table, text=DECIDED)
    read: dict[str, Any] = {"by": table.others.bakung, "item": table.item, "at": AT}
    assert actions.read(**read).bundle is None
    granted(table.office, yes, table.others.bakung)
    found = actions.read(**read)
    assert found.bundle
    assert texts(table.others.bakung, found.bundle) == ["Contoh: dari polisi.", DECIDED]
    assert found.wishes == ""  # what she wants lies in a part that was not granted
    assert row.sealed in found.readable
    rows, bundles = actions.read_own(by=table.others.bakung, conference=table.conference, at=AT)
    assert [(one.code, opens) for one, opens in rows] == [(row.code, True)]
    assert texts(table.others.bakung, bundles[0]) == [DECIDED]
    withdraw(table.office, yes, AT)
    assert actions.read(**read).bundle is None
    rows, bundles = actions.read_own(by=table.others.bakung, conference=table.conference, at=AT)
    assert (rows, bundles) == ([], [])


def test_what_another_agency_said_in_the_same_part_is_not_shown(table: AtTable) -> None:
    under_way(table)
    contribute(table, "Contoh: dari polisi.")
    lawyer = MemberFactory(role="partner_officer", agency=AgencyFactory(kind="legal"))
    actions.invite(by=table.office.melati, conference=table.conference, members=[lawyer], at=AT)
    spoken_of(table, agency=lawyer.agency)
    actions.contribute(
        by=table.office.melati,
        item=table.item,
        agency=lawyer.agency,
        items=sealed(table, LAW, "Contoh: dari bantuan hukum."),
        at=AT,
    )
    granted(table.office, Consent.objects.get(agency=table.police), table.others.bakung)
    found = actions.read(by=table.others.bakung, item=table.item, at=AT)
    assert found.bundle
    assert texts(table.others.bakung, found.bundle) == ["Contoh: dari polisi."]


def seen(client: Client, row: Decision) -> list[bool]:
    """Whether the tasks, the printed part and the answer know of a decision."""
    pages = ("tugas/", f"{row.item.conference.code}/bagian/")
    shown = [row.code in client.get(f"/kantor/rapat/{page}").content.decode() for page in pages]
    return [*shown, client.post(f"/kantor/rapat/tugas/{row.code}/selesai/", {}).status_code != 404]


def test_a_decision_goes_with_the_consent_and_the_office_sees_it(table: AtTable) -> None:
    held(table)
    row, client = Decision.objects.get(), signed_in(Client(), table.others.bakung)
    page = f"/kantor/rapat/kasus/{table.case.code}/{table.conference.code}/"
    officer = signed_in(Client(), table.office.melati)
    lost = "lembaga ini tidak lagi melihat tugasnya"
    assert seen(client, row) == [True] * 3
    assert lost not in officer.get(page).content.decode()
    withdraw(table.office, Consent.objects.get(), AT)
    assert seen(client, row) == [False] * 3
    assert lost in officer.get(page).content.decode()
    with pytest.raises(Forbidden):
        actions.carry_out(by=table.others.bakung, decision=row, evidence=Evidence.MET, at=AT)
    Decision.objects.update(due=DAY - timedelta(days=1))
    assert actions.climb(at=AT) == 0  # nobody is told of what they may not see
    actions.carry_out(by=table.office.melati, decision=row, evidence=Evidence.MET, at=AT)
    row.refresh_from_db()
    assert row.state == "done"


def test_a_decision_is_for_who_sat_there_and_accepted(table: AtTable) -> None:
    held(table)
    row = Decision.objects.get()
    colleague = MemberFactory(role="partner_officer", agency=table.police)
    client = signed_in(Client(), colleague)
    assert seen(client, row) == [False] * 3
    seat = TableSeat.objects.create(conference=table.conference, member=colleague)
    assert seen(client, row) == [False] * 3
    TableSeat.objects.filter(pk=seat.pk).update(accepted_at=AT, version="1", sha="a")
    assert seen(client, row) == [True] * 3
    spoken_of(table, agency=table.others.hospital, comps=("medical",))
    assert seen(signed_in(Client(), table.others.flamboyan), row) == [False] * 3


def test_another_purpose_opens_nothing_of_the_table(table: AtTable) -> None:
    spoken_of(table)
    contribute(table)
    other = spoken_of(table, purpose="share_police", comps=("legal",))
    granted(table.office, other, table.others.bakung)
    found = actions.read(by=table.others.bakung, item=table.item, at=AT)
    assert found.bundle is None
    assert found.contributions == ()


def test_each_agency_prints_only_its_part(table: AtTable) -> None:
    held(table)
    row = Decision.objects.get()
    page = f"/kantor/rapat/{table.conference.code}/bagian/"
    police = signed_in(Client(), table.others.bakung).get(page).content.decode()
    hospital = signed_in(Client(), table.others.flamboyan).get(page).content.decode()
    office = signed_in(Client(), table.office.melati).get(page).content.decode()
    assert row.code in police
    assert all(row.code not in one and table.case.code not in one for one in (hospital, office))
    assert signed_in(Client(), table.others.cendana).get(page).status_code == 404


def test_a_partner_says_what_it_did_and_nothing_of_another_agency(table: AtTable) -> None:
    held(table)
    row = Decision.objects.get()
    page = f"/kantor/rapat/tugas/{row.code}/"
    hospital = signed_in(Client(), table.others.flamboyan)
    assert hospital.post(f"{page}selesai/", {"evidence": "met"}).status_code == 404
    assert row.code not in hospital.get("/kantor/rapat/tugas/").content.decode()
    police = signed_in(Client(), table.others.bakung)
    assert row.code in police.get("/kantor/rapat/tugas/").content.decode()
    assert police.post(f"{page}selesai/", {}).status_code == 422
    assert police.post(f"{page}lepas/", {"reason": "needless"}).status_code == 403
    assert police.post(f"{page}selesai/", {"evidence": "met"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.evidence) == ("done", "met")


def test_a_conflict_of_interest_keeps_a_partner_from_the_decision_too(table: AtTable) -> None:
    held(table)
    row = Decision.objects.get()
    barred(table, table.others.bakung)
    client = signed_in(Client(), table.others.bakung)
    for page in (f"{table.conference.code}/bagian/", "tugas/", ""):
        assert row.code not in client.get(f"/kantor/rapat/{page}").content.decode()
    part = f"/kantor/rapat/{table.conference.code}/bagian/{table.case.code}/"
    assert client.get(part).status_code == 404
    done = client.post(f"/kantor/rapat/tugas/{row.code}/selesai/", {"evidence": "met"})
    assert done.status_code == 404


def test_the_pages_of_one_case(table: AtTable) -> None:
    held(table)
    client = signed_in(Client(), table.office.melati)
    page = f"/kantor/rapat/kasus/{table.case.code}/"
    shown = client.get(page).content.decode()
    assert Decision.objects.get().code in shown
    item = client.get(f"{page}{table.conference.code}/").content.decode()
    assert table.item.wishes in item
    assert client.get(f"{page}RPT-0000-0000/").status_code == 404
    closed = signed_in(Client(), table.office.outsider).get(page).content.decode()
    assert Decision.objects.get().code not in closed
    assert client.post(f"{page}{table.conference.code}/dikabari/").status_code == 302
    assert table.item.feedback_day


def test_a_refused_way_to_tell_her_keeps_what_was_chosen(table: AtTable) -> None:
    client = signed_in(Client(), table.office.melati)
    page = f"/kantor/rapat/kasus/{table.case.code}/{table.conference.code}/kabar/"
    answer = client.post(page, {"way": "call", "who": "", "until": "2020-01-01"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="2020-01-01"' in shown
    assert 'value="call" selected' in shown


@pytest.mark.parametrize("who", ["melati", "manager"])
def test_how_she_is_told_is_agreed_on_the_page(table: AtTable, who: str) -> None:
    member = getattr(table.office, who)
    client = signed_in(Client(), table.office.melati)
    page = f"/kantor/rapat/kasus/{table.case.code}/{table.conference.code}/kabar/"
    sent = {"way": "call", "who": member.code, "until": "9999-12-31"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert 'value="9999-12-31"' in refused.content.decode()
    until = local_day(timezone.now()) + timedelta(days=30)
    answer = client.post(page, {**sent, "until": f"{until}"})
    assert (answer.status_code, table.item.feedback_by) == (302, member)
