"""The pages about help for one case, for the second row of tabs at its head."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.cases.models import Case
from teduh.cases.tabs import Tab

PAGES: tuple[tuple[str | Promise, str], ...] = (  # label, name of the address
    (_("Semua layanan"), "services:of_case"),
    (_("Rujukan"), "services:referrals"),
    (_("Surat"), "services:letters"),
    (_("Surat polisi"), "services:police_letters"),
    (_("Pendampingan"), "services:care"),
    (_("Visum dan kesehatan"), "services:health"),
    (_("Tempat aman"), "services:stays"),
    (_("Dukungan ekonomi"), "services:supports"),
    (_("Kunjungan terpadu"), "services:visits"),
    (_("Konseling"), "services:counselling"),
)


def services_of(case: Case, path: str) -> list[Tab]:
    """Every page about help for this case, and which of them is shown: the nearest above the address."""
    addresses = [(label, reverse(name, args=[case.code])) for label, name in PAGES]
    nearest = max(
        (href for _label, href in addresses if path.startswith(href)), key=len, default=""
    )
    return [Tab(label, href, href == nearest) for label, href in addresses]
