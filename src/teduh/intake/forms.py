"""What the pages of a report may send."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.intake import codes
from teduh.intake.answers import Answers
from teduh.intake.words import ContactVia, Danger, Door, EventWhen, OfficerSex

STORY_LIMIT = 60_000  # characters; fits the largest padded item with room for JSON
LINE_LIMIT = 500  # characters of a short sealed answer
EMPTY = _("Belum ada yang terisi. Satu jawaban atau satu kalimat sudah cukup.")

WRITTEN = {  # field -> what (sealing.md 5); each is sealed before it is kept
    "story": "intake.report.story",
    "who_did": "intake.report.who_did",
    "where_note": "intake.report.where_note",
    "needs_note": "intake.report.needs_note",
    "hopes": "intake.report.hopes",
    "name": "intake.report.name",
    "contact_how": "intake.report.contact_how",
    "contact_when": "intake.report.contact_when",
    "contact_words": "intake.report.contact_words",
    "unsafe_officer": "intake.report.unsafe_officer",
}


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none of them a reason to refuse the text; empty ones are left out."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        """The files that hold something."""
        return [file for file in data or [] if file and file.size]


def written_field(what: str, rows: int, limit: int) -> forms.CharField:
    """A field whose words are sealed as `what`: so many rows, one line with none; so many characters."""
    attrs = {"data-what": what, "autocomplete": "off", "spellcheck": "false", "rows": rows}
    widget = (
        forms.Textarea(attrs) if rows else forms.TextInput({k: attrs[k] for k in list(attrs)[:3]})
    )
    return forms.CharField(required=False, max_length=limit, widget=widget, strip=False)


Choices = Sequence[tuple[str, "str | Promise"]]
Areas = list[tuple[str, str]] | Callable[[], list[tuple[str, str]]]


def _radio(choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=choices, widget=forms.RadioSelect)


def _select(choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=choices, widget=forms.Select)


def _tiles(choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _listed(name: str, first: Choices = (), *, young: bool = False) -> Callable[[], Choices]:
    """The choices of a list, read only where they are shown or something was chosen."""
    return lambda: [*first, *codes.choices(name, plain=True, young=young)]


ABOUT = [(d.value, d.label) for d in (Door.SELF, Door.OTHER, Door.YOUNG)]
DANGER = [(d.value, d.label) for d in (Danger.SAFE, Danger.UNSAFE, Danger.UNSURE)]


class ReportForm(forms.Form):
    """One page. Nothing is mandatory by itself; something must be there in all."""

    story = written_field(WRITTEN["story"], 7, STORY_LIMIT)
    who_did = written_field(WRITTEN["who_did"], 0, LINE_LIMIT)
    where_note = written_field(WRITTEN["where_note"], 0, LINE_LIMIT)
    needs_note = written_field(WRITTEN["needs_note"], 0, LINE_LIMIT)
    hopes = written_field(WRITTEN["hopes"], 3, 4_000)
    name = written_field(WRITTEN["name"], 0, LINE_LIMIT)
    contact_how = written_field(WRITTEN["contact_how"], 0, LINE_LIMIT)
    contact_when = written_field(WRITTEN["contact_when"], 0, LINE_LIMIT)
    contact_words = written_field(WRITTEN["contact_words"], 0, LINE_LIMIT)
    unsafe_officer = written_field(WRITTEN["unsafe_officer"], 0, LINE_LIMIT)
    safe_now = _radio(DANGER)
    event_when = _select([("", _("Lewati")), *EventWhen.choices])
    contact_via = _radio(ContactVia.choices)
    officer_sex = _radio(OfficerSex.choices)
    avoid_team = forms.BooleanField(required=False)

    def __init__(self, *args: Any, door: str, areas: Areas, **kwargs: Any) -> None:
        """`areas`: code and name of each kelurahan, or what reads them where they are needed."""
        super().__init__(*args, **kwargs)
        young = door == "young"
        skip = [("", _("Lewati"))]
        self.door = door
        several = {"data-what": "intake.evidence.body", "multiple": True}
        self.fields["files"] = FilesField(required=False, widget=ManyFiles(several))
        recorded = {"data-what": "intake.evidence.body", "accept": "audio/*", "capture": True}
        self.fields["voice"] = FilesField(required=False, widget=ManyFiles(recorded))
        self.fields["kinds"] = _tiles(_listed("violence_type", young=young))
        self.fields["needs"] = _tiles(_listed("needs", young=young))
        self.fields["barriers"] = _tiles(_listed("barrier", young=young))
        self.fields["age_band"] = _select(_listed("age_band", skip))
        self.fields["sex"] = _radio(_listed("sex"))
        self.fields["relation"] = _select(_listed("perpetrator_relation", skip))
        self.fields["place"] = _select(_listed("place", skip))
        self.fields["place_area"] = _select(
            lambda: [*skip, *(areas() if callable(areas) else areas)]
        )
        self.fields["disability"] = _radio(_listed("disability"))

    def answers(self) -> Answers:
        """The coded answers of a valid form."""
        given = self.cleaned_data
        return Answers(
            door=self.door,
            danger=given["safe_now"],
            sex=given["sex"],
            age_band=given["age_band"],
            relation=given["relation"],
            place=given["place"],
            area_code=given["place_area"],
            event_when=given["event_when"],
            disability=given["disability"],
            contact_via=given["contact_via"],
            officer_sex=given["officer_sex"],
            avoid_team=given.get("avoid_team", False),
            several={
                "kinds": tuple(given["kinds"]),
                "needs": tuple(given["needs"]),
                "barriers": tuple(given["barriers"]),
            },
        )

    def area_name(self, code: str) -> str:
        """The name of a kelurahan to choose; empty for another one."""
        field = self.fields["place_area"]
        return dict(field.choices).get(code, "") if code else ""  # type: ignore[attr-defined]

    def written(self) -> dict[str, str]:
        """What was written by hand, as what -> text; empty answers are left out (no-JS path)."""
        return {
            what: self.cleaned_data[field]
            for field, what in WRITTEN.items()
            if self.cleaned_data.get(field, "").strip()
        }

    def sent_files(self) -> list["UploadedFile[Any]"]:
        """A recording that stands for the story, then the evidence (no-JS path)."""
        return [*self.cleaned_data.get("voice", []), *self.cleaned_data["files"]]

    def empty(self) -> bool:
        """Whether a valid form says nothing of what happened (no-JS path)."""
        return self.answers().nothing() and not self.written() and not self.sent_files()


class AddForm(ReportForm):
    """The same questions under a ticket, all of them open: the page does not say what she told."""

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, door="self", areas=areas, **kwargs)
        # The team that has the report reads this too; a recording is added like any other file.
        for name in ("avoid_team", "unsafe_officer", "voice"):
            del self.fields[name]
        self.fields["about"] = _radio(ABOUT)

    def answers(self) -> Answers:
        """The coded answers, and about whom it is, where somebody who only asked says so now."""
        return replace(super().answers(), door=self.cleaned_data["about"])

    def empty(self) -> bool:
        """Whether a valid form says nothing at all (no-JS path)."""
        if self.cleaned_data["about"]:
            return False
        return not self.answers().pairs() and not self.written() and not self.sent_files()


class FiledForm(ReportForm):
    """The questions of a report filed for somebody, for whom among them; nothing is sent along."""

    doors: ClassVar[tuple[Door, ...]] = tuple(Door)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        told = args[0].get("door", "") if args else ""
        door = told if told in self.doors else Door.SELF.value
        super().__init__(*args, door=door, areas=areas, **kwargs)
        for name in ("files", "voice"):
            del self.fields[name]
        offered = [(one.value, one.label) for one in self.doors]
        self.fields["door"] = forms.ChoiceField(
            required=False, choices=offered, widget=forms.RadioSelect, initial=Door.SELF
        )


class HandOverForm(forms.Form):
    """Where word that there is news goes, and that she agreed."""

    address = forms.CharField(
        max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off", "data-address": ""})
    )
    agreed = forms.BooleanField(
        error_messages={"required": _("Tanyakan dulu, lewat pesan atau telepon.")}
    )
