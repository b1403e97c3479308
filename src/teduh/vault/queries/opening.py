"""Bundles of what one reader may open."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from teduh.lib import store
from teduh.vault import rules, suite, units
from teduh.vault.bundles import Bundle, OpenableCompartment, OpenableItem
from teduh.vault.models import (
    Acceptance,
    Compartment,
    Envelope,
    PublicKey,
    Renewal,
    ReporterKey,
    Wrap,
)
from teduh.vault.packages import SealedItem, SignedStatement, b64, header_of
from teduh.vault.queries.keys import (
    listed_kids,
    newest_manifest,
    recovery_keys,
    team_key,
)
from teduh.vault.reporter import NAME
from teduh.vault.rules import Refused

HOLDER = None  # in place of teams: whoever holds the code of the ticket


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of the office: its card, header, size and store keys of its body, who signed."""

    card: SealedItem
    hdr: bytes
    size: int
    keys: list[str]
    signers: tuple[tuple[str, bytes], ...]


def office_bundle(
    subject: str, team_codes: set[str], comps: Collection[str] | None = None
) -> Bundle:
    """A subject with the wraps for the epochs of these teams; `comps`: only these compartments."""
    return _bundle(subject, team_codes, comps, Envelope.objects.all())


def office_bundles(subjects: Sequence[str], team_codes: set[str]) -> list[Bundle]:
    """The same for each of these subjects, with what it began with."""
    asked = {subject: rules.compartments_of(subject) for subject in subjects}
    return _bundles(asked, team_codes, Envelope.objects.all())


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
    return _of_holder(_bundle(subject, HOLDER, {"chat"}, Envelope.objects.all()))


def reporter_page(subject: str, items: Collection[str]) -> Bundle:
    """The same with hello and these messages only."""
    named = Q(what=rules.HELLO) | Q(item__in=items)
    return _of_holder(_bundle(subject, HOLDER, {"chat"}, Envelope.objects.filter(named)))


def _of_holder(bundle: Bundle) -> Bundle:
    """The thread with the chat that its code opens now, and the hello of that one only."""
    [chat] = bundle.compartments[-1:] or [None]
    gen = max((one.gen for one in bundle.items), default=1)
    items = (one for one in bundle.items if one.what != rules.HELLO or one.gen == gen)
    return replace(bundle, compartments=(chat,) if chat else (), items=tuple(items))


def renewals(subjects: Collection[str]) -> dict[str, tuple[SignedStatement, ...]]:
    """What stands for each new code of these tickets, first to last, by ticket."""
    found: dict[str, tuple[SignedStatement, ...]] = {}
    rows = Renewal.objects.filter(subject__in=subjects).order_by("gen") if subjects else ()
    for row in rows:
        statement = SignedStatement(bytes(row.body), bytes(row.sig))
        found[row.subject] = (*found.get(row.subject, ()), statement)
    return found


def reporter_keys(subject: str) -> ReporterKey | None:
    """The public keys of whoever holds a ticket's code now."""
    return ReporterKey.objects.filter(subject=subject).first()


def hello_hash(subject: str) -> str:
    """The name of a subject's first hello: SHA-256 of header and ciphertext; empty without one."""
    return _hash_of(_hellos(subject).first())


def newest_hello(subject: str) -> str:
    """The name of the hello of whoever holds the code now."""
    return _hash_of(_hellos(subject).last())


def _hellos(subject: str) -> QuerySet[Envelope]:
    return Envelope.objects.filter(compartment__subject=subject, what=rules.HELLO).order_by("id")


def _hash_of(row: Envelope | None) -> str:
    return b64(suite.sha256(bytes(row.hdr) + bytes(row.ct))) if row else ""


def mark_of_chat(subject: str) -> tuple[int, int, int]:
    """Changes with what opens the chat of a ticket: its wraps, and the signed list of keys."""
    wraps = Wrap.objects.filter(compartment__subject=subject, compartment__comp="chat")
    told = wraps.aggregate(n=Count("id"), newest=Max("id"))
    row = newest_manifest()
    return told["n"], told["newest"] or 0, row.serial if row else 0


