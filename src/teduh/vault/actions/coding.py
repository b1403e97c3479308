"""A new code for a ticket: what its holder reads and writes with from now on."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.audit.actions import record
from teduh.lib.actors import Actor, ActorKind
from teduh.lib.timing import local_day
from teduh.vault import checks, queries, suite, units
from teduh.vault.actions.keeping import keep_compartments
from teduh.vault.keylist import own_signing_keys
from teduh.vault.models import Envelope, Renewal, ReporterKey, Wrap
from teduh.vault.packages import SealedRenewal, b64
from teduh.vault.reporter import NAME
from teduh.vault.rules import Refused, kid_of


@dataclass(frozen=True, slots=True)
class NewCode:
    """A new code of a ticket as it arrived, and the team that has the report."""

    subject: str
    team: str
    sealed: SealedRenewal


@transaction.atomic
def renew(*, by: Actor, new: NewCode, at: datetime) -> None:
    """Keep a new chat with its hello; the old code opens and signs nothing any more.

    `by`: whoever held the code, or the member who gives a new one. Raises Refused, with "generation"
    where another came first.
    """
    subject, package = new.subject, new.sealed
    own, chat = queries.reporter_keys(subject), queries.compartment(subject, "chat")
    if own is None or chat is None or units.find(units.unit_of(subject, "chat")) is None:
        raise Refused("subject")
    gen = chat.gen + 1
    taken = queries.taken(local_day(at))
    checks.renewal(
        package,
        checks.Renewed(
            settings.TEDUH_INSTANCE,
            subject,
            gen,
            new.team,
            queries.newest_hello(subject),
            _signers(by, bytes(own.tanda)),
        ),
        kind=by.kind,
        teams=taken.teams,
        recovery=taken.recovery,
    )
    Wrap.objects.filter(
        compartment__subject=subject, compartment__comp="chat", kid__startswith=f"{NAME}."
    ).delete()
    row = keep_compartments(subject, [package.chat])["chat"]
    hello = package.hello
    Envelope.objects.create(
        compartment=row,
        item=hello.item,
        what=hello.what,
        seq=hello.seq,
        hdr=hello.hdr,
        ct=hello.ct,
        sig=hello.sig,
    )
    statement = package.statement
    Renewal.objects.create(subject=subject, gen=gen, body=statement.body, sig=statement.sig)
    ReporterKey.objects.filter(pk=own.pk).update(kotak=package.kotak, tanda=package.tanda)
    detail = {"hello": b64(suite.sha256(hello.hdr + hello.ct))}
    record(by=by, verb="vault.renewed", subject=subject, at=at, detail=detail)


def _signers(by: Actor, tanda: bytes) -> dict[str, bytes]:
    """The keys under which this hand may stand for a new code."""
    if by.kind == ActorKind.MEMBER:
        return dict(own_signing_keys(by.code))
    return {kid_of(NAME, suite.sha256(tanda)): tanda}
