"""Compartments of cases, made in an officer's browser, and what officers write into them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.lib.actors import Actor
from teduh.lib.timing import local_day
from teduh.vault import checks, queries, rules, units
from teduh.vault.actions.keeping import keep_compartments, keep_item, units_covering
from teduh.vault.keylist import own_signing_keys
from teduh.vault.packages import MadeCompartment, SealedItem, SignedStatement, read_statement
from teduh.vault.rules import Refused


def open_subject(
    *, by: Member, subject: str, team: str, made: Sequence[MadeCompartment], at: datetime
) -> None:
    """Keep the compartments with which a case begins, sealed to one of the member's teams.

    Their unit keys are durable before the rows. Raises Forbidden, Refused; Refused "again" where
    the case has compartments already.
    """
    if team not in by.team_codes():
        raise Forbidden
    if not rules.is_case(subject):
        raise Refused("subject")
    if queries.compartment(subject, rules.NEW_CASE[0]) is not None:
        raise Refused("again")
    check_made(by=by, subject=subject, team=team, made=made, comps=rules.NEW_CASE, at=at)
    units.prepare(units_covering(subject))
    _keep_case(by, subject, made, at)


@transaction.atomic
def open_part(
    *,
    by: Member,
    subject: str,
    team: str,
    comp: str,
    made: Sequence[MadeCompartment],
    at: datetime,
) -> None:
    """Keep one more compartment of a case that stands, for a part nobody has written yet.

    Raises Forbidden, Refused; Refused "again" where the part has one already, "subject" where the
    case was forgotten: nothing is sealed anew under its code.
    """
    if team not in by.team_codes():
        raise Forbidden
    if comp not in rules.PARTS:
        raise Refused("compartments")
    if len(units.find_many(units_covering(subject))) < len(units_covering(subject)):
        raise Refused("subject")
    check_made(by=by, subject=subject, team=team, made=made, comps=[comp], at=at)
    _keep_case(by, subject, made, at)


def check_made(
    *,
    by: Member,
    subject: str,
    team: str,
    made: Sequence[MadeCompartment],
    comps: Sequence[str],
    at: datetime,
    gens: Mapping[str, int] | None = None,
) -> None:
    """Refuse compartments of a case that are not exactly these, by this member for this team.

    `gens`: the generation of each, where it is not the first. Raises Refused.
    """
    taken = queries.taken(local_day(at))
    sealed_to = checks.new_case(
        made,
        inst=settings.TEDUH_INSTANCE,
        subject=subject,
        keys=own_signing_keys(by.code),
        teams=taken.teams,
        recovery=taken.recovery,
        comps=comps,
        gens=gens,
    )
    if sealed_to != team:
        raise Refused("readers")


@transaction.atomic
def _keep_case(by: Member, subject: str, made: Sequence[MadeCompartment], at: datetime) -> None:
    try:
        with transaction.atomic():
            keep_compartments(subject, made)
    except IntegrityError as error:  # two browsers at once
        raise Refused("again") from error
    record(by=by.actor, verb="vault.case_made", subject=subject, at=at)


@transaction.atomic
def keep_items(*, by: Actor, subject: str, items: Sequence[SealedItem], at: datetime) -> None:
    """Keep what a member wrote into a case, all of it or nothing.

    Raises Refused; "generation" where somebody who may read no more holds the key it is sealed with.
    """
    if not rules.is_case(subject) or len(items) > rules.CASE_ITEMS:
        raise Refused("items")
    for item in items:
        comp = rules.compartment_of(item.what)
        newest = queries.compartment(subject, comp)
        named = queries.compartment_named(subject, comp, item.said["cmp"])
        if named != newest or (newest and newest.spent):
            raise Refused("generation")
        keep_item(by=by, subject=subject, comp=comp, item=item, at=at)


def check_vouched(
    *, by: Member, subject: str, item: SealedItem, told: Mapping[str, str], statement: str
) -> SignedStatement:
    """What a member signed about an item of theirs, if it is exactly this. Raises Refused."""
    signed = read_statement(statement)
    key = own_signing_keys(by.code).get(str(item.said["by"]))
    if key is None:
        raise Refused("author")
    place = {"inst": settings.TEDUH_INSTANCE, "subject": subject}
    checks.vouched(signed, item, {**told, **place}, key)
    return signed
