"""Grants: which stand, what each opens, who may be given one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings

from teduh.vault import rules, suite, units
from teduh.vault.bundles import Bundle, OpenableCompartment
from teduh.vault.models import Compartment, Envelope, Grant, GrantWrap, PartnerLink, PublicKey
from teduh.vault.packages import SignedStatement
from teduh.vault.queries.keys import listed_kids
from teduh.vault.queries.opening import authors, items_in, openable, signers, to_make_in


def grants_of(subject: str) -> list[Grant]:
    """Every grant of a subject, the newest first."""
    return list(Grant.objects.filter(subject=subject).select_related("link").order_by("-id"))


def alive(grants: Iterable[Grant]) -> list[Grant]:
    """Those of them whose unit key is there, in their order.

    It is destroyed with the end: whoever writes the rows alone gives nothing back.
    """
    rows = list(grants)
    keys = units.find_many({units.of_grant(one.name) for one in rows}) if rows else {}
    return [one for one in rows if units.of_grant(one.name) in keys]


def standing_of(subject: str, day: date) -> list[Grant]:
    """The grants of a subject that stand on `day`, the oldest first."""
    return alive(Grant.objects.standing(day).filter(subject=subject))


def granted_to(member_code: str, day: date) -> list[Grant]:
    """The grants that stand for a member on `day`; whether they are true, the browser checks."""
    return alive(Grant.objects.standing(day).filter(member_code=member_code))


def boxes_of(member_codes: Collection[str]) -> dict[str, tuple[str, bytes]]:
    """The box key in use of each of these members that the list names: kid and public part."""
    listed = listed_kids()
    rows = PublicKey.objects.filter(kind=rules.BOX_KEY, owner__in=member_codes, gone=None)
    return {
        row.owner: (row.kid, bytes(row.public)) for row in rows.order_by("id") if row.kid in listed
    }


def wrapped_for(subject: str, comps: Collection[str]) -> list[Compartment]:
    """Every generation of these compartments of a subject."""
    rows = Compartment.objects.filter(subject=subject, comp__in=list(comps))
    return list(rows.order_by("id"))


def link_of(name: str, day: date) -> Grant | None:
    """The grant of a link that stands on `day`, by its name."""
    rows = Grant.objects.standing(day).filter(name=name, link__isnull=False)
    return next(iter(alive(rows.select_related("link"))), None)


def linked_keys(kids: Collection[str]) -> list[tuple[str, bytes]]:
    """The public keys of links among these names."""
    rows = (
        PartnerLink.objects.filter(grant__kid__in=list(kids)).order_by("pk").select_related("grant")
    )
    return [(one.grant.kid, bytes(one.key)) for one in rows]


def link_kid(key: bytes) -> str:
    """The name of the key of a link."""
    return rules.kid_of("tautan", suite.sha256(key))


def never_opened(grant: Grant) -> bool:
    """Whether it is the grant of a link that no device has opened."""
    link = getattr(grant, "link", None)
    return link is not None and link.opened_at is None


def stands(link: PartnerLink, at: datetime) -> bool:
    """Whether a link opens something yet, as far as it tells itself."""
    spent = link.wrong >= rules.LINK_TRIES
    return not spent and (link.until is None or at < link.until)


def kept_of(proof: bytes) -> str:
    """What the server keeps of a proof of a link, or of a device: hex of an HMAC under the pepper."""
    return suite.mac(settings.TEDUH_PEPPER, b"teduh/v1/tautan\0" + proof).hex()


def is_kept(kept: str, proof: bytes) -> bool:
    """Whether this is the proof of which that was kept, in constant time."""
    return suite.same(kept.encode(), kept_of(proof).encode())


def spent_of(subject: str) -> list[Compartment]:
    """The newest generation of each compartment into which nothing more may be sealed."""
    newest: dict[str, Compartment] = {}
    for row in Compartment.objects.filter(subject=subject).order_by("gen"):
        newest[row.comp] = row
    return [row for row in newest.values() if row.spent]


def to_begin(
    subject: str, team_code: str, comps: Collection[str], grants: Sequence[Grant]
) -> Bundle:
    """The spent compartments among these with the keys for their next generation, and with grants
    that go on; nothing opens it.

    Raises Refused where the team or the recovery has no key that the manifest lists.
    """
    rows = [row for row in spent_of(subject) if row.comp in comps]
    closed = tuple(openable(row, lambda _kid: False, None) for row in rows)
    told = tuple(statement_of(one) for one in grants)
    known = signers({one.by for one in grants})
    bundle = Bundle(settings.TEDUH_INSTANCE, subject, closed, (), known, grants=told)
    return to_make_in(bundle, team_code)


def statement_of(grant: Grant) -> SignedStatement:
    """A grant as it travels."""
    return SignedStatement(bytes(grant.body), bytes(grant.sig))


def granted_bundle(subject: str, grants: Sequence[Grant], items: Collection[str]) -> Bundle:
    """What these grants open of a subject, and of it only these items; their statements go along."""
    wraps = GrantWrap.objects.filter(grant__in=grants).select_related("grant")
    rows = Compartment.objects.filter(subject=subject, granted__grant__in=grants).distinct()
    held = Envelope.objects.filter(item__in=list(items))
    found = list(rows.order_by("id"))
    keys = units.find_many(
        {units.unit_of(subject, row.comp) for row in found}
        | {units.of_grant(one.name) for one in grants}
    )
    written = items_in(found, held)
    shown = tuple(one for row in found for one in written.get(row.pk, ()))
    return Bundle(
        settings.TEDUH_INSTANCE,
        subject,
        tuple(_granted(row, wraps, keys) for row in found),
        shown,
        signers(authors(found, shown) | {one.by for one in grants}),
        grants=tuple(statement_of(one) for one in grants),
    )


def _granted(
    row: Compartment, wraps: Iterable[GrantWrap], keys: dict[str, bytes]
) -> OpenableCompartment:
    opened = []
    outer = keys.get(units.unit_of(row.subject, row.comp))
    for one in wraps:
        inner = keys.get(units.of_grant(one.grant.name))
        if one.compartment_id == row.pk and outer and inner:
            context = suite.sha256(bytes(row.d)) + one.grant.kid.encode()
            stored = suite.disclose(outer, bytes(one.stored), context)
            opened.append((one.grant.kid, suite.disclose(inner, stored, context)))
    return replace(openable(row, lambda _kid: False, None), wraps=tuple(opened))
