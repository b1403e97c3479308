"""The glossary: one name for a thing, and a thing for every table."""

import re
from pathlib import Path

from django.apps import apps
from django.db.models import Model

PATH = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
# Tables that are called otherwise where people speak of them.
SPOKEN = {
    "sign in": "sign-in",
    "coded": "coded fact",
    "epoch wrap": "epoch",
    "role held": "role",
    "team seat": "seat",
}


def terms() -> list[str]:
    lines = PATH.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    return rows[1:]


def spoken(model: type[Model]) -> str:
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
    return SPOKEN.get(name, name)


def test_every_term_stands_once_in_order() -> None:
    assert terms() == sorted(set(terms()))


def test_every_table_of_ours_has_its_word() -> None:
    ours = [one for one in apps.get_models() if one.__module__.startswith("teduh.")]
    assert {spoken(one) for one in ours} - set(terms()) == set()


def test_a_term_that_points_elsewhere_points_somewhere() -> None:
    text = PATH.read_text(encoding="utf-8")
    assert set(re.findall(r"see \*([^*]+)\*", text)) - set(terms()) == set()
