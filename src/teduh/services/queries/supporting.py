"""Reading economic support: of one case, and of the agency whose money it is."""

from django.db.models import Prefetch, Q, Sum

from teduh.access.models import Member, Team
from teduh.access.words import Right
from teduh.cases.models import Case
from teduh.services.models import Beneficiary, Payment, Support, SupportQuery
from teduh.services.support_words import SupportState


def supports_of(case: Case) -> list[Support]:
    """Every support of a case and of those merged into it, the newest first, with its payments."""
    rows = Support.objects.filter(Q(case=case) | Q(case__merged_into=case))
    return list(_with_all(rows))


def standing_of(case: Case) -> list[Support]:
    """Those of them that are neither refused nor ended."""
    rows = Support.objects.filter(Q(case=case) | Q(case__merged_into=case))
    return list(rows.standing())


def beneficiaries_of(case: Case) -> list[Beneficiary]:
    """Whoever of the household is named in this case."""
    return list(Beneficiary.objects.filter(case=case))


def support_of(case: Case, code: str) -> Support | None:
    """One support of a case, or of one merged into it."""
    rows = Support.objects.filter(Q(case=case) | Q(case__merged_into=case))
    return _with_all(rows).filter(code=code).first()


def kept_by(member: Member) -> SupportQuery:
    """Support of every team of the member's agency, for whoever keeps its money; but not of what a
    conflict of interest keeps them from.
    """
    if not member.may(Right.KEEP_MONEY):
        return Support.objects.none()
    teams = Team.objects.filter(agency=member.agency_id).values("code")
    kept = member.barred()
    rows = Support.objects.filter(case__team_code__in=teams)
    return rows.exclude(Q(case__code__in=kept) | Q(case__merged_into__code__in=kept))


def listed(member: Member, state: str) -> SupportQuery:
    """Those a keeper may see, of one state or those that wait or run."""
    rows = kept_by(member)
    known = state in SupportState.values
    return _with_all(rows.filter(state=state) if known else rows.standing())


def one_kept(member: Member, code: str) -> Support | None:
    """One of them by its code, or None (a 404)."""
    return _with_all(kept_by(member)).filter(code=code).first()


def waiting(member: Member) -> int:
    """How many wait for a decision of this member's agency."""
    return kept_by(member).filter(state=SupportState.ASSESSED).count()


def paid_of(support: Support) -> int:
    """Rupiah paid so far."""
    paid = support.payments.filter(paid_day__isnull=False)
    return paid.aggregate(all=Sum("amount"))["all"] or 0


def _with_all(rows: SupportQuery) -> SupportQuery:
    payments = Prefetch("payments", Payment.objects.select_related("member"))
    told = rows.select_related(
        *("case", "case__merged_into", "beneficiary"),
        *("asker", "assessor", "decider", "line", "line__source"),
    )
    return told.prefetch_related(payments)
