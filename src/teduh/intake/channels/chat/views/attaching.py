"""The field for files of a reply, which her page asks for once she wants to send one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def attaching(request: HttpRequest) -> HttpResponse:
    """A part of a page, the same for everybody."""
    return render(request, "intake/chat/attaching.html")
