"""The area table that ships: whole, and adding up."""

import csv

import pytest

from teduh.directory import codes, rules

PATH = codes.LISTS.with_name("areas.csv")
CITY, KELURAHAN, KECAMATAN = "21.72", 18, 4


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_city(rows: list[dict[str, str]], kind: str) -> list[dict[str, str]]:
    return [row for row in rows if row["kind"] == kind and row["code"].startswith(f"{CITY}.")]


def test_every_code_stands_once_under_an_area_that_is_there(rows: list[dict[str, str]]) -> None:
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows)
    for row in rows:
        assert row["kind"] == rules.level_of(row["code"])
        assert row["parent"] == rules.parent_of(row["code"])
        assert not row["parent"] or row["parent"] in codes


def test_the_city_has_its_kecamatan_and_kelurahan(rows: list[dict[str, str]]) -> None:
    assert len(of_city(rows, "district")) == KECAMATAN
    assert len(of_city(rows, "kelurahan")) == KELURAHAN


def test_parts_add_up_to_the_whole(rows: list[dict[str, str]]) -> None:
    counted = {row["code"]: int(row["population"] or 0) for row in rows}
    for whole in ("21", CITY, *(row["code"] for row in of_city(rows, "district"))):
        parts = [counted[row["code"]] for row in rows if row["parent"] == whole]
        assert counted[whole] == sum(parts), whole


def test_an_estimate_says_so(rows: list[dict[str, str]]) -> None:
    assert {row["source"] for row in of_city(rows, "kelurahan")} == {"perkiraan contoh"}


def test_a_kelurahan_is_named_with_its_kecamatan(rows: list[dict[str, str]]) -> None:
    names = {row["code"]: row["name"] for row in rows}
    east = "Kel. Tanjung Pinang Timur, Kec. Bukit Bestari"
    assert rules.full_name("21.72.04.1001", names) == east
    assert rules.full_name("21.72.02", names) == "Tanjung Pinang Timur"
    assert rules.full_name("99.99.99.9999", names) == "99.99.99.9999"


def test_no_two_tiles_of_the_map_share_a_place(rows: list[dict[str, str]]) -> None:
    tiles = [(row["tile_row"], row["tile_col"]) for row in of_city(rows, "kelurahan")]
    assert len(set(tiles)) == KELURAHAN
    assert all(row and column for row, column in tiles)
