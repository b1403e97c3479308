"""Between the request and every staff page: the session, the second factor, the refusal."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from teduh.access import queries
from teduh.access.gates import POLLED
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.sessions import SessionStore
from teduh.lib.outages import OUT_OF_ORDER
from teduh.web.views import forbidden, out_of_order

log = logging.getLogger("teduh.access")
STAFF = "/kantor/"
# What a member may open before this session has passed the second factor.
BEFORE = (
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)
# What a member may open who has none yet.
SET_UP = ("access:second_factor", "access:add_passkey")


class StaffSessions(SessionMiddleware):
    """Sessions under /kantor/ only: a public page never reads, keeps or sends one."""

    def process_request(self, request: HttpRequest) -> None:
        """Give staff pages their session, public pages an empty one."""
        if request.path_info.startswith(STAFF):
            super().process_request(request)
        else:
            request.session = self.SessionStore()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save and send the session of staff pages only. Where nothing changed, once a minute the
        day of its end: a page may have been read before the padlock was closed.

        Where nothing can be written, a page that was only read is still shown: the page Sistem
        says what is wrong. The session then ends when it would have without this page.
        """
        if not request.path_info.startswith(STAFF) or getattr(request, POLLED, False):
            return response
        session = request.session
        if isinstance(session, SessionStore) and session.to_renew():
            session.renew()
        try:
            return super().process_response(request, response)
        except OUT_OF_ORDER:
            log.exception("a session was not saved")
            return response if request.method in {"GET", "HEAD"} else out_of_order(request)


class SecondFactor:
    """No staff page without the second factor: who has none yet sets it up first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Redirect a signed-in member whose session has not passed the second factor."""
        member = request.user
        if not isinstance(member, Member) or not request.path_info.startswith(STAFF):
            return None
        if queries.passed_second_factor(request):
            member.remember_rights()
            return None
        page = request.resolver_match.view_name if request.resolver_match else ""
        if page in BEFORE:
            return None
        if queries.has_app(member):
            return redirect(f"{reverse('mfa_reauthenticate')}?next={settings.LOGIN_REDIRECT_URL}")
        if queries.has_passkey(member):
            passkey = reverse("mfa_reauthenticate_webauthn")
            return redirect(f"{passkey}?next={settings.LOGIN_REDIRECT_URL}")
        return None if page in SET_UP else redirect("access:second_factor")

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """A missing right is answered in plain words, with 403."""
        if isinstance(exception, Forbidden):
            return forbidden(request)
        return None
