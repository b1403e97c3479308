"""The way out, error pages, and the gallery of components."""

from contextlib import suppress
from http.cookies import CookieError

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from teduh.web import rules
from teduh.web.gallery import samples

# Never "cookies": it would undo the cookie below, whose change keeps Back from showing a typed
# story out of the browser's page cache, and it would sign people out of sibling hosts (ui.md 2).
FORGET = '"cache", "storage"'


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit without script: to a page anybody may have open, and forget what we can."""
    response = HttpResponseRedirect(settings.TEDUH_EXIT_URL, status=303)
    return _forgotten(request, response)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def left(request: HttpRequest) -> HttpResponse:
    """Where the quick exit's beacon arrives: nothing to show, everything to forget."""
    return _forgotten(request, HttpResponse(status=204))


def _forgotten(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    for name in request.COOKIES:
        if name != settings.SESSION_COOKIE_NAME:
            with suppress(CookieError):  # a neighbour's cookie with a name nobody may set
                response.delete_cookie(name, samesite="Strict")
    if rules.may_forget(request.method, request.headers, request.get_host()):
        response["Clear-Site-Data"] = FORGET
    response.set_cookie(
        "x", "1", max_age=1, httponly=True, samesite="Strict", secure=settings.TEDUH_TLS
    )
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, in the dress of the office or of the public pages."""
    dress = "public" if request.GET.get("muka") == "umum" else "staff"
    return render(request, "web/gallery.html", {**samples(), "layout": f"web/{dress}.html"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request was broken."""
    return _error(request, 400, _("Permintaan ini tidak bisa kami baca."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a right is missing, or a post came from another site."""
    return _error(request, 403, _("Halaman ini tidak terbuka untuk Anda."))


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the session a form belonged to is over; `reason` is Django's, for nobody to read."""
    return render(request, "web/expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this visitor may know of."""
    return _error(request, 404, _("Halaman ini tidak ada."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _error(request, 500, _("Ada gangguan di pihak kami."))


def out_of_order(request: HttpRequest) -> HttpResponse:
    """503: our storage is full, read-only or away; nothing of this request was kept."""
    return _error(request, 503, _("Penyimpanan kami sedang terganggu."))


def _error(request: HttpRequest, status: int, said: str) -> HttpResponse:
    shown = {"said": said, "staff": request.path.startswith("/kantor/"), "ours": status >= 500}
    return render(request, "web/error.html", shown, status=status)
