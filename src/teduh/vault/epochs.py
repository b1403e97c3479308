"""Reading epochs that ended: what still hangs on them, and how far it was wrapped anew."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from teduh.access.rules import ARCHIVES
from teduh.vault import queries, rules, units
from teduh.vault.archive import Sides, halved_by, paired, resting, sides
from teduh.vault.bundles import Bundle, OpenableItem
from teduh.vault.models import Acceptance, Compartment, Envelope, PublicKey, Wrap
from teduh.vault.queries import TeamKeys

ANY, NONE = Q(), Q(pk__in=())
HER_WORD = (rules.HELLO, rules.ADDITION)  # what a browser reads before it believes a compartment


@dataclass(frozen=True, slots=True)
class OldEpoch:
    """A team's epoch that ended 60 days ago or more, and the team's newest listed one.

    `newer`: the kids of every later epoch of the team. `sides`: where what belongs to ended cases
    goes instead; None where the office keeps no archive.
    """

    key: PublicKey
    ended: date
    to: PublicKey
    newer: tuple[str, ...]
    sides: Sides | None = None

    @property
    def kid(self) -> str:
        """Its name."""
        return self.key.kid

    @property
    def team(self) -> str:
        """Whose it was."""
        return self.key.owner


@dataclass(frozen=True, slots=True)
class Progress:
    """How many compartments an old epoch has, and how far they are. `mine`: wrapped by the reader.

    `archive`: those that go to the archive; `single`: of these, those without two pairs of halves
    yet; `halved`: of the single ones, those that the reader has halved.
    """

    epoch: OldEpoch
    parts: int
    waiting: int
    unopened: int
    mine: int
    archive: int = 0
    single: int = 0
    halved: int = 0

    @property
    def wrapped(self) -> int:
        """Compartments with a wrap to a later epoch."""
        return self.parts - self.waiting - self.archive

    @property
    def stored(self) -> int:
        """Compartments with two pairs of halves in the archive."""
        return self.archive - self.single

    @property
    def to_halve(self) -> int:
        """What the reader may halve, for the first or the second time."""
        return self.single - self.halved

    @property
    def opened(self) -> int:
        """Of these, those that somebody else has opened, too."""
        return self.wrapped - self.unopened

    @property
    def to_open(self) -> int:
        """What the reader may open, having been wrapped by a colleague."""
        return self.unopened - self.mine

    @property
    def settled(self) -> bool:
        """Whether nothing is left for people to do."""
        return not self.waiting and not self.unopened and not self.single


def old_epochs(day: date, teams: Collection[str] | None = None) -> list[OldEpoch]:
    """Epochs of these teams, or of all, that ended 60 days before `day` or earlier; oldest first.

    Never of the archive's: what hangs on them are halves, which nothing here counts.
    """
    return ended_among(queries.team_keys(None if teams is None else {*teams, *ARCHIVES}), day)


def ended_among(keys: TeamKeys, day: date) -> list[OldEpoch]:
    """The same of keys that were read already, those of the archive's sides among them."""
    found = []
    for team, rows in keys.of.items():
        if team not in ARCHIVES:
            here = [key for key in rows if key.gone is None]
            found += _ended(here, keys.listed.kids, day)
    to = sides(keys, day) if found else None
    return [replace(one, sides=to) for one in found] if to else found


def _ended(keys: Sequence[PublicKey], listed: Collection[str], day: date) -> list[OldEpoch]:
    current = next((n for n in reversed(range(len(keys))) if keys[n].kid in listed), 0)
    return [
        OldEpoch(keys[n], keys[n + 1].since, keys[current], tuple(k.kid for k in keys[n + 1 :]))
        for n in range(current)
        if rules.rewrap_due(keys[n + 1].since, day)
    ]


def old_epoch(kid: str, team_codes: Collection[str], day: date) -> OldEpoch | None:
    """The old epoch of this name, if it is one of these teams."""
    return next((one for one in old_epochs(day, team_codes) if one.kid == kid), None)


def units_of_ended() -> list[str]:
    """The units of epochs that have ended, of which no key may be left."""
    ended = PublicKey.objects.filter(kind="team").exclude(gone=None)
    return [units.of_epoch(kid) for kid in ended.values_list("kid", flat=True)]


def waiting(*epochs: OldEpoch) -> QuerySet[Wrap]:
    """Wraps to old epochs whose compartment has none to a later one, and stays with the team."""
    each = (_left(epoch) & ~resting(epoch.sides) for epoch in epochs)
    return Wrap.objects.filter(reduce(or_, each, NONE))


def archiving(*epochs: OldEpoch) -> QuerySet[Wrap]:
    """Wraps to old epochs whose compartment has none to a later one, and goes to the archive."""
    each = (_left(epoch) & resting(epoch.sides) for epoch in epochs if epoch.sides)
    return Wrap.objects.filter(reduce(or_, each, NONE))


def single(*epochs: OldEpoch) -> QuerySet[Wrap]:
    """Of these, those whose compartment has not yet two pairs of halves."""
    return archiving(*epochs).exclude(paired())


def halved_once(*epochs: OldEpoch) -> QuerySet[Wrap]:
    """Of these, those that one member has halved."""
    return single(*epochs).filter(paired(least=1))


