"""Reading the vault: public keys, and bundles of what one reader may open."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from teduh.vault import manifest, rules, suite, units
from teduh.vault.bundles import Bundle, CardPlace, Lists, OpenableCompartment, OpenableItem
from teduh.vault.models import (
    Acceptance,
    Card,
    Compartment,
    Envelope,
    EpochWrap,
    Manifest,
    PublicKey,
    ReporterKey,
)
from teduh.vault.packages import b64, header_of, unb64
from teduh.vault.reporter import NAME
from teduh.vault.rules import Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """Keys a new report may be sealed to: kids of team epochs with their team codes, recovery kids."""

    teams: Mapping[str, str]
    recovery: frozenset[str]


def newest_manifest() -> Manifest | None:
    """The manifest with the highest serial."""
    return Manifest.objects.order_by("-serial").first()


def package(row: Manifest | None = None) -> dict[str, str]:
    """Certificate and manifest as they travel; empty before the office is made."""
    row = row or newest_manifest()
    if row is None:
        return {}
    return manifest.package(bytes(row.cert), bytes(row.cert_sig), bytes(row.body), bytes(row.sig))


def listed_kids() -> set[str]:
    """Kids of the newest manifest: what browsers will take."""
    return {key["kid"] for key in listed_entries()}


def listed_entries() -> list[dict[str, Any]]:
    """The lines of the newest manifest."""
    row = newest_manifest()
    return list(json.loads(bytes(row.body))["keys"]) if row else []


def team_key(team_code: str) -> PublicKey | None:
    """The newest epoch key of a team that the manifest lists."""
    epochs = PublicKey.objects.filter(kind="team", owner=team_code, kid__in=listed_kids())
    return epochs.order_by("-since", "-id").first()


def public_of(kids: Collection[str]) -> list[tuple[str, bytes]]:
    """These public keys, by name, those of who left too."""
    rows = PublicKey.objects.filter(kid__in=list(kids)).order_by("kid")
    return [(key.kid, bytes(key.public)) for key in rows]


def taken(day: date) -> Taken:
    """What a new report may be sealed to on `day`.

    Of each team the newest epoch that the manifest lists, and for seven days after its start the
    one before; every recovery key.
    """
    teams: dict[str, str] = {}
    newer: dict[str, date] = {}
    listed = listed_kids()
    keys = PublicKey.objects.filter(kind__in=("team", "recovery"))
    rows = list(keys.order_by("owner", "-since", "-id"))
    for key in rows:
        started = newer.get(key.owner)
        if key.kind != "team" or (started is None and key.kid not in listed):
            continue
        if started is None or (day - started).days <= rules.PREVIOUS_EPOCH_DAYS:
            teams[key.kid] = key.owner
        newer[key.owner] = key.since
    return Taken(teams, frozenset(key.kid for key in rows if key.kind == "recovery"))


def recovery_keys() -> list[PublicKey]:
    """Recovery keys, newest first."""
    return list(PublicKey.objects.filter(kind="recovery").order_by("-since", "-id"))


def public_keys(teams: list[str], day: date) -> dict[str, Any]:
    """What a reporter's browser needs to seal: manifest, keys of these teams, recovery key, day.

    Never a day before the manifest's first: a clock that went back shuts nobody out.
    """
    row = newest_manifest()
    day = max(day, row.since) if row else day
    keys = [(code, team_key(code)) for code in teams]
    recovery = recovery_keys()
    return {
        "package": package(),
        "inst": settings.TEDUH_INSTANCE,
        "day": str(day),
        "teams": [
            {"code": code, "kid": key.kid, "key": b64(bytes(key.public)), "alternate": n > 0}
            for n, (code, key) in enumerate(keys)
            if key
        ],
        "recovery": {"kid": recovery[0].kid, "key": b64(bytes(recovery[0].public))}
        if recovery
        else None,
    }


def readers(team_code: str, day: date) -> list[tuple[str, bytes]]:
    """Team and recovery key to seal to here, as root key and manifest vouch. Raises Refused.

    What happened before the manifest began (an import) is sealed to the keys of its first day.
    """
    row = newest_manifest()
    said = manifest.read(
        package(row) if row else {},
        unb64(settings.TEDUH_ROOT_PUBLIC),
        settings.TEDUH_INSTANCE,
        max(day, row.since) if row else day,
        rules.REPORTERS_GRACE_DAYS,
    )
    listed = Q(kind="team", owner=team_code, kid__in=[key["kid"] for key in said["keys"]])
    keys = PublicKey.objects.filter(listed | Q(kind="recovery")).order_by("-since", "-id")
    newest: dict[str, PublicKey] = {}
    for key in keys:
        newest.setdefault(key.kind, key)
    if len(newest) < 2:
        raise Refused("no keys")
    for key in newest.values():
        manifest.vouch(said, key.kind, key.kid, bytes(key.public))
    return [(newest[kind].kid, bytes(newest[kind].public)) for kind in ("team", "recovery")]


def office_bundle(
    subject: str, team_codes: set[str], comps: Collection[str] | None = None
) -> Bundle:
    """A subject with the wraps for the epochs of these teams; `comps`: only these compartments."""
    kids = set(
        PublicKey.objects.filter(kind="team", owner__in=team_codes).values_list("kid", flat=True)
    )
    return _bundle(subject, lambda kid: kid in kids, comps, Envelope.objects.all())


def case_to_make(subject: str, team_code: str) -> Bundle:
    """A case without compartments yet, for a browser of the team that makes them. Raises Refused."""
    return to_make_in(Bundle(settings.TEDUH_INSTANCE, subject, (), ()), team_code)


def to_make_in(bundle: Bundle, team_code: str) -> Bundle:
    """The same bundle with the keys to whom its browser seals a compartment it makes.

    Raises Refused where the team or the recovery has no key that the manifest lists.
    """
    listed = listed_kids()
    epoch = team_key(team_code)
    recovery = next((key for key in recovery_keys() if key.kid in listed), None)
    if epoch is None or recovery is None:
        raise Refused("no keys")
    return replace(
        bundle,
        epoch=(epoch.kid, bytes(epoch.public)),
        recovery=(recovery.kid, bytes(recovery.public)),
    )


def newest(subject: str, what: str, among: Collection[str] | None = None) -> str:
    """The name of the current item of a kind, empty where there is none.

    `among`: the items of one thing, where a case has several of a kind (two goals, two persons).
    """
    found = Envelope.objects.filter(compartment__subject=subject, what=what)
    if among is not None:
        found = found.filter(item__in=among)
    return found.order_by("-id").values_list("item", flat=True).first() or ""


def reporter_bundle(subject: str) -> Bundle:
    """The thread of a ticket, with the wraps for its holder."""
    return _bundle(subject, _reporters, {"chat"}, Envelope.objects.all())


def reporter_page(subject: str, items: Collection[str]) -> Bundle:
    """The same with hello and these messages only."""
    named = Q(what=rules.HELLO) | Q(item__in=items)
    return _bundle(subject, _reporters, {"chat"}, Envelope.objects.filter(named))


def epochs_of(member_code: str, team_codes: Collection[str]) -> list[dict[str, str]]:
    """The epoch seeds sealed to a member of these teams, opened from their unit keys only."""
    found = []
    held = EpochWrap.objects.filter(
        member_code=member_code, team_code__in=team_codes, withheld=None
    )
    for row in held.order_by("id"):
        key = units.find(units.of_epoch(row.epoch_kid))
        if key:
            context = row.epoch_kid.encode() + row.kid.encode()
            wrapped = suite.disclose(key, bytes(row.stored), context)
            found.append({"kid": row.epoch_kid, "w": b64(wrapped)})
    return found


def listed_keys() -> list[dict[str, str]]:
    """Every public key, to be checked against the manifest by whoever gets them."""
    return [
        {"kid": key.kid, "key": b64(bytes(key.public))} for key in PublicKey.objects.order_by("id")
    ]


def reporter_keys(subject: str) -> ReporterKey | None:
    """The public keys that came with a report."""
    return ReporterKey.objects.filter(subject=subject).first()


def hello_hash(subject: str) -> str:
    """The name of a subject's hello: SHA-256 of header and ciphertext; empty without one."""
    row = Envelope.objects.filter(compartment__subject=subject, what=rules.HELLO).first()
    return b64(suite.sha256(bytes(row.hdr) + bytes(row.ct))) if row else ""


