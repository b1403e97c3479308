"""The register of breaches."""

from teduh.access.models import Member
from teduh.access.queries import barred
from teduh.access.words import Right
from teduh.cases.models import Case
from teduh.intake.models import Report
from teduh.records import rules
from teduh.records.models import Breach, BreachQuery, Touched


def breaches(member: Member) -> BreachQuery:
    """Those of one's own teams, of all for whoever answers for the whole office."""
    rows = Breach.objects.select_related("member", "asker", "closer")
    if not member.may(Right.KEEP_RECORDS):
        return rows.none()
    return rows if member.oversees_all else rows.filter(team_code__in=member.team_codes())


def breach(member: Member, code: str) -> Breach | None:
    """One breach by its code."""
    return breaches(member).filter(code=code).first()


def touched_of(member: Member, row: Breach) -> list[Touched]:
    """Whose data it was, but those whom a conflict of interest keeps the member from."""
    rows = row.touched.select_related("member")
    return list(rows.exclude(subject__in=barred(member)))


def is_known(member: Member, subject: str) -> bool:
    """Whether a code belongs to a case or a report that this member may know of; of another it is
    not told whether there is one.
    """
    found = Case.objects.filter(code=subject).values_list("team_code", flat=True).first()
    if found is None:
        rows = Report.objects.filter(ticket__number=subject)
        found = rows.values_list("team_code", flat=True).first()
    if found is None or subject in barred(member):
        return False
    return member.oversees_all or found in member.team_codes()


def gaps(row: Breach) -> list[str]:
    """What is still to be done before a breach is closed, as codes of `words.Gap`."""
    decided = [bool(one.way) for one in row.touched.all()]
    return rules.breach_gaps(authority=row.authority_at is not None, decided=decided)
