"""Keys that live on: made in browsers, checked here, and taken from whoever leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from teduh.access import actions as access
from teduh.access.models import Member, RoleHeld, Team, TeamSeat
from teduh.access.rules import Forbidden, OwnRights
from teduh.audit.models import Row
from teduh.lib.actors import CLOCK, COMMAND
from teduh.lib.timing import local_day
from teduh.vault import actions, demo, keylist, manifest, queries, suite
from teduh.vault.actions import renewing
from teduh.vault.alarms import alarms
from teduh.vault.envelope import sign_statement
from teduh.vault.keywork import NewEpoch, NewKeyring, read_epoch, read_given, read_keyring
from teduh.vault.models import Certificate, Departure, EpochWrap, Keyring, Manifest, PublicKey
from teduh.vault.packages import SealedWrap, SignedStatement, b64, compact, read_statement
from teduh.vault.rules import Locked, Refused, kid_of
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.access import LONG_AGO
from tests.vault.reports import AT, Office

pytestmark = pytest.mark.django_db
SEED = bytes(range(32))
NEXT_MONTH = AT + timedelta(days=20)


@pytest.fixture
def team(office: Office) -> Team:
    """The assessment team of the office."""
    return TeamFactory(code="asesmen")


@pytest.fixture
def other(team: Team) -> Member:
    """The officer of the other team."""
    theirs = TeamFactory(code="pendampingan", agency=team.agency)
    return MemberFactory(code="cempaka", role="officer", team=theirs)


@pytest.fixture
def lead(team: Team, other: Member) -> Member:
    """Who renews the team's keys, and signs the list."""
    return MemberFactory(code="melati", role=("supervisor", "key_officer"), team=team)


def new_epoch(office: Office, by: str = "melati", seed: bytes = SEED, **changed: Any) -> NewEpoch:
    """A team's new key as a member's browser makes it."""
    at: datetime = changed.pop("at", AT)
    public, author = suite.box_public(seed), office.signer(by)
    day = at.date()
    kid = kid_of(f"tim-asesmen-{day:%Y%m}", suite.sha256(public))
    row = PublicKey(kid=kid, kind="team", owner="asesmen", public=public, since=day, by=author.kid)
    wraps = tuple(
        SealedWrap(box.kid, suite.box_seal(bytes(box.public), info(kid, box.kid), seed))
        for box in keylist.boxes("asesmen", at)
    )
    sig = sign_statement(author.seed, keylist.NEW_KEY, keylist.statement(row))
    return replace(NewEpoch(public, author.kid, sig, wraps), **changed)


def info(epoch: str, member: str) -> bytes:
    """What binds an epoch's wrap to its two names."""
    return b"teduh/v1/epoch\0" + epoch.encode() + b"\0" + member.encode()


def signed_list(by: str = "melati", at: datetime = AT, **changed: Any) -> SignedStatement:
    """The next list as a key officer's browser signs it."""
    newest = queries.newest_manifest()
    assert newest
    day = at.date()
    told: dict[str, Any] = {
        "inst": "tanjungpinang",
        "serial": newest.serial + 1,
        "keys": [keylist.entry(key, keylist.standing(at)) for key in keylist.to_list(day)],
        "since": day,
        "until": day + timedelta(days=35),
        **changed,
    }
    body = manifest.compose(**told)
    return SignedStatement(body, manifest.sign(demo.seed(f"sign:{by}"), body))


def listed() -> set[str]:
    """Kids of the newest list."""
    return queries.listed_kids()


# --- a team's new key -------------------------------------------------------------------------------


def test_a_new_key_is_used_once_the_list_names_it(office: Office, lead: Member) -> None:
    before = queries.team_key("asesmen")
    kid = renewing.start_epoch(by=lead, team="asesmen", made=new_epoch(office), at=AT)
    assert queries.team_key("asesmen") == before
    assert [key.kid for key in keylist.waiting(AT)] == [kid]
    serial = renewing.sign_list(by=lead, told=signed_list(), at=AT)
    after = queries.team_key("asesmen")
    assert after
    assert (after.kid, serial) == (kid, 2)
    assert keylist.waiting(AT) == []
    verbs = set(Row.objects.values_list("verb", flat=True))
    assert {"vault.epoch_made", "vault.list_signed"} <= verbs


