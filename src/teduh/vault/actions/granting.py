"""Grants kept, handed out, ended; and the new generation that begins after an end."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.lib.timing import local_day
from teduh.vault import grants, queries, rules, suite, units
from teduh.vault.actions.cases import check_made
from teduh.vault.actions.keeping import keep_compartments, units_covering
from teduh.vault.bundles import Bundle
from teduh.vault.grants import GivenOn, MadeLink, SealedGrant, Wanted
from teduh.vault.keylist import own_signing_keys
from teduh.vault.keywork import NewWrap
from teduh.vault.models import Compartment, Grant, GrantWrap, PartnerLink
from teduh.vault.packages import MadeCompartment, b64
from teduh.vault.rules import Refused


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to read, and the name of the key it is wrapped to."""

    member: Member
    kid: str


@transaction.atomic
def grant(*, by: Member, to: Recipient, wanted: Wanted, sealed: SealedGrant, at: datetime) -> Grant:
    """Keep a grant that the member's browser made, of every generation of what it names.

    Raises Forbidden for whom a conflict of interest keeps from the subject; Refused, "again" for one
    that is kept already, "readers" for a key that the list does not name as this member's.
    """
    if wanted.subject in barred(to.member):
        raise Forbidden
    kid, _public = queries.boxes_of([to.member.code]).get(to.member.code, ("", b""))
    if not kid or wanted.to != kid:
        raise Refused("readers")
    return _keep_grant(by, to.member.code, wanted, sealed, at)


@transaction.atomic
def grant_link(*, by: Member, wanted: Wanted, made: MadeLink, at: datetime) -> Grant:
    """The same for whoever holds a link and its words. Raises Forbidden, Refused."""
    if wanted.to != queries.link_kid(made.key) or wanted.key != b64(suite.sha256(made.key)):
        raise Refused("readers")
    row = _keep_grant(by, "", wanted, made.grant, at)
    PartnerLink.objects.create(grant=row, key=made.key, auth=queries.kept_of(made.auth))
    return row


def _keep_grant(by: Member, to: str, wanted: Wanted, sealed: SealedGrant, at: datetime) -> Grant:
    """Whether the key may be trusted was asked before."""
    subject = wanted.subject
    if not rules.is_case(subject):
        raise Forbidden
    rows = {row.cmp: row for row in queries.wrapped_for(subject, wanted.comps)}
    if {row.comp for row in rows.values()} != set(wanted.comps):
        raise Refused("compartments")
    name, author = grants.check(sealed, wanted, own_signing_keys(by.code), list(rows))
    if Grant.objects.filter(name=name).exists():
        raise Refused("again")
    row = Grant.objects.create(
        name=name,
        subject=subject,
        member_code=to,
        kid=wanted.to,
        comps=" ".join(wanted.comps),
        consent=wanted.consent,
        until=wanted.until,
        made_at=at,
        by=author,
        body=sealed.statement.body,
        sig=sealed.statement.sig,
    )
    _keep_wraps(row, units.make(units.of_grant(name)), rows, sealed.wraps)
    detail = {"grant": name, "to": to, "parts": row.comps, "until": str(row.until)}
    record(by=by.actor, verb="vault.granted", subject=subject, at=at, detail=detail)
    return row


def _keep_wraps(
    row: Grant, unit: bytes, compartments: dict[str, Compartment], wraps: Iterable[NewWrap]
) -> None:
    covering = units.find_many(units_covering(row.subject))
    kept = []
    for one in wraps:
        compartment = compartments[one.cmp]
        outer = covering.get(units.unit_of(row.subject, compartment.comp))
        if outer is None:
            raise Refused("subject")  # forgotten: nothing of it is sealed to anybody any more
        context = suite.sha256(bytes(compartment.d)) + row.kid.encode()
        inner = suite.enclose(unit, one.w, context)
        stored = suite.enclose(outer, inner, context)
        kept.append(GrantWrap(grant=row, compartment=compartment, stored=stored))
    GrantWrap.objects.bulk_create(kept)


@transaction.atomic
def hand_out_granted(
    *, by: Member, subject: str, names: Collection[str], items: Collection[str], at: datetime
) -> Bundle:
    """What grants of these names open for the member they were made for, written down as a read.

    Of what lies in the granted compartments only these items. Raises Forbidden where none of them
    stands, or a conflict of interest keeps the member from the subject.
    """
    standing = Grant.objects.standing(local_day(at)).filter(subject=subject, name__in=list(names))
    mine = queries.alive(standing.filter(member_code=by.code))
    if not mine or subject in barred(by):
        raise Forbidden
    for one in mine:
        detail = {"grant": one.name, "parts": one.comps}
        record(by=by.actor, verb="vault.granted_read", subject=subject, at=at, detail=detail)
    return queries.granted_bundle(subject, mine, items)


