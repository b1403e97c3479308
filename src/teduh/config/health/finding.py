"""One line of the list: how a thing stands, and what to do."""

from dataclasses import dataclass

from django.utils.functional import Promise

from teduh.config.rules import Level
from teduh.config.words import LEVELS


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands; without a remedy there is nothing to do."""

    level: Level
    about: str
    text: str
    remedy: str = ""

    @property
    def word(self) -> Promise:
        """The level in a word."""
        return LEVELS[self.level]


def good(about: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.GOOD, about, text)


def soon(about: str, text: str, remedy: str) -> Finding:
    """Something to do in the next days."""
    return Finding(Level.SOON, about, text, remedy)


def bad(about: str, text: str, remedy: str) -> Finding:
    """Something to do now."""
    return Finding(Level.BAD, about, text, remedy)


def at_level(level: Level, about: str, text: str, remedy: str) -> Finding:
    """A finding whose remedy is said only when there is something to do."""
    return Finding(level, about, text, "" if level == Level.GOOD else remedy)
