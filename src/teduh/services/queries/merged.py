"""A case and those merged into it: what was written in either is read on the page of the one that stays."""

from django.db.models import Q, QuerySet

from teduh.cases.models import Case


def with_merged(case: Case) -> "QuerySet[Case, int]":
    """The keys of a case and of those merged into it, for `case__in`: an index finds both."""
    return Case.objects.filter(Q(pk=case.pk) | Q(merged_into=case)).values_list("pk", flat=True)
