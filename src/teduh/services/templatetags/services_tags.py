"""Words and pictures of help on a page."""

from dataclasses import dataclass
from datetime import datetime

from django import template

from teduh.directory import codes
from teduh.services.models import Referral, ReferralStep
from teduh.services.pathways import said
from teduh.services.rules import ENDS
from teduh.services.words import Need, State

register = template.Library()
WAY = (State.SENT, State.SEEN, State.ACCEPTED, State.SERVED, State.COMPLETED)
KINDS = {
    State.DRAFTED: "calm",
    State.SENT: "accent",
    State.SEEN: "accent",
    State.SILENT: "danger",
    State.ACCEPTED: "accent",
    State.SERVED: "done",
    State.COMPLETED: "done",
    State.REFUSED: "danger",
    State.MISSED: "warn",
    State.WITHDRAWN: "calm",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One dot of the way: `state` is done, now, next or bad."""

    label: str
    at: datetime | None
    state: str


@register.filter
def service(code: str) -> str:
    """The name of a service (code list 4.9)."""
    return codes.label("service", code)


@register.filter
def needs(referral: Referral) -> list[str]:
    """What the partner prepares, in words."""
    return [str(Need(code).label) for code in referral.needs.split()]


@register.filter
def words(told: dict[str, str]) -> str:
    """What a data file says, in the reader's language."""
    return said(told)


@register.filter
def kind_of(state: str) -> str:
    """How the badge of a state looks."""
    return KINDS[State(state)]


@register.inclusion_tag("services/parts/way.html")
def way(referral: Referral) -> dict[str, object]:
    """The way of a referral as dots with their days."""
    return {"points": points(referral, list(referral.steps.all()))}


def points(referral: Referral, steps: list[ReferralStep]) -> list[Point]:
    """What was reached, where it ended or stands, and what would come next."""
    reached = {one.state: one.at for one in steps}
    last = max((WAY.index(State(one)) for one in reached if one in WAY), default=-1)
    off = State(referral.state) not in {*WAY, State.DRAFTED}
    found = []
    for place, state in enumerate(WAY):
        if state in reached:
            now = state == referral.state and state not in ENDS
            found.append(Point(str(state.label), reached[state], "now" if now else "done"))
        elif place > last and not off:
            found.append(Point(str(state.label), None, "next"))
    if off:
        told = State(referral.state)
        found.append(Point(str(told.label), reached.get(told), "bad"))
    return found
