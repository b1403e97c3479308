"""Content-Security-Policy: nothing from elsewhere; staff pages may start the vault's Worker."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

STAFF = {"worker-src": ["'self'"], "img-src": ["blob:"]}
# Argon2id runs as WebAssembly inside the Worker; the right belongs on that one script's answer.
WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"


class Policy(CSPMiddleware):
    """The policy of settings.py, widened for the pages of the office."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Put the policy on every answer, static files too."""
        if request.path.startswith("/kantor/"):
            response._csp_update = STAFF  # type: ignore[attr-defined]  # noqa: SLF001  django-csp's own hook
        return super().process_response(request, response)


def static_headers(headers: dict[str, str], path: str, url: str) -> None:
    """Called by WhiteNoise once for each static file."""
    if url.endswith("vault-worker.js"):
        headers["Content-Security-Policy"] = WORKER
