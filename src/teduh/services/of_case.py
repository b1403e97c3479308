"""What the page of all help for a case is made of: each part its own template and its own reading."""

from collections.abc import Callable
from dataclasses import dataclass

from teduh.cases.views.frame import Asked
from teduh.services.queries import (
    caring,
    health,
    letters,
    pathways,
    referring,
    sessions,
    sheltering,
    supporting,
    visiting,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: `shown` answers what `template` calls `part`; nothing leaves it out."""

    template: str
    shown: Callable[[Asked], object]


PARTS: tuple[Part, ...] = (  # in the order of the page; another part is another line
    Part("services/parts/letter_late.html", lambda of: letters.is_late(of.case, of.day)),
    Part("services/parts/health.html", lambda of: health.brief(of.case, of.at)),
    Part("services/parts/stay_of_case.html", lambda of: sheltering.now_of(of.case)),
    Part("services/parts/referrals.html", lambda of: list(referring.of_case(of.case))),
    Part("services/parts/pathways.html", lambda of: pathways.of_case(of.case)),
    Part("services/parts/visits_of_case.html", lambda of: visiting.visits_of(of.case)),
    Part("services/parts/care_of_case.html", lambda of: caring.brief(of.case, of.at)),
    Part("services/parts/sessions_of_case.html", lambda of: sessions.told_of(of.case, of.day)),
    Part("services/parts/supports_of_case.html", lambda of: supporting.standing_of(of.case)),
)


def parts_of(of: Asked) -> list[tuple[str, object]]:
    """Template and content of every part of which there is something to show."""
    found = [(one.template, one.shown(of)) for one in PARTS]
    return [(template, shown) for template, shown in found if shown]
