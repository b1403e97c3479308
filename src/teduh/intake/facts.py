"""The coded facts of a report as lines to read: label, value. Nothing sealed passes here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.intake import codes
from teduh.intake.models import Report
from teduh.intake.rules import reach_by
from teduh.intake.words import ContactVia, EventWhen, OfficerSex

Line = tuple[str | Promise, str | Promise]

SINGLE = (
    (_("Umur"), "age_band", "age_band"),
    (_("Jenis kelamin"), "sex", "sex"),
    (_("Hubungan dengan terlapor"), "perpetrator_relation", "relation"),
    (_("Tempat"), "place", "place"),
    (_("Disabilitas"), "disability", "disability"),
)
CHOSEN = (
    (_("Terakhir terjadi"), "event_when", EventWhen),
    (_("Petugas yang diinginkan"), "officer_sex", OfficerSex),
)
SEVERAL = (
    (_("Yang dialami"), "violence_type", "kinds"),
    (_("Kebutuhan"), "needs", "needs"),
    (_("Yang menyulitkan melapor"), "barrier", "barriers"),
)

REACH = {  # what an officer may do, by what the reporter chose
    ContactVia.NONE: _("Jangan menelepon, mengirim pesan, atau datang. Balas hanya lewat tiket."),
    ContactVia.TICKET: _("Balas di halaman pesan. Jangan menghubungi di luar itu."),
    "": _("Pertanyaan ini dilewati. Balas di halaman pesan; tanyakan dulu cara yang aman."),
}
CALLED = _("Ikuti waktu aman dan kata sandi di bawah. Jangan sebut nama kantor lebih dulu.")
CONTACT = (  # label, what: read before anybody calls
    (_("Nomor atau alamat"), "intake.report.contact_how"),
    (_("Waktu aman"), "intake.report.contact_when"),
    (_("Kata sandi percakapan"), "intake.report.contact_words"),
    (_("Nama atau panggilan"), "intake.report.name"),
)
WRITTEN = (  # label, what
    (_("Yang terjadi"), "intake.report.story"),
    (_("Yang melakukan"), "intake.report.who_did"),
    (_("Keterangan tempat"), "intake.report.where_note"),
    (_("Kebutuhan lain"), "intake.report.needs_note"),
    (_("Harapan"), "intake.report.hopes"),
    (_("Petugas yang tidak boleh membaca"), "intake.report.unsafe_officer"),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach her: what she chose, what that allows, and whether it forbids to call."""

    said: str | Promise
    hint: str | Promise
    closed: bool


def reach(report: Report) -> Reach:
    """How the reporter may be reached; a later wish for quiet counts more than the form."""
    way = reach_by(report.contact_via, quiet=report.ticket.quiet_since is not None)
    said = ContactVia(way).label if way else _("Tidak dijawab")
    return Reach(said, REACH.get(way, CALLED), way == ContactVia.NONE)


def lines(report: Report) -> list[Line]:
    """Every answered question of the report, in the order of the form."""
    given: dict[str, list[str]] = {}
    for coded in report.coded.all():
        given.setdefault(coded.question, []).append(coded.code)
    several: list[Line] = [
        (label, ", ".join(codes.label(name, code) for code in given[question]))
        for label, name, question in SEVERAL
        if question in given
    ]
    single: list[Line] = [
        (label, codes.label(name, getattr(report, field)))
        for label, name, field in SINGLE
        if getattr(report, field)
    ]
    chosen: list[Line] = [
        (label, words(getattr(report, field)).label)
        for label, field, words in CHOSEN
        if getattr(report, field) in words.values
    ]
    avoided: list[Line] = [(_("Tim"), _("Tim lain, diminta pelapor"))] if report.avoid_team else []
    return several + single + chosen + avoided
