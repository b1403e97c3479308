"""Pages for whoever asks for help: numbers, doors, advice. No account, no session, no cookie."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from teduh.directory import queries as directory


@login_not_required
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The front page: numbers first, then the doors."""
    return render(
        request,
        "intake/front.html",
        {"office": settings.TEDUH_OFFICE, "channels": directory.channels()},
    )


@login_not_required
@require_GET
def doors(request: HttpRequest) -> HttpResponse:
    """Which way in: for me, for somebody else, young, just asking."""
    return render(request, "intake/door.html")


@login_not_required
@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """Every way to reach the office: hours, cost, and what stays on the phone."""
    return render(request, "intake/ways.html", {"channels": directory.channels()})


@login_not_required
@require_GET
def safety(request: HttpRequest) -> HttpResponse:
    """What a phone remembers, and how to make it forget."""
    return render(request, "intake/safety.html")


@login_not_required
@require_GET
def online(request: HttpRequest) -> HttpResponse:
    """Harm online: what to keep, and who takes it down."""
    return render(request, "intake/online.html")
