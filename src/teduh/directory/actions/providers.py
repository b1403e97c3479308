"""Keeping the list of who gives help, and what was agreed with each in writing."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from teduh.access.models import Agency, Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.directory import queries
from teduh.directory.models import Memorandum, Offer, Opening, Provider, Served
from teduh.directory.rules import (
    Facts,
    Line,
    MemorandumTwice,
    ProviderChanged,
    StaysSecret,
    TooOpen,
    given_away,
    misfits,
)
from teduh.lib.actors import CLOCK
from teduh.lib.codes import new_provider
from teduh.lib.timing import local_day
from teduh.outbox.actions import queue
from teduh.outbox.words import Template


@transaction.atomic
def enter_provider(*, by: Member, facts: Facts, at: datetime) -> Provider:
    """Write down who gives help; it counts as checked today. Raises Forbidden, TooOpen."""
    _must_keep_providers(by)
    provider = Provider(code=new_provider(), verified_on=local_day(at))
    return _keep(by, provider, facts, at, verb="provider.entered")


@transaction.atomic
def mend_provider(
    *, by: Member, provider: Provider, facts: Facts, seen: str, at: datetime
) -> Provider:
    """Change what is written of a provider. `seen`: the mark of what the form was filled from.

    Raises Forbidden, TooOpen, StaysSecret, and ProviderChanged where somebody else has mended it
    meanwhile.
    """
    _must_keep_providers(by)
    fresh = Provider.objects.select_for_update().get(pk=provider.pk)
    kept = queries.facts_of(fresh)
    if kept.mark != seen:
        raise ProviderChanged(fresh.code)
    keeper_of = {by.agency.code, ""} if by.may(Right.KEEP_SHELTER) else set()
    if field := given_away(kept, facts, keeper_of):
        raise StaysSecret(fresh.code, field)
    return _keep(by, fresh, facts, at, verb="provider.mended")


@transaction.atomic
def verify_provider(*, by: Member, provider: Provider, at: datetime) -> None:
    """Somebody asked the provider, and all that is written of it still holds. Raises Forbidden."""
    _must_keep_providers(by)
    Provider.objects.filter(pk=provider.pk).update(verified_on=local_day(at))
    record(by=by.actor, verb="provider.verified", subject=provider.code, at=at)


@transaction.atomic
def agree(
    *, by: Member, provider: Provider, number: str, since: date, until: date, at: datetime
) -> Memorandum:
    """Note a memorandum with a provider. Raises Forbidden, MemorandumTwice."""
    _must_keep_providers(by)
    try:
        with transaction.atomic():
            made = Memorandum.objects.create(
                provider=provider, number=number, since=since, until=until
            )
    except IntegrityError as error:
        raise MemorandumTwice(provider.code) from error
    detail = {"until": until.isoformat()}
    record(by=by.actor, verb="provider.agreed", subject=provider.code, at=at, detail=detail)
    return made


@transaction.atomic
def import_providers(*, by: Member, lines: Sequence[Line], at: datetime) -> tuple[int, int]:
    """Enter and mend the providers of a file, all or none; answers how many of each.

    What is already as the file says is not written again. Raises Forbidden, TooOpen.
    """
    _must_keep_providers(by)
    codes = [line.code for line in lines]
    rows = Provider.objects.select_for_update(of=("self",)).filter(code__in=codes).order_by("pk")
    kept = {
        row.code: row for row in rows.prefetch_related("offers", "openings", "served", "agency")
    }
    entered = mended = 0
    for line in lines:
        row = kept.get(line.code)
        if row is None:
            _keep(by, _new(line), line.facts, at, verb="provider.entered")
            entered += 1
        elif row.secret:
            raise TooOpen(row.code)
        elif (queries.facts_of(row), row.verified_on) != (line.facts, line.verified_on):
            row.verified_on = line.verified_on
            _keep(by, row, line.facts, at, verb="provider.mended")
            mended += 1
    detail = {"entered": entered, "mended": mended}
    record(by=by.actor, verb="providers.loaded", subject="", at=at, detail=detail)
    return entered, mended


@transaction.atomic
def note_export(*, by: Member, at: datetime) -> None:
    """The list leaves as a file. Raises Forbidden."""
    _must_keep_providers(by)
    record(by=by.actor, verb="providers.exported", subject="", at=at)


def remind_memoranda(*, at: datetime) -> int:
    """Tell who keeps the list, once, of each memorandum that ends soon; answers of how many."""
    return sum(_remind(row, at) for row in queries.due_memoranda(at))


@transaction.atomic
def _remind(row: int, at: datetime) -> bool:
    mine = Memorandum.objects.filter(pk=row, reminded_on=None).update(reminded_on=local_day(at))
    if not mine:
        return False
    for email in queries.keepers(at):
        queue(by=CLOCK, to=email, template=Template.WORK, at=at)
    subject = Memorandum.objects.select_related("provider").get(pk=row).provider.code
    record(by=CLOCK, verb="provider.memorandum_ends", subject=subject, at=at)
    return True


def _new(line: Line) -> Provider:
    return Provider(code=line.code or new_provider(), verified_on=line.verified_on)


def _keep(by: Member, provider: Provider, facts: Facts, at: datetime, *, verb: str) -> Provider:
    if misfits(facts):
        raise TooOpen(provider.code)
    provider.name, provider.kind = facts.name, facts.kind
    provider.agency = Agency.objects.filter(code=facts.agency).first() if facts.agency else None
    provider.secret, provider.public, provider.active = facts.secret, facts.public, facts.active
    provider.area_code, provider.address = facts.area_code, facts.address
    provider.phone, provider.contact = facts.phone, facts.contact
    provider.languages, provider.access = _spaced(facts.languages), _spaced(facts.access)
    provider.save()
    _keep_rows(provider, facts)
    record(by=by.actor, verb=verb, subject=provider.code, at=at, detail={"kind": facts.kind})
    return provider


def _keep_rows(provider: Provider, facts: Facts) -> None:
    """An offer that ended stays, inactive: referrals may name it."""
    provider.offers.exclude(service__in=dict(facts.offers)).update(active=False)
    Offer.objects.bulk_create(
        [
            Offer(provider=provider, service=service, a_day=a_day, active=True)
            for service, a_day in facts.offers
        ],
        update_conflicts=True,
        unique_fields=["provider", "service"],
        update_fields=["a_day", "active"],
    )
    provider.openings.all().delete()
    Opening.objects.bulk_create(
        Opening(provider=provider, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in facts.hours
    )
    provider.served.all().delete()
    Served.objects.bulk_create(Served(provider=provider, area_code=area) for area in facts.served)


def _spaced(codes: tuple[str, ...]) -> str:
    return f" {' '.join(sorted(codes))} " if codes else ""


def _must_keep_providers(by: Member) -> None:
    if not queries.keeps_providers(by):
        raise Forbidden(Right.KEEP_PROVIDERS)
