"""Which visitor a request belongs to, for a day and without keeping who it is."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from teduh.lib.visitors import address_of, mark_of


def visitor(request: HttpRequest) -> str:
    """The mark of this visitor today; empty when nobody told where the request came from."""
    return mark_of(address_of(request.META, settings.TEDUH_PROXIES), timezone.localdate())