def _left(epoch: OldEpoch) -> Q:
    return Q(kid=epoch.kid) & ~_also(epoch.newer)


def unopened(*epochs: OldEpoch) -> QuerySet[Wrap]:
    """Wraps made anew in place of those to old epochs, which nobody else has opened yet."""
    each = (Q(kid__in=epoch.newer) & _also([epoch.kid]) for epoch in epochs)
    return Wrap.objects.filter(reduce(or_, each, NONE), opened=None).exclude(by="")


def hanging(epoch: OldEpoch, at: datetime) -> QuerySet[Wrap]:
    """Wraps to an old epoch without which their compartment might not open.

    The others have one to a later epoch that came with the compartment, or that somebody else's
    browser opened seven days before `at` or earlier; or they rest, and two members' browsers halved
    them as long ago. The newest first: the work goes on from the oldest, so that one is found at
    once.
    """
    since = at - timedelta(days=rules.SETTLED_DAYS)
    settled = Q(by="") | Q(opened__at__lte=since)
    kept = resting(epoch.sides) & paired(at__lte=since)
    found = Wrap.objects.filter(Q(kid=epoch.kid) & ~_also(epoch.newer, settled)).exclude(kept)
    return found.order_by("-compartment_id")


def _also(kids: Collection[str], such: Q = ANY) -> Q:
    beside = Wrap.objects.filter(such, compartment=OuterRef("compartment"), kid__in=kids)
    return Q(Exists(beside))


def progress(epoch: OldEpoch, member_code: str) -> Progress:
    """How far an old epoch is, as this member sees it."""
    fresh, alone = unopened(epoch), single(epoch)
    return Progress(
        epoch,
        Wrap.objects.filter(kid=epoch.kid).count(),
        waiting(epoch).count(),
        fresh.count(),
        fresh.filter(by=member_code).count(),
        archiving(epoch).count(),
        alone.count(),
        alone.filter(halved_by(member_code)).count(),
    )


def next_parts(
    wraps: QuerySet[Wrap], after: int, barred: Collection[str]
) -> tuple[list[Compartment], int]:
    """The next compartments of such wraps, and the number of the last one looked at."""
    rows = wraps.filter(compartment_id__gt=after).exclude(compartment__subject__in=barred)
    ids = list(
        rows.order_by("compartment_id")
        .values_list("compartment_id", flat=True)
        .distinct()[: rules.PARTS_AT_ONCE]
    )
    found = list(Compartment.objects.filter(pk__in=ids).order_by("id"))
    return found, ids[-1] if ids else after


def to_wrap(rows: Sequence[Compartment], epoch: OldEpoch) -> list[Bundle]:
    """These compartments as a browser needs them to wrap them anew, or to halve them."""
    return believed(rows, {epoch.kid, *epoch.newer})


def believed(rows: Sequence[Compartment], kids: Collection[str]) -> list[Bundle]:
    """These compartments with their wraps to these kids, and with what makes them believed.

    With those of a report goes what its reporter says of them: her chat, hello and additions.
    """
    tickets = {row.subject for row in rows if rules.is_ticket(row.subject, row.comp)}
    chats = Compartment.objects.filter(subject__in=tickets, comp="chat")
    every = list({row.pk: row for row in [*rows, *chats]}.values())
    said = Envelope.objects.filter(compartment__in=chats, what__in=HER_WORD).order_by("id")
    items: dict[str, list[OpenableItem]] = {}
    for one in said.select_related("compartment"):
        item = OpenableItem(
            "chat", one.what, one.item, bytes(one.hdr), bytes(one.ct), bytes(one.sig)
        )
        items.setdefault(one.compartment.subject, []).append(item)
    words = Acceptance.objects.filter(subject__in=tickets)
    accepted = {one.subject: queries.told_of(one) for one in words}
    renewals = queries.renewals({one.subject for one in chats if one.gen > 1})
    vouching = {one for some in renewals.values() for one in map(queries.vouched_by, some)}
    authors = {row.by for row in rows} | {one["by"] for one in accepted.values()} | vouching
    signers = queries.signers(authors)
    return [
        Bundle(
            bundle.inst,
            bundle.subject,
            bundle.compartments,
            tuple(items.get(bundle.subject, ())),
            signers,
            accepted.get(bundle.subject),
            renewals=renewals.get(bundle.subject, ()),
        )
        for bundle in _bundles(every, kids)
    ]


def to_open(rows: Sequence[Compartment], epoch: OldEpoch) -> list[Bundle]:
    """These compartments with their wraps to later epochs only, for opening them once."""
    return _bundles(rows, set(epoch.newer))


def _bundles(rows: Iterable[Compartment], kids: Collection[str]) -> list[Bundle]:
    of: dict[str, list[Compartment]] = {}
    for row in rows:
        of.setdefault(row.subject, []).append(row)
    every = [row for some in of.values() for row in some]
    prefetch_related_objects(every, "wraps")
    keys = units.find_many({units.unit_of(row.subject, row.comp) for row in every})
    return [
        Bundle(
            settings.TEDUH_INSTANCE,
            subject,
            tuple(
                queries.openable(
                    row, lambda kid: kid in kids, keys.get(units.unit_of(subject, row.comp))
                )
                for row in some
            ),
            (),
        )
        for subject, some in of.items()
    ]
