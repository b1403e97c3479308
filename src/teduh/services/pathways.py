"""Pathways of places: whom to turn to, who may be told, what is never done, what there is to do."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "pathways.toml"
ONLINE = "online"  # the place that an incident elsewhere may have too
Words = dict[str, str]  # language -> words


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do on a pathway; its key is stable."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True)
class Pathway:
    """What is particular about one kind of place; `tell`: who may be told, and with whose consent."""

    key: str
    places: frozenset[str]  # code list 4.3
    title: Words
    contact: Words
    tell: tuple[tuple[Words, Words], ...]
    never: tuple[Words, ...]
    tasks: tuple[Task, ...]

    def has(self, task: str) -> bool:
        """Whether this task is one of the pathway's."""
        return any(one.key == task for one in self.tasks)


@cache
def pathways() -> tuple[Pathway, ...]:
    """Every pathway, in the order of the file. Raises KeyError for a file that lacks something."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Pathway(
            key=one["key"],
            places=frozenset(one["places"]),
            title=one["title"],
            contact=one["contact"],
            tell=tuple((line["who"], line["consent"]) for line in one["tell"]),
            never=tuple(one["never"]),
            tasks=tuple(Task(task["key"], task["title"]) for task in one["task"]),
        )
        for one in told["pathway"]
    )


def of_places(places: Collection[str]) -> list[Pathway]:
    """The pathways of these places."""
    return [one for one in pathways() if one.places & set(places)]


def named(key: str) -> Pathway | None:
    """One pathway by its key."""
    return next((one for one in pathways() if one.key == key), None)


def said(words: Words) -> str:
    """These words in the reader's language."""
    return words.get((get_language() or "id")[:2], words["id"])
