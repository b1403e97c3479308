"""Conflicts of interest: who says them, who lifts them, and who hears when nobody is left."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from teduh.access import actions, queries
from teduh.access.models import Conflict, Member, Team
from teduh.access.rules import AlreadyDecided, Forbidden, OwnRights
from teduh.access.words import ConflictKind, Lifted
from teduh.audit.models import Row
from teduh.outbox.models import Message
from tests.factories import MemberFactory, TeamFactory, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TICKET, CASE = "TDH-9999-0001", "KSS-9999-0001"


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


@pytest.fixture
def supervisor(team: Team) -> Member:
    return MemberFactory(role="supervisor", team=team)


def declare(by: Member, member: Member, team: Team, *subjects: str) -> None:
    actions.declare_conflict(
        by=by,
        member=member,
        subjects=subjects or (TICKET,),
        team_code=team.code,
        kind=ConflictKind.FRIEND,
        at=AT,
    )


def verbs() -> list[str]:
    return list(Row.objects.order_by("number").values_list("verb", flat=True))


def test_a_member_says_it_themself_and_once_is_enough(team: Team, officer: Member) -> None:
    for _time in range(2):
        declare(officer, officer, team, CASE, TICKET)
    assert queries.barred(officer) == {CASE, TICKET}
    assert verbs().count("conflict.declared") == 1
    line = Row.objects.get(verb="conflict.declared")
    assert (line.by_code, line.subject) == (officer.code, CASE)
    assert TICKET in line.detail


def test_of_somebody_else_only_a_supervisor_of_the_team_says_it(
    team: Team, officer: Member, supervisor: Member
) -> None:
    stranger = MemberFactory(role="supervisor", team=TeamFactory(agency=team.agency))
    for by in (MemberFactory(role="officer", team=team), stranger):
        with pytest.raises(Forbidden):
            declare(by, officer, team)
    assert not Conflict.objects.exists()
    declare(supervisor, officer, team)
    assert queries.barred(officer) == {TICKET}


def test_nobody_lifts_their_own_and_whoever_lifts_says_why(
    team: Team, officer: Member, supervisor: Member
) -> None:
    declare(supervisor, supervisor, team, CASE, TICKET)
    row = Conflict.objects.get(subject=CASE)
    other = MemberFactory(role="supervisor", team=team)
    for by, error in ((supervisor, OwnRights), (officer, Forbidden)):
        with pytest.raises(error):
            actions.lift_conflict(by=by, conflict=row, reason=Lifted.MISTAKE, at=AT)
    assert queries.barred(supervisor) == {CASE, TICKET}
    actions.lift_conflict(by=other, conflict=row, reason=Lifted.MISTAKE, at=AT)
    assert queries.barred(supervisor) == frozenset()
    assert set(Conflict.objects.values_list("lifted", "lifted_by")) == {("mistake", other.pk)}
    with pytest.raises(AlreadyDecided):
        actions.lift_conflict(by=other, conflict=row, reason=Lifted.MISTAKE, at=AT)
    assert "conflict.lifted" in verbs()


def test_who_is_kept_from_it_too_lifts_nothing(
    team: Team, officer: Member, supervisor: Member
) -> None:
    declare(officer, officer, team)
    declare(supervisor, supervisor, team)
    row = Conflict.objects.get(member=officer)
    with pytest.raises(Forbidden):
        actions.lift_conflict(by=supervisor, conflict=row, reason=Lifted.ENDED, at=AT)
    assert list(queries.conflicts(supervisor)) == []


def test_what_is_joined_is_closed_and_opened_together(
    team: Team, officer: Member, supervisor: Member
) -> None:
    other = "TDH-9999-0002"
    declare(officer, officer, team, TICKET)
    declare(officer, officer, team, other)
    kept = actions.spread_conflicts(
        by=supervisor.actor, subjects=(CASE, TICKET, other), team_code=team.code, at=AT
    )
    assert kept == [officer]
    assert queries.barred(officer) == {CASE, TICKET, other}
    [(row, subjects)] = queries.conflict_lines(supervisor)
    assert subjects == [CASE, TICKET, other]
    actions.lift_conflict(by=supervisor, conflict=row, reason=Lifted.AGREED, at=AT)
    assert queries.barred(officer) == frozenset()


def test_the_last_reader_does_not_close_it_to_everybody_unheard(
    team: Team, officer: Member, supervisor: Member
) -> None:
    head = MemberFactory(role="head", agency=team.agency)
    declare(officer, officer, team)
    assert not Message.objects.exists()
    assert set(queries.answering(team.code, AT, TICKET)) == {supervisor}
    declare(supervisor, supervisor, team)
    assert Message.objects.filter(danger=True).count() == 1  # the head's: no supervisor is free
    assert list(queries.answering(team.code, AT, TICKET)) == [head]
    assert set(queries.answering(team.code, AT, "TDH-9999-0009")) == {officer, supervisor}


def test_the_page_of_conflicts_lifts_with_a_reason_only(
    team: Team, officer: Member, supervisor: Member
) -> None:
    declare(officer, officer, team)
    client, row = signed_in(Client(), supervisor), Conflict.objects.get()
    page = f"/kantor/benturan/{row.pk}/cabut/"
    assert client.post(page).status_code == 422
    assert TICKET in client.get("/kantor/benturan/").content.decode()
    assert client.post(page, {"lifted": "ended"}).status_code == 302
    assert TICKET not in client.get("/kantor/benturan/").content.decode()
    assert client.post(page, {"lifted": "ended"}).status_code == 404
