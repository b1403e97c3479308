"""What is told in the room."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from teduh.intake.forms import LINE_LIMIT, FiledForm, written_field
from teduh.intake.words import Door

ACCESS = (  # offered as tiles; what is ticked is sealed as words
    _("Juru bahasa isyarat"),
    _("Juru bahasa daerah atau asing"),
    _("Kursi roda atau bantuan berjalan"),
    _("Dibacakan, karena sulit melihat atau membaca"),
    _("Ruang tenang, jeda sering"),
    _("Petugas yang biasa mendampingi anak"),
)


class WalkinForm(FiledForm):
    """The questions of a report, who came along, what talking needs, and a child's own words."""

    doors: ClassVar = (Door.SELF, Door.OTHER, Door.YOUNG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["companion"] = written_field("intake.report.companion", 0, LINE_LIMIT)
        self.fields["child_voice"] = written_field("intake.report.child_voice", 4, 20_000)
