"""A lost second factor: one manager asks, another one takes it, its owner may say no."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from teduh.access import actions, queries, rules
from teduh.access.models import Elevation, LostFactor, Member
from teduh.access.words import AgencyKind, Right
from teduh.audit.models import Row
from teduh.lib.actors import ANONYMOUS, CLOCK, COMMAND, Actor
from teduh.outbox.models import Message
from tests.factories import AgencyFactory, MemberFactory, signed_in

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WHY = "Ponsel hilang kemarin, sudah bertemu langsung."

pytestmark = pytest.mark.django_db


def office() -> tuple[Member, Member, Member]:
    """An officer, and two who manage members."""
    head = MemberFactory(role="head")
    supervisor = MemberFactory(role="supervisor", agency=head.agency)
    return MemberFactory(role="officer", agency=head.agency), supervisor, head


def ask(by: Member, member: Member) -> LostFactor:
    return actions.ask_reset(by=by.actor, member=member, reason=WHY, at=AT)


def verbs(member: Member) -> list[str]:
    rows = Row.objects.filter(subject=member.code).order_by("number")
    return list(rows.values_list("verb", flat=True))


# --- asking ----------------------------------------------------------------------------------------


def test_asking_takes_nothing_and_tells_the_owner_and_the_second_person() -> None:
    member, supervisor, head = office()
    asked = ask(supervisor, member)
    assert queries.has_second_factor(member)
    assert asked.until == AT + timedelta(hours=24)
    assert list(queries.approvers(asked, AT)) == [head]
    assert sorted(Message.objects.values_list("template", flat=True)) == ["lost_factor", "work"]
    assert verbs(member) == ["lost_factor.asked"]


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK, COMMAND])
def test_nobody_without_a_name_is_one_of_the_two(by: Actor) -> None:
    member, _supervisor, _head = office()
    with pytest.raises(rules.Forbidden):
        actions.ask_reset(by=by, member=member, reason=WHY, at=AT)
    assert not LostFactor.objects.exists()
    assert not Message.objects.exists()


def test_who_asks_manages_members_sees_this_one_and_is_somebody_else() -> None:
    member, supervisor, _head = office()
    chief = MemberFactory(role="head", agency=AgencyFactory(kind=AgencyKind.POLICE))
    colleague = MemberFactory(role="officer", agency=member.agency)
    for by, about, refusal in (
        (colleague, member, rules.Forbidden),
        (chief, member, rules.Forbidden),
        (supervisor, supervisor, rules.OwnRights),
        (supervisor, MemberFactory(agency=member.agency, active=False), rules.Forbidden),
    ):
        with pytest.raises(refusal):
            ask(by, about)
    assert not LostFactor.objects.exists()


def test_a_request_is_explained() -> None:
    member, supervisor, _head = office()
    with pytest.raises(rules.NoReason):
        actions.ask_reset(by=supervisor.actor, member=member, reason="hilang", at=AT)


def test_only_one_request_waits_and_an_old_one_is_asked_anew() -> None:
    member, supervisor, head = office()
    ask(supervisor, member)
    with pytest.raises(rules.AlreadyAsked):
        ask(head, member)
    later = AT + timedelta(hours=24)
    actions.ask_reset(by=head.actor, member=member, reason=WHY, at=later)
    assert LostFactor.objects.waiting(later).get().asked_by == head


# --- approving -------------------------------------------------------------------------------------


def test_a_second_person_takes_the_factor_and_every_session(client: Client) -> None:
    member, supervisor, head = office()
    signed_in(client, member)
    actions.approve_reset(by=head.actor, asked=ask(supervisor, member), at=AT)
    assert not member.authenticator_set.exists()
    assert client.get("/kantor/saya/").status_code == 302
    kept = LostFactor.objects.get()
    assert (kept.approved, kept.by, kept.decided_at) == (True, head, AT)
    assert verbs(member) == ["lost_factor.asked", "member.second_factor_reset"]
    hands = Row.objects.filter(subject=member.code).order_by("number")
    assert list(hands.values_list("by_code", flat=True)) == [supervisor.code, head.code]
    assert Message.objects.filter(template="account").count() == 1


def test_one_person_is_not_two() -> None:
    member, supervisor, head = office()
    asked = ask(supervisor, member)
    with pytest.raises(rules.OwnRights):
        actions.approve_reset(by=supervisor.actor, asked=asked, at=AT)
    with pytest.raises(rules.OwnRights):
        actions.approve_reset(by=head.actor, asked=ask(supervisor, head), at=AT)
    with pytest.raises(rules.Forbidden):
        actions.approve_reset(by=COMMAND, asked=asked, at=AT)
    assert queries.has_second_factor(member)
    for by in (member, supervisor):
        with pytest.raises(IntegrityError), transaction.atomic():
            LostFactor.objects.filter(pk=asked.pk).update(by=by, approved=True, decided_at=AT)


def test_a_third_person_without_the_right_takes_nothing() -> None:
    member, supervisor, _head = office()
    asked = ask(supervisor, member)
    chief = MemberFactory(role="head", agency=AgencyFactory(kind=AgencyKind.POLICE))
    for by in (MemberFactory(role="officer", agency=member.agency), chief):
        with pytest.raises(rules.Forbidden):
            actions.approve_reset(by=by.actor, asked=asked, at=AT)
    assert queries.has_second_factor(member)
    assert verbs(member) == ["lost_factor.asked"]


def test_after_a_day_nobody_approves() -> None:
    member, supervisor, head = office()
    asked = ask(supervisor, member)
    with pytest.raises(rules.TooLate):
        actions.approve_reset(by=head.actor, asked=asked, at=asked.until)
    with pytest.raises(IntegrityError), transaction.atomic():
        LostFactor.objects.filter(pk=asked.pk).update(
            by=head, approved=True, decided_at=asked.until
        )
    assert queries.has_second_factor(member)
    assert not LostFactor.objects.waiting(asked.until).exists()


def test_a_request_is_answered_once() -> None:
    member, supervisor, head = office()
    asked = ask(supervisor, member)
    stale = LostFactor.objects.get(pk=asked.pk)
    actions.refuse_reset(by=member.actor, asked=asked, at=AT)
    with pytest.raises(rules.AlreadyDecided):
        actions.approve_reset(by=head.actor, asked=stale, at=AT)
    assert queries.has_second_factor(member)


def test_an_approval_that_cannot_be_told_takes_nothing(settings: Settings) -> None:
    member, supervisor, head = office()
    asked = ask(supervisor, member)
    settings.TEDUH_SERVER_SECRET = None  # no address can be kept
    with pytest.raises(TypeError):
        actions.approve_reset(by=head.actor, asked=asked, at=AT)
    assert queries.has_second_factor(member)
    assert LostFactor.objects.waiting(AT).exists()
    assert verbs(member) == ["lost_factor.asked"]


def test_a_right_lent_for_an_hour_makes_a_second_person() -> None:
    member, supervisor, head = office()
    asked = ask(head, supervisor)
    assert not queries.approvers(asked, AT).exists()
    lent = actions.ask_elevation(
        by=member.actor, member=member, right=Right.MANAGE_MEMBERS, reason=WHY, hours=1, at=AT
    )
    actions.approve_elevation(by=head.actor, elevation=lent, at=AT)
    Elevation.objects.update(until=datetime(2100, 1, 1, tzinfo=UTC))  # the right is asked for now
    assert list(queries.approvers(asked, AT)) == [member]
    actions.approve_reset(by=member.actor, asked=asked, at=AT)
    assert not supervisor.authenticator_set.exists()


def test_a_colleague_whom_the_asking_one_has_just_invited_is_no_second_person() -> None:
    member, supervisor, _head = office()
    asked = ask(supervisor, member)
    kept = {"role": "head", "agency": member.agency, "invited_by": supervisor.code}
    new = MemberFactory(joined_at=AT - timedelta(days=6), **kept)
    known = MemberFactory(joined_at=AT - timedelta(days=8), **kept)
    with pytest.raises(rules.OwnRights):
        actions.approve_reset(by=new.actor, asked=asked, at=AT)
    assert new not in queries.approvers(asked, AT)
    assert known in queries.approvers(asked, AT)
    actions.approve_reset(by=known.actor, asked=asked, at=AT)
    assert not member.authenticator_set.exists()


# --- saying no -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [0, 1, 2])
def test_its_owner_who_asked_and_the_second_person_may_say_no(who: int) -> None:
    people = office()
    asked = ask(people[1], people[0])
    actions.refuse_reset(by=people[who].actor, asked=asked, at=AT)
    assert queries.has_second_factor(people[0])
    assert LostFactor.objects.get().by == people[who]
    assert verbs(people[0]) == ["lost_factor.asked", "lost_factor.refused"]


def test_nobody_else_says_no() -> None:
    member, supervisor, _head = office()
    asked = ask(supervisor, member)
    for by in (MemberFactory(role="officer", agency=member.agency).actor, ANONYMOUS, COMMAND):
        with pytest.raises(rules.Forbidden):
            actions.refuse_reset(by=by, asked=asked, at=AT)
    assert LostFactor.objects.waiting(AT).exists()


# --- on the pages ----------------------------------------------------------------------------------


def test_two_managers_take_a_factor_on_the_page(client: Client) -> None:
    member, supervisor, head = office()
    page = f"/kantor/anggota/{member.code}/"
    signed_in(client, supervisor)
    assert client.post(f"{page}faktor-hilang/", {"reason": "hilang"}).status_code == 200
    client.post(f"{page}faktor-hilang/", {"reason": WHY})
    asked = LostFactor.objects.get()
    mine = client.get(page).content.decode()
    assert head.name in mine
    assert "setuju/" not in mine
    other = signed_in(Client(), head)
    assert member.name in other.get("/kantor/anggota/").content.decode()
    assert "setuju/" in other.get(page).content.decode()
    other.post(f"/kantor/faktor-hilang/{asked.pk}/setuju/")
    assert not member.authenticator_set.exists()


def test_the_owner_says_no_on_the_own_page(client: Client) -> None:
    member, supervisor, _head = office()
    signed_in(Client(), supervisor).post(
        f"/kantor/anggota/{member.code}/faktor-hilang/", {"reason": WHY}
    )
    signed_in(client, member)
    assert "tolak/" in client.get("/kantor/saya/").content.decode()
    answer = client.post(f"/kantor/faktor-hilang/{LostFactor.objects.get().pk}/tolak/")
    assert answer.headers["Location"] == "/kantor/saya/"
    assert "tolak/" not in client.get("/kantor/saya/").content.decode()
    assert queries.has_second_factor(member)


def test_who_signed_in_since_then_is_pointed_out(client: Client) -> None:
    member, supervisor, head = office()
    signed_in(Client(), supervisor).post(
        f"/kantor/anggota/{member.code}/faktor-hilang/", {"reason": WHY}
    )
    signed_in(client, head)
    page = f"/kantor/anggota/{member.code}/"
    assert "sesudah permintaan dibuat" not in client.get(page).content.decode()
    member.sign_ins.create(at=datetime(2100, 1, 1, tzinfo=UTC), device="desk")
    assert "sesudah permintaan dibuat" in client.get(page).content.decode()
