"""Keys of the demo: fixed, public, protecting nobody. Refused outside the demo."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from teduh.lib.timing import local_day
from teduh.vault import codes, grants, office, queries, suite
from teduh.vault.bundles import Bundle
from teduh.vault.checks import DESCRIPTOR
from teduh.vault.envelope import (
    Author,
    Compartment,
    Place,
    Words,
    make_compartment,
    seal,
    sign_statement,
    unwrap,
    wrap,
)
from teduh.vault.grants import SealedGrant, Wanted
from teduh.vault.keywork import MadeList, NewWrap
from teduh.vault.packages import (
    MadeCompartment,
    SealedItem,
    SealedWrap,
    SignedStatement,
    b64,
    compact,
)
from teduh.vault.rules import (
    LIST,
    LIST_CARD,
    MESSAGE,
    NEW_CASE,
    VOUCHED,
    Refused,
    compartment_of,
    kid_of,
)


def seed(purpose: str) -> bytes:
    """A secret everybody can compute from this line."""
    return suite.sha256(b"teduh demo: fictional, protects nobody\0" + purpose.encode())


def root_public() -> str:
    """The public root key of every demo."""
    return b64(suite.sign_public(seed("root")))


def phrase_of(code: str) -> str:
    """The sealing phrase of a demo member: six words."""
    raw = seed(f"phrase:{code}")
    return " ".join(
        codes.words()[int.from_bytes(raw[n : n + 2], "big") % 2048] for n in range(0, 12, 2)
    )


def make_demo_office(
    *,
    teams: Mapping[str, Sequence[str]],
    members: Sequence[str],
    key_officers: Sequence[str],
    at: datetime,
) -> None:
    """Every key of the demo office. Raises ImproperlyConfigured outside the demo."""
    if not settings.TEDUH_DEMO:
        raise ImproperlyConfigured("Demo keys belong to the demo only.")
    office.open_keys(
        teams=teams,
        phrases={code: phrase_of(code) for code in members},
        key_officers=key_officers,
        seeds=seed,
        day=local_day(at),
    )


def seal_card(
    *, subject: str, team: str, member: str, name: str, at: datetime
) -> tuple[SealedItem, MadeList | None]:
    """A card as the member's browser would seal it, and this month's list where there is none."""
    by, day = _author(member), local_day(at)
    bundle, made = queries.list_to_write(team, day), None
    if bundle.compartments:
        ((kid, wrapped),) = bundle.compartments[0].wraps
        place = Place(settings.TEDUH_INSTANCE, bundle.subject, LIST)
        opened = unwrap(bundle.compartments[0].d, kid, wrapped, seed(f"epoch:{team}"), place)
    else:
        opened, made = _new_list(bundle, by)
    words = Words(LIST_CARD, 0, "staff", str(day), "card-256")
    return seal(opened, by, words, compact({"t": subject, "n": name, "p": ""})), made


def _new_list(bundle: Bundle, by: Author) -> tuple[Compartment, MadeList]:
    if bundle.epoch is None:
        raise Refused("no keys")
    made = make_compartment(Place(settings.TEDUH_INSTANCE, bundle.subject, LIST))
    kid, public = bundle.epoch
    only = SealedWrap(kid, wrap(made, kid, public))
    sig = sign_statement(by.seed, DESCRIPTOR, made.d)
    return made, MadeList(made.d, by.kid, sig, only, dict(json.loads(made.d)))


def make_case(
    *, subject: str, team: str, member: str, comps: Sequence[str] = NEW_CASE
) -> tuple[MadeCompartment, ...]:
    """Compartments of a case as the member's browser would make them."""
    bundle, by = queries.case_to_make(subject, team), _author(member)
    made = []
    for comp in comps:
        one = make_compartment(Place(settings.TEDUH_INSTANCE, subject, comp))
        readers = [key for key in (bundle.epoch, bundle.recovery) if key]
        wraps = tuple(SealedWrap(kid, wrap(one, kid, public)) for kid, public in readers)
        sig = sign_statement(by.seed, DESCRIPTOR, one.d)
        made.append(MadeCompartment(one.d, by.kid, sig, wraps, dict(json.loads(one.d))))
    return tuple(made)


def seal_for_case(
    *,
    subject: str,
    team: str,
    member: str,
    what: str,
    text: str,
    at: datetime,
    made: Sequence[MadeCompartment] = (),
) -> SealedItem:
    """An item of a case, as the member's browser would seal it; `made`: its compartment, if new."""
    comp = compartment_of(what)
    if made:
        d, (kid, wrapped) = made[0].d, (made[0].wraps[0].kid, made[0].wraps[0].w)
    else:
        *_older, found = queries.office_bundle(subject, {team}, {comp}).compartments
        d, (kid, wrapped) = found.d, found.wraps[0]
    place = Place(settings.TEDUH_INSTANCE, subject, comp)
    opened = unwrap(d, kid, wrapped, seed(f"epoch:{team}"), place)
    words = Words(what, 0, "staff", str(local_day(at)), "pow2-4k")
    return seal(opened, _author(member), words, text.encode())


def vouch(*, subject: str, member: str, item: SealedItem, told: Mapping[str, str]) -> str:
    """What the member's browser signs about an item, as a form sends it."""
    by = _author(member)
    place = {"inst": settings.TEDUH_INSTANCE, "subject": subject, "item": item.item, "by": by.kid}
    body = compact({**told, "v": 1, **place})
    return json.dumps(
        {"body": b64(body), "sig": b64(sign_statement(by.seed, VOUCHED[item.what], body))}
    )


def make_grant(*, team: str, member: str, wanted: Wanted) -> SealedGrant:
    """A grant as the member's browser would make it, of every generation of what it names."""
    ((_kid, public),) = queries.public_of({wanted.to})
    return make_grant_to(public, b64(suite.random_bytes(grants.NAME)), team, member, wanted)


def make_grant_to(public: bytes, name: str, team: str, member: str, wanted: Wanted) -> SealedGrant:
    """The same under this name, for a key of which no list need know."""
    by, subject = _author(member), wanted.subject
    body = grants.body(wanted, name, by.kid)
    wraps = []
    for one in queries.office_bundle(subject, {team}, wanted.comps).compartments:
        kid, wrapped = one.wraps[0]
        place = Place(settings.TEDUH_INSTANCE, subject, one.comp)
        opened = unwrap(one.d, kid, wrapped, seed(f"epoch:{team}"), place)
        cmp = b64(suite.sha256(one.d))
        wraps.append(NewWrap(cmp, wanted.to, wrap(opened, wanted.to, public)))
    statement = SignedStatement(body, sign_statement(by.seed, wanted.label, body))
    return SealedGrant(statement, tuple(wraps), dict(json.loads(body)))


def _author(member: str) -> Author:
    sign = seed(f"sign:{member}")
    return Author(kid_of(f"tanda-{member}", suite.sha256(suite.sign_public(sign))), sign)


def seal_answer(
    *, ticket: str, team: str, member: str, text: str, seq: int, at: datetime
) -> SealedItem:
    """An office message as the member's browser would seal it, with the demo's open secrets."""
    epoch = seed(f"epoch:{team}")
    place = Place(settings.TEDUH_INSTANCE, ticket, "chat")
    [chat] = [
        one for one in queries.office_bundle(ticket, {team}).compartments if one.comp == "chat"
    ]
    kid, wrapped = chat.wraps[0]
    opened = unwrap(chat.d, kid, wrapped, epoch, place)
    words = Words(MESSAGE, seq, "staff", str(local_day(at)), "chat-1k", "")
    return seal(opened, _author(member), words, text.encode())
