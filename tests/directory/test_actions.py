"""Areas by official code, numbers and channels."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from teduh.audit.models import Row
from teduh.directory import actions, queries
from teduh.directory.models import Area
from teduh.directory.rules import NotAnArea, level_of, parent_of
from teduh.lib.actors import COMMAND

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
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
    assert queries.area_name("21.72.02.1004") == "Batu IX"
    assert queries.kelurahan("21.72")[0].population == 5439


@pytest.mark.django_db
def test_loading_again_mends_and_does_not_double(csv: Path) -> None:
    actions.load_areas(csv, by=COMMAND, at=AT)
    csv.write_text(CSV.replace("Batu IX", "Batu Sembilan"), encoding="utf-8")
    actions.load_areas(csv, by=COMMAND, at=AT)
    assert Area.objects.count() == 5
    assert queries.area_name("21.72.02.1004") == "Batu Sembilan"
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
    actions.load_channels(path, by=COMMAND, at=AT)
    first, second = queries.channels()
    assert first.href == "https://wa.me/628110000000"
    assert (second.address, second.number, second.href) == ("Jalan Contoh 1", "", "")


def test_112_is_shown_only_where_the_city_runs_it(settings: Settings) -> None:
    settings.TEDUH_CITY_HAS_112 = False
    assert "112" not in [one.number for one in queries.numbers()]


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [("21", "province", ""), ("21.72", "city", "21"), ("21.72.01.1001", "kelurahan", "21.72.01")],
)
def test_a_code_says_its_level(code: str, level: str, parent: str) -> None:
    assert (level_of(code), parent_of(code)) == (level, parent)
