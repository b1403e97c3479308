"""What statistics may know of money: sums, by what they are for."""

from django.db.models import Sum

from teduh.funding.models import Line


def spent(agency: int, purpose: str, year: int) -> int:
    """Rupiah that an agency paid in a year for one purpose."""
    rows = Line.objects.filter(agency=agency, purpose=purpose, year=year)
    return rows.aggregate(all=Sum("spent"))["all"] or 0
