"""Keys of the office: the list, who may sign it, the teams' keys of this month, recovery."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from teduh.access.queries import intake_teams
from teduh.config import rules
from teduh.config.health.finding import Finding, at_level, bad, good, soon
from teduh.config.rules import Level
from teduh.lib.timing import local_day
from teduh.vault import keylist, manifest, queries, suite
from teduh.vault.models import Certificate, EpochWrap, PublicKey
from teduh.vault.packages import unb64
from teduh.vault.rules import REPORTERS_GRACE_DAYS, SIGN_KEY, Refused

LIST_SOON, CERTIFICATE_SOON = keylist.SOON_DAYS, 30  # days before the end
ENOUGH = 2  # officers who may sign, members who hold a team's key: one of them may be away


def root(_at: datetime) -> Iterable[Finding]:
    """The root key is set, and the list stands on it."""
    about, public = _("Kunci akar"), unb64(settings.TEDUH_ROOT_PUBLIC)
    if len(public) != suite.SEED:
        remedy = _("Isi TEDUH_ROOT_PUBLIC dengan yang dicetak init_office.")
        return [bad(about, _("Belum disetel: peramban tidak mempercayai kunci mana pun."), remedy)]
    row = queries.newest_manifest()
    if row is None:
        return [good(about, _("Disetel."))]
    try:
        manifest.read(queries.package(), public, settings.TEDUH_INSTANCE, row.since)
    except Refused:
        remedy = _(
            "Periksa TEDUH_ROOT_PUBLIC dan TEDUH_INSTANCE; jangan buka kantor sebelum cocok."
        )
        return [bad(about, _("Daftar kunci tidak berdiri di atas kunci akar ini."), remedy)]
    return [good(about, _("Disetel, dan daftar kunci berdiri di atasnya."))]


def key_list(at: datetime) -> Iterable[Finding]:
    """The signed list holds for some days more."""
    about = _("Daftar kunci")
    if queries.newest_manifest() is None:
        return [bad(about, _("Belum ada kantor di basis data ini."), _("Jalankan init_office."))]
    left = queries.expires(local_day(at))
    level = rules.level_of_days(left, soon=LIST_SOON)
    if left < 0:
        said = _("Lewat masa %(days)s hari lalu; laporan masih diterima sampai hari ke-%(grace)s.")
        text = said % {"days": -left, "grace": REPORTERS_GRACE_DAYS}
    else:
        text = _("Berlaku %(days)s hari lagi.") % {"days": left}
    remedy = _("Seorang pejabat kunci menandatangani daftar baru di halaman Kunci.")
    return [at_level(level, about, text, remedy)]


def certificates(at: datetime) -> Iterable[Finding]:
    """Two officers can sign the next list."""
    about, day = _("Pejabat kunci"), local_day(at)
    if queries.newest_manifest() is None:
        return []
    officers = PublicKey.objects.filter(kind=SIGN_KEY, gone=None).values("owner")
    held = Certificate.objects.filter(member_code__in=officers, until__gte=day)
    ends = sorted(held.values_list("until", flat=True))
    remedy = _("Buat sertifikat dengan certify_officer di mesin yang tidak tersambung jaringan.")
    if not ends:
        return [bad(about, _("Tidak seorang pun dapat menandatangani daftar kunci."), remedy)]
    left = (ends[0] - day).days
    level = rules.level_of_days(left, soon=CERTIFICATE_SOON)
    level = level if len(ends) >= ENOUGH else Level.SOON
    said = _("%(count)s sertifikat berlaku; yang pertama berakhir %(days)s hari lagi.")
    return [at_level(level, about, said % {"count": len(ends), "days": left}, remedy)]


def epochs(at: datetime) -> Iterable[Finding]:
    """Every team that receives reports has its key of this month, in enough hands."""
    return [_epoch(team, at) for team in intake_teams()]


def recovery(_at: datetime) -> Iterable[Finding]:
    """The recovery key stands in the list."""
    about, keys = _("Kunci pemulihan"), queries.recovery_keys()
    if queries.newest_manifest() is None:
        return []
    if keys and keys[0].kid in queries.listed_kids():
        return [good(about, _("Ada di daftar kunci."))]
    remedy = _("Seorang pejabat kunci menandatangani daftar baru di halaman Kunci.")
    return [bad(about, _("Tidak ada di daftar kunci: laporan baru tidak dapat dikunci."), remedy)]


def _epoch(team: str, at: datetime) -> Finding:
    about = _("Kunci tim %(team)s") % {"team": team}
    state = keylist.epoch_state(team, local_day(at))
    remedy = _("Penyelia atau manajer kasus membuat kunci baru di halaman Kunci.")
    if state.key is None:
        return bad(about, _("Belum ada."), remedy)
    if state.left:
        return bad(about, _("Ada anggota yang keluar sejak kunci ini dibuat."), remedy)
    if state.month_over:
        return soon(about, _("Dari bulan lalu."), remedy)
    if not state.listed:
        waits = _("Pejabat kunci menandatangani daftar baru di halaman Kunci.")
        return soon(about, _("Baru, menunggu tanda tangan."), waits)
    holders = EpochWrap.objects.filter(epoch_kid=state.key.kid).values("member_code").distinct()
    text = _("Dari bulan ini, dipegang %(count)s anggota.") % {"count": holders.count()}
    if not holders:
        lost = _("Tidak seorang pun memegangnya: laporan kepada tim ini tidak dapat dibuka.")
        return bad(about, lost, remedy)
    if holders.count() < ENOUGH:
        return soon(about, text, _("Beri kunci kepada anggota kedua: satu orang bisa berhalangan."))
    return good(about, text)


CHECKS = (root, key_list, certificates, epochs, recovery)
