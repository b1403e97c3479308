"""Reading epochs that ended: what still hangs on them, and how far it was wrapped anew."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from teduh.vault import queries, rules, units
from teduh.vault.bundles import Bundle, OpenableItem
from teduh.vault.models import Acceptance, Compartment, Envelope, PublicKey, Wrap

ANY, NONE = Q(), Q(pk__in=())
HER_WORD = (rules.HELLO, rules.ADDITION)  # what a browser reads before it believes a compartment


@dataclass(frozen=True, slots=True)
class OldEpoch:
    """A team's epoch that ended 60 days ago or more, and the team's newest listed one.

    `newer`: the kids of every later epoch of the team.
    """

    key: PublicKey
    ended: date
    to: PublicKey
    newer: tuple[str, ...]

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
    """How many compartments an old epoch has, and how far they are. `mine`: wrapped by the reader."""

    epoch: OldEpoch
    parts: int
    waiting: int
    unopened: int
    mine: int

    @property
    def wrapped(self) -> int:
        """Compartments with a wrap to a later epoch."""
        return self.parts - self.waiting

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
        return not self.waiting and not self.unopened


def old_epochs(day: date, teams: Collection[str] | None = None) -> list[OldEpoch]:
    """Epochs of these teams, or of all, that ended 60 days before `day` or earlier; oldest first."""
    rows = PublicKey.objects.filter(kind="team", gone=None).order_by("since", "id")
    if teams is not None:
        rows = rows.filter(owner__in=teams)
    of: dict[str, list[PublicKey]] = {}
    for row in rows:
        of.setdefault(row.owner, []).append(row)
    if all(len(keys) < 2 for keys in of.values()):
        return []
    listed = queries.listed_kids()
    return [one for keys in of.values() for one in _ended(keys, listed, day)]


def _ended(keys: Sequence[PublicKey], listed: set[str], day: date) -> list[OldEpoch]:
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
    """Wraps to old epochs whose compartment has none to a later one."""
    each = (Q(kid=epoch.kid) & ~_also(epoch.newer) for epoch in epochs)
    return Wrap.objects.filter(reduce(or_, each, NONE))


def unopened(*epochs: OldEpoch) -> QuerySet[Wrap]:
    """Wraps made anew in place of those to old epochs, which nobody else has opened yet."""
    each = (Q(kid__in=epoch.newer) & _also([epoch.kid]) for epoch in epochs)
    return Wrap.objects.filter(reduce(or_, each, NONE), opened=None).exclude(by="")


def hanging(epoch: OldEpoch, at: datetime) -> QuerySet[Wrap]:
    """Wraps to an old epoch without which their compartment might not open.

    The others have one to a later epoch that came with the compartment, or that somebody else's
    browser opened seven days before `at` or earlier. The newest first: the work goes on from the
    oldest, so that one is found at once.
    """
    settled = Q(by="") | Q(opened__at__lte=at - timedelta(days=rules.SETTLED_DAYS))
    found = Wrap.objects.filter(Q(kid=epoch.kid) & ~_also(epoch.newer, settled))
    return found.order_by("-compartment_id")


def _also(kids: Collection[str], such: Q = ANY) -> Q:
    beside = Wrap.objects.filter(such, compartment=OuterRef("compartment"), kid__in=kids)
    return Q(Exists(beside))


def progress(epoch: OldEpoch, member_code: str) -> Progress:
    """How far an old epoch is, as this member sees it."""
    fresh = unopened(epoch)
    return Progress(
        epoch,
        Wrap.objects.filter(kid=epoch.kid).count(),
        waiting(epoch).count(),
        fresh.count(),
        fresh.filter(by=member_code).count(),
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
    """These compartments as a browser needs them to wrap them anew.

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
    signers = queries.signers(kid__in=authors)
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
        for bundle in _bundles(every, {epoch.kid, *epoch.newer})
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