def is_forgotten(subject: str) -> bool:
    """Whether what opened the chat of a ticket was destroyed, for everybody and in every backup."""
    return units.find(units.unit_of(subject, "chat")) is None


def compartment(subject: str, comp: str) -> Compartment | None:
    """The current generation of a compartment."""
    found = Compartment.objects.filter(subject=subject, comp=comp)
    return found.order_by("-gen").first()


def compartments_standing(subject: str, comps: Collection[str]) -> set[str]:
    """Which of these compartments a subject has."""
    found = Compartment.objects.filter(subject=subject, comp__in=comps)
    return set(found.values_list("comp", flat=True))


def compartment_named(subject: str, comp: str, cmp: str) -> Compartment | None:
    """The generation of a compartment with this hash, else the current one."""
    named = Compartment.objects.filter(subject=subject, comp=comp, cmp=cmp).first()
    return named or compartment(subject, comp)


def are_kept(subject: str, items: Sequence[SealedItem]) -> bool:
    """Whether each of these lies under a subject already, to the last byte."""
    named = Envelope.objects.filter(
        compartment__subject=subject, item__in=[one.item for one in items]
    )
    kept = {(row.item, bytes(row.hdr), bytes(row.ct), bytes(row.sig)) for row in named}
    return all((one.item, one.hdr, one.ct, one.sig) in kept for one in items)


def file_of(item: str) -> Envelope | None:
    """The row of a file body that arrived whole, with its subject at hand."""
    found = Envelope.objects.select_related("compartment")
    return found.filter(item=item, what__in=(rules.BODY, rules.SENT), whole=True).first()


def sent(subject: str, item: str) -> Sent | None:
    """A file of the office in the chat of a ticket, by its body, sealed as it is."""
    held = Envelope.objects.filter(compartment__subject=subject)
    body = held.filter(what=rules.SENT, item=item).first()
    card = held.filter(what=rules.SENT_CARD, seq=body.seq).first() if body else None
    if body is None or card is None:
        return None
    hdr = bytes(card.hdr)
    kept = SealedItem(hdr, bytes(card.ct), bytes(card.sig), header_of(hdr))
    keys = [store.piece_key(item, n) for n in range(body.pieces)]
    return Sent(kept, bytes(body.hdr), body.size, keys, signers({str(kept.said["by"])}))


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
    """How many files under a ticket arrived whole, and how many did not, as their sender counts."""
    files = Envelope.objects.filter(compartment__subject=subject, what=rules.BODY)
    files = files.filter(seq=rules.AS_SENT)
    whole = list(files.values_list("whole", flat=True))
    return {"whole": whole.count(True), "unfinished": whole.count(False)}


def _reporters(kid: str) -> bool:
    return kid.startswith(f"{NAME}.")


def _bundle(
    subject: str,
    teams: Collection[str] | None,
    comps: Collection[str] | None,
    held: QuerySet[Envelope],
) -> Bundle:
    return _bundles({subject: comps}, teams, held)[0]


def _bundles(
    asked: Mapping[str, Collection[str] | None],
    teams: Collection[str] | None,
    held: QuerySet[Envelope],
) -> list[Bundle]:
    """A bundle for each subject, with the wraps for the epochs of these teams, or for the `HOLDER`
    of the ticket; `asked`: the compartments of each, none for all of them.
    """
    keys = units.find_many(
        {
            units.unit_of(subject, comp)
            for subject in asked
            for comp in rules.compartments_of(subject)
        }
    )
    found: dict[str, list[Compartment]] = {subject: [] for subject in asked}
    rows = Compartment.objects.filter(_named(asked)).order_by("id").prefetch_related("wraps")
    for row in rows:
        found[row.subject].append(row)
    written = items_in(rows, held)
    accepted = {one.subject: told_of(one) for one in Acceptance.objects.filter(subject__in=asked)}
    later = {
        one for one, own in found.items() if any(row.comp == "chat" and row.gen > 1 for row in own)
    }
    vouched = renewals(later)
    items = {
        subject: tuple(one for row in own for one in written.get(row.pk, ()))
        for subject, own in found.items()
    }
    hands = {
        subject: authors(own, items[subject])
        | {vouched_by(one) for one in vouched.get(subject, ())}
        | ({accepted[subject]["by"]} if subject in accepted else set())
        for subject, own in found.items()
    }
    epochs, known = _keys(teams, set().union(*hands.values()))
    mine = _reporters if teams is HOLDER else epochs.__contains__
    return [
        Bundle(
            settings.TEDUH_INSTANCE,
            subject,
            tuple(openable(row, mine, keys.get(units.unit_of(subject, row.comp))) for row in own),
            items[subject],
            tuple((kid, known[kid]) for kid in sorted(hands[subject]) if kid in known),
            accepted.get(subject),
            renewals=vouched.get(subject, ()),
        )
        for subject, own in found.items()
    ]


