"""What every answer carries, and which posts are let in."""

import gzip
import logging
import re
from collections.abc import Callable

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from teduh.lib.outages import OUT_OF_ORDER
from teduh.web import rules
from teduh.web.views import forbidden, out_of_order

BROTLI = {"mode": brotli.MODE_TEXT, "quality": 9, "lgwin": 16}  # a form page in a millisecond
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
RECORDING, SILENT = f"{PERMISSIONS}, microphone=(self)", f"{PERMISSIONS}, microphone=()"
INDENTATION = re.compile(rb"\n\s+")  # ours alone: these pages repeat nothing a visitor wrote
log = logging.getLogger("teduh.web")
Next = Callable[[HttpRequest], HttpResponseBase]


class Headers:
    """Keeps pages out of caches, frames and other people's sight; packs pages without secrets."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Server"] = "Teduh"
        recording = rules.may_record(_name_of(request))
        response["Permissions-Policy"] = RECORDING if recording else SILENT
        response["X-Frame-Options"] = "DENY"
        response["X-Content-Type-Options"] = "nosniff"
        response["Referrer-Policy"] = "same-origin"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-DNS-Prefetch-Control"] = "off"
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
            _pack(request, response)
        return response


class SameOriginPosts:
    """Refuses a post that another site started; public forms carry no CSRF cookie."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        changing = request.method not in {"GET", "HEAD", "OPTIONS"}
        if changing and not rules.from_here(request.headers, request.get_host()):
            return forbidden(request)
        return self.get_response(request)


class OutOfOrder:
    """Says in plain words that our storage is at fault, where no view has said it better."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, OUT_OF_ORDER):
            return None
        log.error("the database is out of order", exc_info=exception)
        return out_of_order(request)


def _name_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _pack(request: HttpRequest, response: HttpResponseBase) -> None:
    if not rules.compressible(_name_of(request), request.method, cookies=bool(request.COOKIES)):
        return
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    coding = rules.coding(request.headers.get("Accept-Encoding", ""))
    body = INDENTATION.sub(b"\n", response.content)
    if (
        not coding
        or len(body) < rules.SMALLEST_COMPRESSED
        or response.has_header("Content-Encoding")
    ):
        return
    if coding == "br":
        response.content = brotli.compress(body, **BROTLI)
    else:
        response.content = gzip.compress(body, 6, mtime=0)
    response["Content-Encoding"] = coding
    response["Content-Length"] = str(len(response.content))