@transaction.atomic
def end_grants(*, by: Actor, ended: Sequence[Grant], at: datetime) -> int:
    """End grants: their wraps are gone, their unit keys destroyed, and what they opened is spent.

    Whoever seals next begins a new generation; not for a link that nobody opened, whose wraps never
    left the house. Answers how many ended; those that had already do
    not count.
    """
    gone = _locked(ended)
    read = [one for one in gone if not queries.never_opened(one)]
    Compartment.objects.filter(granted__grant__in=read).update(spent=True)
    return _end(by, gone, at)


@transaction.atomic
def replace_grants(*, by: Actor, ended: Sequence[Grant], new: Grant, at: datetime) -> int:
    """The same for grants in whose place their recipient has a new one: what that opens by the same
    key is not spent.
    """
    gone = _locked(ended)
    for one in gone:
        still = new.parts if one.kid == new.kid else ()
        lost = Compartment.objects.filter(granted__grant=one).exclude(comp__in=still)
        lost.update(spent=True)
    return _end(by, gone, at)


def destroy_ended() -> None:
    """Destroy what a crash after an end has left of the unit keys of grants."""
    left = units.named(units.GRANT)
    ended = Grant.objects.filter(name__in=left, ended_at__isnull=False) if left else ()
    dead = {units.of_grant(one.name) for one in ended}
    if dead:
        units.destroy(dead)


def _locked(ended: Sequence[Grant]) -> list[Grant]:
    """Those of them that have not ended, before anything is asked of what they open: a browser that
    begins a generation meanwhile is waited for, or finds them ended. Their links are read under the
    lock: a device that opens one meanwhile has opened it.
    """
    rows = Grant.objects.filter(pk__in=[one.pk for one in ended], ended_at__isnull=True)
    locked = [one.pk for one in rows.select_for_update().order_by("pk")]
    return list(Grant.objects.filter(pk__in=locked).select_related("link").order_by("pk"))


def _end(by: Actor, gone: Sequence[Grant], at: datetime) -> int:
    for one in gone:
        detail = {"grant": one.name, "to": one.member_code}
        record(by=by, verb="vault.grant_ended", subject=one.subject, at=at, detail=detail)
    pks = [one.pk for one in gone]
    GrantWrap.objects.filter(grant__in=pks).delete()
    Grant.objects.filter(pk__in=pks).update(ended_at=at)
    dead = {units.of_grant(one.name) for one in gone}
    # After the commit, as in `forget`; a crash in between is mended by `destroy_ended`.
    transaction.on_commit(lambda: units.destroy(dead))
    return len(gone)


@transaction.atomic
def begin_generation(
    *,
    by: Member,
    subject: str,
    team: str,
    made: Sequence[MadeCompartment],
    given: Sequence[GivenOn],
    among: Collection[str],
    at: datetime,
) -> None:
    """Keep the next generation of the spent compartments of a case, for its team, recovery, and the
    recipients of grants that stand.

    `among`: the compartments that concern this member. Whose grant the browser did not believe is
    left out. Raises Forbidden, Refused; "generation" where another browser has begun it.
    """
    if team not in by.team_codes():
        raise Forbidden
    covering = units_covering(subject)
    if len(units.find_many(covering)) < len(covering):
        raise Refused("subject")
    spent = {row.comp: row.gen for row in queries.spent_of(subject) if row.comp in among}
    if not spent:
        raise Refused("generation")
    check_made(
        by=by,
        subject=subject,
        team=team,
        made=made,
        comps=list(spent),
        at=at,
        gens={comp: gen + 1 for comp, gen in spent.items()},
    )
    try:
        with transaction.atomic():
            rows = keep_compartments(subject, made)
    except IntegrityError as error:  # two browsers at once
        raise Refused("generation") from error
    _give_on(subject, rows, given, at)
    detail = {"parts": " ".join(sorted(spent))}
    record(by=by.actor, verb="vault.generation_begun", subject=subject, at=at, detail=detail)


def _give_on(
    subject: str, rows: dict[str, Compartment], given: Sequence[GivenOn], at: datetime
) -> None:
    running = Grant.objects.standing(local_day(at)).filter(subject=subject)
    standing = {one.name: one for one in running.select_for_update()}
    by_cmp = {row.cmp: row for row in rows.values()}
    for one in given:
        row, compartment = standing.get(one.grant), by_cmp.get(one.wrap.cmp)
        # Never made anew here: without it the grant has ended, whatever its row says.
        unit = units.find(units.of_grant(one.grant))
        if row is None or unit is None or compartment is None or one.wrap.kid != row.kid:
            raise Refused("readers")
        if compartment.comp not in row.parts:
            raise Refused("compartments")
        if row.wraps.filter(compartment=compartment).exists():
            raise Refused("again")
        _keep_wraps(row, unit, by_cmp, [one.wrap])
