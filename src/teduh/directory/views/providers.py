"""Who gives help: searching, one provider, writing it down, what was agreed, the file of all."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.directory import actions, codes, queries, rules
from teduh.directory.forms import STAYS, WRONG, MemorandumForm, ProviderForm, SheetForm
from teduh.directory.rules import (
    MemorandumTwice,
    NotHours,
    ProviderChanged,
    StaysSecret,
    TooOpen,
)
from teduh.directory.templatetags.directory_tags import checked_badge, open_badge
from teduh.directory.words import WEEKDAYS
from teduh.lib.numbers import whole
from teduh.lib.timing import local_day, local_minute
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from datetime import datetime

    from teduh.access.models import Member
    from teduh.directory.models import Provider

ROWS = 25
MORNING = 9 * 60  # the hour that is meant where only a day was chosen
NOW, OLD = "kini", "lama"
LISTS = {"layanan": "service", "bahasa": "language", "kemudahan": "access"}


@needs(Right.WORK_CASES, Right.KEEP_PROVIDERS)
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    """Providers by need, area, hour, language and access."""
    member, at = member_of(request), timezone.now()
    if not queries.reads_providers(member):
        raise Http404
    areas = queries.kelurahan_names(settings.TEDUH_AREA)
    found = queries.provider_list(member, _filters(request, dict(areas), at))
    page = slice_of(found, request.GET.get("hal"), ROWS)
    keeps = queries.keeps_providers(member)
    shown = {
        "page": page,
        "rows": [_row(one, at, dict(areas), keeps=keeps) for one in page],
        "keeps": keeps,
        "today": local_day(at),
        "areas": areas,
        "weekdays": list(enumerate(WEEKDAYS)),
        "ending": queries.ending(member, at),
        "asked": request.GET,
        **{f"{name}_choices": codes.choices(listed) for name, listed in LISTS.items()},
    }
    return render(request, "directory/providers.html", shown)


@dataclass(frozen=True, slots=True)
class Row:
    """One provider as the list shows it; `opens`, `checked`: a badge each."""

    code: str
    name: str
    kind: str
    secret: bool
    active: bool
    services: str
    served: str
    opens: dict[str, object]
    checked: dict[str, object]


def _row(one: "Provider", at: "datetime", names: dict[str, str], *, keeps: bool) -> Row:
    served = [names.get(area.area_code, area.area_code) for area in one.served.all()]
    given = [codes.label("service", offer.service) for offer in one.offers.all() if offer.active]
    return Row(
        code=one.code,
        name=one.name if keeps else one.shown,
        kind=codes.label("agency_type", one.kind),
        secret=one.secret,
        active=one.active,
        services=", ".join(given),
        served=", ".join(served) or _("seluruh kota"),
        opens=open_badge(one, local_minute(at)),
        checked=checked_badge(one, local_day(at)),
    )


def _filters(
    request: HttpRequest, areas: dict[str, str], at: "datetime"
) -> queries.ProviderFilters:
    """What the address asks for; a code that nobody knows asks for all."""
    known = {name: codes.known(listed) for name, listed in LISTS.items()} | {"kelurahan": areas}
    given = {name: request.GET.get(name, "") for name in known}
    asked = {name: code if code in known[name] else "" for name, code in given.items()}
    return queries.ProviderFilters(
        service=asked["layanan"],
        area=asked["kelurahan"],
        when=_when(request.GET.get("buka", ""), request.GET.get("jam", ""), at),
        language=asked["bahasa"],
        access=asked["kemudahan"],
        stale_on=local_day(at) if request.GET.get("periksa") == OLD else None,
    )


def _when(day: str, hour: str, at: "datetime") -> tuple[int, int] | None:
    """Weekday and minute that were asked for; nine in the morning where no hour was."""
    if day == NOW:
        return local_minute(at)
    weekday = whole(day)
    if weekday is None or weekday > 6:
        return None
    try:
        [(minute, _end)] = rules.spans(f"{hour}-24.00")
    except (NotHours, ValueError):
        minute = MORNING
    return weekday, minute


@needs(Right.WORK_CASES, Right.KEEP_PROVIDERS)
@require_safe
def provider(request: HttpRequest, code: str) -> HttpResponse:
    """One provider: what it gives, when, for whom, and how fresh that is."""
    return _page(request, _found(request, code))


@needs(Right.KEEP_PROVIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a provider."""
    _must_keep(request)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        by, at = member_of(request), timezone.now()
        made = actions.enter_provider(by=by, facts=form.facts(), at=at)
        messages.success(request, _("Tercatat."))
        return redirect("directory:provider", code=made.code)
    status = 422 if form.errors else 200
    return render(request, "directory/provider_form.html", {"form": form}, status=status)


