"""A city loads its own areas, those inside it and those around it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from teduh.directory import actions
from teduh.directory.models import Area
from teduh.directory.rules import NotAnArea, on_one_way
from teduh.lib.actors import COMMAND

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROWS = "code,name\n21,Provinsi\n21.7,Mirip\n21.71,Kota A\n21.71.01,Kecamatan A\n21.72,Kota B\n"


@pytest.mark.parametrize(
    ("code", "other", "expected"),
    [
        ("21", "21.71", True),
        ("21.71", "21.71", True),
        ("21.71.01", "21.71", True),
        ("21.72", "21.71", False),
        ("21.7", "21.71", False),
        ("21.711", "21.71", False),
    ],
)
def test_an_area_lies_in_another_or_around_it(code: str, other: str, *, expected: bool) -> None:
    assert on_one_way(code, other) is expected


@pytest.mark.django_db
def test_a_city_loads_nothing_of_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(ROWS, encoding="utf-8")
    assert actions.load_areas(path, by=COMMAND, at=AT, around="21.71") == 3
    assert list(Area.objects.values_list("code", flat=True)) == ["21", "21.71", "21.71.01"]
    with pytest.raises(NotAnArea):
        actions.load_areas(path, by=COMMAND, at=AT, around="21.73")
