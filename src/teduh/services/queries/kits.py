"""Reading the stock of rapid tests, for whoever keeps it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from teduh.access.models import Member, MemberQuery
from teduh.access.words import AgencyKind, Right
from teduh.services import rules
from teduh.services.models import Batch, KitEntry, Shelf
from teduh.services.words import KitKind, KitMove

MONTHS = 12  # of uses that a page counts


def keeps_stock(member: Member) -> bool:
    """Whether this member keeps the rapid tests: with the right, and from the office itself."""
    return member.agency.kind == AgencyKind.OFFICE and member.may(Right.KEEP_STOCK)


def keepers(at: datetime) -> MemberQuery:
    """Everybody who keeps them."""
    office = Member.objects.active().filter(agency__kind=AgencyKind.OFFICE)
    return office.holding(Right.KEEP_STOCK, at)


def batches(member: Member) -> QuerySet[Batch]:
    """Every batch, for whoever keeps the stock."""
    rows = Batch.objects.select_related("shelf__site")
    return rows if keeps_stock(member) else rows.none()


@dataclass(frozen=True, slots=True)
class Stock:
    """Tests of one kind at one site: how many may be used today, and each batch that is not used up."""

    shelf: Shelf
    usable: int
    low: bool
    batches: list["Held"]


@dataclass(frozen=True, slots=True)
class Held:
    """A batch of which some are left. `state`: good, soon, expired."""

    batch: Batch
    state: str


def stock(member: Member, today: date) -> list[Stock]:
    """What lies where: two questions beside those about the member, however much it is."""
    if not keeps_stock(member):
        return []
    held: dict[int, list[Batch]] = {}
    for batch in Batch.objects.filter(left__gt=0):
        held.setdefault(batch.shelf_id, []).append(batch)
    found = []
    for shelf in Shelf.objects.select_related("site"):
        mine = held.get(shelf.pk, [])
        usable = sum(one.left for one in mine if not rules.kit_expired(one.expires, today))
        low = usable < settings.TEDUH_KITS_LOW[shelf.kind]
        found.append(Stock(shelf, usable, low, [Held(one, _state(one, today)) for one in mine]))
    return found


def _state(batch: Batch, today: date) -> str:
    if rules.kit_expired(batch.expires, today):
        return "expired"
    return "soon" if rules.kit_expires_soon(batch.expires, today) else "good"


def uses(member: Member) -> list[tuple[date, str, int]]:
    """Month, kind and how many were used, the newest month first; never for whom."""
    if not keeps_stock(member):
        return []
    rows = KitEntry.objects.filter(move=KitMove.USED).order_by()
    told = rows.annotate(month=TruncMonth("day")).values_list("month", "batch__shelf__kind")
    counted = told.annotate(count=Sum("amount")).order_by("-month", "batch__shelf__kind")
    return [
        (month, str(KitKind(kind).label), count)
        for month, kind, count in counted[: MONTHS * len(KitKind)]
    ]


def expiring(today: date) -> QuerySet[Batch]:
    """Batches whose time is nearly over, of which nobody was told yet."""
    soon = today + rules.KIT_SOON
    return Batch.objects.filter(left__gt=0, expiry_told__isnull=True, expires__lte=soon)


def shelves_low(today: date) -> tuple[list[Shelf], list[Shelf]]:
    """Shelves that have become low and nobody was told; those that were and are not any more."""
    usable = Sum("batches__left", filter=Q(batches__expires__gte=today))
    rows = Shelf.objects.annotate(usable=Coalesce(usable, 0)).order_by("id")
    low: list[Shelf] = []
    full: list[Shelf] = []
    for shelf in rows:
        short = shelf.usable < settings.TEDUH_KITS_LOW[shelf.kind]
        if short and shelf.low_told is None:
            low.append(shelf)
        elif not short and shelf.low_told is not None:
            full.append(shelf)
    return low, full
