"""The house itself: settings, databases, release, clock, messages, backups."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from teduh.audit.queries import latest
from teduh.config import actions, queries, rules, static, upgrading
from teduh.config.health.finding import Finding, at_level, bad, good, soon
from teduh.config.rules import Level
from teduh.config.words import Unseen
from teduh.intake import instruments
from teduh.intake.words import InstrumentKind
from teduh.lib.outages import OUT_OF_ORDER
from teduh.lib.timing import local_day
from teduh.outbox.queries import danger_waits, given_up, stuck
from teduh.records.queries import unchecked
from teduh.sop.queries import edited

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BEATS = {"soon": 2 * MINUTE, "late": 5 * MINUTE}
BACKUPS = {"soon": 26 * HOUR, "late": 50 * HOUR}  # one a day, and one may have failed
OVERDUE = timedelta(minutes=15)  # a message that waits longer meets a closed door
URGENT = timedelta(minutes=5)  # and one of danger
REMEMBERED = timedelta(days=3)  # so long a message that was given up is told of
AHEAD = timedelta(minutes=5)  # the trail may be ahead of this clock by that much


def kind(_at: datetime) -> Iterable[Finding]:
    """No demo, no debug pages."""
    about = _("Jenis rumah")
    if settings.DEBUG:
        remedy = _("Hapus TEDUH_DEBUG.")
        return [bad(about, _("Halaman galat memperlihatkan yang diketik orang."), remedy)]
    if settings.TEDUH_DEMO:
        level = Level.SOON if _stays_here() else Level.BAD
        text = _("Ini peragaan: semua rahasianya diketahui umum.")
        return [at_level(level, about, text, _("Jangan menerima laporan sungguhan di sini."))]
    return [good(about, _("Kantor sungguhan, tanpa halaman galat terbuka."))]


def tls(_at: datetime) -> Iterable[Finding]:
    """What leaves this machine is encrypted on the way."""
    about = _("TLS")
    if settings.TEDUH_TLS:
        return [good(about, _("Di belakang proksi yang berbicara HTTPS."))]
    if _stays_here():
        return [good(about, _("Tidak perlu: hanya mesin ini yang dijawab."))]
    remedy = _("Pasang proksi dengan HTTPS (deploy/), lalu TEDUH_TLS=1.")
    return [bad(about, _("Dari luar mesin ini tidak ada yang dapat dikunci di peramban."), remedy)]


def secret(_at: datetime) -> Iterable[Finding]:
    """The one secret is long, and nobody else on this machine reads it."""
    about, file = _("Rahasia server"), settings.SECRET_KEPT_IN
    if settings.TEDUH_DEMO:
        return [soon(about, _("Rahasia peragaan."), _("Hanya untuk peragaan."))]
    if rules.level_of_secret(settings.SECRET_KEY) == Level.BAD:
        text = _("Mudah ditebak.")
        return [bad(about, text, _("Sebelum ada laporan: buat yang baru dengan 43 tanda acak."))]
    if file and Path(file).stat().st_mode & 0o077:
        return [
            bad(about, _("Berkasnya dapat dibaca orang lain di mesin ini."), f"chmod 600 {file}")
        ]
    return [good(about, _("Cukup panjang. Simpan salinannya di luar jaringan."))]


def databases(_at: datetime) -> Iterable[Finding]:
    """Two databases of the same kind, in two places."""
    about = _("Basis data")
    first, second = (connections[alias] for alias in ("default", "shred"))
    if _place(first.settings_dict) == _place(second.settings_dict):
        remedy = _("Setel TEDUH_SHRED_DATABASE_URL: kunci unit tidak boleh ikut cadangan utama.")
        return [bad(about, _("Kunci unit berada di basis data utama."), remedy)]
    kinds = {first.vendor, second.vendor}
    if len(kinds) > 1:
        return [soon(about, _("Dua jenis yang berbeda."), _("Pakai satu jenis untuk keduanya."))]
    text = _("%(kind)s, kunci unit terpisah.") % {"kind": first.display_name}
    return [good(about, text)]


def writing(_at: datetime) -> Iterable[Finding]:
    """Both databases take what is written."""
    about = _("Menulis ke basis data")
    for alias in ("default", "shred"):
        try:
            actions.try_to_write(alias)
        except OUT_OF_ORDER:
            text = _("%(place)s tidak dapat ditulis: laporan tidak tersimpan.")
            remedy = _(
                "Periksa disk, izin berkas, dan apakah basis datanya hanya-baca; lalu mulai ulang serve."
            )
            return [bad(about, text % {"place": alias}, remedy)]
    return [good(about, _("Kedua basis data dapat ditulis."))]


def release(_at: datetime) -> Iterable[Finding]:
    """The tables are those of this release."""
    about, waiting = _("Versi basis data"), upgrading.pending()
    if not waiting:
        return [good(about, _("Sama dengan versi program."))]
    text = _("%(count)s perubahan belum diterapkan.") % {"count": len(waiting)}
    return [bad(about, text, _("Tutup kantor, buat cadangan, jalankan upgrade."))]


def scripts(_at: datetime) -> Iterable[Finding]:
    """Static files are laid out and carry this office's root key."""
    about, remedy = _("Skrip dan gaya"), _("Jalankan upgrade, atau mulai ulang serve.")
    if not static.is_laid_out():
        return [bad(about, _("Belum ditata, atau dengan kunci akar lain."), remedy)]
    return [good(about, _("Ditata, dengan kunci akar kantor ini."))]


