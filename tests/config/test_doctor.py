"""The doctor's list: each thing that may be wrong is said, with what to do, and names nobody."""

import resource
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from pytest_django import Settings

from teduh.access.models import Member
from teduh.audit import actions as audit
from teduh.config import actions, health, rules, static
from teduh.config.health import machine
from teduh.config.health.finding import Finding
from teduh.config.rules import Level
from teduh.config.words import Unseen
from teduh.lib.actors import COMMAND
from teduh.outbox import actions as outbox
from teduh.outbox.words import Template
from teduh.vault import demo
from teduh.vault.models import Certificate, Departure, EpochWrap, Manifest, PublicKey
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT

pytestmark = pytest.mark.django_db
REAL_SECRET = "Zq8-fTjV2nRk0pLw5xYc7bHsDg1mAeUo4iQ6tW9uXvB"


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> None:
    """An office in which everything is well at AT."""
    settings.TEDUH_DEMO, settings.SECRET_KEY, settings.TEDUH_TLS = False, REAL_SECRET, True
    settings.TEDUH_SMTP_URL = "smtps://post.contoh.invalid"
    settings.TEDUH_VAR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.TEDUH_FILES = str(tmp_path / "files")
    settings.STATIC_ROOT.mkdir(parents=True)
    (settings.STATIC_ROOT / "lapor.js").write_text(f'root="{settings.TEDUH_ROOT_PUBLIC}"')
    tmp_path.chmod(0o700)
    team = TeamFactory(code="asesmen")
    members = [MemberFactory(code=code, team=team) for code in ("melati", "seroja")]
    codes = [one.code for one in members]
    settings.TEDUH_DEMO = True
    demo.make_demo_office(teams={"asesmen": codes}, members=codes, key_officers=codes, at=AT)
    settings.TEDUH_DEMO = False
    for of in Unseen:
        actions.beat(of, at=AT)


def seen(at: datetime = AT) -> dict[str, Finding]:
    return {one.about: one for one in health.findings(at)}


def level_of(about: str, at: datetime = AT) -> Level:
    one = seen(at)[about]
    assert bool(one.remedy) == (one.level != Level.GOOD)
    return one.level


