"""Help over time, as a case has it."""

from teduh.cases.models import Case
from teduh.directory.models import Provider
from teduh.services.models import Care, CareStep

STEPS = 60  # of one kind of help, on its page


def cares_of(case: Case) -> list[Care]:
    """All help over time of a case, what ended too, in the order in which it began."""
    return list(Care.objects.of(case).select_related("case", "member", "provider"))


def care_of(case: Case, code: str) -> Care | None:
    """One of them by its code."""
    rows = Care.objects.of(case).select_related("case", "member", "provider")
    return rows.filter(code=code).first()


def steps_of(care: Care) -> list[CareStep]:
    """Its newest steps, the newest first."""
    return list(care.steps.select_related("by").order_by("-id")[:STEPS])


def offering(service: str) -> list[Provider]:
    """Who gives this service now."""
    return list(Provider.objects.offering(service))
