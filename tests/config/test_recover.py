"""The drill: everybody's phrase is gone, three people bring their printed shares."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from teduh.access.models import Member
from teduh.audit.models import Row
from teduh.vault import actions, ceremony, demo, queries, suite, units
from teduh.vault.models import Card, Keyring, PublicKey, Resting, Wrap
from teduh.vault.packages import unb64
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, carded, received
from tests.vault.reports import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    """The assessment team with the demo's keys, and its one member."""
    demo.make_demo_office(
        teams={"asesmen": ["melati"], "pendampingan": ["melati"]},
        members=["melati"],
        key_officers=["melati"],
        at=AT,
    )
    return MemberFactory(code="melati", role="supervisor", team=TeamFactory(code="asesmen"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The root key, fetched from where it is kept offline."""
    path = tmp_path / "root"
    path.write_text(ceremony.spell_root(demo.seed("root")), encoding="utf-8")
    return path


def recover(
    shares: list[str], root: Path, monkeypatch: pytest.MonkeyPatch, member: str = "melati"
) -> list[str]:
    """Type the shares; answers the lines that were printed."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(shares) + "\n\n"))
    out, err = io.StringIO(), io.StringIO()
    told: dict[str, Any] = {"member": member, "team": ["asesmen"], "root": root}
    call_command("recover", stdout=out, stderr=err, **told)
    return out.getvalue().splitlines()


def printed(lines: list[str]) -> tuple[str, list[str]]:
    """Phrase and shares of what was printed."""
    phrase = next(line for line in lines if line.startswith("melati: ")).removeprefix("melati: ")
    return phrase, [line[3:] for line in lines if line[:1].isdigit() and line[1:3] == ". "]


def epoch_seed(phrase: str) -> tuple[str, bytes]:
    """What the member's browser does with the new phrase: keyring, then the team's key."""
    ring = Keyring.objects.get(member_code="melati")
    stem = suite.stretch_phrase(phrase, bytes(ring.salt)) + actions.share_of("melati")
    kek = suite.derive(stem, b"", "teduh/v1/kek")
    plain = suite.disclose(kek, bytes(ring.blob), b"teduh/v1/keyring\0melati")
    box = unb64(plain.decode().split('"x":"')[1].split('"')[0])
    (epoch,) = queries.epochs_of("melati", {"asesmen"})
    own = PublicKey.objects.get(kind="member", owner="melati", gone=None)
    info = b"teduh/v1/epoch\0" + epoch["kid"].encode() + b"\0" + own.kid.encode()
    return epoch["kid"], suite.box_open(box, info, unb64(epoch["w"]))


def test_three_printed_shares_open_everything_again(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [received(TeamFactory.build(code="asesmen")) for _number in range(3)]
    carded(reports[0], member)
    shares = ceremony.split(demo.seed("recovery"))
    phrase, fresh = printed(recover([shares[4], shares[0], shares[2]], root, monkeypatch))
    assert len(phrase.split()) == 6
    kid, seed = epoch_seed(phrase)
    for report in reports:
        bundle = queries.office_bundle(report.ticket.number, {"asesmen"})
        for one in bundle.compartments:
            mine = tuple(pair for pair in one.wraps if pair[0] == kid)
            narrowed = type(bundle)(
                bundle.inst,
                bundle.subject,
                (type(one)(one.comp, one.d, mine),),
                (),
            )
            assert len(opened(narrowed, one.comp, seed).key) == 32
    assert queries.team_key("asesmen") == PublicKey.objects.get(kid=kid)
    assert not Card.objects.exists()
    assert Row.objects.get(verb="vault.recovered").subject == "melati"
    assert len(fresh) == ceremony.SHARES


def test_the_old_shares_are_worthless_afterwards_and_the_new_ones_open(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(TeamFactory.build(code="asesmen"))
    old = ceremony.split(demo.seed("recovery"))
    _phrase, fresh = printed(recover(old[:3], root, monkeypatch))
    new_public = suite.box_public(ceremony.join(fresh[1:4]))
    newest = queries.recovery_keys()[0]
    assert bytes(newest.public) == new_public
    assert newest.kid in queries.listed_kids()
    assert not Wrap.objects.filter(kid__startswith="pemulihan").exclude(kid=newest.kid).exists()
    again = printed(recover(fresh[:3], root, monkeypatch))
    assert again[1] != fresh


@pytest.mark.parametrize("count", [0, 1, 2])
def test_two_shares_open_nothing(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    rings = list(Keyring.objects.values_list("blob", flat=True))
    shares = ceremony.split(demo.seed("recovery"))
    with pytest.raises(CommandError, match="shares"):
        recover(shares[:count], root, monkeypatch)
    assert list(Keyring.objects.values_list("blob", flat=True)) == rings


def test_shares_of_another_office_open_nothing(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="shares"):
        recover(ceremony.split(bytes(32))[:3], root, monkeypatch)


def test_without_this_offices_root_key_nothing_is_changed(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.write_text(ceremony.spell_root(bytes(32)), encoding="utf-8")
    before = PublicKey.objects.count()
    with pytest.raises(CommandError, match="root key"):
        recover(ceremony.split(demo.seed("recovery"))[:3], root, monkeypatch)
    assert PublicKey.objects.count() == before


def test_what_was_forgotten_stays_so(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = received(TeamFactory.build(code="asesmen"))
    number = report.ticket.number
    units.destroy({units.unit_of(number, "chat"), units.unit_of(number, "identity")})
    recover(ceremony.split(demo.seed("recovery"))[:3], root, monkeypatch)
    assert [one.wraps for one in queries.office_bundle(number, {"asesmen"}).compartments] == [
        ()
    ] * 4


def test_a_member_nobody_knows_is_refused(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="No active member"):
        recover([], root, monkeypatch, member="orang-lain")


def test_what_lay_in_the_archive_only_comes_back_to_its_team(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = received(TeamFactory.build(code="asesmen"))
    subject = report.ticket.number
    Resting.objects.create(subject=subject, team_code="asesmen", since=AT.date())
    Wrap.objects.filter(compartment__subject=subject, kid__startswith="tim-").delete()
    recover(ceremony.split(demo.seed("recovery"))[:3], root, monkeypatch)
    for one in queries.office_bundle(subject, {"asesmen"}).compartments:
        assert len(one.wraps) == 1


def test_nobody_gets_both_sides_of_the_archive(
    member: Member, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = ceremony.split(demo.seed("recovery"))
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(shares[:3]) + "\n\n"))
    told = ["--member=melati", "--team=arsip-a", "--team=arsip-b", f"--root={root}"]
    with pytest.raises(CommandError, match="both sides of the archive"):
        call_command("recover", *told, stdout=io.StringIO(), stderr=io.StringIO())
    assert not Row.objects.filter(verb="vault.recovered").exists()
