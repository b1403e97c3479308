"""Reading the archive: what goes there, what lies there, what is asked back (sealing.md 10)."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from teduh.access.models import Member
from teduh.access.rules import ARCHIVES
from teduh.vault import rules, suite, units
from teduh.vault.models import Compartment, EpochWrap, Half, Pair, PublicKey, Recall, Resting, Wrap
from teduh.vault.packages import b64
from teduh.vault.queries import TeamKeys

HOLDERS = 2  # of each side at least: one phrase forgotten must lose nothing
PAIRS = 2  # independent ones of each compartment: nobody alone can see that a half is right
STAYS = ("chat",)  # what may still be written to a subject that rests, and must be read then
TEAMS_KEY = "tim-"  # how the kid of every team's epoch begins


@dataclass(frozen=True, slots=True)
class Sides:
    """The newest listed key of each side, and until which day a subject must have ended."""

    a: PublicKey
    b: PublicKey
    before: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recall as a page shows it: how many compartments, of how many each side gave a half, and
    how many can be joined now.
    """

    recall: Recall
    parts: int
    given: dict[str, int]
    ready: int


def sides(keys: TeamKeys, day: date) -> Sides | None:
    """Where the archive's halves go on `day`; None while a side has no listed key or few holders."""
    first, second = (keys.newest(team) for team in ARCHIVES)
    if first is None or second is None:
        return None
    held = EpochWrap.objects.filter(epoch_kid__in=(first.kid, second.kid), withheld=None)
    holders = Counter(
        kid for kid, _member in held.values_list("epoch_kid", "member_code").distinct()
    )
    if min(holders[first.kid], holders[second.kid]) < HOLDERS:
        return None
    return Sides(first, second, day - timedelta(days=rules.ARCHIVE_AFTER_DAYS))


def resting(to: Sides | None) -> Q:
    """Of wraps: those whose compartment belongs into the archive."""
    if to is None:
        return Q(pk__in=())
    rests = Resting.objects.filter(subject=OuterRef("compartment__subject"), since__lte=to.before)
    return Q(Exists(rests)) & ~Q(compartment__comp__in=STAYS)


def paired(least: int = PAIRS, **such: object) -> Q:
    """Of wraps: those whose compartment has two pairs of halves, each of another member."""
    made = _living().filter(compartment=OuterRef("compartment"), **such).values("compartment")
    return Q(Exists(made.annotate(n=Count("pk")).filter(n__gte=least)))


def halved_by(member_code: str) -> Q:
    """Of wraps: those whose compartment this member has halved."""
    return Q(Exists(_living().filter(compartment=OuterRef("compartment"), by=member_code)))


def _living() -> QuerySet[Pair]:
    """Pairs whose halves somebody can still open: a side may have lost every holder at once."""
    held = EpochWrap.objects.filter(withheld=None).values("epoch_kid")
    dead = Half.objects.filter(pair=OuterRef("pk"), by="").exclude(kid__in=held)
    return Pair.objects.filter(~Exists(dead))


def stored(subjects: Collection[str]) -> QuerySet[Compartment]:
    """Compartments of these subjects that lie in the archive only."""
    found = Compartment.objects.filter(subject__in=list(subjects))
    whole = Wrap.objects.filter(compartment=OuterRef("pk"), kid__startswith=TEAMS_KEY)
    pair = Pair.objects.filter(compartment=OuterRef("pk"))
    return found.filter(Exists(pair), ~Exists(whole)).order_by("pk")


def side_of(member: Member) -> str:
    """Which side a member holds; empty for nobody's, or for a seat in both, which counts for none."""
    sat = [
        side
        for side, team in zip(rules.SIDES, ARCHIVES, strict=True)
        if team in member.team_codes()
    ]
    return sat[0] if len(sat) == 1 else ""


def recall(number: int) -> Recall | None:
    """A recall that still waits."""
    return Recall.objects.filter(pk=number, ended=None).first()


def recall_of(root: str) -> Recall | None:
    """The recall of one case that still waits."""
    return Recall.objects.filter(root=root, ended=None).first()


def recalls(member: Member, *, holds: bool) -> list[Waiting]:
    """What still waits: for a holder everything, for a reader what the own teams asked for.

    Nothing that a conflict of interest keeps from the member.
    """
    rows = Recall.objects.filter(ended=None).exclude(root__in=member.barred()).order_by("pk")
    if not holds:
        rows = rows.filter(team_code__in=member.team_codes())
    return [progress(row) for row in rows]


def progress(row: Recall) -> Waiting:
    """How far a recall is."""
    parts = stored(row.subjects)
    given = {side: parts.filter(Exists(_given(side))).count() for side in rules.SIDES}
    return Waiting(row, parts.count(), given, to_join(row).count())


def to_give(row: Recall, side: str) -> QuerySet[Compartment]:
    """What a holder of this side may still hand on: of every pair, as one may be spoilt."""
    given = Half.objects.filter(pair=OuterRef("pk"), side=side).exclude(by="")
    lacking = Pair.objects.filter(~Exists(given), compartment=OuterRef("pk"))
    return stored(row.subjects).filter(Exists(lacking))


def to_join(row: Recall) -> QuerySet[Compartment]:
    """Compartments of which one pair lies there whole, both halves handed on."""
    second = Half.objects.filter(pair=OuterRef("pair"), side="b").exclude(by="")
    return stored(row.subjects).filter(Exists(_given("a").filter(Exists(second))))


def _given(side: str) -> QuerySet[Half]:
    return Half.objects.filter(pair__compartment=OuterRef("pk"), side=side).exclude(by="")


def halves_of(rows: Sequence[Compartment], side: str = "") -> dict[str, list[dict[str, object]]]:
    """Pairs of these compartments by cmp, as they travel: number, proofs, the halves disclosed.

    `side`: the half of that side as it lies in the archive; without one both as handed on.
    """
    keys = units.find_many({units.unit_of(row.subject, row.comp) for row in rows})
    found: dict[str, list[dict[str, object]]] = {row.cmp: [] for row in rows}
    pairs = Pair.objects.filter(compartment__in=[row.pk for row in rows]).order_by("pk")
    for pair in pairs.select_related("compartment").prefetch_related("halves"):
        row = pair.compartment
        key = keys.get(units.unit_of(row.subject, row.comp))
        if key is None:
            continue
        halves = [
            half
            for half in pair.halves.all()
            if (half.side == side and not half.by if side else half.by)
        ]
        told = [
            {"side": half.side, "kid": half.kid, "w": b64(_disclosed(half, row, key))}
            for half in halves
        ]
        proofs = {"a": b64(bytes(pair.check_a)), "b": b64(bytes(pair.check_b))}
        found[row.cmp].append({"pair": pair.pk, "proofs": proofs, "halves": told})
    return found


def _disclosed(half: Half, row: Compartment, key: bytes) -> bytes:
    context = suite.sha256(bytes(row.d)) + half.kid.encode()
    return suite.disclose(key, bytes(half.stored), context)
