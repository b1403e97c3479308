"""The morning page: what each room says must be done now, every number with the list behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.access.models import Member
from teduh.access.words import Right
from teduh.cases import links
from teduh.cases import queries as cases
from teduh.intake import queries as intake
from teduh.lib.counting import counts
from teduh.records import queries as records
from teduh.services.queries import referring as services
from teduh.sop import today as sop
from teduh.sop.words import Band, Pick

MOST = 999  # what the rooms count to; more are "999+"


@dataclass(frozen=True, slots=True)
class Number:
    """How many there are of something, and the address of the list of just those."""

    label: str | Promise
    count: int
    href: str
    grave: bool = False

    @property
    def told(self) -> str:
        """The number as a page says it."""
        return str(self.count) if self.count <= MOST else f"{MOST}+"


@dataclass(frozen=True, slots=True)
class Part:
    """A few numbers under one heading."""

    key: str
    title: str | Promise
    numbers: list[Number]
    more: tuple[str | Promise, str] | None = None  # label and address of the whole of it


def parts(member: Member, at: datetime) -> list[Part]:
    """What this member must do now, the most urgent first; a supervisor also sees the team."""
    promised, told, walked = sop.today(member, at), intake.today(member), cases.today(member, at)
    supervises = member.may(Right.SUPERVISE_CASES)
    guarded = records.today(member) if supervises else ()
    unmet, *kept = counts(MOST, services.unmet(member), *guarded)  # one statement for them all
    shown = [
        Part(
            "sekarang",
            _("Sekarang"),
            [*_now(promised, told, walked), _referrals(unmet), _links(member, at)],
        ),
        Part("menunggu", _("Menunggu orang lain"), _waiting(promised, told)),
        Part("kasus", _("Kasus yang saya dampingi"), _own(walked)),
    ]
    if supervises:
        shown.append(Part("tim", _("Tim"), _team(promised, walked, records.Today(*kept))))
        whole = _("Beban kerja"), reverse("cases:burdens")
        shown.append(Part("beban", _("Kasus per orang"), _loads(walked), whole))
    return shown


def _referrals(unmet: int) -> Number:
    label = _("Rujukan ditolak atau tidak dijawab")
    return Number(label, unmet, reverse("services:unmet"), grave=True)


def _links(member: Member, at: datetime) -> Number:
    waiting = len(links.waiting(member, at))
    return Number(_("Usul kaitan yang menunggu saya"), waiting, reverse("cases:links_waiting"))


def _now(promised: sop.Today, told: intake.Today, walked: cases.Today) -> list[Number]:
    return [
        Number(_("Janji lewat waktu"), promised.late, _promises(Pick.LATE), grave=True),
        Number(
            _("Laporan baru, tidak aman"),
            told.unsafe,
            _reports(keadaan="new", bahaya="unsafe"),
            grave=True,
        ),
        Number(_("Janji jatuh tempo hari ini"), promised.due, _promises(Pick.TODAY)),
        Number(
            _("Tugas saya, lewat harinya"), walked.tasks_late, _tasks(hanya="lewat"), grave=True
        ),
        Number(_("Tugas saya hari ini"), walked.tasks_due, _tasks(hanya="hari-ini")),
        Number(_("Pesan baru"), told.unread, _reports(keadaan="semua", pesan=1)),
        Number(_("Laporan baru"), told.new, _reports(keadaan="new")),
        Number(_("Kasus saya, lama tanpa kontak"), walked.quiet, _cases(saya=1, sunyi=1)),
    ]


def _waiting(promised: sop.Today, told: intake.Today) -> list[Number]:
    return [
        Number(_("Janji yang ditunda"), promised.waiting, _promises(Pick.WAITING)),
        Number(
            _("Laporan saya, menunggu jawaban pelapor"),
            told.asked,
            _reports(keadaan="asked", saya=1),
        ),
    ]


def _own(walked: cases.Today) -> list[Number]:
    return [
        Number(band.label, walked.bands.get(band, 0), _cases(saya=1, risiko=band)) for band in Band
    ]


def _team(promised: sop.Today, walked: cases.Today, kept: records.Today) -> list[Number]:
    restored = Number(
        _("Pemulihan dari cadangan, belum diperiksa"),
        kept.restores,
        reverse("records:restored"),
        grave=True,
    )
    return [
        *([restored] if kept.restores else []),
        Number(
            _("Terlambat dan belum ada yang mengurus"),
            promised.unheard,
            _promises(Pick.UNHEARD, mine=False),
            grave=True,
        ),
        Number(_("Kasus lama tanpa kontak"), walked.quiet_of_team, _cases(sunyi=1)),
        Number(
            _("Permintaan atas data, belum dijawab"),
            kept.requests,
            reverse("records:requests"),
            grave=True,
        ),
        Number(_("Kebocoran data, belum ditutup"), kept.breaches, _breaches(), grave=True),
        Number(_("Kasus tanpa manajer"), walked.without_manager, _cases(manajer=cases.NO_MANAGER)),
    ]


def _loads(walked: cases.Today) -> list[Number]:
    return [
        Number(load.member.name, load.cases, _cases(manajer=load.member.code))
        for load in walked.loads
    ]


def _list(name: str) -> Callable[..., str]:
    def address(**asked: object) -> str:
        return f"{reverse(name)}?{urlencode(asked)}"

    return address


_reports = _list("desk:worklist")
_tasks = _list("cases:tasks")


def _cases(**asked: object) -> str:
    return _list("cases:list")(keadaan="going", **asked)


def _breaches() -> str:
    return _list("records:breaches")(hanya="terbuka")


def _promises(pick: Pick, *, mine: bool = True) -> str:
    return _list("sop:list")(hanya=pick.value, **({"saya": 1} if mine else {}))
