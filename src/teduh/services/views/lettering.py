"""Letters of a case: written, numbered, printed, handed over."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import Asked, asked, refused, saved, to_mend
from teduh.directory import codes
from teduh.directory.queries import area_name
from teduh.services import letter_table as table
from teduh.services import letters as rules
from teduh.services.actions import lettering as actions
from teduh.services.letter_forms import CancelForm, LetterForm
from teduh.services.letters import Lacking, Template, WrongStep
from teduh.services.queries import lettering as queries
from teduh.services.views.frame import page
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.rules import Refused
from teduh.web.wording import never_said

if TYPE_CHECKING:
    from teduh.services.models import Letter


@needs(Right.WORK_CASES)
@require_safe
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """The letters of a case, and which may be written."""
    of = asked(request, code)
    rows = [(one, _title(one)) for one in queries.letters_of(of.case)] if of.opens else []
    offered = [(one.code, table.said(one.title)) for one in table.templates().values()]
    going_on = not (of.case.ended or of.case.merged_into_id)
    return page(
        request, of, "services/office_letters.html", rows=rows, offered=offered if going_on else []
    )


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Write a letter: to whom in the open, its words sealed."""
    of, template = asked(request, code), table.templates().get(name)
    if template is None:
        raise Http404
    form = _form(request, of, template)
    if request.method == "GET":
        return page(request, of, "services/letter_draft.html", 200, **_fields(template, form))
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        made = actions.draft_letter(
            by=of.member,
            case=of.case,
            template=template,
            told=form.told(),
            items=_items(request),
            at=of.at,
        )
    except Lacking as error:
        return to_mend([(name, _("Perlu diisi.")) for name in error.fields])
    except (Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("services:letter", args=[of.case.code, made.code]))


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One letter: where it stands, its words while it has no number, the next step."""
    of, found, template = _found(request, code, name)
    form = _form(request, of, template, found)
    if request.method == "POST":
        return _mended(request, of, found, form)
    return _page(request, of, found, template, form)


def _mended(request: HttpRequest, of: Asked, found: "Letter", form: LetterForm) -> HttpResponse:
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        actions.mend_letter(
            by=of.member,
            letter=found,
            told=form.told(),
            items=_items(request),
            seen=request.POST.get("seen", ""),
            at=of.at,
        )
    except Lacking as error:
        return to_mend([(name, _("Perlu diisi.")) for name in error.fields])
    except (Refused, Forbidden, WrongStep):
        return refused()
    return saved(reverse("services:letter", args=[of.case.code, found.code]))


@needs(Right.SUPERVISE_CASES)
@require_POST
def issue(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Number the letter as it was read."""
    of, found, template = _found(request, code, name)
    try:
        seen = request.POST.get("seen", "")
        actions.issue_letter(by=of.member, letter=found, seen=seen, at=of.at)
    except WrongStep:
        said = _("Surat ini baru saja diubah atau sudah bernomor. Baca lagi, lalu putuskan.")
        return _again(request, of, template, found, said)
    messages.success(request, _("Bernomor. Cetak, lalu minta tanda tangan."))
    return redirect("services:letter", code=of.case.code, name=found.code)


@needs(Right.WORK_CASES)
@require_POST
def hand(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """The signed letter was handed over."""
    of, found, template = _found(request, code, name)
    try:
        actions.hand_letter(by=of.member, letter=found, at=of.at)
    except WrongStep:
        return _again(request, of, template, found, _("Surat ini tidak menunggu diserahkan."))
    messages.success(request, _("Dicatat."))
    return redirect("services:letter", code=of.case.code, name=found.code)


@needs(Right.WORK_CASES)
@require_POST
def cancel(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """The letter is not needed, or wrong."""
    of, found, template = _found(request, code, name)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _again(request, of, template, found, _("Pilih alasannya."), cancelling=form)
    try:
        reason = form.cleaned_data["reason"]
        actions.cancel_letter(by=of.member, letter=found, reason=reason, at=of.at)
    except WrongStep:
        said = _("Surat ini sudah diserahkan atau dibatalkan.")
        return _again(request, of, template, found, said, cancelling=form)
    messages.success(request, _("Dibatalkan."))
    return redirect("services:letter", code=of.case.code, name=found.code)


@needs(Right.WORK_CASES)
@require_safe
def printed(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """The letter on A4, its sealed parts opened in the browser; in Indonesian, as it leaves."""
    of, found, template = _found(request, code, name)
    with translation.override("id"):
        day = found.issued_day or found.drafted_day
        named = {
            "office": settings.TEDUH_OFFICE,
            "case": found.case.code,
            "assigned": found.assigned.name if found.assigned else "",
            "service": codes.label("service", found.service),
        }
        shown = {
            "letter": found,
            "kind": template,
            "title": template.title["id"],
            "city": area_name(settings.TEDUH_AREA),
            "place": area_name(settings.TEDUH_AREA).removeprefix("Kota "),
            "office": settings.TEDUH_OFFICE,
            "post": queries.post_of(found.signatory, of.at),
            "day": formats.date_format(day, "j F Y"),
            "blocks": [(one, rules.filled(one.text, named)) for one in template.blocks],
            "bundles": _bundles(of, found),
        }
        return page(request, of, "services/letter_print.html", 200, **shown)


def _found(request: HttpRequest, code: str, name: str) -> "tuple[Asked, Letter, Template]":
    of = asked(request, code)
    found = queries.letter_of(of.case, name)
    template = table.templates().get(found.kind) if found else None
    if found is None or template is None:
        raise Http404
    return of, found, template


def _items(request: HttpRequest) -> list[packages.SealedItem]:
    return [packages.read_item(text) for text in request.POST.getlist("sealed")]


def _form(
    request: HttpRequest, of: Asked, template: Template, found: "Letter | None" = None
) -> LetterForm:
    data = request.POST if request.method == "POST" else None
    return LetterForm(data, template=template, case=of.case, at=of.at, letter=found)


def _title(one: "Letter") -> str:
    template = table.templates().get(one.kind)
    return table.said(template.title) if template else one.kind


def _fields(template: Template, form: LetterForm) -> dict[str, object]:
    return {
        "kind": template,
        "title": table.said(template.title),
        "form": form,
        "fields": form.drawn(),
        "parts": [(one, table.said(one.label), table.said(one.hint)) for one in template.parts],
        "never": never_said(),
    }


def _bundles(of: Asked, found: "Letter") -> list[object]:
    """What opens the letter where it was sealed under a case that goes on in this one."""
    if not of.opens:
        return []
    other = {found.subject, found.person.case.code if found.person else ""} - {of.case.code, ""}
    return [vault.hand_out(by=of.member, subject=one, at=of.at) for one in sorted(other)]


def _again(
    request: HttpRequest,
    of: Asked,
    template: Template,
    found: "Letter",
    said: str,
    **typed: object,
) -> HttpResponse:
    fresh = queries.letter_of(of.case, found.code) or found
    form = LetterForm(template=template, case=of.case, at=of.at, letter=fresh)
    return _page(request, of, fresh, template, form, 409, refusal=said, **typed)


def _page(
    request: HttpRequest,
    of: Asked,
    found: "Letter",
    template: Template,
    form: LetterForm,
    status: int = 200,
    **typed: object,
) -> HttpResponse:
    shown = {
        **_fields(template, form),
        "letter": found,
        "service": codes.label("service", found.service),
        "cancelling": CancelForm(),
        "may_issue": of.member.may(Right.SUPERVISE_CASES),
        "bundles": _bundles(of, found),
        **typed,
    }
    return page(request, of, "services/letter.html", status, **shown)
