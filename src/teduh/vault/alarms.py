"""What must not be forgotten about keys, and room for files, told to those who can mend it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.access.models import Member
from teduh.access.rules import ARCHIVES
from teduh.access.words import Right
from teduh.lib import store
from teduh.lib.timing import local_day
from teduh.vault import archive, epochs, keylist, queries
from teduh.vault.queries import Listed, TeamKeys


@dataclass(frozen=True, slots=True)
class Alarm:
    """One sentence, and whether the reader mends it on the page of keys, or on another `page`."""

    text: str | Promise
    grave: bool
    mends: bool
    page: str = "vault:keys"


def alarms(member: Member, at: datetime) -> list[Alarm]:
    """What this member should know now about keys, and room for files; most urgent first."""
    listed = queries.newest_list()
    found = _of_the_store() + _of_the_list(member, listed, at)
    renews, reads = member.may(Right.RENEW_TEAM_KEYS), member.may(Right.READ_REPORTS)
    if renews or reads:
        keys = queries.team_keys({*member.team_codes(), *ARCHIVES}, listed)
        found += _of_teams(member, keys, at) if renews else []
        found += _of_old_keys(member, keys, at) if reads else []
    return found + _of_archive(member)


def _of_the_store() -> list[Alarm]:
    if store.room() > 0:
        return []
    text = _(
        "Penyimpanan hampir penuh. Laporan tetap masuk, berkas bukti belum bisa diterima. "
        "Beri tahu petugas TI hari ini."
    )
    return [Alarm(text, grave=True, mends=False)]


def _of_the_list(member: Member, listed: Listed, at: datetime) -> list[Alarm]:
    left, signs = listed.days_left(local_day(at)), member.may(Right.MANAGE_KEYS)
    if left < 0:
        text = _(
            "Daftar kunci kantor sudah lewat masanya. Laporan tetap masuk dan tetap terkunci; "
            "pejabat kunci perlu menandatangani daftar baru hari ini."
        )
        return [Alarm(text, grave=True, mends=signs)]
    if signs and left <= keylist.SOON_DAYS:
        return [Alarm(_("Daftar kunci segera berakhir."), grave=False, mends=True)]
    if signs and keylist.waiting(at):
        return [Alarm(_("Ada kunci baru yang menunggu tanda tangan."), grave=False, mends=True)]
    return []


def _of_teams(member: Member, keys: TeamKeys, at: datetime) -> list[Alarm]:
    teams, found = sorted(member.team_codes()), []
    if any(one.due for one in keylist.epoch_states(teams, keys, local_day(at))):
        found.append(Alarm(_("Kunci tim perlu diperbarui."), grave=False, mends=True))
    seated = keylist.boxes_in(teams, at, keys.listed)
    if any(keylist.lacking_in(keys, seated).values()):
        found.append(
            Alarm(_("Ada anggota yang belum memegang kunci tim."), grave=False, mends=True)
        )
    return found


def _of_old_keys(member: Member, keys: TeamKeys, at: datetime) -> list[Alarm]:
    """Who renews keys starts the work; to open what a colleague moved, any reader is asked."""
    old = epochs.ended_among(keys, local_day(at))
    if not old:
        return []
    alone = epochs.single(*old).exclude(archive.halved_by(member.code))
    if member.may(Right.RENEW_TEAM_KEYS) and (epochs.waiting(*old).exists() or alone.exists()):
        text = _("Bagian terkunci yang lama menunggu dipindahkan ke kunci tim yang baru.")
    elif epochs.unopened(*old).exclude(by=member.code).exists() or (
        epochs.halved_once(*old).exclude(archive.halved_by(member.code)).exists()
    ):
        text = _("Bagian yang dipindahkan ke kunci baru menunggu diperiksa orang kedua.")
    else:
        return []
    return [Alarm(text, grave=False, mends=True, page="vault:old_keys")]


def _of_archive(member: Member) -> list[Alarm]:
    """A half that is waited for, or two that can be joined."""
    side = archive.side_of(member) if member.may(Right.KEEP_ARCHIVE) else ""
    if side and any(
        one.given[side] < one.parts and one.recall.by != member.code
        for one in archive.recalls(member, holds=True)
    ):
        text = _("Ada tim yang meminta isi arsip dibuka; separuh kunci Anda ditunggu.")
        return [Alarm(text, grave=False, mends=True, page="vault:archive")]
    if member.may(Right.READ_REPORTS) and any(
        one.ready for one in archive.recalls(member, holds=False)
    ):
        text = _("Kedua separuh kunci arsip sudah ada dan bisa disatukan.")
        return [Alarm(text, grave=False, mends=True, page="vault:archive")]
    return []
