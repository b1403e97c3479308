"""Areas by official code, and channels."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import teduh.directory
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.directory import actions, queries
from teduh.directory.models import Area
from teduh.directory.rules import (
    ChannelTwice,
    NotAChannel,
    NotAnArea,
    Way,
    level_of,
    parent_of,
)
from teduh.lib.actors import COMMAND
from tests.factories import AgencyFactory, MemberFactory

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DEMO = Path(teduh.directory.__file__).parent / "data" / "demo_channels.toml"
CSV = """# source: a test
code,name,population
21.72,Tanjungpinang,239216
21.72.02,Tanjung Pinang Timur,
21.72.02.1004,Batu IX,5439
21.72.01.1001,Tanjung Pinang Barat,
21.71.01.1001,Kelurahan Kota Lain,
"""


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "areas.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_city_has_its_kelurahan_and_no_other_citys(csv: Path) -> None:
    assert actions.load_areas(csv, by=COMMAND, at=AT) == 5
    assert [area.name for area in queries.kelurahan("21.72")] == ["Batu IX", "Tanjung Pinang Barat"]
    assert queries.area_name("21.72.02.1004") == "Kel. Batu IX, Kec. Tanjung Pinang Timur"
    assert queries.kelurahan_names("21.72") == [
        ("21.72.02.1004", "Kel. Batu IX, Kec. Tanjung Pinang Timur"),
        ("21.72.01.1001", "Tanjung Pinang Barat"),
    ]
    assert queries.kelurahan("21.72")[0].population == 5439


@pytest.mark.django_db
def test_loading_again_mends_and_does_not_double(csv: Path) -> None:
    actions.load_areas(csv, by=COMMAND, at=AT)
    csv.write_text(CSV.replace("Batu IX", "Batu Sembilan"), encoding="utf-8")
    actions.load_areas(csv, by=COMMAND, at=AT)
    assert Area.objects.count() == 5
    assert queries.area_name("21.72.02.1004") == "Kel. Batu Sembilan, Kec. Tanjung Pinang Timur"
    assert Row.objects.filter(verb="areas.loaded").count() == 2


@pytest.mark.django_db
def test_one_wrong_code_refuses_the_whole_file(csv: Path) -> None:
    csv.write_text(CSV + "Batu,IX,\n", encoding="utf-8")
    with pytest.raises(NotAnArea):
        actions.load_areas(csv, by=COMMAND, at=AT)
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_channels_are_replaced_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "channels.toml"
    path.write_text(
        '[[channels]]\nkind="whatsapp"\nlabel="WhatsApp"\ntarget="+62 811-0000-000"\n'
        '[[channels]]\nkind="walkin"\nlabel="Kantor"\ntarget="Jalan Contoh 1"\nhours="08–16"\n',
        encoding="utf-8",
    )
    actions.load_channels(path, by=COMMAND, at=AT)
    assert actions.load_channels(path, by=COMMAND, at=AT) == 2
    first, second = queries.channels()
    assert first.href == "https://wa.me/628110000000"
    assert (second.address, second.number, second.href) == ("Jalan Contoh 1", "", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "listed",
    [
        "",
        "channels = 1",
        "[[channels]]",
        '[[channels]]\nkind="pigeon"\nlabel="Merpati"\ntarget="Jalan Contoh 1"',
        '[[channels]]\nkind="phone"\nlabel="Telepon"\ntarget="nanti"',
        '[[channels]]\nkind="walkin"\nlabel="Kantor"\ntarget=" "',
    ],
)
def test_a_file_that_lists_no_usable_channel_changes_nothing(tmp_path: Path, listed: str) -> None:
    path = tmp_path / "channels.toml"
    actions.load_channels(DEMO, by=COMMAND, at=AT)
    path.write_text(listed, encoding="utf-8")
    with pytest.raises(NotAChannel):
        actions.load_channels(path, by=COMMAND, at=AT)
    assert queries.channels().count() == 2


def test_channels_of_the_demo_are_fictional() -> None:
    told = DEMO.read_text(encoding="utf-8")
    assert told.count("contoh") == told.count("[[channels]]")


@pytest.mark.django_db
def test_a_channel_is_entered_mended_and_hidden() -> None:
    head = MemberFactory(role="head", agency=AgencyFactory(kind=AgencyKind.OFFICE))
    way = Way("phone", "Telepon", "0800-000-0000", "08–16")
    channel = actions.enter_channel(by=head, way=way, at=AT)
    assert [one.href for one in queries.channels()] == ["tel:08000000000"]
    hidden = replace(way, hours="", active=False)
    actions.mend_channel(by=head, channel=channel, way=hidden, at=AT)
    assert list(queries.channels()) == []
    assert queries.channels_kept_by(head).count() == 1
    verbs = Row.objects.filter(verb__startswith="channel.").order_by("number")
    assert list(verbs.values_list("verb", "by_code")) == [
        ("channel.entered", head.code),
        ("channel.mended", head.code),
    ]


@pytest.mark.django_db
def test_a_channel_stands_once() -> None:
    head = MemberFactory(role="head", agency=AgencyFactory(kind=AgencyKind.OFFICE))
    way = Way("phone", "Telepon", "0800-000-0000")
    actions.enter_channel(by=head, way=way, at=AT)
    with pytest.raises(ChannelTwice):
        actions.enter_channel(by=head, way=replace(way, label="Lagi"), at=AT)
    assert Row.objects.filter(verb="channel.entered").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "kind"), [("officer", AgencyKind.OFFICE), ("head", AgencyKind.POLICE)]
)
def test_only_managers_of_the_office_itself_keep_channels(role: str, kind: AgencyKind) -> None:
    other = MemberFactory(role=role, agency=AgencyFactory(kind=kind))
    way = Way("phone", "Telepon", "0800-000-0000")
    with pytest.raises(Forbidden):
        actions.enter_channel(by=other, way=way, at=AT)
    assert not queries.channels().exists()
    assert not queries.channels_kept_by(other).exists()


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [("21", "province", ""), ("21.72", "city", "21"), ("21.72.01.1001", "kelurahan", "21.72.01")],
)
def test_a_code_says_its_level(code: str, level: str, parent: str) -> None:
    assert (level_of(code), parent_of(code)) == (level, parent)