def test_reports_are_sealed_to_the_new_key_and_the_list_drops_the_old(
    office: Office, lead: Member
) -> None:
    old = queries.team_key("asesmen")
    renewing.start_epoch(by=lead, team="asesmen", made=new_epoch(office), at=AT)
    renewing.sign_list(by=lead, told=signed_list(), at=AT)
    assert old
    assert old.kid not in listed()
    (team_kid, _public), _recovery = queries.readers("asesmen", AT.date())
    assert team_kid != old.kid


WRONG: dict[str, tuple[Callable[[Office], NewEpoch], str]] = {
    "signed by nobody": (lambda o: new_epoch(o, sig=bytes(64)), "signature"),
    "in a colleague's name": (lambda o: new_epoch(o, by="cempaka"), "signature"),
    "another key than was signed": (
        lambda o: new_epoch(o, public=suite.box_public(bytes(32))),
        "signature",
    ),
    "for nobody": (lambda o: new_epoch(o, wraps=()), "readers"),
    "for a stranger": (
        lambda o: new_epoch(o, wraps=(SealedWrap("anggota-x.00000000", bytes(1168)),)),
        "readers",
    ),
}


@pytest.mark.parametrize(("make", "reason"), WRONG.values(), ids=WRONG)
def test_a_team_key_that_is_not_what_it_says_is_refused(
    office: Office, lead: Member, make: Callable[[Office], NewEpoch], reason: str
) -> None:
    keys, wraps = PublicKey.objects.count(), EpochWrap.objects.count()
    with pytest.raises(Refused, match=f"^{reason}$"):
        renewing.start_epoch(by=lead, team="asesmen", made=make(office), at=AT)
    assert (PublicKey.objects.count(), EpochWrap.objects.count()) == (keys, wraps)


def test_only_a_lead_of_the_team_renews_its_key(office: Office, lead: Member, team: Team) -> None:
    officer = MemberFactory(role="officer", team=team)
    elsewhere = MemberFactory(role="supervisor", team=TeamFactory(agency=team.agency))
    for by in (officer, elsewhere):
        with pytest.raises(Forbidden):
            renewing.start_epoch(by=by, team="asesmen", made=new_epoch(office), at=AT)


def test_a_month_that_is_over_asks_for_a_new_key(office: Office, lead: Member) -> None:
    assert not keylist.epoch_state("asesmen", AT.date()).due
    assert keylist.epoch_state("asesmen", NEXT_MONTH.date()).due
    renewing.start_epoch(
        by=lead, team="asesmen", made=new_epoch(office, at=NEXT_MONTH), at=NEXT_MONTH
    )
    assert not keylist.epoch_state("asesmen", NEXT_MONTH.date()).due


