"""One's own page: who I am here, my sign-ins, my temporary rights."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teduh.access import actions, queries
from teduh.access.gates import go_on, member_of
from teduh.access.roles import ROLES
from teduh.access.sessions import row_of

SHOWN = 30  # sign-ins; older ones answer no question a member still has


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Roles, teams, and the last sign-ins: time and sort of device."""
    member, now = member_of(request), timezone.now()
    shown = {
        "member": member,
        "roles": [ROLES[code] for code in sorted(member.role_codes()) if code in ROLES],
        "teams": queries.teams_of(member, now),
        "sign_ins": queries.sign_ins(member)[:SHOWN],
        "has_app": queries.has_app(member),
        "passkeys": queries.passkeys(member),
        "codes_left": queries.recovery_codes_left(member),
        "asked": queries.lost_factors(member).waiting(now).filter(member=member).first(),
        "this_session": row_of(request),
        "practice_url": settings.TEDUH_PRACTICE_URL,
    }
    return render(request, "access/own.html", shown)


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    member = member_of(request)
    actions.end_other_sessions(
        by=member.actor,
        member=member,
        keep=row_of(request),
        at=timezone.now(),
    )
    go_on(request)
    return redirect("access:own")
