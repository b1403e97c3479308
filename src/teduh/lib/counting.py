"""Counting what a page tells numbers of: several in one statement, none further than is told."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts(most: int, *of: QuerySet[Any]) -> list[int]:
    """How many rows each of these queries has, to one beyond `most`."""
    columns: list[str] = []
    told: list[Any] = []
    for rows in of:
        try:
            one, params = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:
            columns.append("0")
            continue
        columns.append(f"(SELECT COUNT(*) FROM ({one}) few)")  # noqa: S608  Django's own words
        told.extend(params)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", told)
        return list(cursor.fetchone())
