"""The machine under the house: disk, swap, core dumps, who may look into the folder."""

import resource
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from teduh.config import rules
from teduh.config.health.finding import Finding, at_level, bad, good, soon
from teduh.lib import store

SWAPS, BLOCKS = Path("/proc/swaps"), Path("/sys/block")
GIGABYTE = 1_000_000_000


def disk(_at: datetime) -> Iterable[Finding]:
    """There is room for evidence."""
    room = store.room()
    level = rules.level_of_room(room, settings.TEDUH_DISK_RESERVE)
    said = _("%(room)s GB untuk berkas, di luar yang disisihkan untuk laporan.")
    remedy = _("Kosongkan atau tambah disk: berkas bukti ditolak sebelum laporan tidak muat.")
    return [at_level(level, _("Disk"), said % {"room": number_format(room / GIGABYTE, 1)}, remedy)]


def folder(_at: datetime) -> Iterable[Finding]:
    """Nobody else on this machine looks into the folder of the house."""
    about, place = _("Folder data"), Path(settings.TEDUH_VAR)
    if place.exists() and place.stat().st_mode & 0o077:
        text = _("Pengguna lain di mesin ini dapat melihat isinya.")
        return [soon(about, text, f"chmod 700 {place}")]
    return [good(about, _("Hanya untuk pemiliknya."))]


def swap(_at: datetime) -> Iterable[Finding]:
    """Memory is not written to a disk that somebody could read later."""
    about, open_ones = _("Swap"), list(map(str, _open_swaps()))
    if not open_ones:
        return [good(about, _("Mati, atau terenkripsi."))]
    text = _("Isi memori dapat tertulis ke %(places)s.") % {"places": ", ".join(open_ones)}
    return [soon(about, text, _("swapoff -a, atau swap terenkripsi."))]


def core(_at: datetime) -> Iterable[Finding]:
    """A crash leaves no memory behind."""
    about, (most, _hard) = _("Core dump"), resource.getrlimit(resource.RLIMIT_CORE)
    if most:
        text = _("Proses yang jatuh meninggalkan isi memorinya.")
        return [bad(about, text, _("Mulai lewat manage.py serve, atau LimitCORE=0."))]
    return [good(about, _("Mati."))]


def _open_swaps() -> Iterable[Path]:
    """Swap on a disk, as the kernel lists it; memory that is packed and encrypted disks are no worry."""
    lines = SWAPS.read_text(encoding="utf-8").splitlines()[1:] if SWAPS.exists() else []
    for place in (Path(line.split()[0]) for line in lines):
        if not place.name.startswith("zram") and not _encrypted(place):
            yield place


def _encrypted(place: Path) -> bool:
    name = BLOCKS / place.resolve().name / "dm" / "uuid"
    return name.exists() and name.read_text(encoding="ascii").startswith("CRYPT")


CHECKS = (disk, folder, swap, core)