def compartment(subject: str, comp: str) -> Compartment | None:
    """The current generation of a compartment."""
    found = Compartment.objects.filter(subject=subject, comp=comp)
    return found.order_by("-gen").first()


def compartment_named(subject: str, comp: str, cmp: str) -> Compartment | None:
    """The generation of a compartment with this hash, else the current one."""
    named = Compartment.objects.filter(subject=subject, comp=comp, cmp=cmp).first()
    return named or compartment(subject, comp)


def file_of(item: str) -> Envelope | None:
    """The row of a file body that arrived whole, with its subject at hand."""
    found = Envelope.objects.select_related("compartment")
    return found.filter(item=item, what=rules.BODY, whole=True).first()


def unfinished(subject: str) -> list[dict[str, str | int]]:
    """The files under a ticket that did not arrive whole, newest first, as her browser asks."""
    found = Envelope.objects.filter(compartment__subject=subject, upload__isnull=False)
    return [
        {
            "item": file.item,
            "hdr": b64(bytes(file.hdr)),
            "seq": file.pieces,
            "resume": b64(bytes(file.upload.resume)),
        }
        for file in found.select_related("upload").order_by("-id")[: rules.UNFINISHED_SHOWN]
    ]


def count_files(subject: str) -> dict[str, int]:
    """How many files under a ticket arrived whole, and how many did not."""
    files = Envelope.objects.filter(compartment__subject=subject, what=rules.BODY)
    whole = list(files.values_list("whole", flat=True))
    return {"whole": whole.count(True), "unfinished": whole.count(False)}


