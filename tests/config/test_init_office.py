"""An office in any city: made whole with its keys, or not at all."""

import json
import re
import stat
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from teduh.access.models import Agency, Member
from teduh.audit import actions as audit
from teduh.config import office
from teduh.directory.models import Area, Channel
from teduh.lib.timing import local_day
from teduh.vault import ceremony, codes, envelope, manifest, queries, suite
from teduh.vault.models import Keyring, PublicKey, UnitKey
from teduh.vault.packages import b64, unb64
from teduh.vault.rules import Refused

NAME = "UPTD PPA Kota Batam"
MEMBERS = (
    "mawar;Contoh Mawar;mawar@contoh.invalid;officer;asesmen,hotline",
    "nusa;Contoh Nusa;nusa@contoh.invalid;supervisor,key_officer;asesmen",
    "rimba;Contoh Rimba;rimba@contoh.invalid;head,key_officer;",
)
AGENCIES = """[[agencies]]
code = "polresta"
name = "Unit PPA Polresta (contoh)"
kind = "police"
"""

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def batam(settings: Settings) -> None:
    settings.TEDUH_AREA, settings.TEDUH_INSTANCE, settings.TEDUH_OFFICE = "21.71", "batam", NAME
    settings.TEDUH_ROOT_PUBLIC = ""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "root.key"


@pytest.fixture
def init(root: Path) -> Run:
    def run(*members: str, **changed: Any) -> str:
        said = StringIO()
        told = {"area": "21.71", "name": NAME, "root": root, **changed}
        call_command("init_office", member=list(members or MEMBERS), stdout=said, **told)
        return said.getvalue()

    return run


def everything() -> str:
    """Every value of every table, bytes as text, as one string."""
    values: list[object] = []
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            values += [bytes(one) if isinstance(one, memoryview) else one for one in row]
    return "\n".join(
        one.decode("latin-1") if isinstance(one, bytes) else str(one) for one in values
    )


def shares(said: str) -> list[str]:
    return re.findall(r"^\d\. (.+)$", said, re.MULTILINE)


@pytest.mark.django_db
def test_batam_has_its_own_office_and_nothing_of_another_city(
    init: Run, tmp_path: Path, settings: Settings
) -> None:
    listed = tmp_path / "agencies.toml"
    listed.write_text(AGENCIES, encoding="utf-8")
    said = init(agencies=listed)
    assert set(Agency.objects.values_list("code", "name")) == {
        ("uptd", NAME),
        ("polresta", "Unit PPA Polresta (contoh)"),
    }
    assert Area.objects.get(code="21.71").name == "Kota Batam"
    assert {code[:5] for code in Area.objects.values_list("code", flat=True)} == {"21", "21.71"}
    assert Member.objects.get(code="mawar").team_codes() == {"asesmen", "hotline"}
    assert Member.objects.get(code="rimba").role_codes() == {"head", "key_officer"}
    settings.TEDUH_ROOT_PUBLIC = re.findall(r"TEDUH_ROOT_PUBLIC=(\S+)", said)[0]
    told = everything() + said
    for path in ("/", "/en/", "/lapor/", "/status/", "/kunci/"):
        told += Client().get(path).content.decode()
    assert NAME in told
    assert re.findall(r"tanjung ?pinang", told, re.IGNORECASE) == []
    assert audit.verify() is None


@pytest.mark.django_db
def test_an_office_begins_with_the_channels_it_names_and_with_none_otherwise(
    init: Run, tmp_path: Path
) -> None:
    listed = tmp_path / "channels.toml"
    listed.write_text('[[channels]]\nkind="phone"\nlabel="Telepon"\ntarget="x"', encoding="utf-8")
    with pytest.raises(CommandError, match="Channels"):
        init(channels=listed)
    assert not Agency.objects.exists()
    listed.write_text(
        '[[channels]]\nkind="phone"\nlabel="Telepon"\ntarget="0800-000-0000"', encoding="utf-8"
    )
    init(channels=listed)
    assert [one.target for one in Channel.objects.all()] == ["0800-000-0000"]


@pytest.mark.django_db
def test_the_first_list_of_keys_stands_on_the_printed_root(init: Run, root: Path) -> None:
    public = unb64(re.findall(r"TEDUH_ROOT_PUBLIC=(\S+)", init())[0])
    today = local_day(timezone.now())
    said = manifest.read(queries.package(), public, "batam", today)
    assert said["serial"] == 1
    assert [one["kid"] for one in said["keys"]] == [key["kid"] for key in queries.listed_keys()]
    kinds = [one["kind"] for one in said["keys"]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "member": 3,
        "sign": 3,
        "team": 3,
        "recovery": 1,
    }
    assert suite.sign_public(ceremony.read_root(root.read_text(encoding="utf-8"))) == public
    with pytest.raises(Refused):
        manifest.read(queries.package(), suite.sign_public(suite.random_bytes(32)), "batam", today)


