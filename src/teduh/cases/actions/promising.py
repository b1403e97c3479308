"""What is promised of a case, to whoever manages it."""

from datetime import datetime

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.sop import actions as sop
from teduh.sop.models import Promise


def promise(
    *,
    by: Member,
    case: Case,
    event: str,
    at: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    about: str = "",
) -> list[Promise]:
    """Promise every step that begins with this event.

    `since` is `began_at` there; `until`, `about` as in `sop.actions.start`.
    """
    return sop.start(
        by=by.actor,
        event=event,
        subject=case.code,
        team_code=case.team_code,
        band=case.band,
        at=at,
        began_at=since,
        until=until,
        about=about,
        owner=case.manager.code if case.manager else "",
    )
