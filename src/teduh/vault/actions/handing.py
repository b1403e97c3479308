"""Handing out what opens a subject. Every hand-out is a line of the trail."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.rules import Forbidden
from teduh.audit.actions import record, record_each
from teduh.lib import store
from teduh.vault import queries, rules
from teduh.vault.bundles import Bundle
from teduh.vault.models import (
    Envelope,
)


@transaction.atomic
def hand_out(
    *, by: Member, subject: str, at: datetime, comps: Collection[str] | None = None
) -> Bundle:
    """The bundle of a subject for one member, written down as a read; `comps`: only these parts.

    Without `comps` what the subject began with: a part of the shared assessment is given out only by
    name, and the trail names it. Raises Forbidden for whom a conflict of interest keeps from the
    subject.
    """
    _free_for(by, subject)
    asked = rules.compartments_of(subject) if comps is None else comps
    parts = sorted(set(asked) & set(rules.PARTS))
    detail = {"parts": ",".join(parts)} if parts else None
    record(by=by.actor, verb="vault.read", subject=subject, at=at, detail=detail)
    return queries.office_bundle(subject, by.team_codes(), asked)


@transaction.atomic
def hand_out_each(*, by: Member, subjects: Sequence[str], at: datetime) -> list[Bundle]:
    """As `hand_out` for each of several subjects of one page, in their order: a line for each.

    Raises Forbidden where a conflict of interest keeps the member from any of them.
    """
    for subject in subjects:
        _free_for(by, subject)
    record_each(by=by.actor, verb="vault.read", subjects=subjects, at=at)
    return queries.office_bundles(subjects, by.team_codes())


@transaction.atomic
def hand_out_file(*, by: Member, file: Envelope, at: datetime) -> list[str]:
    """The store keys of a file's pieces, in order, written down as a read. Raises Forbidden."""
    subject = file.compartment.subject
    _free_for(by, subject)
    record(by=by.actor, verb="vault.file_read", subject=subject, at=at, detail={"item": file.item})
    return [store.piece_key(file.item, n) for n in range(file.pieces)]


def _free_for(by: Member, subject: str) -> None:
    if subject in barred(by):
        raise Forbidden
