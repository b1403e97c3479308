"""The coded facts of a report as lines to read: label, value. Nothing sealed passes here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.chat.models import Message
from teduh.chat.words import Side
from teduh.directory.words import Profile
from teduh.intake import codes, texts
from teduh.intake.models import Addition, FieldNote, Report
from teduh.intake.queries import area_name
from teduh.intake.rules import is_domestic, reach_by, way_of
from teduh.intake.words import (
    Channel,
    ContactVia,
    Danger,
    EventWhen,
    OfficerSex,
    Origin,
    Proof,
    Signs,
)
from teduh.vault.bundles import Bundle, OpenableItem

Line = tuple[str | Promise, str | Promise]
Part = tuple[str | Promise, OpenableItem]

QUESTIONS: tuple[tuple[str | Promise, str, str | type[TextChoices]], ...] = (
    (_("Keselamatan"), "danger", Danger),  # label, question, code list or words
    (_("Yang dialami"), "kinds", "violence_type"),
    (_("Digolongkan petugas"), "subtypes", codes.BY_OFFICERS["subtypes"]),
    (_("Bentuk eksploitasi, menurut petugas"), "exploitation", codes.BY_OFFICERS["exploitation"]),
    (_("Kebutuhan"), "needs", "needs"),
    (_("Yang menyulitkan melapor"), "barriers", "barrier"),
    (_("Umur"), "age_band", "age_band"),
    (_("Jenis kelamin"), "sex", "sex"),
    (_("Hubungan dengan terlapor"), "relation", "perpetrator_relation"),
    (_("Tempat"), "place", "place"),
    (_("Disabilitas"), "disability", "disability"),
    (_("Terakhir terjadi"), "event_when", EventWhen),
    (_("Petugas yang diinginkan"), "officer_sex", OfficerSex),
    (_("Cara dihubungi"), "contact_via", ContactVia),
)
ASKED_ONCE = ("danger", "age_band", "sex", "relation", "place", "disability", "event_when")

READ_ON_THE_WAY = {Channel.WHATSAPP, Channel.SMS}

REACH = {  # what an officer may do, by what the reporter chose
    ContactVia.NONE: _("Jangan menelepon, mengirim pesan, atau datang. Balas hanya lewat tiket."),
    ContactVia.TICKET: _("Balas di halaman pesan. Jangan menghubungi di luar itu."),
    "": _("Pertanyaan ini dilewati. Balas di halaman pesan; tanyakan dulu cara yang aman."),
}
CALLED = _("Ikuti waktu aman dan kata sandi di bawah. Jangan sebut nama kantor lebih dulu.")
CONTACT = (  # label, what: how it is safe is read before the number
    (_("Waktu aman"), "intake.report.contact_when"),
    (_("Kata sandi percakapan"), "intake.report.contact_words"),
    (_("Nama atau panggilan"), "intake.report.name"),
    (_("Nomor atau alamat"), "intake.report.contact_how"),
)
WRITTEN = (  # label, what
    (_("Yang terjadi"), "intake.report.story"),
    (_("Yang melakukan"), "intake.report.who_did"),
    (_("Keterangan tempat"), "intake.report.where_note"),
    (_("Kebutuhan lain"), "intake.report.needs_note"),
    (_("Harapan"), "intake.report.hopes"),
    (_("Kata-kata anak sendiri"), "intake.report.child_voice"),
    (_("Yang menemani"), "intake.report.companion"),
    (_("Supaya bisa bicara"), "intake.report.access_needs"),
    (_("Nomor di lembaga yang meneruskan"), "intake.report.reference"),
    (_("Petugas yang tidak boleh membaca"), "intake.report.unsafe_officer"),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach her: what she chose, what that allows, whether it forbids to call, since when.

    `by`: the way by which she may get word that there is news.
    """

    said: str | Promise
    hint: str | Promise
    closed: bool
    since: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Added:
    """One addition as the desk reads it: coded answers, sealed parts, and how to reach her now."""

    day: date
    origin: str | Promise
    lines: list[Line]
    written: list[Part]
    contact: list[Part]


def reach(report: Report, additions: Sequence[Addition]) -> Reach:
    """How the reporter may be reached: her newest word on it; a wish for quiet counts most."""
    via, since = report.contact_via, None
    for addition in additions:
        for fact in addition.facts.all():
            if fact.question == "contact_via":
                via, since = fact.code, addition.day
    quiet = report.ticket.quiet_since
    way = reach_by(via, quiet=quiet is not None)
    said = ContactVia(way).label if way else _("Tidak dijawab")
    by = way_of(via, quiet=quiet is not None)
    return Reach(said, REACH.get(way, CALLED), way == ContactVia.NONE, quiet or since, by)


