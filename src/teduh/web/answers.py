"""Answers that Django has no short name for."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: what was sent is done, look there; a reload sends nothing again (RFC 9110, 15.4.4)."""

    status_code = 303
