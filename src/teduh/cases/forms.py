"""What the pages of a case may send in the open: codes and days. Words are sealed before."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.cases.rules import PROTECTION_DAYS, TooSoon
from teduh.cases.words import (
    ConsentBy,
    ConsentHow,
    ContactOutcome,
    ContactWay,
    Copy,
    FollowUp,
    Found,
    GbvType,
    GoalWho,
    JusticeStage,
    LowerReason,
    Nationality,
    PersonRole,
    ProtectionKind,
    ReviewQuestion,
    TaskKind,
    VisumDelay,
    VisumStatus,
)
from teduh.directory import codes as services
from teduh.intake import codes
from teduh.sop.words import Band

if TYPE_CHECKING:
    from teduh.cases.models import Protection

NOT_KNOWN = [("", "–")]
ANOTHER = "lain"  # a protection order that takes no other one's place


def _one(known: str) -> forms.ChoiceField:
    def offered() -> list[tuple[str, str]]:
        return [*NOT_KNOWN, *codes.choices(known)]

    return forms.ChoiceField(required=False, choices=offered)


def _several(known: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False,
        choices=lambda: codes.choices(known),
        widget=forms.CheckboxSelectMultiple,
    )


def _date() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")  # the one form a browser reads


def _day(*, required: bool = False) -> forms.DateField:
    wrong_day = _("Tulis tanggal seperti 2026-11-24, atau kosongkan.")
    return forms.DateField(
        required=required,
        widget=_date(),
        error_messages={"invalid": wrong_day, "required": _("Pilih tanggalnya.")},
    )


class PersonForm(forms.Form):
    """Coded facts of somebody; nothing but the role is needed."""

    role = forms.ChoiceField(choices=PersonRole.choices, initial=PersonRole.SURVIVOR)
    sex = _one("sex")
    age_band = _one("age_band")
    disability = _one("disability")
    education = _one("education")
    occupation = _one("occupation")
    marital = _one("marital_status")
    nationality = forms.ChoiceField(required=False, choices=[*NOT_KNOWN, *Nationality.choices])
    relation = _one("perpetrator_relation")
    interpreter = forms.BooleanField(required=False)
    returned = forms.BooleanField(required=False)


class IncidentForm(forms.Form):
    """Coded facts of an incident: one main kind, the rest where it is known."""

    main_kind = forms.ChoiceField(
        choices=lambda: [*NOT_KNOWN, *codes.choices("violence_type")],
        error_messages={"required": _("Pilih satu jenis utama.")},
    )
    kinds = _several("violence_type")
    subtypes = _several("violence_subtype")
    exploitation = _several("exploitation_form")
    barriers = _several("barrier")
    gbv = forms.ChoiceField(required=False, choices=[*NOT_KNOWN, *GbvType.choices])
    day = _day()
    place = _one("place")
    online = forms.BooleanField(required=False)

    SEVERAL = ("kinds", "subtypes", "exploitation", "barriers")

    def facts(self) -> dict[str, Any]:
        """What the form says of an incident, once it is valid."""
        told = dict(self.cleaned_data)
        return told | {"several": {name: told.pop(name) for name in self.SEVERAL}}


class PlanForm(forms.Form):
    """What a plan says in the open; its words are sealed."""

    copy = forms.ChoiceField(choices=Copy.choices, initial=Copy.NO, widget=forms.RadioSelect)
    review_day = _day()


class RecoveryForm(forms.Form):
    """What a review says in the open: her own rating, which she may skip."""

    rating = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("Ia melewati pertanyaan ini")),
            ("1", _("1, sangat berat")),
            ("2", _("2, berat")),
            ("3", _("3, naik turun")),
            ("4", _("4, lebih ringan")),
            ("5", _("5, kuat")),
        ],
    )


class GoalForm(forms.Form):
    """What a goal says in the open; its words are sealed."""

    who = forms.ChoiceField(choices=GoalWho.choices, initial=GoalWho.CREW)
    service = forms.ChoiceField(
        required=False, choices=lambda: [*NOT_KNOWN, *services.choices("service")]
    )
    due = _day()


class RiskForm(forms.Form):
    """What came out of an assessment, in the open; the answers are sealed."""

    SIGNED = ("instrument", "version", "score", "computed", "final", "reason")

    instrument = forms.CharField(max_length=32)
    version = forms.CharField(max_length=16)
    score = forms.IntegerField(
        min_value=0,
        error_messages={"required": _("Hasil belum dihitung. Muat ulang halaman ini.")},
    )
    computed = forms.ChoiceField(choices=Band.choices)
    final = forms.ChoiceField(choices=Band.choices)
    reason = forms.ChoiceField(required=False, choices=[*NOT_KNOWN, *LowerReason.choices])


def wrong(*told: forms.BaseForm) -> list[tuple[str, str]]:
    """Field and sentence of everything to mend, in the order of the page, for a script to show."""
    return [
        (form.add_prefix(name), str(text))
        for form in told
        for name, texts in form.errors.items()
        for text in texts
    ]


def initial_of(form: type[forms.Form], source: Any) -> dict[str, Any]:
    """What a row says already for the fields of a form."""
    return {name: getattr(source, name) for name in form.base_fields if hasattr(source, name)}


class ConsentForm(forms.Form):
    """Who agreed that another office gets to know, how, and on which day."""

    consent_by = forms.TypedChoiceField(
        coerce=ConsentBy,
        choices=[*NOT_KNOWN, *ConsentBy.choices],
        label=_("Siapa yang setuju"),
        error_messages={"required": _("Pilih siapa yang setuju.")},
    )
    consent_how = forms.TypedChoiceField(
        coerce=ConsentHow,
        choices=[*NOT_KNOWN, *ConsentHow.choices],
        label=_("Bagaimana"),
        error_messages={"required": _("Pilih bagaimana persetujuannya diberikan.")},
    )
    consent_day = forms.DateField(
        label=_("Harinya"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Isi hari persetujuannya.")},
    )

    def about(self) -> dict[str, Any]:
        """The consent, for an action."""
        return {name.removeprefix("consent_"): told for name, told in self.cleaned_data.items()}


class ArrivalForm(forms.Form):
    """The risk as the sending office saw it, until it is assessed here."""

    band = forms.TypedChoiceField(
        coerce=Band,
        choices=[*NOT_KNOWN, *Band.choices],
        label=_("Risiko menurut kantor pengirim"),
        error_messages={"required": _("Pilih risikonya.")},
    )


class ContactForm(forms.Form):
    """An attempt to reach the survivor; the tick says that it followed her plan."""

    way = forms.TypedChoiceField(
        coerce=ContactWay,
        choices=[*NOT_KNOWN, *ContactWay.choices],
        error_messages={"required": _("Pilih caranya.")},
    )
    outcome = forms.TypedChoiceField(
        coerce=ContactOutcome,
        choices=[*NOT_KNOWN, *ContactOutcome.choices],
        error_messages={"required": _("Pilih hasilnya.")},
    )
    followed = forms.BooleanField(
        error_messages={
            "required": _("Centang kalau cara aman di atas diikuti. Kalau tidak, bicarakan dulu.")
        }
    )


class TaskForm(forms.Form):
    """What somebody is to do until when; whom, the view knows."""

    kind = forms.TypedChoiceField(
        coerce=TaskKind,
        choices=[*NOT_KNOWN, *TaskKind.choices],
        error_messages={"required": _("Pilih jenisnya.")},
    )
    due = forms.DateField(
        widget=forms.DateInput({"type": "date"}),
        error_messages={
            "required": _("Pilih harinya."),
            "invalid": _("Tulis tanggal seperti 2026-11-24."),
        },
    )


def first(early: TooSoon) -> str:
    """What is to be written down before a step of the visum, in words."""
    steps = [str(one.label) for one in VisumStatus if one in early.needed]
    return str(_("Belum tersimpan. Catat dulu: %(steps)s.")) % {
        "steps": str(_(" atau ")).join(steps)
    }


class VisumForm(forms.Form):
    """One step on the way to the examination."""

    to = forms.TypedChoiceField(coerce=VisumStatus, choices=[*NOT_KNOWN, *VisumStatus.choices])
    delay = forms.TypedChoiceField(
        required=False,
        coerce=VisumDelay,
        empty_value=None,
        choices=[*NOT_KNOWN, *VisumDelay.choices],
    )
    fee_asked = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """A delay and its reason go together."""
        told: dict[str, Any] = super().clean() or {}
        delayed = told.get("to") == VisumStatus.DELAYED
        if delayed and not told.get("delay"):
            self.add_error("delay", _("Pilih mengapa tertunda."))
        if not delayed and told.get("delay"):
            self.add_error("to", _("Alasan tertunda hanya untuk langkah “Tertunda”."))
        return told


class JusticeForm(forms.Form):
    """How far the law has come, since which day."""

    stage = forms.TypedChoiceField(
        coerce=JusticeStage,
        choices=[
            *NOT_KNOWN,
            *(one for one in JusticeStage.choices if one[0] != JusticeStage.WAITS),
        ],
    )
    day = forms.DateField(widget=_date())
    pressure = forms.BooleanField(required=False)


class ProtectionForm(forms.Form):
    """A protection order: by which law, from when until when."""

    kind = forms.TypedChoiceField(
        coerce=ProtectionKind, choices=[*NOT_KNOWN, *ProtectionKind.choices]
    )
    since = forms.DateField(widget=_date())
    until = forms.DateField(widget=_date())
    replaces = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, standing: "Sequence[Protection]" = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = {str(row.pk): row for row in standing if row.over is None}
        field = self.fields["replaces"]
        assert isinstance(field, forms.ChoiceField)
        until = _("%(kind)s sampai %(day)s")
        field.choices = [
            *NOT_KNOWN,
            (ANOTHER, _("Tidak, ini pelindungan lain; yang lama tetap berlaku")),
            *(
                (key, until % {"kind": row.get_kind_display(), "day": row.until.isoformat()})
                for key, row in self.standing.items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """No longer than its law allows (UU 12/2022 article 42; UU 23/2004 articles 16, 32).

        Where one of its kind stands: told whether it takes that one's place.
        """
        told: dict[str, Any] = super().clean() or {}
        chosen = told.get("replaces", "")
        told["replaces"] = self.standing.get(chosen)
        same = {key for key, row in self.standing.items() if row.kind == told.get("kind")}
        if told.get("kind") and ((same and not chosen) or chosen not in {"", ANOTHER, *same}):
            self.add_error("replaces", _("Pilih pelindungan sejenis yang diganti, atau bukan."))
        since, until, kind = told.get("since"), told.get("until"), told.get("kind")
        if since and until and kind:
            longest = since + timedelta(days=PROTECTION_DAYS[kind])
            if not since < until <= longest:
                text = _("Antara sehari sesudah mulai dan %(day)s.")
                self.add_error("until", text % {"day": longest.isoformat()})
        return told


class ReviewForm(forms.Form):
    """What a review of a drawn case found: one answer for each question, and what comes of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in ReviewQuestion:
            self.fields[question.value] = forms.ChoiceField(
                label=question.label,
                choices=Found.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Jawab yang ini juga.")},
            )
        self.fields["follow_up"] = forms.ChoiceField(
            label=_("Tindak lanjut"),
            choices=FollowUp.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Jawab yang ini juga.")},
        )

    def told(self) -> dict[str, Any]:
        """What was found, once the form is valid."""
        told = self.cleaned_data
        found = {question: Found(told[question.value]) for question in ReviewQuestion}
        return {"found": found, "follow_up": FollowUp(told["follow_up"])}
