"""From an older release to this one: what waits to be applied, and applying it."""

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from teduh.audit.actions import verify
from teduh.audit.rules import Broken
from teduh.config import static
from teduh.config.router import APART


class NotReady(Exception):
    """The databases cannot serve this release; the text says what to do."""


def check() -> None:
    """Whether the databases are those of this release. Raises NotReady."""
    try:
        waiting = pending()
    except OperationalError as error:
        raise NotReady(
            "A database cannot be opened. A new office begins with `upgrade`."
        ) from error
    if waiting:
        raise NotReady("The databases are of another release: run `upgrade` first.")


def lay_tables(alias: str) -> None:
    """Bring one database to this release; `shred` holds tables of the vault and no others."""
    rooms = [APART] if alias == "shred" else []
    call_command("migrate", *rooms, database=alias, interactive=False, verbosity=0)


def follow(loader: MigrationLoader, applied: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Lay the loader's graph as for tables where `applied` has run; which of its steps those are.

    A squashed migration stands for those it replaces only where all of them have run: a new office
    takes it, and one on its way from an older release goes step by step.
    """
    loader.replace_migrations = False  # type: ignore[attr-defined]  # misspelt in the stubs
    loader.build_graph()
    for one, squashed in loader.replacements.items():
        if applied.issuperset(squashed.replaces):
            loader.graph.remove_replaced_nodes(one, squashed.replaces)
            applied = applied | {one}
        else:
            loader.graph.remove_replacement_node(one, squashed.replaces)
    return applied.intersection(loader.graph.nodes)


def pending() -> list[str]:
    """Migrations that one of the databases lacks, once each."""
    found: dict[str, None] = {}
    for alias in settings.DATABASES:
        executor = MigrationExecutor(connections[alias])
        room = APART if alias == "shred" else None
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes(room))
        found |= {f"{step.app_label}.{step.name}": None for step, _backwards in plan}
    return list(found)


def is_new() -> bool:
    """Whether nothing was ever kept in the first database."""
    return not connections["default"].introspection.table_names()


def upgrade() -> Broken | None:
    """Bring both databases and the static files to this release; the first broken row, if any."""
    for alias in settings.DATABASES:
        lay_tables(alias)
    static.lay_out()
    return verify()
