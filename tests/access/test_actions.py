"""Members come by invitation, hold what others gave them, and can be shut out at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client

from teduh.access import actions, rules
from teduh.access.models import Duty, Elevation, Member
from teduh.access.sessions import row_key
from teduh.access.words import AgencyKind, Right
from teduh.audit.models import Row
from teduh.lib.actors import ANONYMOUS, CLOCK, COMMAND
from teduh.outbox.models import Message
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def verbs(subject: str) -> list[str]:
    return list(
        Row.objects.filter(subject=subject).order_by("number").values_list("verb", flat=True)
    )


def link(member: Member) -> str:
    return f"https://contoh.invalid/{member.code}"


# --- invitation ------------------------------------------------------------------------------------


def test_an_invited_member_has_no_password_and_gets_a_link() -> None:
    team = TeamFactory()
    head = MemberFactory(role="head", agency=team.agency)
    member = actions.invite(
        by=head.actor,
        email="Baru@Contoh.invalid",
        name="Contoh Baru",
        agency=team.agency,
        roles=["officer"],
        teams=[team],
        at=AT,
        link_for=link,
    )
    assert member.email == "baru@contoh.invalid"
    assert not member.has_usable_password()
    assert member.role_codes(AT) == {"officer"}
    assert member.team_codes(AT) == {team.code}
    assert Message.objects.get().template == "invitation"
    assert verbs(member.code) == ["member.added", "role.given", "seat.taken", "member.invited"]


def test_an_address_is_invited_once() -> None:
    head = MemberFactory(role="head", email="ada@contoh.invalid")
    with pytest.raises(rules.EmailTaken):
        actions.invite(
            by=head.actor,
            email="ADA@contoh.invalid",
            name="X",
            agency=head.agency,
            at=AT,
            link_for=link,
        )


@pytest.mark.parametrize("role", ["officer", "auditor", "city_it", "data_officer", "key_officer"])
def test_who_does_not_manage_members_invites_nobody(role: str) -> None:
    member = MemberFactory(role=role)
    with pytest.raises(rules.Forbidden):
        actions.invite(
            by=member.actor,
            email="x@contoh.invalid",
            name="X",
            agency=member.agency,
            at=AT,
            link_for=link,
        )
    assert Member.objects.get_queryset().count() == 1
    assert not Message.objects.exists()


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK])
def test_nobody_without_a_name_manages_members(by: object) -> None:
    member = MemberFactory()
    with pytest.raises(rules.Forbidden):
        actions.deactivate(by=by, member=member, at=AT)  # type: ignore[arg-type]


def test_an_unknown_role_leaves_nothing_behind() -> None:
    agency = AgencyFactory()
    with pytest.raises(rules.UnknownRole):
        actions.add_member(
            by=COMMAND, email="x@contoh.invalid", name="X", agency=agency, roles=["king"], at=AT
        )
    assert not Member.objects.get_queryset().exists()
    assert not Row.objects.filter(verb="member.added").exists()


def test_a_supervisor_of_another_agency_invites_only_there() -> None:
    police = AgencyFactory(kind=AgencyKind.POLICE)
    supervisor = MemberFactory(role="supervisor", agency=police)
    with pytest.raises(rules.Forbidden):
        actions.add_member(
            by=supervisor.actor, email="x@contoh.invalid", name="X", agency=AgencyFactory(), at=AT
        )


def test_a_member_sits_only_in_teams_of_the_own_agency() -> None:
    with pytest.raises(rules.Forbidden):
        actions.add_member(
            by=COMMAND,
            email="x@contoh.invalid",
            name="X",
            agency=AgencyFactory(),
            teams=[TeamFactory()],
            at=AT,
        )


# --- deactivation ----------------------------------------------------------------------------------


def test_deactivation_ends_everything_at_once(client: Client) -> None:
    team = TeamFactory()
    head = MemberFactory(role="head", agency=team.agency)
    member = MemberFactory(role="officer", team=team)
    signed_in(client, member)
    member.sign_ins.create(at=AT, device="desk", session=row_key(client.session.session_key))
    Duty.objects.create(team=team, member=member, starts=AT, ends=AT + timedelta(hours=8))
    Duty.objects.create(
        team=team, member=member, starts=AT + timedelta(days=1), ends=AT + timedelta(days=2)
    )
    actions.deactivate(by=head.actor, member=member, at=AT + timedelta(hours=1))
    member = Member.objects.get(pk=member.pk)
    assert not member.may(Right.READ_REPORTS)
    assert member.team_codes(AT + timedelta(hours=1)) == set()
    assert not Session.objects.exists()
    assert [duty.ends for duty in Duty.objects.all()] == [AT + timedelta(hours=1)]
    assert client.get("/kantor/saya/").status_code == 302
    assert verbs(member.code)[-1] == "member.deactivated"


def test_a_session_nobody_wrote_down_ends_too(client: Client) -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(agency=head.agency)
    signed_in(client, member)
    assert client.get("/kantor/saya/").status_code == 200
    actions.deactivate(by=head.actor, member=member, at=AT)
    actions.reactivate(by=head.actor, member=member, at=AT, link_for=link)
    assert client.get("/kantor/saya/").status_code == 302


def test_nobody_deactivates_themselves() -> None:
    head = MemberFactory(role="head")
    with pytest.raises(rules.OwnRights):
        actions.deactivate(by=head.actor, member=head, at=AT)
    head.refresh_from_db()
    assert head.active


def test_who_comes_back_has_no_role() -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(role="officer", agency=head.agency)
    actions.deactivate(by=head.actor, member=member, at=AT)
    actions.reactivate(by=head.actor, member=member, at=AT, link_for=link)
    member.refresh_from_db()
    assert member.active
    assert not member.has_usable_password()
    assert member.role_codes(AT) == set()


# --- roles and teams -------------------------------------------------------------------------------


def test_nobody_raises_their_own_rights() -> None:
    head = MemberFactory(role="head")
    with pytest.raises(rules.OwnRights):
        actions.set_roles(by=head.actor, member=head, roles=["head", "officer"], at=AT)
    with pytest.raises(rules.OwnRights):
        actions.set_teams(by=head.actor, member=head, teams=[], at=AT)
    assert head.role_codes(AT) == {"head"}


def test_roles_become_exactly_what_was_said() -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(role="officer", agency=head.agency)
    actions.set_roles(by=head.actor, member=member, roles=["auditor"], at=AT)
    assert member.role_codes(AT) == {"auditor"}
    assert member.role_codes(AT - timedelta(days=1)) == {"officer"}
    assert verbs(member.code) == ["role.taken", "role.given"]


def test_who_left_a_team_is_not_in_it() -> None:
    team, other = TeamFactory(), None
    other = TeamFactory(agency=team.agency)
    head = MemberFactory(role="head", agency=team.agency)
    member = MemberFactory(role="officer", team=team)
    actions.set_teams(by=head.actor, member=member, teams=[other], at=AT)
    assert member.team_codes(AT) == {other.code}


def test_a_manager_outside_the_office_gives_no_right_that_reaches_beyond_the_agency() -> None:
    police = AgencyFactory(kind=AgencyKind.POLICE)
    chief = MemberFactory(role="head", agency=police)
    member = MemberFactory(agency=police)
    for role in ("auditor", "city_it", "key_officer"):
        with pytest.raises(rules.BeyondAgency):
            actions.set_roles(by=chief.actor, member=member, roles=["officer", role], at=AT)
    with pytest.raises(rules.BeyondAgency):
        actions.approve_elevation(by=chief.actor, elevation=asked(member, Right.READ_AUDIT), at=AT)
    assert member.role_codes(AT) == set()
    assert Right.READ_AUDIT not in member.rights(AT)
    actions.set_roles(by=chief.actor, member=member, roles=["partner_officer"], at=AT)
    office = MemberFactory(role="head")
    actions.set_roles(by=office.actor, member=member, roles=["partner_officer", "auditor"], at=AT)
    actions.set_roles(by=chief.actor, member=member, roles=["auditor"], at=AT)  # held already
    assert member.role_codes(AT) == {"auditor"}


# --- duty ------------------------------------------------------------------------------------------


def test_duty_is_planned_for_members_of_the_team() -> None:
    team = TeamFactory()
    supervisor = MemberFactory(role="supervisor", team=team)
    stranger = MemberFactory(role="officer", agency=team.agency)
    hours = {"starts": AT, "ends": AT + timedelta(hours=8)}
    actions.plan_duty(by=supervisor.actor, team=team, member=supervisor, at=AT, **hours)
    with pytest.raises(rules.NotInTeam):
        actions.plan_duty(by=supervisor.actor, team=team, member=stranger, at=AT, **hours)
    with pytest.raises(rules.EndsFirst):
        actions.plan_duty(
            by=supervisor.actor, team=team, member=supervisor, starts=AT, ends=AT, at=AT
        )
    assert Duty.objects.count() == 1


def test_an_officer_plans_no_duty() -> None:
    team = TeamFactory()
    officer = MemberFactory(role="officer", team=team)
    with pytest.raises(rules.Forbidden):
        actions.plan_duty(
            by=officer.actor,
            team=team,
            member=officer,
            starts=AT,
            ends=AT + timedelta(hours=1),
            at=AT,
        )


# --- temporary rights ------------------------------------------------------------------------------

WHY = "Menggantikan rekan yang sakit hari ini."


def asked(member: Member, right: Right = Right.TRIAGE_REPORTS, hours: int = 2) -> Elevation:
    return actions.ask_elevation(
        by=member.actor, member=member, right=right, reason=WHY, hours=hours, at=AT
    )


def test_a_temporary_right_holds_for_its_hours_only() -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(role="counsellor", agency=head.agency)
    actions.approve_elevation(by=head.actor, elevation=asked(member), at=AT)
    assert Right.TRIAGE_REPORTS in member.rights(AT)
    assert Right.TRIAGE_REPORTS in member.rights(AT + timedelta(minutes=119))
    assert Right.TRIAGE_REPORTS not in member.rights(AT + timedelta(hours=2))
    assert verbs(member.code) == ["elevation.asked", "elevation.approved"]


def test_asking_alone_gives_nothing() -> None:
    member = MemberFactory(role="counsellor")
    asked(member)
    assert Right.TRIAGE_REPORTS not in member.rights(AT)


def test_nobody_approves_their_own_request() -> None:
    head = MemberFactory(role="head")
    request = asked(head, Right.READ_REPORTS)
    with pytest.raises(rules.OwnRights):
        actions.approve_elevation(by=head.actor, elevation=request, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Elevation.objects.filter(pk=request.pk).update(
            by=head, approved=True, decided_at=AT, until=AT + timedelta(hours=1)
        )


def test_a_request_is_answered_once() -> None:
    head = MemberFactory(role="head")
    other = MemberFactory(role="supervisor", agency=head.agency)
    request = asked(MemberFactory(agency=head.agency))
    stale = Elevation.objects.get(pk=request.pk)
    actions.refuse_elevation(by=head.actor, elevation=request, at=AT)
    with pytest.raises(rules.AlreadyDecided):
        actions.approve_elevation(by=other.actor, elevation=stale, at=AT)


def test_who_may_not_approve_approves_nothing() -> None:
    officer = MemberFactory(role="officer")
    request = asked(MemberFactory(agency=officer.agency))
    with pytest.raises(rules.Forbidden):
        actions.approve_elevation(by=officer.actor, elevation=request, at=AT)
    with pytest.raises(rules.Forbidden):
        actions.approve_elevation(by=COMMAND, elevation=request, at=AT)


@pytest.mark.parametrize(("reason", "hours"), [("perlu", 2), (" " * 40, 2), (WHY, 9), (WHY, 0)])
def test_a_request_is_explained_and_short(reason: str, hours: int) -> None:
    member = MemberFactory()
    with pytest.raises((rules.NoReason, rules.TooLong)):
        actions.ask_elevation(
            by=member.actor,
            member=member,
            right=Right.SEE_FIGURES,
            reason=reason,
            hours=hours,
            at=AT,
        )
    assert not Elevation.objects.exists()


def test_nobody_asks_in_anothers_name() -> None:
    member, other = MemberFactory(), MemberFactory()
    with pytest.raises(rules.Forbidden):
        actions.ask_elevation(
            by=other.actor, member=member, right=Right.SEE_FIGURES, reason=WHY, hours=1, at=AT
        )


def test_a_temporary_right_can_end_early() -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(agency=head.agency)
    request = asked(member)
    actions.approve_elevation(by=head.actor, elevation=request, at=AT)
    actions.end_elevation(by=member.actor, elevation=request, at=AT + timedelta(minutes=5))
    assert Right.TRIAGE_REPORTS not in member.rights(AT + timedelta(minutes=6))


# --- sessions -------------------------------------------------------------------------------------


def test_idle_sessions_are_thrown_away(client: Client) -> None:
    member = MemberFactory()
    signed_in(client, member)
    member.sign_ins.create(at=AT, device="desk", session=row_key(client.session.session_key))
    Session.objects.update(expire_date=AT)
    assert actions.clear_sessions(at=AT + timedelta(seconds=1)) == 1
    assert member.sign_ins.get().ended_at == AT + timedelta(seconds=1)


@pytest.mark.parametrize("right", ["approve_elevation", "manage_keys", "renew_team_keys"])
def test_a_right_whose_work_outlives_the_hour_is_not_lent(right: str) -> None:
    member = MemberFactory(role="officer")
    with pytest.raises(rules.Forbidden):
        actions.ask_elevation(
            by=member.actor, member=member, right=Right(right), reason="r" * 20, hours=1, at=AT
        )
    assert not Elevation.objects.exists()


def test_a_lent_right_gives_no_role() -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(role="officer", agency=head.agency)
    other = MemberFactory(agency=head.agency)
    lent = actions.ask_elevation(
        by=member.actor, member=member, right=Right.MANAGE_MEMBERS, reason="r" * 20, hours=1, at=AT
    )
    actions.approve_elevation(by=head.actor, elevation=lent, at=AT)
    Elevation.objects.update(until=datetime(2100, 1, 1, tzinfo=UTC))
    with pytest.raises(rules.Forbidden):
        actions.set_roles(by=member.actor, member=other, roles={"supervisor"}, at=AT)
    assert other.role_codes() == set()


def test_another_agencys_manager_gives_no_right_beyond_their_own() -> None:
    police = AgencyFactory(kind=AgencyKind.POLICE)
    manager = MemberFactory(role="supervisor", agency=police)
    other = MemberFactory(agency=police)
    with pytest.raises(rules.Forbidden):
        actions.set_roles(by=manager.actor, member=other, roles={"auditor"}, at=AT)
    actions.set_roles(by=manager.actor, member=other, roles={"partner_officer"}, at=AT)
    assert other.role_codes() == {"partner_officer"}
