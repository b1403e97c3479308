"""Help over time, as a case has it."""

from dataclasses import dataclass
from datetime import datetime

from teduh.cases.models import Case
from teduh.directory import codes
from teduh.directory.models import Provider
from teduh.services import care_table
from teduh.services.care_table import said
from teduh.services.kinds import ENDED, Kind
from teduh.services.models import Care, CareStep, Hearing, PsychPlan
from teduh.services.queries.hearings import to_come
from teduh.services.queries.psych import running_plan

STEPS = 60  # of one kind of help, on its page


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of help as a page shows it."""

    care: Care
    kind: Kind

    @property
    def name(self) -> str:
        """What it is called."""
        return codes.label("service", self.care.kind)

    @property
    def stands(self) -> str:
        """Where it stands, or why it ended."""
        if self.care.state != ENDED:
            return said(self.kind.state(self.care.state).words)
        reason = self.kind.reason(self.care.ended_for)
        return said(reason.words) if reason else self.care.ended_for

    @property
    def good(self) -> bool:
        """Whether it reached what it was for."""
        reason = self.kind.reason(self.care.ended_for)
        return reason is not None and reason.good

    @property
    def gives(self) -> str:
        """Whoever gives it; a safe house by no name."""
        care = self.care
        return care.member.name if care.member else care.provider.shown if care.provider else ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What accompanies a survivor, in short: what runs, the next hearing, the plan."""

    running: list[Row]
    hearing: Hearing | None
    plan: PsychPlan | None


def cares_of(case: Case) -> list[Care]:
    """All help over time of a case, what ended too, in the order in which it began."""
    return list(Care.objects.of(case).select_related("case", "member", "provider"))


def rows_of(case: Case) -> list[Row]:
    """All help over time of a case whose kind is still known."""
    found = ((one, care_table.kind(one.kind)) for one in cares_of(case))
    return [Row(care, kind) for care, kind in found if kind]


def brief(case: Case, at: datetime) -> Brief | None:
    """The same for the page of all help; nothing where nothing runs or is to come."""
    running = [row for row in rows_of(case) if row.care.state != ENDED]
    hearing, plan = next(iter(to_come(case, at)), None), running_plan(case)
    return Brief(running, hearing, plan) if running or hearing or plan else None


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
