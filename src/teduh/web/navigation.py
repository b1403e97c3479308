"""Places of the office in the head of every staff page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A page of the office; any of `rights` opens it; none: every member may.

    Whoever has a right of `elsewhere` finds it on another page, so that the head stays in one line.
    """

    label: str | Promise
    url_name: str
    rights: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


PLACES = (
    Place(_("Pagi ini"), "config:morning", ("read_reports", "work_cases")),
    Place(_("Laporan"), "desk:worklist", ("read_reports",)),
    Place(_("Mitra"), "desk:partners", ("refer_survivors",)),
    Place(_("Rujukan"), "services:inbox", ("answer_partner",)),
    Place(_("Dibagikan"), "records:shared", ("answer_partner",)),
    Place(_("Percakapan"), "desk:chats", ("message_reporters",)),
    Place(_("Kasus"), "cases:list", ("work_cases",)),
    Place(
        _("Rapat"),
        "conferences:list",
        ("work_cases", "answer_partner", "see_figures"),
        elsewhere=("supervise_cases",),
    ),
    Place(_("Janji waktu"), "sop:board", ("read_reports", "manage_members")),
    Place(_("Piket"), "access:duty"),
    Place(_("Anggota"), "access:members", ("manage_members",)),
    Place(_("Kanal"), "directory:channels", ("manage_channels",)),
    Place(_("Kesan"), "phone:opinions", ("see_figures",), elsewhere=("work_cases",)),
    Place(_("Anggaran"), "funding:lines", ("keep_money",), elsewhere=("work_cases",)),
    Place(_("Rumah aman"), "services:shelters", ("keep_shelter",), elsewhere=("work_cases",)),
    Place(_("Pelindungan data"), "records:due", ("keep_records",)),
    Place(_("Kunci"), "vault:keys", ("manage_keys", "renew_team_keys")),
    Place(_("Jejak akses"), "access:trail", ("read_audit",)),
    Place(_("Sistem"), "config:system", ("see_system",)),
)