# --- the list -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"serial": 1}, "serial"),
        ({"serial": 3}, "serial"),
        ({"until": AT.date() + timedelta(days=36)}, "date"),
        ({"until": AT.date() + timedelta(days=34)}, "serial"),
        ({"since": AT.date() - timedelta(days=1)}, "cert"),
        ({"inst": "kota-lain"}, "inst"),
        ({"keys": []}, "keys"),
    ],
)
def test_a_list_that_is_not_the_next_one_is_refused(
    office: Office, lead: Member, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        renewing.sign_list(by=lead, told=signed_list(**changed), at=AT)
    assert Manifest.objects.count() == 1


def test_a_list_is_signed_by_a_certified_officer_only(office: Office, lead: Member) -> None:
    with pytest.raises(Refused, match="manifest"):
        renewing.sign_list(by=lead, told=signed_list(by="cempaka"), at=AT)
    Certificate.objects.filter(member_code="melati").delete()
    with pytest.raises(Refused, match="cert"):
        renewing.sign_list(by=lead, told=signed_list(), at=AT)
    with pytest.raises(Forbidden):
        renewing.sign_list(by=MemberFactory(role="head"), told=signed_list(), at=AT)


def test_a_certificate_is_kept_when_the_root_key_signed_it_for_this_member(
    office: Office, lead: Member, other: Member
) -> None:
    kept = Certificate.objects.get(member_code="melati")
    told = SignedStatement(bytes(kept.body), bytes(kept.sig))
    Certificate.objects.all().delete()
    renewing.keep_certificate(by=lead, told=told, at=AT)
    assert Certificate.objects.get().member_code == "melati"
    RoleHeld.objects.create(member=other, role="key_officer", since=LONG_AGO)
    for by, wrong, reason in (
        (other, told, "cert"),
        (lead, replace(told, sig=bytes(64)), "cert"),
        (lead, replace(told, body=told.body + b" "), "cert"),
    ):
        with pytest.raises(Refused, match=reason):
            renewing.keep_certificate(by=by, told=wrong, at=AT)
    with pytest.raises(Refused, match="date"):
        renewing.keep_certificate(by=lead, told=told, at=AT + timedelta(days=401))


# --- a new member ---------------------------------------------------------------------------------


def keyring_of(code: str) -> NewKeyring:
    """A first keyring as the browser sends it."""
    box, sign = (suite.sha256(f"{kind} {code}".encode()) for kind in ("box", "sign"))
    return NewKeyring(bytes(16), bytes(200), suite.box_public(box), suite.sign_public(sign))


def test_a_new_member_gets_the_teams_keys_after_the_list_names_them(
    office: Office, lead: Member, team: Team
) -> None:
    new = MemberFactory(code="baru", role="officer", team=team)
    assert len(renewing.begin_keyring(by=new, at=AT)) == 32
    renewing.make_keyring(by=new, made=keyring_of("baru"), at=AT)
    assert keylist.lacking("asesmen", AT) == []
    renewing.sign_list(by=lead, told=signed_list(), at=AT)
    ((box, epochs),) = keylist.lacking("asesmen", AT)
    assert box.owner == "baru"
    (epoch,) = epochs
    w = suite.box_seal(bytes(box.public), info(epoch, box.kid), office.team_seed("asesmen"))
    wraps = [(epoch, SealedWrap(box.kid, w))]
    renewing.give_epochs(by=lead, team="asesmen", to="baru", wraps=wraps, at=AT)
    assert keylist.lacking("asesmen", AT) == []
    (got,) = queries.epochs_of("baru", {"asesmen"})
    assert got["kid"] == epoch
    assert queries.epochs_of("baru", set()) == []
    renewing.give_epochs(by=lead, team="asesmen", to="baru", wraps=wraps, at=AT)
    assert EpochWrap.objects.filter(member_code="baru").count() == 1


def test_keys_are_given_only_inside_the_team(office: Office, lead: Member, team: Team) -> None:
    box = PublicKey.objects.get(kind="member", owner="cempaka")
    epoch = queries.team_key("asesmen")
    assert epoch
    wraps = [(epoch.kid, SealedWrap(box.kid, bytes(1168)))]
    with pytest.raises(Refused, match="readers"):
        renewing.give_epochs(by=lead, team="asesmen", to="cempaka", wraps=wraps, at=AT)
    assert not EpochWrap.objects.filter(member_code="cempaka", team_code="asesmen").exists()


def test_a_keyring_is_made_once(office: Office, lead: Member) -> None:
    with pytest.raises(Locked):
        renewing.begin_keyring(by=lead, at=AT)
    with pytest.raises(Locked):
        renewing.make_keyring(by=lead, made=keyring_of("melati"), at=AT)


@pytest.mark.parametrize("read", [read_epoch, read_given, read_keyring, read_statement])
@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"wraps":[{}]}', '{"sig":5,"body":""}'])
def test_what_has_the_wrong_shape_is_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(Refused):
        read(text)


# --- leaving -----------------------------------------------------------------------------------------


