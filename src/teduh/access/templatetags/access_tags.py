"""How lines of the trail are shown."""

import json
from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from teduh.access.roles import ROLES
from teduh.access.words import Right
from teduh.audit import words
from teduh.audit.models import Row
from teduh.lib.actors import ActorKind

register = template.Library()


@register.simple_tag
def who(row: Row, names: Mapping[str, str]) -> str:
    """The hand behind a line: a member by name, everybody else by kind."""
    if row.by_kind == ActorKind.MEMBER:
        return names.get(row.by_code, row.by_code)
    kinds = {
        ActorKind.REPORTER: _("pelapor"),
        ActorKind.CLOCK: _("jam"),
        ActorKind.COMMAND: _("perintah di server"),
        ActorKind.ANONYMOUS: _("tanpa nama"),
    }
    return kinds[ActorKind(row.by_kind)]


@register.simple_tag
def named(code: str, names: Mapping[str, str]) -> str:
    """A member by name, by code where nobody of that code is known."""
    return names.get(code, code)


@register.filter
def said(verb: str) -> str:
    """What was done, in words."""
    return words.said(verb)


@register.simple_tag
def detail(row: Row) -> str:
    """What else a line tells, as "word: value" pairs; what is empty is left out."""
    told: dict[str, str | int] = json.loads(row.detail or "{}")
    return ", ".join(
        f"{words.said_detail(key)}: {_named_value(key, value)}"
        for key, value in told.items()
        if value
    )


def _named_value(key: str, value: str | int) -> object:
    """The name of a role or right, and anything else as it was written."""
    if key == "role" and value in ROLES:
        return ROLES[str(value)].label
    if key == "right" and value in set(Right):
        return Right(str(value)).label
    return value
