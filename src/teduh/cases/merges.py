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
    """Those that wait for an answer."""
    rows = seen(member, case).select_related(None).select_related("case", "into")
    return list(rows.filter(answer=""))


def merged_into(member: Member, case: Case) -> list[Case]:
    """The cases that go on in this one, in the order in which they came."""
    rows = visible_to(member).filter(merged_into=case).select_related("manager")
    return list(rows.order_by("closed_day", "pk"))
