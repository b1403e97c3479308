"""What is wrong with this house, and what to do about it: one list for the page and the command.

Nothing here names a person: numbers, days and codes of teams only.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from teduh.config.health import house, keys, machine
from teduh.config.health.finding import Finding, bad
from teduh.config.rules import Level

Check = Callable[[datetime], Iterable[Finding]]
CHECKS: tuple[Check, ...] = (*keys.CHECKS, *house.CHECKS, *machine.CHECKS)
ORDER = tuple(Level)


def findings(at: datetime) -> list[Finding]:
    """How everything stands at `at`, the worst first."""
    found = [one for check in CHECKS for one in _examined(check, at)]
    return sorted(found, key=lambda one: ORDER.index(one.level))


def _examined(check: Check, at: datetime) -> list[Finding]:
    try:
        return list(check(at))
    except Exception as error:
        said = _("Tidak dapat diperiksa (%(kind)s).") % {"kind": type(error).__name__}
        return [bad(check.__name__.strip("_"), said, _("Baca baris lain lebih dulu."))]
