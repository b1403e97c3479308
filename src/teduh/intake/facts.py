"""The coded facts of a report as lines to read: label, value. Nothing sealed passes here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.intake import codes
from teduh.intake.models import Report

Line = tuple[str | Promise, str]

SINGLE = (
    (_("Umur"), "age_band", "age_band"),
    (_("Jenis kelamin"), "sex", "sex"),
    (_("Hubungan dengan terlapor"), "perpetrator_relation", "relation"),
    (_("Tempat"), "place", "place"),
    (_("Disabilitas"), "disability", "disability"),
)
SEVERAL = (
    (_("Yang dialami"), "violence_type", "kinds"),
    (_("Kebutuhan"), "needs", "needs"),
    (_("Yang menyulitkan melapor"), "barrier", "barriers"),
)

WRITTEN = (  # label, compartment, what
    (_("Yang terjadi"), "narrative", "intake.report.story"),
    (_("Yang melakukan"), "narrative", "intake.report.who_did"),
    (_("Keterangan tempat"), "narrative", "intake.report.where_note"),
    (_("Kebutuhan lain"), "narrative", "intake.report.needs_note"),
    (_("Harapan"), "narrative", "intake.report.hopes"),
    (_("Nama atau panggilan"), "identity", "intake.report.name"),
    (_("Cara menghubungi"), "identity", "intake.report.contact_how"),
    (_("Waktu aman"), "identity", "intake.report.contact_when"),
    (_("Kata sandi percakapan"), "identity", "intake.report.contact_words"),
    (_("Petugas yang tidak boleh membaca"), "identity", "intake.report.unsafe_officer"),
)


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
    return several + single
