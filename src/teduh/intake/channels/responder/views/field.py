"""The field page: a guide to read, a referral in three taps, a page to install.

No account, no cookie, nothing readable kept. Without script the page is the guide, and leads to the
report form.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from teduh.access.queries import intake_teams
from teduh.intake import flood
from teduh.intake.channels.responder import actions
from teduh.intake.channels.responder.forms import ReferralForm
from teduh.intake.channels.responder.guide import guide
from teduh.intake.queries import areas, areas_around
from teduh.intake.views.installing import as_worker
from teduh.intake.views.parcels import answered
from teduh.lib.codes import new_ticket, read_ticket
from teduh.lib.timing import local_day
from teduh.vault import packages, parcels, without_script
from teduh.vault.queries import public_keys
from teduh.vault.rules import Refused
from teduh.web.visitors import visitor

PAIRS = 12  # tickets drawn ahead: so many referrals without signal
TILES = 24  # areas that are shown as tiles to tap; more are a list to open
FILES = ("public.css", "signs.css", "exit.js", "lapangan.js", "ed25519.js", "teduh.svg")


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
    return as_worker(page, addresses, FILES)


@login_not_required
@require_GET
def supplies(_request: HttpRequest) -> JsonResponse:
    """What a phone needs to lock referrals without signal: keys, and tickets with their R."""
    drawn = [new_ticket() for _ in range(PAIRS)]
    keys = public_keys(intake_teams(), local_day(timezone.now()))
    pairs = [[ticket, without_script.relay(ticket)] for ticket in drawn]
    return JsonResponse({"keys": keys, "box": parcels.public(), "pairs": pairs})


@csrf_exempt
@login_not_required
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """A parcel from a phone's outbox; the same one again is answered as the first was."""
    return answered(request, _kept)


def _kept(request: HttpRequest) -> JsonResponse:
    told = parcels.open_parcel(request.POST.get("titipan", ""))
    form = ReferralForm(told, areas=areas())
    package = packages.read(str(told.get("sealed", "")))
    if not form.is_valid():
        raise Refused("answers")
    ticket = read_ticket(form.cleaned_data["ticket"]) or ""
    ours = without_script.is_ours(ticket, form.cleaned_data["r"])
    if package.ticket != ticket or not ours:
        raise Refused("ticket")
    at = timezone.now()
    turn = flood.turn_of(ticket, request.POST.get("turn", ""), visitor(request), at)
    if turn.wait:
        return JsonResponse({"wait": turn.wait, "turn": turn.proof}, status=429)
    said = form.cleaned_data
    tapped = actions.Tapped(form.answers(), said["level"], said["number"], said["sig"])
    actions.refer(told=tapped, package=package, flood=turn.flood, at=at)
    return JsonResponse({"ok": True})


def _shown() -> dict[str, object]:
    around = areas_around()
    return {
        "guide": guide(),
        "inst": settings.TEDUH_INSTANCE,
        "around": around,
        "tiles": sum(len(inside) for _name, inside in around) <= TILES,
    }
