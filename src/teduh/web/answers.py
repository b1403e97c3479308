"""Answers that Django has no short name for."""

import re

from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

# Where nothing of what was sent could be kept, and the page has it all.
NOT_KEPT = _(
    "Penyimpanan kami sedang terganggu. Telepon kami, atau tunggu beberapa menit, lalu tekan Kirim "
    "sekali lagi."
)

TYPED_OR_BETWEEN = re.compile(
    r"""(<textarea\b.*?</textarea>|\bvalue="[^"]*")|\s*\n\s*""", re.DOTALL
)


def tight(page: str) -> str:
    """HTML of ours without indentation and empty lines; what stands in a field stays as it was typed."""
    return TYPED_OR_BETWEEN.sub(lambda found: found[1] or "\n", page)


class SeeOther(HttpResponseRedirect):
    """303: what was sent is done, look there; a reload sends nothing again (RFC 9110, 15.4.4)."""

    status_code = 303
