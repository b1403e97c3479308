"""Answers that Django has no short name for."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

# Where nothing of what was sent could be kept, and the page has it all.
NOT_KEPT = _(
    "Penyimpanan kami sedang terganggu. Telepon kami, atau tunggu beberapa menit, lalu tekan Kirim "
    "sekali lagi."
)


class SeeOther(HttpResponseRedirect):
    """303: what was sent is done, look there; a reload sends nothing again (RFC 9110, 15.4.4)."""

    status_code = 303
