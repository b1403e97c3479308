"""Who holds one half of the archive's keys never holds, held or gets the other."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from teduh.access import actions, rules
from teduh.access.forms import RolesForm
from teduh.access.models import Agency, Member, Team
from teduh.access.words import AgencyKind, Right, TeamKind
from teduh.lib.actors import COMMAND
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("team", "ever", "may"),
    [
        ("arsip-a", [], True),
        ("arsip-a", ["arsip-a", "asesmen"], True),
        ("arsip-a", ["arsip-b"], False),
        ("arsip-b", ["asesmen", "arsip-a"], False),
        ("asesmen", ["arsip-a"], True),
    ],
)
def test_one_half_and_never_the_other(team: str, ever: list[str], *, may: bool) -> None:
    if may:
        rules.may_sit(team, ever)
    else:
        with pytest.raises(rules.BothHalves):
            rules.may_sit(team, ever)


@pytest.fixture
def halves() -> list[Team]:
    """The two teams of the archive, in one office."""
    agency = AgencyFactory()
    kinds = (TeamKind.ARCHIVE_A, TeamKind.ARCHIVE_B)
    return [
        TeamFactory(code=code, kind=kind, agency=agency)
        for code, kind in zip(rules.ARCHIVES, kinds, strict=True)
    ]


def seated(member: Member) -> set[str]:
    return Member.objects.get(pk=member.pk).team_codes(AT + timedelta(days=9))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whoever_held_one_half_does_not_get_the_other(
    halves: list[Team], order: tuple[int, int]
) -> None:
    first, second = (halves[n] for n in order)
    head = MemberFactory(role="head", agency=first.agency)
    member = MemberFactory(agency=AgencyFactory(kind=AgencyKind.LEGAL))
    actions.set_teams(by=head.actor, member=member, teams=[first], at=AT)
    for at in (AT + timedelta(hours=1), AT + timedelta(days=8)):
        with pytest.raises(rules.BothHalves):
            actions.set_teams(by=head.actor, member=member, teams=[second], at=at)
        assert seated(member) == {first.code}
    actions.set_teams(by=head.actor, member=member, teams=[], at=AT + timedelta(days=2))
    with pytest.raises(rules.BothHalves):
        actions.set_teams(by=head.actor, member=member, teams=halves, at=AT + timedelta(days=8))
    assert seated(member) == set()


def test_nobody_is_invited_into_both(halves: list[Team]) -> None:
    with pytest.raises(rules.BothHalves):
        actions.add_member(
            by=COMMAND,
            email="baru@contoh.invalid",
            name="Contoh Baru",
            agency=halves[0].agency,
            teams=halves,
            at=AT,
        )
    assert not Member.objects.get_queryset().exists()


def test_the_page_says_so_and_keeps_what_was_ticked(client: Client, halves: list[Team]) -> None:
    head = MemberFactory(role="head", agency=halves[0].agency)
    member = MemberFactory(agency=AgencyFactory(kind=AgencyKind.INSPECTORATE))
    told = {"roles": ["archive_keeper"], "teams": ["arsip-a", "arsip-b"]}
    answer = signed_in(client, head).post(f"/kantor/anggota/{member.code}/", told)
    assert "hanya boleh memegang satu pihak arsip" in answer.content.decode()
    assert seated(member) == set()


def test_the_archive_is_offered_to_members_of_every_agency(halves: list[Team]) -> None:
    head = MemberFactory(role="head", agency=halves[0].agency)
    of = MemberFactory(agency=AgencyFactory(kind=AgencyKind.INSPECTORATE))
    TeamFactory(agency=halves[0].agency)
    offered = RolesForm(viewer=head, seen=of).fields["teams"].queryset  # type: ignore[attr-defined]
    assert {team.code for team in offered} == set(rules.ARCHIVES)


def test_a_half_is_never_held_for_a_few_hours() -> None:
    member = MemberFactory()
    with pytest.raises(rules.Forbidden):
        actions.ask_elevation(
            by=member.actor,
            member=member,
            right=Right.KEEP_ARCHIVE,
            reason="perlu membuka berkas lama",
            hours=1,
            at=AT,
        )


@pytest.mark.parametrize(("code", "kind"), [("lain", "archive_a"), ("arsip-a", "assessment")])
def test_the_archive_is_known_by_its_name(code: str, kind: str) -> None:
    office: Agency = AgencyFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamFactory(code=code, kind=kind, agency=office)
