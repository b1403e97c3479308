"""What holds for every test: both databases are open to it, static files need no collecting."""

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

LONG = bool(os.environ.get("TEDUH_LONG"))
WIDE = 5
MakeOnce = Callable[[Callable[[], Any]], Any]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Open both databases to a test that asks for one; leave long tests for scripts/test --long.

    On PostgreSQL run only what meets a database: the rest has run on SQLite. Of what asks every
    address the same, the short run there takes one row in WIDE.
    """
    for item in items:
        _open_both_databases(item.iter_markers("django_db"))
    wanted = [item for item in items if LONG or not item.get_closest_marker("long")]
    if os.environ.get("TEDUH_DATABASE_URL"):
        wanted = [item for item in wanted if _meets_a_database(item)]
        wide = [item for item in wanted if item.get_closest_marker("wide") and not LONG]
        left = {*wide} - {*wide[::WIDE]}
        wanted = [item for item in wanted if item not in left]
    kept = {*wanted}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = wanted


def _meets_a_database(item: pytest.Item) -> bool:
    """A test that is marked so, and one that runs an office in processes of its own."""
    return bool(item.get_closest_marker("django_db")) or hasattr(
        getattr(item, "module", None), "offices"
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The database of unit keys has two tables and no history worth going through each time."""
    from django.db import connections

    connections["shred"].settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Note there what its tables are, as an upgrade would have."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("migrate", "vault", database="shred", fake=True, verbosity=0)


@pytest.fixture(scope="module")
def make_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MakeOnce]:
    """Make rows for all tests of a module: what a test does to them is undone after it.

    Objects are not: give each test a copy (`copy.deepcopy`). Not for a module with tests that
    commit (`transaction=True`).
    """
    from django.db import connections, transaction

    def make(rows: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return rows()

    with django_db_blocker.unblock():
        stack = ExitStack()
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
    yield make
    with django_db_blocker.unblock(), stack:
        for alias in connections:
            transaction.set_rollback(True, using=alias)


@pytest.fixture(autouse=True)
def nobody_was_here_before() -> None:
    """Forget what counts as often and who read English: each test begins as the first visitor."""
    from django.conf import settings
    from django.utils import translation

    from teduh.intake import flood
    from teduh.tickets import guessing

    flood.reports.forget()
    guessing.misses.forget()
    translation.activate(settings.LANGUAGE_CODE)


def _open_both_databases(marks: Iterable[pytest.Mark]) -> None:
    # Unit keys live in a database of their own; a test that keeps anything sealed meets both.
    for mark in marks:
        if isinstance(mark.kwargs, dict):
            mark.kwargs.setdefault("databases", "__all__")


@pytest.fixture(scope="session", autouse=True)
def phrases_stretched_once() -> Iterator[None]:
    """Argon2 of a phrase and a salt is always the same: a tenth of a second, once a process."""
    from teduh.vault import suite

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suite, "stretch_phrase", functools.cache(suite.stretch_phrase))
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> None:
    """Make the folder that whitenoise looks for, so that no test needs collectstatic."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
