"""What is told in the room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from teduh.intake.forms import LINE_LIMIT, ReportForm, written_field
from teduh.intake.words import Door

DOORS = (Door.SELF, Door.OTHER, Door.YOUNG)
ACCESS = (  # offered as tiles; what is ticked is sealed as words
    _("Juru bahasa isyarat"),
    _("Juru bahasa daerah atau asing"),
    _("Kursi roda atau bantuan berjalan"),
    _("Dibacakan, karena sulit melihat atau membaca"),
    _("Ruang tenang, jeda sering"),
    _("Petugas yang biasa mendampingi anak"),
)


class WalkinForm(ReportForm):
    """The questions of a report, who came along, what talking needs, and a child's own words."""

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        told = args[0].get("door", "") if args else ""
        super().__init__(*args, door=told if told in DOORS else Door.SELF, areas=areas, **kwargs)
        self.fields["companion"] = written_field("intake.report.companion", 0, LINE_LIMIT)
        self.fields["child_voice"] = written_field("intake.report.child_voice", 4, 20_000)