def _keys(
    teams: Collection[str] | None, hands: Collection[str]
) -> tuple[frozenset[str], dict[str, bytes]]:
    """Kids of every epoch of these teams, and the signing keys of these hands by kid."""
    wanted = Q(kind="sign", kid__in=hands)
    if teams is not HOLDER:
        wanted |= Q(kind="team", owner__in=teams)
    rows = list(PublicKey.objects.filter(wanted).values_list("kind", "kid", "public"))
    epochs = frozenset(kid for kind, kid, _public in rows if kind == "team")
    return epochs, {kid: bytes(public) for kind, kid, public in rows if kind == "sign"}


def _named(asked: Mapping[str, Collection[str] | None]) -> Q:
    named = Q()
    for subject, comps in asked.items():
        named |= Q(subject=subject) if comps is None else Q(subject=subject, comp__in=comps)
    return named


def items_in(
    rows: Iterable[Compartment], held: QuerySet[Envelope]
) -> dict[int, list[OpenableItem]]:
    """What lies whole in these compartments, by their numbers, in the order in which it came."""
    of = {row.pk: row for row in rows}
    whole = held.filter(compartment__in=of, whole=True).order_by("id")
    found: dict[int, list[OpenableItem]] = {}
    told = whole.values_list("compartment_id", "what", "item", "hdr", "ct", "sig")
    for number, what, item, *sealed in told:
        hdr, ct, sig = map(bytes, sealed)
        row = of[number]
        kept = OpenableItem(row.comp, what, item, hdr, ct, sig, row.gen)
        found.setdefault(number, []).append(kept)
    return found


def told_of(accepted: Acceptance) -> dict[str, str]:
    """An acceptance as it travels."""
    return {"body": b64(bytes(accepted.body)), "sig": b64(bytes(accepted.sig)), "by": accepted.by}


def openable(
    row: Compartment, mine: Callable[[str], bool], key: bytes | None
) -> OpenableCompartment:
    """A compartment with those of its wraps that are `mine`; without any once `key` is gone."""
    if key is None:
        return OpenableCompartment(row.comp, bytes(row.d), (), row.by, bytes(row.sig), row.spent)
    d_hash = suite.sha256(bytes(row.d))
    wraps = (
        (one.kid, suite.disclose(key, bytes(one.stored), d_hash + one.kid.encode()))
        for one in row.wraps.all()
        if mine(one.kid)
    )
    wrapped = tuple(wraps)
    return OpenableCompartment(row.comp, bytes(row.d), wrapped, row.by, bytes(row.sig), row.spent)


def vouched_by(statement: SignedStatement) -> str:
    """The kid of who stands for a new code."""
    return str(json.loads(statement.body)["by"])


def may_open(row: Compartment, team_codes: set[str]) -> bool:
    """Whether a compartment is wrapped to an epoch of one of these teams."""
    kids = PublicKey.objects.filter(kind="team", owner__in=team_codes).values("kid")
    return row.wraps.filter(kid__in=kids).exists()


def authors(rows: Iterable[Compartment], items: Iterable[OpenableItem]) -> set[str]:
    """Kids of everybody who made these compartments or wrote these items."""
    return {row.by for row in rows} | {str(header_of(one.hdr)["by"]) for one in items}


def signers(hands: Collection[str]) -> tuple[tuple[str, bytes], ...]:
    """The signing keys of these hands, by kid."""
    keys = PublicKey.objects.filter(kind="sign", kid__in=hands)
    return tuple((key.kid, bytes(key.public)) for key in keys)