@pytest.mark.django_db
def test_every_key_officer_gets_a_certificate_of_the_root(init: Run, root: Path) -> None:
    said = init()
    public = unb64(re.findall(r"TEDUH_ROOT_PUBLIC=(\S+)", said)[0])
    for code in ("nusa", "rimba"):
        body, sig = (
            unb64(text) for text in re.findall(rf"^{code}: (\S{{90,}}) (\S+)$", said, re.M)[0]
        )
        assert envelope.statement_by(public, manifest.CERT, body, sig)
        sign = PublicKey.objects.get(kind="sign", owner=code)
        assert json.loads(body)["key"] == b64(bytes(sign.public))
        assert json.loads(body)["kid"].startswith(f"pejabat-{code}.")


@pytest.mark.django_db
def test_any_three_shares_give_the_recovery_key_and_two_do_not(init: Run) -> None:
    printed = shares(init())
    recovery = queries.recovery_keys()[0]
    assert len(printed) == 5
    for some in (printed[:3], printed[2:], [printed[4], printed[0], printed[2]]):
        assert suite.box_public(ceremony.join(some)) == bytes(recovery.public)
    with pytest.raises(Refused):
        ceremony.join(printed[:2])


@pytest.mark.django_db
def test_a_printed_phrase_opens_the_keyring_of_its_member_only(init: Run) -> None:
    from teduh.vault.actions import share_of

    said = init()
    phrases = dict(re.findall(r"^(\w+): https://\S+  ((?:[a-z]+ ?){6})$", said, re.MULTILINE))
    assert set(phrases) == {"mawar", "nusa", "rimba"}
    assert set(" ".join(phrases.values()).split()) <= set(codes.words())
    ring = Keyring.objects.get(member_code="mawar")

    def opened(phrase: str) -> dict[str, Any]:
        stem = suite.stretch_phrase(phrase, bytes(ring.salt)) + share_of("mawar")
        key = suite.derive(stem, b"", "teduh/v1/kek")
        plain = suite.disclose(key, bytes(ring.blob), b"teduh/v1/keyring\0mawar")
        return dict(json.loads(plain))

    key = PublicKey.objects.get(kind="member", owner="mawar")
    assert suite.box_public(unb64(opened(phrases["mawar"])["x"])) == bytes(key.public)
    with pytest.raises(suite.CannotOpen):
        opened(phrases["nusa"])


@pytest.mark.django_db
def test_a_first_member_comes_in_by_the_printed_link(init: Run) -> None:
    path = re.findall(r"^mawar: https://[^/]+(\S+) ", init(), re.MULTILINE)[0]
    page = Client().get(path)
    assert page.status_code == 200
    assert not Member.objects.get(code="mawar").has_usable_password()


@pytest.mark.django_db
def test_no_secret_stays_in_a_table(init: Run, root: Path) -> None:
    said, kept = init(), everything()
    raw = ceremony.read_root(root.read_text(encoding="utf-8"))
    seed = ceremony.join(shares(said)[:3])
    for secret in (raw, seed):
        assert secret.decode("latin-1") not in kept
        assert b64(secret) not in kept
        assert secret.hex() not in kept
    assert b64(seed) not in said
    assert not any(" ".join(share.split()[5:9]) in kept for share in shares(said))


@pytest.mark.django_db
def test_only_its_owner_reads_the_root_file(init: Run, root: Path) -> None:
    init()
    assert stat.S_IMODE(root.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_second_office_is_refused(init: Run, root: Path, tmp_path: Path) -> None:
    init()
    before, key = everything(), root.read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="an office in this database"):
        init(root=tmp_path / "second.key")
    assert everything() == before
    assert root.read_text(encoding="utf-8") == key
    assert not (tmp_path / "second.key").exists()


@pytest.mark.django_db
def test_a_root_file_that_exists_is_never_touched(init: Run, root: Path) -> None:
    root.write_text("older", encoding="utf-8")
    with pytest.raises(CommandError, match="File exists"):
        init()
    assert root.read_text(encoding="utf-8") == "older"
    assert not Agency.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("twice", [MEMBERS[0].replace("mawar;", "lain;"), "partner"])
def test_nothing_is_left_after_a_failure(init: Run, root: Path, tmp_path: Path, twice: str) -> None:
    listed = tmp_path / "agencies.toml"
    listed.write_text(AGENCIES * (2 if twice == "partner" else 1), encoding="utf-8")
    before = everything()
    with pytest.raises(CommandError, match="Nothing was kept"):
        init(*MEMBERS, *([] if twice == "partner" else [twice]), agencies=listed)
    assert everything() == before
    assert not UnitKey.objects.exists()
    assert not root.exists()