@pytest.fixture(autouse=True)
def a_quiet_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No swap, no core dumps, two databases, whatever the machine of the test has."""
    monkeypatch.setattr(machine, "SWAPS", tmp_path / "no-swaps")
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (0, 0))


@pytest.mark.usefixtures("office")
def test_a_sound_house_is_all_green() -> None:
    assert [one for one in health.findings(AT) if one.level != Level.GOOD] == []


@pytest.mark.parametrize(
    ("days", "level"),
    [(0, Level.GOOD), (27, Level.GOOD), (28, Level.SOON), (35, Level.SOON), (36, Level.BAD)],
)
@pytest.mark.usefixtures("office")
def test_the_list_of_keys_tells_its_last_week_and_its_end(days: int, level: Level) -> None:
    assert level_of("Daftar kunci", AT + timedelta(days=days)) == level


@pytest.mark.usefixtures("office")
def test_a_house_without_an_office_says_so_and_nothing_else_about_keys() -> None:
    for model in (Manifest, Certificate, PublicKey, EpochWrap):
        model.objects.all().delete()
    assert "init_office" in seen()["Daftar kunci"].remedy
    assert seen()["Kunci akar"].level == Level.GOOD
    assert not {"Pejabat kunci", "Kunci pemulihan"} & set(seen())


def _root_missing(settings: Settings) -> None:
    settings.TEDUH_ROOT_PUBLIC = ""


def _root_of_others(settings: Settings) -> None:
    settings.TEDUH_ROOT_PUBLIC = "A" * 43


def _one_officer(_settings: Settings) -> None:
    Certificate.objects.filter(member_code="melati").delete()


def _no_officer(_settings: Settings) -> None:
    Certificate.objects.update(until=AT - timedelta(days=2))


def _officers_end(_settings: Settings) -> None:
    Certificate.objects.update(until=AT + timedelta(days=20))


def _somebody_left(_settings: Settings) -> None:
    Departure.objects.create(member_code="x", team_code="asesmen", at=AT)


def _one_holder(_settings: Settings) -> None:
    EpochWrap.objects.filter(member_code="melati").delete()


def _no_holder(_settings: Settings) -> None:
    EpochWrap.objects.all().delete()


def _no_epoch(_settings: Settings) -> None:
    PublicKey.objects.filter(kind="team").delete()


def _no_recovery(_settings: Settings) -> None:
    PublicKey.objects.filter(kind="recovery").update(kid="pemulihan.00000000")


def _debug(settings: Settings) -> None:
    settings.DEBUG = True


def _demo(settings: Settings) -> None:
    settings.TEDUH_DEMO, settings.ALLOWED_HOSTS = True, ["teduh.contoh.invalid"]


def _no_tls(settings: Settings) -> None:
    settings.TEDUH_TLS, settings.ALLOWED_HOSTS = False, ["teduh.contoh.invalid"]


def _weak(settings: Settings) -> None:
    settings.SECRET_KEY = "rahasia" * 8


def _open_secret(settings: Settings) -> None:
    place = settings.TEDUH_VAR / "secret"
    place.touch(0o644)
    settings.SECRET_KEPT_IN = str(place)


def _other_root_in_scripts(settings: Settings) -> None:
    script = settings.STATIC_ROOT / "lapor.js"
    script.write_text(f'root="{settings.TEDUH_ROOT_PUBLIC}{static.PLACE_OF_ROOT}"')


def _nothing_laid_out(settings: Settings) -> None:
    (settings.STATIC_ROOT / "lapor.js").unlink()


def _stuck(_settings: Settings) -> None:
    outbox.queue(
        by=COMMAND,
        to="x@contoh.invalid",
        template=Template.values[0],
        at=AT - timedelta(minutes=20),
    )


def _danger_waits(_settings: Settings) -> None:
    six = AT - timedelta(minutes=6)
    outbox.queue(by=COMMAND, to="x@contoh.invalid", template="work", danger=True, at=six)


def _given_up(_settings: Settings) -> None:
    two_days = AT - timedelta(days=2)
    outbox.queue(by=COMMAND, to="x@contoh.invalid", template="work", at=two_days)
    outbox.forget_old(at=AT - timedelta(days=1))


def _danger_given_up(_settings: Settings) -> None:
    two_days = AT - timedelta(days=2)
    outbox.queue(by=COMMAND, to="x@contoh.invalid", template="work", danger=True, at=two_days)
    outbox.forget_old(at=AT - timedelta(days=1))


def _no_post(settings: Settings) -> None:
    settings.TEDUH_SMTP_URL = ""


def _open_folder(settings: Settings) -> None:
    settings.TEDUH_VAR.chmod(0o755)


BAD, SOON = Level.BAD, Level.SOON


@pytest.mark.parametrize(
    ("spoil", "about", "level"),
    [
        (_root_missing, "Kunci akar", BAD),
        (_root_of_others, "Kunci akar", BAD),
        (_one_officer, "Pejabat kunci", SOON),
        (_officers_end, "Pejabat kunci", SOON),
        (_no_officer, "Pejabat kunci", BAD),
        (_somebody_left, "Kunci tim asesmen", BAD),
        (_one_holder, "Kunci tim asesmen", SOON),
        (_no_holder, "Kunci tim asesmen", BAD),
        (_no_epoch, "Kunci tim asesmen", BAD),
        (_no_recovery, "Kunci pemulihan", BAD),
        (_debug, "Jenis rumah", BAD),
        (_demo, "Jenis rumah", BAD),
        (_no_tls, "TLS", BAD),
        (_weak, "Rahasia server", BAD),
        (_open_secret, "Rahasia server", BAD),
        (_other_root_in_scripts, "Skrip dan gaya", BAD),
        (_nothing_laid_out, "Skrip dan gaya", BAD),
        (_stuck, "Pemberitahuan", SOON),
        (_danger_waits, "Pemberitahuan", BAD),
        (_given_up, "Pemberitahuan", SOON),
        (_danger_given_up, "Pemberitahuan", BAD),
        (_no_post, "Pemberitahuan", SOON),
        (_open_folder, "Folder data", SOON),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_is_wrong_is_said(
    settings: Settings, spoil: Callable[[Settings], None], about: str, level: Level
) -> None:
    spoil(settings)
    assert level_of(about) == level


@pytest.mark.usefixtures("office")
def test_unit_keys_in_the_main_database_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    main = connections["default"].settings_dict
    monkeypatch.setattr(connections["shred"], "settings_dict", main)
    assert level_of("Basis data") == BAD


@pytest.mark.usefixtures("office")
def test_a_new_month_asks_for_new_keys() -> None:
    assert level_of("Kunci tim asesmen", AT + timedelta(days=9)) == SOON


@pytest.mark.parametrize(
    ("later", "about", "level"),
    [
        ({"minutes": 3}, "Jam kerja sistem", SOON),
        ({"minutes": 6}, "Jam kerja sistem", BAD),
        ({"hours": 27}, "Cadangan utama", SOON),
        ({"hours": 51}, "Cadangan utama", BAD),
        ({"hours": 51}, "Cadangan kunci unit", BAD),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_should_have_happened_lately_is_missed(
    later: dict[str, int], about: str, level: Level
) -> None:
    assert level_of(about, AT + timedelta(**later)) == level


@pytest.mark.usefixtures("office")
def test_a_time_that_went_back_is_said() -> None:
    actions.restored(by=COMMAND, name="x", forgotten=0, at=AT)
    found = seen(AT - timedelta(minutes=6))["Jam kerja sistem"]
    assert (found.level, "mundur" in found.text) == (BAD, True)


@pytest.mark.usefixtures("office")
def test_a_time_that_went_back_is_still_said_after_something_was_written() -> None:
    actions.restored(by=COMMAND, name="x", forgotten=0, at=AT)
    earlier = AT - timedelta(days=31)
    actions.restored(by=COMMAND, name="y", forgotten=0, at=earlier)
    actions.beat(Unseen.CLOCK, at=earlier)
    found = seen(earlier)
    assert "24-11-2026 16:00" in found["Jam kerja sistem"].text
    assert found["Jam kerja sistem"].level == BAD
    assert "belum tiba" in found["Cadangan utama"].text
    assert audit.verify() is None


@pytest.mark.parametrize(
    ("listed", "level"),
    [
        ("Filename Type Size Used Priority\n", Level.GOOD),
        ("Filename Type Size Used Priority\n/dev/zram0 partition 9 0 100\n", Level.GOOD),
        ("Filename Type Size Used Priority\n/dev/dm-0 partition 9 0 -2\n", Level.GOOD),
        ("Filename Type Size Used Priority\n/swapfile file 9 0 -2\n", SOON),
    ],
)
@pytest.mark.usefixtures("office")
def test_only_swap_that_somebody_could_read_later_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, listed: str, level: Level
) -> None:
    (tmp_path / "dm-0" / "dm").mkdir(parents=True)
    (tmp_path / "dm-0" / "dm" / "uuid").write_text("CRYPT-PLAIN-x")
    (tmp_path / "swaps").write_text(listed)
    monkeypatch.setattr(machine, "SWAPS", tmp_path / "swaps")
    monkeypatch.setattr(machine, "BLOCKS", tmp_path)
    assert level_of("Swap") == level


@pytest.mark.usefixtures("office")
def test_core_dumps_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (-1, -1))
    assert level_of("Core dump") == BAD


@pytest.mark.parametrize(("room", "level"), [(0, BAD), (1, SOON), (4, Level.GOOD)])
def test_room_is_judged_by_the_reserve(room: int, level: Level) -> None:
    assert rules.level_of_room(room, 1) == level


@pytest.mark.usefixtures("office")
def test_a_check_that_fails_is_a_finding_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_leg(_at: datetime) -> list[Finding]:
        raise OSError("a path that nobody should read")

    monkeypatch.setattr(health, "CHECKS", (broken_leg,))
    (found,) = health.findings(AT)
    assert (found.level, found.about) == (BAD, "broken_leg")
    assert "nobody should read" not in found.text


@pytest.mark.usefixtures("office")
def test_the_command_ends_with_one_when_something_must_be_mended(settings: Settings) -> None:
    said = StringIO()
    settings.DEBUG = True
    with pytest.raises(SystemExit) as left:
        call_command("doctor", stdout=said)
    assert left.value.code == 1
    assert said.getvalue().startswith("[!!] ")


def test_the_page_shows_the_worst_first_and_names_nobody() -> None:
    member: Member = MemberFactory(role="city_it", name="Contoh Pandan")
    page = signed_in(Client(), member).get("/kantor/sistem/").content.decode()
    told = page.partition("<main")[2]
    assert told.index('class="badge danger"') < told.index('class="badge warn"')
    assert told.index("Jam kerja sistem") < told.index("<dt>Kunci akar</dt>")
    for identity in (member.name, member.code, member.email):
        assert identity not in told


def test_no_file_of_the_house_is_open_to_others(tmp_path: Path) -> None:
    """manage.py makes everything for its owner only."""
    text = (Path(__file__).resolve().parents[2] / "manage.py").read_text(encoding="utf-8")
    assert "umask(0o077)" in text
    assert "RLIMIT_CORE, (0, 0)" in text
    assert stat.S_IMODE(tmp_path.stat().st_mode) & 0o077 == 0