def test_who_is_deactivated_has_no_key_at_the_next_beat(
    office: Office, lead: Member, team: Team
) -> None:
    access.deactivate(by=COMMAND, member=lead, at=AT)
    assert renewing.revoke_gone(at=AT) == 1
    assert keylist.keyring("melati") is None
    assert queries.epochs_of("melati", {"asesmen"}) == []
    assert queries.epochs_of("cempaka", {"pendampingan"})
    with pytest.raises(Locked):
        actions.unlock_share(by=lead, at=AT)
    assert set(PublicKey.objects.exclude(gone=None).values_list("kind", flat=True)) == {
        "member",
        "sign",
    }
    assert keylist.epoch_state("asesmen", AT.date()).left
    (left,) = keylist.departures(AT)
    assert (left.rotated, left.listed) == (False, False)
    assert renewing.revoke_gone(at=AT) == 0
    assert Row.objects.filter(verb="vault.keys_taken").count() == 1


def test_a_second_clock_that_read_the_same_finds_nothing_to_take_or_give_back(
    office: Office, lead: Member, team: Team
) -> None:
    access.deactivate(by=COMMAND, member=lead, at=AT)
    active, seated = keylist.active_codes(), keylist.seated_pairs(AT)
    for _clock in range(2):
        renewing._take_everything(CLOCK, "melati", AT)
        renewing._take_team(CLOCK, "melati", "asesmen", AT)
    rings, pairs = {"melati"}, {("melati", "asesmen")}
    for _clock in range(2):
        renewing._give_back(active | rings, seated | pairs, AT)
    taken = Row.objects.filter(verb__in=("vault.keys_taken", "vault.team_key_taken"))
    back = Row.objects.filter(verb__in=("vault.keys_back", "vault.team_key_back"))
    assert (taken.count(), back.count()) == (2, 2)
    assert Departure.objects.count() == 1


def test_who_leaves_a_team_loses_that_teams_key_only(
    office: Office, lead: Member, team: Team
) -> None:
    TeamSeat.objects.filter(member=lead).update(until=AT - timedelta(minutes=1))
    assert renewing.revoke_gone(at=AT) == 1
    assert keylist.keyring("melati")
    assert queries.epochs_of("melati", {"asesmen"}) == []
    assert not PublicKey.objects.exclude(gone=None).exists()


def test_after_a_new_key_and_a_new_list_nothing_is_left_to_do(
    office: Office, lead: Member, team: Team, other: Member
) -> None:
    EpochWrap.objects.filter(member_code="cempaka").update(team_code="asesmen")
    access.deactivate(by=COMMAND, member=other, at=AT)
    renewing.revoke_gone(at=AT)
    later = AT + timedelta(hours=1)
    renewing.start_epoch(by=lead, team="asesmen", made=new_epoch(office), at=later)
    renewing.sign_list(by=lead, told=signed_list(at=later), at=later)
    (left,) = keylist.departures(later)
    assert (left.rotated, left.listed) == (True, True)
    (entry,) = [one for one in queries.listed_entries() if one["kid"].startswith("tanda-cempaka")]
    assert (entry["until"], entry["teams"]) == (str(AT.date()), ["pendampingan"])
    assert not any(one["kid"].startswith("anggota-cempaka") for one in queries.listed_entries())


def test_who_comes_back_within_a_week_has_the_keys_again(
    office: Office, lead: Member, team: Team
) -> None:
    """A slip of the hand locks nobody out for ever."""
    TeamSeat.objects.filter(member=lead).update(until=AT)
    renewing.revoke_gone(at=AT)
    TeamSeat.objects.create(member=lead, team=team, since=AT)
    assert renewing.revoke_gone(at=AT + timedelta(days=6)) == 0
    assert queries.epochs_of("melati", {"asesmen"})
    Member.objects.filter(pk=lead.pk).update(active=False)
    renewing.revoke_gone(at=AT)
    Member.objects.filter(pk=lead.pk).update(active=True)
    renewing.revoke_gone(at=AT)
    assert keylist.keyring("melati")
    assert not PublicKey.objects.exclude(gone=None).exists()


