"""What was done, in words a person can read; the trail itself keeps the verb."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPENED = ("vault.read", "vault.file_read")  # somebody was handed what opens a report

VERBS: dict[str, str | Promise] = {
    "agency.opened": _("lembaga dicatat"),
    "areas.loaded": _("daftar wilayah dimuat"),
    "audit.begin": _("jejak dimulai"),
    "channel.entered": _("kanal ditambahkan"),
    "channel.mended": _("kanal diperbarui"),
    "channels.loaded": _("saluran kontak dimuat"),
    "duty.cancelled": _("piket dibatalkan"),
    "duty.planned": _("piket dijadwalkan"),
    "elevation.approved": _("akses sementara disetujui"),
    "elevation.asked": _("akses sementara diminta"),
    "elevation.ended": _("akses sementara diakhiri"),
    "elevation.refused": _("akses sementara ditolak"),
    "member.added": _("anggota dicatat"),
    "member.deactivated": _("anggota dinonaktifkan"),
    "member.invited": _("anggota diundang"),
    "member.joined": _("anggota bergabung"),
    "member.password_changed": _("kata sandi diganti"),
    "member.reactivated": _("anggota diaktifkan lagi"),
    "member.second_factor_reset": _("faktor kedua dicabut"),
    "member.second_factor_set": _("faktor kedua dipasang"),
    "member.sessions_ended": _("sesi lain diakhiri"),
    "member.sign_in_refused": _("gagal masuk"),
    "member.signed_in": _("masuk"),
    "member.signed_out": _("keluar"),
    "message.delivered": _("pesan pemberitahuan terkirim"),
    "message.office": _("pesan dikirim ke pelapor"),
    "message.queued": _("pesan pemberitahuan antre"),
    "message.reporter": _("pesan pelapor diterima"),
    "report.asked": _("menunggu jawaban pelapor"),
    "report.duplicate": _("dihubungkan dengan laporan lain"),
    "report.guided": _("sudah diarahkan"),
    "report.passed": _("diteruskan ke lembaga lain"),
    "report.received": _("laporan diterima"),
    "report.taken": _("laporan ditangani"),
    "role.given": _("peran diberikan"),
    "role.taken": _("peran dicabut"),
    "seat.left": _("keluar dari tim"),
    "seat.taken": _("masuk tim"),
    "team.opened": _("tim dicatat"),
    "ticket.opened": _("tiket dibuat"),
    "ticket.quiet": _("minta tidak dihubungi"),
    "ticket.reachable": _("boleh dihubungi lagi"),
    "ticket.told": _("status publik diperbarui"),
    "vault.accepted": _("kunci pelapor diakui"),
    "vault.card_kept": _("nama dimasukkan ke daftar"),
    "vault.file_read": _("membuka berkas"),
    "vault.forgotten": _("isi dimusnahkan"),
    "vault.item_kept": _("bagian terkunci disimpan"),
    "vault.kept": _("isi laporan disimpan terkunci"),
    "vault.keyring_kept": _("gantungan kunci diperbarui"),
    "vault.list_read": _("melihat nama di daftar"),
    "vault.read": _("membuka laporan"),
    "vault.unlock_alarm": _("gembok dibuka terlalu sering"),
    "vault.unlocked": _("membuka gembok"),
}


def said(verb: str) -> str:
    """The verb in words; the verb itself when it has none yet."""
    return str(VERBS.get(verb, verb))
