"""Counting what a page tells numbers of: several in one statement, none further than is told."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from teduh.access.models import Member


class _Few(Subquery):
    """How many rows a query has, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) few)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counts(member: Member, most: int, *of: QuerySet[Any]) -> list[int]:
    """How many rows each of these queries has, to one beyond `most`; asked beside the member's row."""
    columns = (_Few(rows.order_by().values("pk")[: most + 1]) for rows in of)
    row = Member.objects.get_queryset().filter(pk=member.pk).order_by()
    return list(row.values_list(*columns).get())