def expires(day: date) -> int:
    """Days until the manifest ends; negative when it has."""
    row = newest_manifest()
    return (row.until - day).days if row else -1


def _reporters(kid: str) -> bool:
    return kid.startswith(f"{NAME}.")


def _bundle(
    subject: str,
    mine: Callable[[str], bool],
    comps: Collection[str] | None,
    held: QuerySet[Envelope],
) -> Bundle:
    rows = Compartment.objects.filter(subject=subject).order_by("id")
    if comps is not None:
        rows = rows.filter(comp__in=comps)
    keys = units.find_many(
        {units.unit_of(subject, comp) for comp in rules.compartments_of(subject)}
    )
    compartments, items = [], []
    for row in rows.prefetch_related("wraps", Prefetch("items", held)):
        compartments.append(openable(row, mine, keys.get(units.unit_of(subject, row.comp))))
        items += [
            OpenableItem(row.comp, e.what, e.item, bytes(e.hdr), bytes(e.ct), bytes(e.sig), row.gen)
            for e in sorted(row.items.all(), key=lambda e: e.pk)
            if e.whole
        ]
    accepted = Acceptance.objects.filter(subject=subject).first()
    return Bundle(
        settings.TEDUH_INSTANCE,
        subject,
        tuple(compartments),
        tuple(items),
        signers(),
        told_of(accepted) if accepted else None,
    )


def told_of(accepted: Acceptance) -> dict[str, str]:
    """An acceptance as it travels."""
    return {"body": b64(bytes(accepted.body)), "sig": b64(bytes(accepted.sig)), "by": accepted.by}


def openable(
    row: Compartment, mine: Callable[[str], bool], key: bytes | None
) -> OpenableCompartment:
    """A compartment with those of its wraps that are `mine`; without any once `key` is gone."""
    if key is None:
        return OpenableCompartment(row.comp, bytes(row.d), (), row.by, bytes(row.sig))
    d_hash = suite.sha256(bytes(row.d))
    wraps = (
        (one.kid, suite.disclose(key, bytes(one.stored), d_hash + one.kid.encode()))
        for one in row.wraps.all()
        if mine(one.kid)
    )
    return OpenableCompartment(row.comp, bytes(row.d), tuple(wraps), row.by, bytes(row.sig))


def may_open(row: Compartment, team_codes: set[str]) -> bool:
    """Whether a compartment is wrapped to an epoch of one of these teams."""
    kids = PublicKey.objects.filter(kind="team", owner__in=team_codes).values("kid")
    return row.wraps.filter(kid__in=kids).exists()


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


def cards_after(number: int, team_codes: Collection[str], barred: Collection[str]) -> list[Card]:
    """The next cards of these teams after row `number`, at most 1,000; none of a subject `barred`."""
    found = _cards(team_codes, barred).filter(pk__gt=number)
    return list(found.select_related("compartment").order_by("id")[: rules.CARDS_AT_ONCE])


def count_cards(team_codes: Collection[str], barred: Collection[str]) -> int:
    """How many cards the lists of these teams hold, but those of a subject `barred`."""
    return _cards(team_codes, barred).count()


def _cards(team_codes: Collection[str], barred: Collection[str]) -> QuerySet[Card]:
    held = Card.objects.filter(team_code__in=team_codes)
    return held.exclude(subject__in=barred) if barred else held


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
        found = signers(kid__in=_authors(rows, items))
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
        authors = _authors(rows, items)
        unit = self.keys.get(units.unit_of(name, rules.LIST))
        return Bundle(
            settings.TEDUH_INSTANCE,
            name,
            tuple(openable(row, lambda kid: (team_code, kid) in self.epochs, unit) for row in rows),
            tuple(items),
            tuple(one for one in self.signers if one[0] in authors),
            epoch=(epoch.kid, bytes(epoch.public)) if epoch else None,
        )


def _authors(rows: Iterable[Compartment], items: Iterable[OpenableItem]) -> set[str]:
    return {row.by for row in rows} | {str(header_of(one.hdr)["by"]) for one in items}


def signers(**asked: object) -> tuple[tuple[str, bytes], ...]:
    """Signing keys by kid."""
    keys = PublicKey.objects.filter(kind="sign", **asked)
    return tuple((key.kid, bytes(key.public)) for key in keys)