class Torn(StringIO):
    """A terminal that goes away."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError


@pytest.mark.django_db
def test_an_office_nobody_saw_the_phrases_of_is_not_kept(root: Path) -> None:
    with pytest.raises(BrokenPipeError):
        call_command(
            "init_office", area="21.71", name=NAME, root=root, member=list(MEMBERS), stdout=Torn()
        )
    assert not Agency.objects.exists()
    assert not PublicKey.objects.exists()
    assert not UnitKey.objects.exists()
    assert not root.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("members", "changed", "reason"),
    [
        (MEMBERS[:2], {}, "two members with the role key_officer"),
        ((MEMBERS[1].replace("asesmen", "hotline"), MEMBERS[2]), {}, "Nobody sits in asesmen"),
        ((*MEMBERS, MEMBERS[0]), {}, "stands twice"),
        ((*MEMBERS, "a;b;c"), {}, "code;name;email;roles;teams"),
        ((*MEMBERS, "a;B;b@contoh.invalid;queen;"), {}, "queen"),
        ((*MEMBERS, "a;B;b@contoh.invalid;officer;tamu"), {}, "tamu"),
        ((*MEMBERS, "a;B;nowhere;officer;"), {}, "Member a"),
        (MEMBERS, {"area": "21.72"}, "TEDUH_AREA"),
        (MEMBERS, {"name": "UPTD lain"}, "TEDUH_OFFICE"),
        (MEMBERS, {"agencies": Path("nowhere.toml")}, "agencies"),
    ],
)
def test_what_is_not_ready_is_said_before_anything_is_written(
    init: Run, root: Path, members: tuple[str, ...], changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        init(*members, **changed)
    assert not Agency.objects.exists()
    assert not root.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("inst", ["tanjungpinang", "Kota Tanjung Pinang", ""])
def test_the_name_of_another_city_never_gets_into_seals(
    init: Run, settings: Settings, inst: str
) -> None:
    settings.TEDUH_INSTANCE = inst
    with pytest.raises(CommandError, match="TEDUH_INSTANCE"):
        init()


@pytest.mark.django_db
def test_an_area_that_is_no_city_is_refused(init: Run, settings: Settings) -> None:
    settings.TEDUH_AREA = "21.71.01"
    with pytest.raises(CommandError, match="no city"):
        init(area="21.71.01")


def test_an_agency_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    listed = tmp_path / "agencies.toml"
    listed.write_text(AGENCIES.replace("police", "club"), encoding="utf-8")
    with pytest.raises(office.NotReady, match="polresta"):
        office.read_partners(listed)


# --- certify_officer: no database mark, so that opening one would fail ---------------------------


def certify(root: Path, **changed: Any) -> list[bytes]:
    said = StringIO()
    key = b64(suite.sign_public(b"k" * 32))
    until = str(local_day(timezone.now()) + timedelta(days=400))
    told = {"root": str(root), "name": "nusa", "key": key, "until": until, **changed}
    call_command(
        "certify_officer", *[f"--{name}={value}" for name, value in told.items()], stdout=said
    )
    return [unb64(line.split()[1]) for line in said.getvalue().splitlines()]


def test_a_certificate_is_made_without_any_database(root: Path) -> None:
    seed = suite.random_bytes(32)
    root.write_text(ceremony.spell_root(seed) + "\n", encoding="utf-8")
    body, sig = certify(root)
    assert envelope.statement_by(suite.sign_public(seed), manifest.CERT, body, sig)
    assert not envelope.statement_by(suite.sign_public(seed), manifest.MANIFEST, body, sig)
    said = json.loads(body)
    assert list(said) == ["v", "inst", "kid", "key", "from", "until"]
    assert said["inst"] == "batam"


def test_a_list_signed_by_the_certified_officer_is_accepted(root: Path) -> None:
    root_seed, officer = suite.random_bytes(32), suite.random_bytes(32)
    root.write_text(ceremony.spell_root(root_seed), encoding="utf-8")
    cert, cert_sig = certify(root, key=b64(suite.sign_public(officer)))
    day = local_day(timezone.now())
    body = manifest.compose(inst="batam", serial=2, keys=[], since=day, until=day)
    package = manifest.package(cert, cert_sig, body, manifest.sign(officer, body))
    assert manifest.read(package, suite.sign_public(root_seed), "batam", day)["serial"] == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"until": str(date(2020, 1, 1))},
        {"until": str(date(2099, 1, 1))},
        {"key": "short"},
    ],
)
def test_a_certificate_beyond_the_rules_is_refused(root: Path, changed: dict[str, str]) -> None:
    root.write_text(ceremony.spell_root(suite.random_bytes(32)), encoding="utf-8")
    with pytest.raises(CommandError, match="within 400 days"):
        certify(root, **changed)


def test_a_file_without_a_root_key_is_refused(root: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        certify(root)
    root.write_text("not a key\n", encoding="utf-8")
    with pytest.raises(CommandError, match="root key"):
        certify(root)
