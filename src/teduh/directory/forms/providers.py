"""What the pages of providers may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.directory import codes, rules
from teduh.directory.forms.helpers import Day
from teduh.directory.rules import Facts, NotHours, misfits, spans
from teduh.directory.words import WEEKDAYS
from teduh.lib.sheets import decoded

FILE_MOST = 500_000  # bytes of a file of providers: 500 lines are about 150 KB
PLACE = ("address", "phone", "contact")
SEVERAL = ("languages", "access", "served")
TOO_OPEN = _("Tempat rahasia tidak punya alamat, kelurahan, atau tempat di halaman umum.")
STAYS = {  # why a secret place is not changed, by the field
    "secret": _("Tempat rahasia tetap rahasia. Kalau keliru: nonaktifkan, lalu data lagi."),
    "agency": _("Lembaga tempat rahasia hanya diubah oleh yang menjaga rumah amannya."),
}
WRONG = {  # what is wrong with a cell of a file, by its code
    "heading": _("Baris pertama harus berisi nama kolom seperti pada berkas yang diunduh."),
    "unreadable": _("Mulai baris ini berkasnya tidak terbaca sebagai tabel."),
    "long": _("Terlalu banyak baris; paling banyak 500 penyedia."),
    "empty": _("Tidak ada penyedia di dalamnya."),
    "columns": _("Jumlah kolomnya tidak sama dengan baris pertama."),
    "code": _("Kodenya tidak terbaca. Kosongkan untuk penyedia baru."),
    "twice": _("Kode ini sudah ada di baris lain."),
    "secret": _("Tempat rahasia tidak diubah lewat berkas, dan tidak punya alamat."),
    "missing": _("Perlu diisi."),
    "unknown": _("Ada kode yang tidak dikenal."),
    "too_long": _("Terlalu panjang."),
    "yes_no": _("Tulis ya atau tidak."),
    "number": _("Jumlah sehari harus bilangan dari 1 sampai 999."),
    "hours": _("Jamnya tidak terbaca; tulis seperti 08.00-12.00, 13.00-16.00."),
    "day": _("Tanggal tidak terbaca; tulis seperti 2026-11-28."),
    "future": _("Tanggal itu belum tiba."),
}


class Boxes(forms.MultipleChoiceField):
    """Several codes to tick."""

    widget = forms.CheckboxSelectMultiple


class ProviderForm(forms.Form):
    """What is written down of a provider. Fields `a_day_…` and `day_…` are one each of a service and weekday."""

    name = forms.CharField(label=_("Nama"), max_length=rules.LONGEST["nama"])
    kind = forms.ChoiceField(label=_("Jenis lembaga"))
    agency = forms.ChoiceField(label=_("Lembaga di Teduh"), required=False)
    active = forms.BooleanField(label=_("Sedang memberi layanan"), required=False)
    public = forms.BooleanField(label=_("Tampil di halaman umum"), required=False)
    secret = forms.BooleanField(label=_("Tempat rahasia"), required=False)
    area_code = forms.ChoiceField(label=_("Kelurahan"), required=False)
    address = forms.CharField(label=_("Alamat"), max_length=rules.LONGEST["alamat"], required=False)
    phone = forms.CharField(label=_("Telepon"), max_length=rules.LONGEST["telepon"], required=False)
    contact = forms.CharField(
        label=_("Narahubung"), max_length=rules.LONGEST["narahubung"], required=False
    )
    services = Boxes(required=False)
    languages = Boxes(label=_("Bahasa"), required=False)
    access = Boxes(label=_("Kemudahan"), required=False)
    served = Boxes(label=_("Kelurahan yang dilayani"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        areas: list[tuple[str, str]],
        agencies: list[tuple[str, str]],
        facts: Facts | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(facts)
        super().__init__(*args, **kwargs)
        for service, name in codes.choices("service"):
            self.fields[f"a_day_{service}"] = forms.IntegerField(
                label=name, min_value=1, max_value=rules.MOST_A_DAY, required=False
            )
        for weekday, day in enumerate(WEEKDAYS):
            self.fields[f"day_{weekday}"] = forms.CharField(
                label=day, max_length=120, required=False
            )
        several = {
            "kind": codes.choices("agency_type"),
            "agency": [("", _("Tidak punya akun")), *agencies],
            "area_code": [("", _("Tidak ditulis")), *areas],
            "services": codes.choices("service"),
            "languages": codes.choices("language"),
            "access": codes.choices("access"),
            "served": areas,
        }
        for field, choices in several.items():
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hours are read; a secret place says nothing of where it is."""
        given = super().clean() or {}
        for weekday in range(7):
            try:
                spans(given.get(f"day_{weekday}", ""))
            except NotHours:
                self.add_error(f"day_{weekday}", WRONG["hours"])
        if not self.errors and misfits(self.facts()):
            self.add_error("secret", TOO_OPEN)
        return given

    def facts(self) -> Facts:
        """What a valid form says."""
        told = self.cleaned_data
        plain = ("name", "kind", "agency", "secret", "public", "active", "area_code")
        given: dict[str, Any] = {name: told[name] for name in (*plain, *PLACE)}
        given |= {name: tuple(sorted(told[name])) for name in SEVERAL}
        return Facts(
            **given,
            offers=tuple((code, told[f"a_day_{code}"]) for code in sorted(told["services"])),
            hours=tuple(
                (weekday, *span) for weekday in range(7) for span in spans(told[f"day_{weekday}"])
            ),
        )

    @property
    def offers(self) -> list[tuple[str, str, bool, Any]]:
        """Each service: code, name, whether it is ticked, and the field of how many in a day."""
        ticked = set(self["services"].value() or ())
        return [
            (code, name, code in ticked, self[f"a_day_{code}"])
            for code, name in codes.choices("service")
        ]

    @property
    def week(self) -> list[Any]:
        """The field of each weekday."""
        return [self[f"day_{weekday}"] for weekday in range(7)]


def _initial(facts: Facts | None) -> dict[str, Any]:
    if facts is None:
        return {"active": True}
    told = {name: getattr(facts, name) for name in Facts.__slots__}
    told["languages"], told["access"] = list(facts.languages), list(facts.access)
    told["served"], told["services"] = list(facts.served), [code for code, _a_day in facts.offers]
    told |= {f"a_day_{code}": a_day for code, a_day in facts.offers}
    told |= {f"day_{weekday}": facts.of_day(weekday) for weekday in range(7)}
    return told | {"seen": facts.mark}


class MemorandumForm(forms.Form):
    """What was agreed in writing with a provider."""

    number = forms.CharField(label=_("Nomor"), max_length=60)
    since = forms.DateField(label=_("Berlaku sejak"), widget=Day())
    until = forms.DateField(label=_("Berlaku sampai"), widget=Day())

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("Akhirnya tidak bisa sebelum awalnya."))
        return given


class SheetForm(forms.Form):
    """A file of providers, or its text as it was mended in the page."""

    file = forms.FileField(label=_("Berkas CSV"), required=False)
    table = forms.CharField(
        label=_("Isi berkas"),
        required=False,
        max_length=FILE_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """The text of the file, where one was sent, else what stands in the page."""
        given = super().clean() or {}
        sent = given.get("file")
        if sent and sent.size > FILE_MOST:
            self.add_error("file", WRONG["long"])
        elif sent:
            given["table"] = decoded(sent.read())
        elif not given.get("table", "").strip() and not self.errors:
            self.add_error("file", _("Pilih berkasnya dulu."))
        return given
