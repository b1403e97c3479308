"""Letters of a case, and whom they may go to and be signed by."""

from datetime import datetime

from django.db.models import Q

from teduh.access.models import Member, Team
from teduh.access.roles import role_label
from teduh.cases import queries as cases
from teduh.cases.models import Case, Person
from teduh.cases.words import PersonRole
from teduh.directory.models import Provider
from teduh.services.letters import MEMBER, PROVIDER, Template
from teduh.services.models import Letter

SIGNERS = ("head", "supervisor")  # roles whose holders sign for the office


def letters_of(case: Case) -> list[Letter]:
    """The letters of a case and of those merged into it, the newest first."""
    rows = Letter.objects.of(case).select_related("case", "provider", "assigned", "signatory")
    return list(rows)


def letter_of(case: Case, code: str) -> Letter | None:
    """One of them by its code."""
    rows = Letter.objects.of(case).select_related(
        "case__merged_into", "provider", "assigned", "signatory", "person", "drafter", "issuer"
    )
    return rows.filter(code=code).first()


def survivors(case: Case) -> list[Person]:
    """Whom a letter may be about."""
    rows = Person.objects.filter(Q(case=case) | Q(case__merged_into=case))
    return list(rows.filter(role=PersonRole.SURVIVOR).order_by("case", "number"))


def receivers(template: Template) -> list[Provider]:
    """Providers this letter may go to; never a secret place."""
    if template.to != PROVIDER:
        return []
    rows = Provider.objects.filter(active=True, secret=False)
    return list(rows.filter(kind__in=template.kinds) if template.kinds else rows)


def assignable(template: Template, case: Case, at: datetime) -> list[Member]:
    """Whom this letter may send."""
    return list(cases.walkers(case.team_code, at, case.code)) if template.to == MEMBER else []


def post_of(signer: Member, at: datetime) -> str:
    """The office somebody signs as: the first of those they hold."""
    rows = [one for one in signer.roles_held.all() if one.since <= at]
    held = {one.role for one in rows if one.until is None or one.until > at}
    return next((str(role_label(role)) for role in SIGNERS if role in held), "")


def signers(case: Case, at: datetime) -> list[Member]:
    """Head and supervisors of the office, but whom a conflict of interest keeps from the case."""
    agency = Team.objects.filter(code=case.team_code).values("agency")
    open_end = Q(roles_held__until__isnull=True) | Q(roles_held__until__gt=at)
    held = Q(roles_held__role__in=SIGNERS, roles_held__since__lte=at) & open_end
    rows = Member.objects.get_queryset().active().free_for(case.code)
    return list(rows.filter(held, agency__in=agency).distinct().order_by("name"))
