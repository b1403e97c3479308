"""Reading who asked to merge which cases, and what became of it."""

from django.db.models import Q, QuerySet

from teduh.access.models import Member
from teduh.cases.models import Case, Merge
from teduh.cases.queries import known_to, visible_to


def asked(case: Case) -> Merge | None:
    """The merge of this case that waits for an answer."""
    return Merge.objects.filter(case=case, answer="").first()


def seen(member: Member, case: Case) -> QuerySet[Merge]:
    """Merges of this case or into it, but for cases that the member may not know of."""
    rows = Merge.objects.filter(Q(case=case) | Q(into=case))
    seen = rows.filter(known_to(member), known_to(member, "into"))
    return seen.select_related("case", "into", "asker", "answerer")


def waiting(member: Member, case: Case) -> list[Merge]:
    """Those of them that wait for an answer; what is known is asked only where one waits."""
    rows = Merge.objects.filter(Q(case=case) | Q(into=case), answer="")
    found = list(rows.select_related("case", "into"))
    if not found:
        return []
    both = [pk for one in found for pk in (one.case_id, one.into_id)]
    known = set(visible_to(member).filter(pk__in=both).values_list("pk", flat=True))
    return [one for one in found if {one.case_id, one.into_id} <= known]


def merged_into(member: Member, case: Case) -> list[Case]:
    """The cases that go on in this one, in the order in which they came."""
    rows = visible_to(member).filter(merged_into=case).select_related("manager")
    return list(rows.order_by("closed_day", "pk"))
