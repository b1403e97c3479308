"""Unit keys: what dies with them can never be opened again, in any backup (sealing.md 6)."""

from collections.abc import Collection

from django.db import connections, transaction

from teduh.vault import suite
from teduh.vault.models import UnitKey

SHRED = "shred"  # the database that holds nothing but these (config.router)
MAKE = "INSERT INTO vault_unitkey (unit, key) VALUES {} ON CONFLICT DO NOTHING RETURNING unit"
SUBJECT, CHAT, EPOCH, GRANT, OWN = "subject", "chat", "epoch", "grant", "own"


def make(unit: str) -> bytes:
    """The key of a unit, made if there is none; durable before the caller's rows commit."""
    return make_many([unit])[unit]


def make_many(units: Collection[str]) -> dict[str, bytes]:
    """The same for several units with one commit, which waits for the disk; none when all exist."""
    found = find_many(units)
    missing = set(units) - set(found)
    return found | prepare(missing) if missing else found


def prepare(units: Collection[str]) -> dict[str, bytes]:
    """Make keys for those of these units that have none; answers the keys of all.

    Plain SQL: Django does not say which rows of an insert were there before.
    """
    fresh = {unit: suite.random_bytes(suite.SEED) for unit in sorted(units)}
    with transaction.atomic(using=SHRED), connections[SHRED].cursor() as cursor:
        pairs: list[str | bytes] = [one for pair in fresh.items() for one in pair]
        cursor.execute(MAKE.format(", ".join(["(%s, %s)"] * len(fresh))), pairs)
        made = {unit: fresh[unit] for (unit,) in cursor.fetchall()}
    there = set(fresh) - set(made)
    return made | find_many(there) if there else made


def find(unit: str) -> bytes | None:
    """The key of a unit, or None once it was destroyed."""
    row = UnitKey.objects.filter(unit=unit).first()
    return bytes(row.key) if row else None


def find_many(units: Collection[str]) -> dict[str, bytes]:
    """The keys of these units that still exist, in one query."""
    rows = UnitKey.objects.filter(unit__in=list(units))
    return {row.unit: bytes(row.key) for row in rows}


def named(kind: str) -> list[str]:
    """The names, without the kind, of the units of a kind that still exist."""
    rows = UnitKey.objects.filter(unit__startswith=f"{kind}:").values_list("unit", flat=True)
    return [unit.removeprefix(f"{kind}:") for unit in rows]


def destroy(units: Collection[str]) -> None:
    """Delete unit keys for ever."""
    UnitKey.objects.filter(unit__in=units).delete()


def of_epoch(kid: str) -> str:
    """The unit that covers the seeds of a team's epoch."""
    return f"{EPOCH}:{kid}"


def of_grant(name: str) -> str:
    """The unit that covers the wraps of a grant."""
    return f"{GRANT}:{name}"


def of_own(subject: str) -> str:
    """The unit that covers what the filer of a report reads again."""
    return f"{OWN}:{subject}"


def unit_of(subject: str, comp: str) -> str:
    """The unit that covers a compartment: the subject's, or its chat's."""
    return f"{CHAT if comp == 'chat' else SUBJECT}:{subject}"