@needs(Right.KEEP_PROVIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is written of a provider."""
    row = _kept(request, code)
    form = _form(request, queries.facts_of(row))
    shown = {"form": form, "provider": row}
    if request.method != "POST":
        return render(request, "directory/provider_form.html", shown)
    if not form.is_valid():
        return render(request, "directory/provider_form.html", shown, status=422)
    by, at, seen = member_of(request), timezone.now(), form.cleaned_data["seen"]
    try:
        actions.mend_provider(by=by, provider=row, facts=form.facts(), seen=seen, at=at)
    except StaysSecret as error:
        form.add_error(error.field, STAYS[error.field])
        return render(request, "directory/provider_form.html", shown, status=422)
    except ProviderChanged:
        shown["kept"] = queries.facts_of(row)
        return render(request, "directory/provider_form.html", shown, status=409)
    messages.success(request, _("Tersimpan."))
    return redirect("directory:provider", code=code)


@needs(Right.KEEP_PROVIDERS)
@require_POST
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """All that is written holds today."""
    row = _kept(request, code)
    actions.verify_provider(by=member_of(request), provider=row, at=timezone.now())
    messages.success(request, _("Dicatat: datanya diperiksa hari ini."))
    return redirect("directory:provider", code=code)


@needs(Right.KEEP_PROVIDERS)
@require_POST
def agree(request: HttpRequest, code: str) -> HttpResponse:
    """A memorandum with a provider."""
    row, form = _kept(request, code), MemorandumForm(request.POST)
    if form.is_valid():
        try:
            actions.agree(
                by=member_of(request), provider=row, at=timezone.now(), **form.cleaned_data
            )
        except MemorandumTwice:
            form.add_error("number", _("Nota dengan nomor ini sudah tercatat."))
        else:
            messages.success(request, _("Tercatat."))
            return redirect("directory:provider", code=code)
    return _page(request, row, 422, agreement=form)


@needs(Right.KEEP_PROVIDERS)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a file for a spreadsheet, without the secret places."""
    member = _must_keep(request)
    actions.note_export(by=member, at=timezone.now())
    answer = HttpResponse(
        rules.write_sheet(queries.lines(member)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="penyedia-layanan.csv"'
    return answer


@needs(Right.KEEP_PROVIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """A file of providers: looked through first, then kept as a whole or not at all."""
    member, at = _must_keep(request), timezone.now()
    form = SheetForm(request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"form": form, "columns": rules.COLUMNS}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "directory/providers_file.html", shown, status=status)
    text = form.cleaned_data["table"]
    told = rules.read_sheet(text, queries.known(), local_day(at))
    if not told.wrong and "simpan" in request.POST:
        try:
            entered, mended = actions.import_providers(by=member, lines=told.lines, at=at)
        except TooOpen:  # became secret since it was read
            told = rules.read_sheet(text, queries.known(), local_day(at))
        else:
            said = _("Tersimpan: %(entered)d baru, %(mended)d diperbarui.")
            messages.success(request, said % {"entered": entered, "mended": mended})
            return redirect("directory:providers")
    shown |= {
        "form": SheetForm(initial={"table": text}),
        "wrong": [(line, column, WRONG[what]) for line, column, what in told.wrong],
        "told": told.lines,
        "there": queries.codes_of([line.code for line in told.lines]),
    }
    status = 422 if told.wrong else 200
    return render(request, "directory/providers_file.html", shown, status=status)


def _must_keep(request: HttpRequest) -> "Member":
    member = member_of(request)
    if not queries.keeps_providers(member):
        raise Http404
    return member


def _found(request: HttpRequest, code: str) -> "Provider":
    row = queries.provider_of(member_of(request), code)
    if row is None:
        raise Http404
    return row


def _kept(request: HttpRequest, code: str) -> "Provider":
    _must_keep(request)
    return _found(request, code)


def _form(request: HttpRequest, facts: rules.Facts | None = None) -> ProviderForm:
    areas = queries.kelurahan_names(settings.TEDUH_AREA)
    agencies = list(queries.partners().values_list("code", "name"))
    return ProviderForm(request.POST or None, areas=areas, agencies=agencies, facts=facts)


def _page(
    request: HttpRequest, row: "Provider", status: int = 200, **typed: object
) -> HttpResponse:
    at, facts = timezone.now(), queries.facts_of(row)
    shown = {
        "provider": row,
        "facts": facts,
        "keeps": queries.keeps_providers(member_of(request)),
        "area": queries.area_name(row.area_code) if row.area_code else "",
        "names": dict(queries.kelurahan_names(settings.TEDUH_AREA)),
        "week": [(name, facts.of_day(weekday)) for weekday, name in enumerate(WEEKDAYS)],
        "now": local_minute(at),
        "today": local_day(at),
        "agreement": MemorandumForm(),
        **typed,
    }
    return render(request, "directory/provider.html", shown, status=status)
