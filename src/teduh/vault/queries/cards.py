"""Cards of the lists: what a team's list shows of each subject."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.words import Right
from teduh.lib.codes import CASE
from teduh.vault import rules, suite, units
from teduh.vault.bundles import Bundle, CardPlace, Lists, OpenableItem
from teduh.vault.models import (
    Card,
    Compartment,
    PublicKey,
)
from teduh.vault.queries.keys import team_key
from teduh.vault.queries.opening import authors, openable, signers


def list_to_write(team_code: str, day: date) -> Bundle:
    """A team's list of this month for a browser that has a card to add; empty before the first."""
    name = rules.list_of(team_code, day)
    rows = Compartment.objects.filter(subject=name, comp=rules.LIST).prefetch_related("wraps")
    shelf = _Shelf.of(rows, [], [team_code], units.find_many([units.unit_of(name, rules.LIST)]))
    epoch = None if rows else team_key(team_code)
    return shelf.bundle(name, list(rows), [], team_code, epoch)


def lists_of(cards: Sequence[Card]) -> Lists:
    """The lists these cards lie in, each with its cards; a card of a forgotten subject is left out.

    As many queries for a year of lists as for one.
    """
    units_of = {card.subject: units.unit_of(card.subject, rules.LIST) for card in cards}
    rows = {card.compartment.subject: card.compartment for card in cards}
    of_lists = {units.unit_of(name, rules.LIST) for name in rows}
    keys = units.find_many({*units_of.values(), *of_lists})
    prefetch_related_objects(list(rows.values()), "wraps")
    by_list: dict[str, list[Card]] = {}
    opened: dict[str, OpenableItem] = {}
    for card in cards:
        unit = keys.get(units_of[card.subject])
        if unit:
            by_list.setdefault(card.compartment.subject, []).append(card)
            opened[card.subject] = _opened_card(card, unit)
    teams = {card.team_code for card in cards}
    shelf = _Shelf.of(rows.values(), opened.values(), teams, keys)
    bundles = tuple(
        shelf.bundle(name, [rows[name]], [opened[card.subject] for card in held], held[0].team_code)
        for name, held in by_list.items()
    )
    living = (card for held in by_list.values() for card in held)
    places = {card.subject: CardPlace(card.compartment.subject, card.item) for card in living}
    return Lists(bundles, places)


def cards(subjects: Collection[str], team_codes: Collection[str]) -> list[Card]:
    """The cards of these subjects in the lists of these teams."""
    found = Card.objects.filter(subject__in=subjects, team_code__in=team_codes)
    return list(found.select_related("compartment").order_by("id"))


def with_card(subjects: Collection[str], team_codes: Collection[str]) -> frozenset[str]:
    """Those of these subjects that have a card in a list of these teams."""
    found = Card.objects.filter(subject__in=subjects, team_code__in=team_codes)
    return frozenset(found.values_list("subject", flat=True))


def card_made_of(subject: str, team_code: str) -> str | None:
    """The items of persons the card of a case was made of; None where it has no card."""
    found = Card.objects.filter(subject=subject, team_code=team_code)
    return found.values_list("made_of", flat=True).first()


def cards_after(reader: Member, number: int) -> list[Card]:
    """The next cards a member may search, after row `number`, at most 1,000."""
    found = _searched(reader).filter(pk__gt=number)
    return list(found.select_related("compartment").order_by("id")[: rules.CARDS_AT_ONCE])


def count_cards(reader: Member) -> int:
    """How many cards a member may search."""
    return _searched(reader).count()


def _searched(reader: Member) -> QuerySet[Card]:
    """Cards of the member's teams, but those that a conflict of interest keeps them from; of cases
    only for who works on cases.
    """
    held = Card.objects.filter(team_code__in=reader.team_codes())
    if not reader.may(Right.WORK_CASES):
        held = held.exclude(subject__startswith=CASE)
    kept = barred(reader)
    return held.exclude(subject__in=kept) if kept else held


def _opened_card(card: Card, unit: bytes) -> OpenableItem:
    hdr = bytes(card.hdr)
    ct = suite.disclose(unit, bytes(card.stored), suite.sha256(hdr))
    return OpenableItem(rules.LIST, rules.LIST_CARD, card.item, hdr, ct, bytes(card.sig))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What opens several lists, read at once: epochs by team, signing keys, unit keys."""

    epochs: frozenset[tuple[str, str]]  # team, kid
    signers: tuple[tuple[str, bytes], ...]
    keys: Mapping[str, bytes]

    @classmethod
    def of(
        cls,
        rows: Iterable[Compartment],
        items: Iterable[OpenableItem],
        teams: Collection[str],
        keys: Mapping[str, bytes],
    ) -> "_Shelf":
        """Everything for these lists and cards, in two queries."""
        epochs = PublicKey.objects.filter(kind="team", owner__in=teams)
        found = signers(authors(rows, items))
        return cls(frozenset(epochs.values_list("owner", "kid")), found, keys)

    def bundle(
        self,
        name: str,
        rows: list[Compartment],
        items: list[OpenableItem],
        team_code: str,
        epoch: PublicKey | None = None,
    ) -> Bundle:
        """One list of a team with these cards."""
        named = authors(rows, items)
        unit = self.keys.get(units.unit_of(name, rules.LIST))
        return Bundle(
            settings.TEDUH_INSTANCE,
            name,
            tuple(openable(row, lambda kid: (team_code, kid) in self.epochs, unit) for row in rows),
            tuple(items),
            tuple(one for one in self.signers if one[0] in named),
            epoch=(epoch.kid, bytes(epoch.public)) if epoch else None,
        )
