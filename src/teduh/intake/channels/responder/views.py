"""The field page: a guide to read, a page to install. No account, no cookie, nothing readable kept."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from teduh.intake.channels.responder.guide import guide

WORKER = "lapangan-kerja.js"
FILES = ("public.css", "exit.js", "lapangan.js", "ed25519.js", "teduh.svg")


@login_not_required
@require_GET
def field(request: HttpRequest) -> HttpResponse:
    """The page: numbers, the guide, and what installs it."""
    return render(request, "intake/responder/field.html", _shown())


@login_not_required
@require_GET
def manifest(_request: HttpRequest) -> JsonResponse:
    """How the page stands on a phone's screen: under the neutral title, with the neutral sign."""
    title, start = settings.TEDUH_PUBLIC_TITLE, reverse("intake:field")
    icon = {"src": static("teduh.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": title,
        "short_name": title,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#f7f4ee",
        "theme_color": "#f7f4ee",
        "icons": [icon],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files are the page's; another version of them is another text."""
    page = render_to_string("intake/responder/field.html", _shown(), request)
    addresses = [reverse("intake:field"), reverse("intake:field_manifest"), *map(static, FILES)]
    version = hashlib.sha256(page.encode() + b"".join(map(_bytes, FILES))).hexdigest()[:16]
    shell = json.dumps({"version": version, "addresses": addresses})
    script = f"self.SHELL={shell};{_bytes(WORKER).decode()}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _shown() -> dict[str, object]:
    return {"guide": guide(), "inst": settings.TEDUH_INSTANCE}


def _bytes(name: str) -> bytes:
    """A file of ours as it lies among the static ones; nothing where it is not built."""
    found = finders.find(name)
    return Path(found).read_bytes() if isinstance(found, str) else b""
