"""Reading visum and medical care: what is still possible now, what was done, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from teduh.access.models import Member
from teduh.cases import queries as cases
from teduh.cases.models import Case, Incident, VisumStep
from teduh.cases.words import VisumStatus
from teduh.directory.models import Provider
from teduh.lib.timing import begin_of
from teduh.services import rules
from teduh.services.models import Handing, MedicalOrder, MedicalOrderQuery
from teduh.services.windows import Window, all_windows
from teduh.services.words import HealthState

DAY, SWAB = timedelta(days=1), "swab"


Done = Sequence[tuple[Incident, frozenset[str]]]  # every incident with its kinds


@dataclass(frozen=True, slots=True)
class Shown:
    """A window with how much of it is left now, counted from `day`; `fraction`: of 100, for a
    picture; `order`: the care of it that was given since then, or that she chose not to have;
    `examined`: a visum took its samples since then.
    """

    window: Window
    left: rules.Left
    day: date | None
    fraction: int
    order: MedicalOrder | None
    examined: bool

    @property
    def settled(self) -> str:
        """What quiets it, in words; empty where nothing does."""
        if self.order:
            return str(HealthState(self.order.state).label)
        return str(VisumStatus.EXAMINED.label) if self.examined else ""


@dataclass(frozen=True, slots=True)
class Possible:
    """What is possible now, each window counted from the newest violence to which it belongs.

    `undated`: there is one of which no day is known, which may be newer.
    """

    windows: list[Shown]
    undated: bool


def family(case: Case) -> Q:
    """Rows of a case, and of those merged into it."""
    return Q(case=case) | Q(case__merged_into=case)


def possible(case: Case, asked: Sequence[MedicalOrder], at: datetime) -> Possible:
    """Every window that belongs to what was done, the first to close first; `asked`: its orders."""
    done = _incidents(case)
    known = {kind for _one, kinds in done for kind in kinds}
    windows = [one for one in all_windows() if one.kinds & known]
    last = {one.kind: one for one in asked}
    examined = _examined(case) if windows else None
    shown = [_shown(one, done, last.get(one.key), examined, at) for one in windows]
    return Possible(shown, any(_undated(done, one.kinds) for one in windows))


def left(case: Case, key: str, at: datetime) -> rules.Left:
    """How much is left of the window with this name; always, where there is none."""
    window = next((one for one in all_windows() if one.key == key), None)
    if window is None:
        return rules.left_of(None, None, None, at)
    return _left(window, _incidents(case), at)


def _left(window: Window, done: Done, at: datetime) -> rules.Left:
    day = _newest(done, window.kinds)
    begin, end = (begin_of(day), begin_of(day + DAY)) if day else (None, None)
    found = rules.left_of(window.hours, begin, end, at)
    perhaps = _undated(done, window.kinds)  # newer: then nothing is over for certain
    return rules.Left("unknown") if perhaps and found.state in {"edge", "past"} else found


def _examined(case: Case) -> date | None:
    """The day on which somebody last examined her for a visum."""
    rows = VisumStep.objects.filter(family(case), to=VisumStatus.EXAMINED)
    days = rows.annotate(known=Coalesce("particulars__day", "day")).values_list("known", flat=True)
    return max(days, default=None)


def _shown(
    window: Window,
    done: Done,
    order: MedicalOrder | None,
    examined: date | None,
    at: datetime,
) -> Shown:
    left, day, whole = _left(window, done, at), _newest(done, window.kinds), window.hours or 0
    fraction = min(100, 100 * left.hours // whole) if left.state == "open" and whole else 0
    answered = order is not None and order.state != HealthState.ASKED
    since = order is not None and (day is None or order.day >= day)  # else of what was done before
    sure = not _undated(done, window.kinds)
    sampled = window.key == SWAB and examined is not None and (day is None or examined >= day)
    settled = answered and since and sure
    return Shown(window, left, day, fraction, order if settled else None, sampled and sure)


def _newest(done: Done, kinds: frozenset[str]) -> date | None:
    return max((one.day for one, mine in done if kinds & mine and one.day), default=None)


def _undated(done: Done, kinds: frozenset[str]) -> bool:
    return any(kinds & mine and not one.day for one, mine in done)


def _incidents(case: Case) -> list[tuple[Incident, frozenset[str]]]:
    rows = Incident.objects.filter(family(case)).prefetch_related("codes")
    return [
        (
            one,
            frozenset(
                {one.main_kind, *(row.code for row in one.codes.all() if row.question == "kinds")}
            ),
        )
        for one in rows
    ]


def steps(case: Case) -> list[VisumStep]:
    """The steps of the visum, oldest first, each with what is known of it."""
    rows = VisumStep.objects.filter(family(case))
    return list(
        rows.select_related("member", "case", "particulars__provider", "fee_answer").order_by("id")
    )


def orders(case: Case) -> MedicalOrderQuery:
    """Medical care that was asked for in a case, the oldest first."""
    rows = MedicalOrder.objects.filter(family(case))
    return rows.select_related("case__merged_into", "provider", "member")


def order(case: Case, code: str) -> MedicalOrder | None:
    """One of them by its code."""
    return orders(case).filter(code=code).first()


def custody(case: Case) -> list[Handing]:
    """The chain of custody, by case and number."""
    rows = Handing.objects.filter(family(case))
    return list(
        rows.select_related("case", "given_where", "taken_where", "member").order_by(
            "case", "number"
        )
    )


def fees(member: Member) -> QuerySet[VisumStep]:
    """Steps of the visum at which money was asked, of cases the member may know of: those nobody
    has put right first, then the newest.
    """
    rows = VisumStep.objects.filter(cases.known_to(member), fee_asked=True)
    return rows.select_related(
        "case", "member", "particulars__provider", "fee_answer__member"
    ).order_by(F("fee_answer").desc(nulls_first=True), "-id")


def giving(services: Sequence[str] | None = None) -> QuerySet[Provider]:
    """Providers that give one of these services now; of the examination where none is named."""
    found = Provider.objects.filter(
        active=True, offers__service__in=services or rules.EXAMINES, offers__active=True
    )
    return found.distinct()


def gives(provider: Provider, services: Sequence[str] | None = None) -> bool:
    """Whether a provider is one of them."""
    return giving(services).filter(pk=provider.pk).exists()


@dataclass(frozen=True, slots=True)
class FeesCounted:
    """How often money was asked, and how often nobody has put it right yet."""

    asked: int
    waiting: int


def fees_counted(rows: QuerySet[VisumStep]) -> FeesCounted:
    """Both numbers in one question."""
    told = rows.aggregate(asked=Count("pk"), waiting=Count("pk", filter=Q(fee_answer=None)))
    return FeesCounted(told["asked"], told["waiting"])


@dataclass(frozen=True, slots=True)
class Brief:
    """What the page of all help says of a case: windows that close and are not seen to, care that is
    waited for, the last step of the visum.
    """

    closing: list[Shown]
    waiting: list[MedicalOrder]
    last: VisumStep | None


def brief(case: Case, at: datetime) -> Brief | None:
    """The same in short; nothing where nothing was done and nothing closes."""
    asked = list(orders(case))
    shown = possible(case, asked, at).windows
    closing = [one for one in shown if one.left.state in {"open", "edge"} and not one.settled]
    waiting = [one for one in asked if one.state == HealthState.ASKED]
    last = next(iter(reversed(steps(case))), None)
    return Brief(closing, waiting, last) if closing or waiting or last else None
