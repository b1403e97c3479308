"""The pages of one case, for the tabs at its head."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.cases.models import Case

PAGES: tuple[tuple[str | Promise, str], ...] = (  # label, name of the address
    (_("Ikhtisar"), "cases:case"),
    (_("Catatan"), "cases:notes"),
    (_("Alur waktu"), "cases:timeline"),
    (_("Risiko"), "cases:risk"),
    (_("Asesmen"), "cases:assessment"),
    (_("Visum dan hukum"), "cases:legal"),
    (_("Rencana"), "cases:plan"),
    (_("Hak"), "cases:rights"),
    (_("Tinjauan"), "cases:reviews"),
    (_("Selesai"), "cases:closing"),
    (_("Persetujuan"), "records:consents"),
    (_("Layanan"), "services:of_case"),
    (_("Rapat"), "conferences:of_case"),
    (_("Data penyintas"), "records:of_case"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a case. `here`: it is shown, or a page below it."""

    label: str | Promise
    href: str
    here: bool


def tabs_of(case: Case, path: str) -> list[Tab]:
    """Every page of the case, and which of them is shown: the nearest above the address."""
    addresses = [(label, reverse(name, args=[case.code])) for label, name in PAGES]
    above = [href for _label, href in addresses if path.startswith(href)]
    nearest = max(above, key=len, default="")
    return [Tab(label, href, href == nearest) for label, href in addresses]