def protection(report: Report) -> str | Promise:
    """How protected its words were on their way: where they were sealed, and who could read along."""
    if report.channel in READ_ON_THE_WAY and report.origin == Origin.SERVER:
        return _(
            "Lewat WhatsApp atau SMS: dapat dibaca di perjalanan, baru dikunci di server. Ajak pindah "
            "ke obrolan tertutup."
        )
    return Origin(report.origin).label


def lines(report: Report) -> list[Line]:
    """Every question answered with the report, in the order of QUESTIONS."""
    given = _given(report)
    came = [] if report.channel == Channel.WEB else [_came(report.channel)]
    avoided: list[Line] = [(_("Tim"), _("Tim lain, diminta pelapor"))] if report.avoid_team else []
    return came + _lines(given) + avoided


def of_field(note: FieldNote | None) -> list[Line]:
    """What was tapped in the field, and what the card that signed it says of its holder."""
    if note is None:
        return []
    signed: str | Promise = Proof(note.proof).label
    if note.proof == Proof.PROVEN:
        who = Profile(note.profile).label
        signed = _("Ditandatangani dengan kartu: %(who)s, %(area)s") % {
            "who": who,
            "area": area_name(note.area_code),
        }
    return [(_("Tanda bahaya"), Signs(note.level).label), (_("Perujuk"), signed)]


def _came(channel: str) -> Line:
    return (_("Datang lewat"), codes.label("channel", channel))


def classes(report: Report) -> list[tuple[str, str | Promise, list[tuple[str, str, bool]]]]:
    """What an officer may tell of the kind of violence: question, label, codes with those told."""
    told = set(_given(report))
    return [
        (
            question,
            label,
            [(code, said, (question, code) in told) for code, said in codes.of_officers(question)],
        )
        for label, question, _source in QUESTIONS
        if question in codes.BY_OFFICERS
    ]


def notes(report: Report, additions: Sequence[Addition]) -> list[str]:
    """What to keep in mind with these answers, those that came later too."""
    later = [(fact.question, fact.code) for one in additions for fact in one.facts.all()]
    return texts.notes(_given(report) + later)


def domestic(report: Report, additions: Sequence[Addition]) -> bool:
    """Whether it happened at home or among people of one household, as far as was answered."""
    later = {(fact.question, fact.code) for one in additions for fact in one.facts.all()}
    return any(is_domestic(*pair) for pair in {*_given(report), *later})


def _given(report: Report) -> list[tuple[str, str]]:
    given = [(question, str(getattr(report, question))) for question in ASKED_ONCE]
    given += [("officer_sex", report.officer_sex)]
    return given + [(coded.question, coded.code) for coded in report.coded.all()]


def written(bundle: Bundle) -> list[Part]:
    """What came with a report in its sender's words, each under its label."""
    first = {item.what: item for item in reversed(bundle.items) if item.gen == 1}
    return [(label, first[what]) for label, what in WRITTEN if what in first]


def added(bundle: Bundle, additions: Sequence[Addition]) -> list[Added]:
    """What was added to a report, in the order it came; not the files of a conversation."""
    return [_added(bundle, one) for one in additions if one.with_message is None]


def with_files(
    thread: Iterable[Message], bundle: Bundle, attached: Mapping[int, int]
) -> list[tuple[Message, list[OpenableItem]]]:
    """The messages of a thread, each with the files that came with it; `attached`: as queries tell."""
    files: dict[int, list[OpenableItem]] = {}
    for item in bundle.files():
        files.setdefault(item.gen, []).append(item)
    return [
        (row, files.get(attached.get(row.seq, 0), []) if row.side == Side.REPORTER else [])
        for row in thread
    ]


def _added(bundle: Bundle, one: Addition) -> Added:
    given = [(fact.question, fact.code) for fact in one.facts.all()]
    areas = [code for question, code in given if question == "area_code"]
    items = [item for item in bundle.items if item.gen == one.number]
    return Added(
        day=one.day,
        origin=Origin(one.origin).label,
        lines=_lines(given) + [(_("Kelurahan"), area_name(code)) for code in areas],
        written=[(label, item) for label, what in WRITTEN for item in items if item.what == what],
        contact=[(label, item) for label, what in CONTACT for item in items if item.what == what],
    )


def _lines(given: Iterable[tuple[str, str]]) -> list[Line]:
    answered: dict[str, list[str]] = {}
    for question, code in given:
        if code:
            answered.setdefault(question, []).append(code)
    return [
        (label, ", ".join(_said(source, code) for code in answered[question]))
        for label, question, source in QUESTIONS
        if question in answered
    ]


def _said(source: str | type[TextChoices], code: str) -> str:
    if isinstance(source, str):
        return codes.label(source, code)
    return str(source(code).label) if code in source.values else code