def test_after_a_week_what_was_taken_is_destroyed_but_never_the_last_copy(
    office: Office, lead: Member, team: Team
) -> None:
    box = PublicKey.objects.get(kind="member", owner="cempaka")
    first = EpochWrap.objects.get(member_code="melati", team_code="asesmen")
    Member.objects.filter(pk=lead.pk).update(active=False)
    renewing.revoke_gone(at=AT)
    late = AT + timedelta(days=8)
    renewing.revoke_gone(at=late)
    assert not Keyring.objects.filter(member_code="melati").exists()
    assert EpochWrap.objects.filter(pk=first.pk).exists()
    EpochWrap.objects.create(
        epoch_kid=first.epoch_kid,
        team_code="asesmen",
        member_code="cempaka",
        kid=box.kid,
        stored=b"x",
    )
    TeamSeat.objects.create(
        member=Member.objects.get(code="cempaka"), team=team, since=AT - timedelta(days=1)
    )
    renewing.revoke_gone(at=late)
    assert not EpochWrap.objects.filter(pk=first.pk).exists()


def test_a_lost_phrase_is_taken_back_by_somebody_else_and_stays_so(
    office: Office, lead: Member, other: Member
) -> None:
    renewing.reset_keyring(by=lead, member=other, at=AT)
    renewing.revoke_gone(at=AT)
    assert keylist.keyring("cempaka") is None
    renewing.begin_keyring(by=other, at=AT)
    renewing.make_keyring(by=other, made=keyring_of("cempaka"), at=AT)
    assert keylist.keyring("cempaka")
    with pytest.raises(OwnRights):
        renewing.reset_keyring(by=lead, member=lead, at=AT)
    with pytest.raises(Forbidden):
        renewing.reset_keyring(by=other, member=lead, at=AT)


# --- what must not be forgotten ---------------------------------------------------------------------


def words(member: Member, at: datetime) -> list[str]:
    """What a member is told about keys."""
    fresh = Member.objects.get(pk=member.pk)
    return [str(alarm.text) for alarm in alarms(fresh, at)]


def test_each_is_told_what_is_theirs_to_mend(office: Office, lead: Member, team: Team) -> None:
    officer = MemberFactory(role="officer", team=team)
    assert words(lead, AT) == words(officer, AT) == []
    assert words(lead, AT + timedelta(days=30)) == [
        "Daftar kunci segera berakhir.",
        "Kunci tim perlu diperbarui.",
    ]
    assert words(officer, AT + timedelta(days=30)) == []


def test_a_list_that_ran_out_alarms_everybody_and_stops_no_report(
    office: Office, lead: Member, team: Team
) -> None:
    late = AT + timedelta(days=36)
    officer = MemberFactory(role="officer", team=team)
    assert "lewat masanya" in words(officer, late)[0]
    assert len(queries.readers("asesmen", late.date())) == 2


def test_the_statement_of_a_key_is_the_browsers(office: Office) -> None:
    key = PublicKey(
        kid="tim-x-202611.00000000", kind="team", owner="x", public=b"k", since=AT.date(), by="t.1"
    )
    digest = b64(suite.sha256(b"k"))
    assert keylist.statement(key) == compact(
        {
            "v": 1,
            "inst": "tanjungpinang",
            "kid": "tim-x-202611.00000000",
            "kind": "team",
            "owner": "x",
            "sha256": digest,
            "day": "2026-11-24",
            "by": "t.1",
        }
    )


@pytest.mark.parametrize(("days", "asked"), [(29, True), (31, False)])
def test_a_month_before_its_end_a_certificate_may_be_replaced(
    lead: Member, *, days: int, asked: bool
) -> None:
    until = local_day(timezone.now()) + timedelta(days=days)
    Certificate.objects.filter(member_code=lead.code).update(until=until)
    page = signed_in(Client(), lead).get("/kantor/kunci/tim/").content.decode()
    (key,) = keylist.own_signing_keys(lead.code).values()
    assert (b64(key) in page.partition("certify_officer")[2]) == asked
    assert "Tandatangani daftar" in page


def test_the_page_of_keys_offers_to_take_back_lost_keys_but_never_ones_own(lead: Member) -> None:
    for code in ("cempaka", "melati"):
        assert Keyring.objects.filter(member_code=code).exists()
    page = signed_in(Client(), lead).get("/kantor/kunci/tim/").content.decode()
    assert 'action="/kantor/kunci/cabut/cempaka/"' in page
    assert 'action="/kantor/kunci/cabut/melati/"' not in page
