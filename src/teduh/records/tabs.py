"""The pages of this room, for the tabs at their head."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGES: tuple[tuple[str | Promise, str], ...] = (  # label, name of the address
    (_("Permintaan"), "records:requests"),
    (_("Kebocoran"), "records:breaches"),
    (_("Masa simpan berakhir"), "records:due"),
    (_("Menunggu persetujuan"), "records:waiting"),
    (_("Ditahan"), "records:held"),
    (_("Sudah dimusnahkan"), "records:erased"),
    (_("Jadwal"), "records:schedule"),
    (_("Sesudah pemulihan"), "records:restored"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the room."""

    label: str | Promise
    href: str
    here: bool


def tabs(path: str) -> list[Tab]:
    """Every page, and which of them is shown."""
    addresses = [(label, reverse(name)) for label, name in PAGES]
    return [Tab(label, href, href == path) for label, href in addresses]
