"""Statements that Django words once in a process, for what everybody who sends a report waits for.

Wording a query takes Django several times as long as a database takes to answer it. What stands here
is worded at its first use; its values go in and its rows come out as Django does it.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable

Found = TypeVar("Found")
EXAMPLES: dict[type, Callable[[int], Any]] = {
    int: lambda n: 1_900_000_000 + n,
    str: "?{}?".format,
    bytes: lambda n: b"?%d?" % n,
    date: lambda n: date(1971, 1, 1 + n),
    datetime: lambda n: datetime(1971, 2, 1 + n, tzinfo=UTC),
}


class _Worded(NamedTuple):
    alias: str
    sql: str
    slots: list[tuple[str, Any]]  # the name of what goes there, or "" and what always stands there
    read: Callable[[Sequence[Any]], list[Any]]


class Prepared(Generic[Found]):
    """A question with named parameters; `asks` makes the query of them that is to be worded.

    `of`: the type of each, one of `EXAMPLES`. It may change nothing but values in the statement: no
    list, no None, nothing that is asked in another way when it is empty.
    """

    def __init__(self, asks: Callable[..., "QuerySet[Any, Found]"], **of: type) -> None:
        self._asks, self._of = asks, of
        self._worded: _Worded | None = None

    def __call__(self, **given: Any) -> list[Found]:
        """What the query finds with these values."""
        worded = self._worded = self._worded or self._word()
        connection = connections[worded.alias]
        adapted = {name: _adapt(connection, value) for name, value in given.items()}
        with connection.cursor() as cursor:
            cursor.execute(worded.sql, [adapted[n] if n else kept for n, kept in worded.slots])
            return worded.read(cursor.fetchall())

    def first(self, **given: Any) -> Found | None:
        """The first row, if there is one."""
        return next(iter(self(**given)), None)

    def _word(self) -> _Worded:
        worded, again = self._worded_with(0), self._worded_with(len(self._of))
        told = [(name, "" if name else kept) for name, kept in worded.slots]
        if (worded.sql, told) != (again.sql, [(n, "" if n else kept) for n, kept in again.slots]):
            raise TypeError("what stands in the statement hangs on a parameter in another way")
        if {name for name, _kept in told if name} != set(self._of):
            raise TypeError("a parameter stands nowhere in the statement as it was given")
        return worded

    def _worded_with(self, first: int) -> _Worded:
        examples = {
            name: EXAMPLES[kind](n) for n, (name, kind) in enumerate(self._of.items(), first)
        }
        rows = self._asks(**examples)
        connection = connections[rows.db]
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        names = {_adapt(connection, one): name for name, one in examples.items()}
        # Bytes stand in a wrapper of the driver's.
        plain = [getattr(param, "obj", param) for param in params]
        return _Worded(
            rows.db, sql, [(names.get(p, ""), p) for p in plain], _reader(rows, compiler)
        )


def insert(*rows: Model) -> None:
    """New rows of one table in one statement, as `bulk_create` makes them; each gets its key."""
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    sql, fields = _insertion(model, connection.alias, len(rows))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  as Django


def _adapt(connection: BaseDatabaseWrapper, value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _reader(rows: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Sequence[Any]], list[Any]]:
    """How the rows of a statement become what the query gives."""
    converters = compiler.get_converters([one for one, _sql, _alias in compiler.select])

    def converted(found: Sequence[Any]) -> Sequence[Any]:
        return list(compiler.apply_converters(found, converters)) if converters else found

    kind = rows._iterable_class  # noqa: SLF001  no public name
    if issubclass(kind, ModelIterable):
        names = [one.target.attname for one, _sql, _alias in compiler.select]
        return lambda found: [rows.model.from_db(rows.db, names, one) for one in converted(found)]
    if issubclass(kind, FlatValuesListIterable):
        return lambda found: [one[0] for one in converted(found)]
    return lambda found: [tuple(one) for one in converted(found)]


@lru_cache(maxsize=512)
def _insertion(model: type[Model], alias: str, count: int) -> tuple[str, list["Field[Any, Any]"]]:
    quote = connections[alias].ops.quote_name
    meta = model._meta  # noqa: SLF001  Django's own name for it
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    names = ", ".join(quote(str(field.column)) for field in fields)
    rows = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    into = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES {rows}"  # noqa: S608  no values
    return f"{into} RETURNING {quote(str(meta.pk.column))}", fields