def clock(at: datetime) -> Iterable[Finding]:
    """The clock runs, and tells the right time."""
    about, last = _("Jam kerja sistem"), queries.last_beat(Unseen.CLOCK)
    newest = max(filter(None, (latest(), last)), default=at)
    if newest - at > AHEAD:
        hours = {"newest": _hour(newest), "now": _hour(at)}
        text = _("Jejak sudah sampai %(newest)s, jam mesin ini baru %(now)s: jam mesin mundur.")
        return [bad(about, text % hours, _("Nyalakan penyesuaian waktu (NTP) dan mulai ulang."))]
    age = at - last if last else None
    level = rules.level_of_age(age, **BEATS)
    said = _("Terakhir bekerja %(minutes)s menit lalu.") if age else _("Belum pernah bekerja.")
    text = said % {"minutes": round(age / MINUTE)} if age else said
    return [at_level(level, about, text, _("Jalankan layanan clock."))]


def messages(at: datetime) -> Iterable[Finding]:
    """Notices leave the house, and those of danger at once."""
    about, remedy = _("Pemberitahuan"), _("Periksa jalur pesan (TEDUH_SMTP_URL …) dan clock.")
    lost = given_up(at, within=REMEMBERED)
    urgent = danger_waits(at, longer_than=URGENT) + lost.filter(danger=True).count()
    if urgent:
        text = _("%(count)s tentang bahaya tidak sampai: petugas piket perlu diberi tahu langsung.")
        return [bad(about, text % {"count": urgent}, remedy)]
    waits = stuck(at, longer_than=OVERDUE)
    if waits:
        text = _("%(count)s menunggu terlalu lama.") % {"count": waits}
        return [soon(about, text, remedy)]
    if lost.exists():
        text = _("%(count)s tidak sampai dalam tiga hari terakhir.") % {"count": lost.count()}
        return [soon(about, text, remedy)]
    if not settings.TEDUH_SMTP_URL and not settings.TEDUH_DEMO:
        text = _("Ditulis ke berkas di TEDUH_VAR/outbox, tidak dikirim.")
        return [soon(about, text, _("Setel TEDUH_SMTP_URL."))]
    return [good(about, _("Tidak ada yang tertahan."))]


def backups(at: datetime) -> Iterable[Finding]:
    """Both backups are of the last day."""
    return [
        _backup(Unseen.BACKUP, _("Cadangan utama"), at),
        _backup(Unseen.KEY_BACKUP, _("Cadangan kunci unit"), at),
    ]


def _backup(of: Unseen, about: str, at: datetime) -> Finding:
    last = queries.last_beat(of)
    age = at - last if last else None
    level = rules.level_of_age(age, **BACKUPS)
    if last and last - at > AHEAD:
        text = _("Bertanggal %(newest)s, yang belum tiba menurut jam mesin ini.")
        remedy = _("Betulkan jam mesin; sebelum itu cadangan baru ditolak.")
        return bad(about, text % {"newest": _hour(last)}, remedy)
    text = _("%(hours)s jam lalu.") % {"hours": round(age / HOUR)} if age else _("Belum pernah.")
    return at_level(level, about, text, _("Jalankan backup setiap hari (docs/operate.md)."))


def _hour(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%d-%m-%Y %H:%M}"


def _stays_here() -> bool:
    return all(map(rules.is_loopback, settings.ALLOWED_HOSTS))


def _place(told: dict[str, object]) -> tuple[object, ...]:
    return tuple(told[name] for name in ("NAME", "HOST", "PORT"))


def procedures(_at: datetime) -> Iterable[Finding]:
    """Nobody edited a procedure that is gone by."""
    about, changed = _("Prosedur"), edited()
    if not changed:
        return [good(about, _("Berkas prosedur masih seperti ketika disetujui."))]
    text = _("Diubah setelah disetujui: %(files)s.") % {"files": ", ".join(changed)}
    remedy = _("Pasang lagi berkas dari rilis. Angka lain adalah versi lain: susun di halaman SOP.")
    return [bad(about, text, remedy)]


def risk_instruments(at: datetime) -> Iterable[Finding]:
    """There is something to assess risk with, and no file of it is broken."""
    about, day = _("Alat asesmen risiko"), local_day(at)
    try:
        found = [one for kind in InstrumentKind for one in instruments.in_force(kind, day)]
    except (instruments.WrongInstrument, OSError) as error:
        remedy = _("Perbaiki atau keluarkan berkas itu dari folder TEDUH_INSTRUMENTS.")
        return [bad(about, str(error), remedy)]
    named = ", ".join(f"{one.name}.{one.version}" for one in found)
    return [good(about, _("Berlaku: %(names)s.") % {"names": named})]


def restored(_at: datetime) -> Iterable[Finding]:
    """Since a restore somebody has gone through what may hold again."""
    about, open_ = _("Sesudah pemulihan"), unchecked()
    if open_ is None:
        return [good(about, _("Tidak ada pemulihan yang menunggu diperiksa."))]
    told = {"day": _hour(open_.since), "count": len(open_.left)}
    text = _(
        "Dari cadangan %(day)s: %(count)s hal belum diperiksa. Mitra belum dapat diberi akses."
    )
    remedy = _("Penyelia atau kepala membuka Pelindungan data, Sesudah pemulihan.")
    return [bad(about, text % told, remedy)]


CHECKS = (
    kind,
    tls,
    secret,
    databases,
    writing,
    release,
    scripts,
    clock,
    messages,
    backups,
    procedures,
    risk_instruments,
    restored,
)
