"""Own words: what a filer's key opens of a report, and what is over."""

from dataclasses import replace
from datetime import date

from django.conf import settings

from teduh.vault import suite, units
from teduh.vault.bundles import Bundle, OpenableCompartment
from teduh.vault.models import Envelope, OwnWrap
from teduh.vault.packages import SignedStatement
from teduh.vault.queries.opening import items_in, openable


def own_bundle(subject: str, member_code: str, day: date) -> Bundle:
    """What a member filed under a ticket, with the wraps for their own key; empty once it is over."""
    found = OwnWrap.objects.standing(member_code, day).filter(compartment__subject=subject)
    keys = units.find_many({units.unit_of(subject, "narrative"), units.of_own(subject)})
    outer, inner = keys.get(units.unit_of(subject, "narrative")), keys.get(units.of_own(subject))
    rows = list(found.select_related("compartment").order_by("compartment"))
    if outer is None or inner is None:
        rows = []
    held = items_in([one.compartment for one in rows], Envelope.objects.all())
    return Bundle(
        settings.TEDUH_INSTANCE,
        subject,
        tuple(_opened(one, outer or b"", inner or b"") for one in rows),
        tuple(item for one in rows for item in held.get(one.compartment_id, ())),
        filed=tuple(SignedStatement(bytes(one.body), bytes(one.sig)) for one in rows),
    )


def _opened(row: OwnWrap, outer: bytes, inner: bytes) -> OpenableCompartment:
    context = suite.sha256(bytes(row.compartment.d)) + row.kid.encode()
    stored = suite.disclose(outer, bytes(row.stored), context)
    wraps = ((row.kid, suite.disclose(inner, stored, context)),)
    return replace(openable(row.compartment, lambda _kid: False, None), wraps=wraps)
