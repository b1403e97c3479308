"""Who gives help in the demo city, known for some days or for long; none of them exists."""

import tomllib
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from teduh.access.models import Member
from teduh.config.demo import DATA
from teduh.directory import actions
from teduh.directory.models import Provider
from teduh.directory.rules import WEEKDAY_COLUMNS, Facts, Line, spans
from teduh.lib.codes import new_provider
from teduh.lib.timing import local_day

WRITER = "seroja"
PLAIN = ("name", "kind", "agency", "secret", "public", "area_code", "address", "phone", "contact")
SEVERAL = ("languages", "access", "served")


def seed(at: datetime) -> None:
    """Once."""
    if Provider.objects.exists():
        return
    by, day = Member.objects.get(code=WRITER), local_day(at)
    text = (DATA / "demo_providers.toml").read_text(encoding="utf-8")
    for number, row in enumerate(tomllib.loads(text)["providers"], 1):
        ago, code = row.get("verified_days_ago"), new_provider()
        checked = day - timedelta(days=ago) if ago is not None else None
        if row.get("secret"):
            provider = actions.enter_provider(by=by, facts=_facts(row), at=at - timedelta(days=ago))
        else:
            line = Line(number, code, _facts(row), checked)
            actions.import_providers(by=by, lines=[line], at=at)
            provider = Provider.objects.get(code=code)
        if "memorandum_ends_in" in row:
            until = day + timedelta(days=row["memorandum_ends_in"])
            actions.agree(
                by=by,
                provider=provider,
                number=f"{number:02}/NK/CONTOH/{until.year - 1}",
                since=until - timedelta(days=730),
                until=until,
                at=at,
            )


def _facts(row: dict[str, Any]) -> Facts:
    hours = (
        [(weekday, *span) for span in spans(row["hours"].get(name, ""))]
        for weekday, name in enumerate(WEEKDAY_COLUMNS)
    )
    told = {name: row[name] for name in PLAIN if name in row}
    told |= {name: tuple(sorted(row.get(name, ()))) for name in SEVERAL}
    return Facts(
        **told,
        offers=tuple(sorted((code, many or None) for code, many in row["offers"].items())),
        hours=tuple(chain(*hours)),
    )
