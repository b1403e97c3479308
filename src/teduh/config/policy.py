"""Content-Security-Policy: nothing from elsewhere; staff pages may start the vault's Worker."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

STAFF = {"worker-src": ["'self'"], "img-src": ["'self'", "blob:"]}


class Policy(CSPMiddleware):
    """The policy of settings.py, widened for the pages of the office."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Put the policy on every answer, static files too."""
        if request.path.startswith("/kantor/"):
            response._csp_replace = STAFF  # type: ignore[attr-defined]  # noqa: SLF001  django-csp's own hook
        return super().process_response(request, response)
