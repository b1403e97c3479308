"""Content-Security-Policy: nothing from elsewhere; staff pages may start the vault's Worker,
and play what they opened; the report form may play what was recorded on it; the field page alone
may be installed."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

from teduh.web.rules import may_install, may_record

STAFF = {"worker-src": ["'self'"], "img-src": ["'self'", "blob:"], "media-src": ["blob:"]}
RECORDING = {"media-src": ["blob:"]}  # what was recorded can be listened to before it is sent
FIELD = {"worker-src": ["'self'"], "manifest-src": ["'self'"]}


class Policy(CSPMiddleware):
    """The policy of settings.py, widened for the pages of the office."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Put the policy on every answer, static files too."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.path.startswith("/kantor/"):
            response._csp_replace = STAFF  # type: ignore[attr-defined]  # noqa: SLF001  django-csp's own hook
        elif may_install(name):
            response._csp_replace = FIELD  # type: ignore[attr-defined]  # noqa: SLF001  as above
        elif may_record(name):
            response._csp_replace = RECORDING  # type: ignore[attr-defined]  # noqa: SLF001  as above
        return super().process_response(request, response)
